import type { Position } from './ast.ts'

/** The tokens of operators and brackets, by their text. */
export const operators = {
  '+': 'add',
  '-': 'sub',
  '/': 'div',
  '//': 'floordiv',
  '*': 'mul',
  '%': 'mod',
  '**': 'pow',
  '~': 'tilde',
  '[': 'lbracket',
  ']': 'rbracket',
  '(': 'lparen',
  ')': 'rparen',
  '{': 'lbrace',
  '}': 'rbrace',
  '==': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gteq',
  '<': 'lt',
  '<=': 'lteq',
  '=': 'assign',
  '.': 'dot',
  ':': 'colon',
  '|': 'pipe',
  ',': 'comma',
  ';': 'semicolon',
} as const

export type OperatorType = (typeof operators)[keyof typeof operators]

/** What the parser sees. */
export type TokenType =
  | OperatorType
  | 'data'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'block_begin'
  | 'block_end'
  | 'variable_begin'
  | 'variable_end'
  | 'initial'
  | 'eof'

/** What `lex` gives: the pieces of the source, none left out. */
export type LexedTokenType =
  | Exclude<TokenType, OperatorType | 'initial' | 'eof'>
  | 'operator'
  | 'whitespace'
  | 'raw_begin'
  | 'raw_end'
  | 'comment_begin'
  | 'comment'
  | 'comment_end'
  | 'linestatement_begin'
  | 'linestatement_end'
  | 'linecomment_begin'
  | 'linecomment'
  | 'linecomment_end'

/** What a token stands for: the text of names, strings and template data, the value of numbers. */
export type TokenValue = string | number | bigint | object

export class Token implements Position {
  readonly line: number
  readonly column: number
  readonly type: TokenType
  readonly value: TokenValue

  constructor(line: number, column: number, type: TokenType, value: TokenValue) {
    this.line = line
    this.column = column
    this.type = type
    this.value = value
  }

  /** Whether this is a token of the type, or of the type and text: `name`, `name:endfor`. */
  test(expression: string): boolean {
    const { type, value } = this
    if (type === expression) return true
    return (
      typeof value === 'string' &&
      expression.length === type.length + 1 + value.length &&
      expression.charCodeAt(type.length) === 58 &&
      expression.endsWith(value) &&
      expression.startsWith(type)
    )
  }

  /** Whether one of the expressions holds. */
  testAny(expressions: readonly string[]): boolean {
    for (const expression of expressions) if (this.test(expression)) return true
    return false
  }

  /** As messages name it. */
  toString(): string {
    return describeToken(this)
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(operators).map(([text, type]) => [type, text])),
  comment_begin: 'begin of comment',
  comment_end: 'end of comment',
  comment: 'comment',
  linecomment: 'comment',
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  linestatement_begin: 'begin of line statement',
  linestatement_end: 'end of line statement',
  data: 'template data / text',
  eof: 'end of template',
}

/** A token in words: the text of a name, `=`, `end of print statement`. */
export function describeToken(token: Token): string {
  return token.type === 'name' ? String(token.value) : describeType(token.type)
}

/** As {@link describeToken} for an expression of {@link Token.test}. */
export function describeTokenExpression(expression: string): string {
  const colon = expression.indexOf(':')
  if (colon < 0) return describeType(expression)
  const type = expression.slice(0, colon)
  return type === 'name' ? expression.slice(colon + 1) : describeType(type)
}

function describeType(type: string): string {
  return Object.hasOwn(DESCRIPTIONS, type) ? (DESCRIPTIONS[type] as string) : type
}

/** How many newlines the text has. For extensions that filter a stream. */
export function countNewlines(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0
}
