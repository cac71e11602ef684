/** A piece of a source. */
export interface Token {
  readonly type: TokenType
  readonly value: string
  /** Counts from 0. */
  readonly lineno: number
  /** Counts from 0. */
  readonly colno: number
  /** The flags of a regular expression. */
  readonly flags?: string
}

export type TokenType =
  | 'string'
  | 'whitespace'
  | 'data'
  | 'block-start'
  | 'block-end'
  | 'variable-start'
  | 'variable-end'
  | 'comment'
  | 'left-paren'
  | 'right-paren'
  | 'left-bracket'
  | 'right-bracket'
  | 'left-curly'
  | 'right-curly'
  | 'operator'
  | 'comma'
  | 'colon'
  | 'tilde'
  | 'pipe'
  | 'int'
  | 'float'
  | 'boolean'
  | 'none'
  | 'symbol'
  | 'regex'

/** The types of tokens by the names that extensions know, the third argument of their `parse`. */
export const lexer: Readonly<Record<`TOKEN_${string}`, TokenType>> = {
  TOKEN_STRING: 'string',
  TOKEN_WHITESPACE: 'whitespace',
  TOKEN_DATA: 'data',
  TOKEN_BLOCK_START: 'block-start',
  TOKEN_BLOCK_END: 'block-end',
  TOKEN_VARIABLE_START: 'variable-start',
  TOKEN_VARIABLE_END: 'variable-end',
  TOKEN_COMMENT: 'comment',
  TOKEN_LEFT_PAREN: 'left-paren',
  TOKEN_RIGHT_PAREN: 'right-paren',
  TOKEN_LEFT_BRACKET: 'left-bracket',
  TOKEN_RIGHT_BRACKET: 'right-bracket',
  TOKEN_LEFT_CURLY: 'left-curly',
  TOKEN_RIGHT_CURLY: 'right-curly',
  TOKEN_OPERATOR: 'operator',
  TOKEN_COMMA: 'comma',
  TOKEN_COLON: 'colon',
  TOKEN_TILDE: 'tilde',
  TOKEN_PIPE: 'pipe',
  TOKEN_INT: 'int',
  TOKEN_FLOAT: 'float',
  TOKEN_BOOLEAN: 'boolean',
  TOKEN_NONE: 'none',
  TOKEN_SYMBOL: 'symbol',
  TOKEN_REGEX: 'regex',
}

/** How tags are marked. */
export interface TagOptions {
  readonly blockStart?: string
  readonly blockEnd?: string
  readonly variableStart?: string
  readonly variableEnd?: string
  readonly commentStart?: string
  readonly commentEnd?: string
}

export const defaultTags: Required<TagOptions> = {
  blockStart: '{%',
  blockEnd: '%}',
  variableStart: '{{',
  variableEnd: '}}',
  commentStart: '{#',
  commentEnd: '#}',
}
