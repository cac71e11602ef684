import { TemplateError } from './errors.ts'
import type { LexerOptions } from './lexer.ts'
import { Lexer } from './lexer.ts'
import type { NodeClasses } from './node-classes.ts'
import { nodeClasses } from './node-classes.ts'
import type { Body, Expression, Node, NodeList, Root } from './nodes.ts'
import { ListNode, textOutput } from './nodes.ts'
import { parseAggregate, parseInlineIf, parsePrimary, parseSignature } from './parse-expression.ts'
import { tagParsers } from './parse-tags.ts'
import type { ParserState } from './parser-interface.ts'
import type { Token, TokenType } from './tokens.ts'
import { lexer } from './tokens.ts'

/** How deep tags and brackets may stand inside each other. */
const MAX_NESTING = 200

/** What the parser asks of an extension. */
export interface ParserExtension {
  /** The tags that it parses. */
  readonly tags?: readonly string[]
  /**
   * What a tag means. The next token is its name.
   *
   * @param nodes The classes of nodes.
   * @param lexer The types of tokens.
   */
  parse?(parser: Parser, nodes: NodeClasses, lexer: object): Node
  /** The source as it is to be parsed. */
  preprocess?(source: string): string
}

/** The tree of a source. @throws {TemplateError} */
export function parse(
  source: string,
  extensions: readonly ParserExtension[] = [],
  options: LexerOptions = {},
): Root {
  const text = extensions.reduce((each, extension) => extension.preprocess?.(each) ?? each, source)
  return new Parser(text, extensions, options).parseAsRoot()
}

/** Reads the tokens of one template. Extensions get it to parse what is in their tags; its methods are Nunjucks'. */
export class Parser implements ParserState {
  readonly tokens: Lexer
  /** Whether white space at the start of the text that comes next is dropped. */
  dropLeadingWhitespace = false
  readonly #extensions: readonly ParserExtension[]
  #peeked: Token | null = null
  #breakOn: readonly string[] = []
  #depth = 0

  constructor(source: string, extensions: readonly ParserExtension[], options: LexerOptions) {
    this.tokens = new Lexer(source, options)
    this.#extensions = extensions
  }

  // --------------------------------------------------------------- tokens

  /** Takes the next token; `null` at the end. */
  nextToken(withWhitespace: boolean = false): Token | null {
    const peeked = this.#peeked
    if (peeked !== null) {
      this.#peeked = null
      if (withWhitespace || peeked.type !== 'whitespace') return peeked
    }
    let token = this.tokens.nextToken()
    while (!withWhitespace && token?.type === 'whitespace') token = this.tokens.nextToken()
    return token
  }

  /** The next token, which stays the next one. */
  peekToken(): Token | null {
    this.#peeked ??= this.nextToken()
    return this.#peeked
  }

  /** Puts a token back. */
  pushToken(token: Token | null): void {
    if (this.#peeked !== null) throw new Error('pushToken: can only push one token on between reads')
    this.#peeked = token
  }

  /** Takes the next token if it is of a type. */
  skip(type: TokenType): boolean {
    if (this.peekToken()?.type !== type) return false
    this.#peeked = null
    return true
  }

  /** Takes the next token if it is this one. */
  skipValue(type: TokenType, value: string): boolean {
    const token = this.peekToken()
    if (token?.type !== type || token.value !== value) return false
    this.#peeked = null
    return true
  }

  skipSymbol(value: string): boolean {
    return this.skipValue('symbol', value)
  }

  /** Takes the next token. @throws {TemplateError} if it is of another type. */
  expect(type: TokenType): Token {
    const token = this.nextToken()
    if (token?.type === type) return token
    this.fail(`expected ${type}, got ${token?.type ?? 'end of file'}`, token?.lineno, token?.colno)
  }

  /** The next token, where one must come. */
  need(what: string): Token {
    return this.peekToken() ?? this.fail(`expected ${what}, got end of file`)
  }

  error(message: string, lineno?: number, colno?: number): TemplateError {
    const place = lineno === undefined || colno === undefined ? this.peekToken() : { lineno, colno }
    return place === null
      ? new TemplateError(message)
      : new TemplateError(message, place.lineno + 1, place.colno + 1)
  }

  /** @throws {TemplateError} at a place, by default that of the next token. */
  fail(message: string, lineno?: number, colno?: number): never {
    throw this.error(message, lineno, colno)
  }

  /** Takes the end of a block tag. @param name The tag, for errors. Default: the next token, which is taken. */
  advanceAfterBlockEnd(name?: string | null): Token {
    const tag = name || this.expect('symbol').value
    const token = this.nextToken()
    if (token?.type !== 'block-end') {
      this.fail(`expected block end in ${tag} statement`, token?.lineno, token?.colno)
    }
    if (token.value.startsWith('-')) this.dropLeadingWhitespace = true
    return token
  }

  advanceAfterVariableEnd(): void {
    const token = this.nextToken()
    if (token?.type !== 'variable-end') {
      this.fail('expected variable end', token?.lineno, token?.colno)
    }
    this.dropLeadingWhitespace = token.value.startsWith('-')
  }

  /** Goes one level deeper for as long as something is parsed. */
  nested<T>(parse: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_NESTING) this.fail(`more than ${MAX_NESTING} levels of nesting`)
    const result = parse()
    this.#depth -= 1
    return result
  }

  // ---------------------------------------------------------- expressions

  parseExpression(): Expression {
    return parseInlineIf(this)
  }

  /** A value with what is behind it: calls and members. */
  parsePrimary(noPostfix: boolean = false): Expression {
    return parsePrimary(this, noPostfix)
  }

  /** Something in brackets; `null` if there is none. */
  parseAggregate(): Expression | null {
    return parseAggregate(this)
  }

  /**
   * The arguments of a call or tag.
   *
   * @param tolerant Whether they may be missing: `null` then. Default: false.
   * @param noParens Whether they go on to the end of the tag, without parentheses. Default: false.
   */
  parseSignature(tolerant: true, noParens?: boolean): NodeList | null
  parseSignature(tolerant?: boolean | null, noParens?: boolean): NodeList
  parseSignature(tolerant: boolean | null = false, noParens: boolean = false): NodeList | null {
    return parseSignature(this, tolerant === true, noParens)
  }

  // ----------------------------------------------------------- statements

  /** What comes before one of some tags. The next token is the name of the tag. */
  parseUntilBlocks(...names: string[]): Body {
    const before = this.#breakOn
    this.#breakOn = names
    const body = this.nested(() => this.parse())
    this.#breakOn = before
    return body
  }

  /** As {@link parseUntilBlocks}, where one of the tags must come. */
  parseBody(tag: Token, ...names: string[]): Body {
    const body = this.parseUntilBlocks(...names)
    if (this.peekToken() === null) {
      this.fail(`expected ${names.join(' or ')}, got end of file`, tag.lineno, tag.colno)
    }
    return body
  }

  parse(): Body {
    return new ListNode<'NodeList' | 'Root', Node>('NodeList', { lineno: 0, colno: 0 }, this.parseNodes())
  }

  parseAsRoot(): Root {
    return new ListNode<'Root', Node>('Root', { lineno: 0, colno: 0 }, this.parseNodes())
  }

  parseNodes(): Node[] {
    const nodes: Node[] = []
    for (let token = this.nextToken(); token !== null; token = this.nextToken()) {
      switch (token.type) {
        case 'data':
          nodes.push(textOutput(token, this.#trimmed(token.value)))
          break
        case 'block-start': {
          this.dropLeadingWhitespace = false
          const statement = this.parseStatement()
          if (statement === null) return nodes
          nodes.push(statement)
          break
        }
        case 'variable-start': {
          const expression = this.parseExpression()
          this.dropLeadingWhitespace = false
          this.advanceAfterVariableEnd()
          nodes.push(new ListNode<'Output', Expression>('Output', token, [expression]))
          break
        }
        case 'comment':
          this.dropLeadingWhitespace = token.value.at(-this.tokens.tags.commentEnd.length - 1) === '-'
          break
        default:
          this.fail(`unexpected token at top-level: ${token.type}`, token.lineno, token.colno)
      }
    }
    return nodes
  }

  /** A tag; `null` if it is one that {@link parseUntilBlocks} waits for. */
  parseStatement(): Node | null {
    const token = this.need('tag name')
    if (token.type !== 'symbol') this.fail('tag name expected', token.lineno, token.colno)
    const { value } = token
    if (this.#breakOn.includes(value)) return null
    const parseTag = tagParsers.get(value)
    if (parseTag !== undefined) return this.nested(() => parseTag(this, token))
    const extension = this.#extensions.find((each) => each.tags?.includes(value))
    if (extension?.parse !== undefined) return extension.parse(this, nodeClasses, lexer)
    this.fail(`unknown block tag: ${value}`, token.lineno, token.colno)
  }

  /** The text without the white space that the tags around it drop. */
  #trimmed(text: string): string {
    let trimmed = text
    if (this.dropLeadingWhitespace) {
      trimmed = trimmed.trimStart()
      this.dropLeadingWhitespace = false
    }
    const next = this.peekToken()
    const { commentStart } = this.tokens.tags
    const isDropped =
      ((next?.type === 'block-start' || next?.type === 'variable-start') && next.value.endsWith('-')) ||
      (next?.type === 'comment' && next.value[commentStart.length] === '-')
    return isDropped ? trimmed.trimEnd() : trimmed
  }
}
