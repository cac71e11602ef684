import { TemplateSyntaxError } from '../errors.ts'
import type { SourceOptions } from './source.ts'
import { describeToken, describeTokenExpression, Token } from './tokens.ts'

/** Gives tokens one by one, and at the end `eof` again and again. A lexer is one. */
export interface TokenSource {
  next(): Token
}

/** Where tokens come from, for messages. */
export interface StreamOptions extends SourceOptions {
  /** The source they were cut from, for the excerpt in errors. */
  readonly source?: string | null
}

/** The tokens of a template in front of the parser: one is current, the next ones can be looked at. */
export class TokenStream {
  /** The token to be read next. At the end it has the type `eof`. */
  current: Token
  readonly #tokens: TokenSource
  readonly #options: StreamOptions
  /** Tokens that were looked at or pushed back; the first one is next. */
  readonly #ahead: Token[] = []

  constructor(tokens: TokenSource | Iterable<Token>, options: StreamOptions = {}) {
    this.#tokens = Symbol.iterator in tokens ? new IteratedTokens(tokens) : tokens
    this.#options = options
    this.current = this.#tokens.next()
  }

  /** The name of the template, or `null`. */
  get name(): string | null {
    return this.#options.name ?? null
  }

  /** Its file, or `null`. */
  get filename(): string | null {
    return this.#options.filename ?? null
  }

  /** Whether all tokens are read. */
  get eos(): boolean {
    return this.current.type === 'eof' && this.#ahead.length === 0
  }

  /** Goes one token on and returns the one that was current. */
  next(): Token {
    const token = this.current
    const ahead = this.#ahead
    if (ahead.length > 0) this.current = ahead.shift() as Token
    else if (token.type !== 'eof') this.current = this.#tokens.next()
    return token
  }

  /** The token behind the current one. */
  look(): Token {
    const ahead = this.#ahead
    if (ahead.length === 0) ahead.push(this.current.type === 'eof' ? this.current : this.#tokens.next())
    return ahead[0] as Token
  }

  /** Puts a token behind the current one and those pushed before. */
  push(token: Token): void {
    this.#ahead.push(token)
  }

  /** Goes several tokens on. Default: 1. */
  skip(count: number = 1): void {
    for (let i = 0; i < count; i++) this.next()
  }

  /** The current token, gone past, if it meets the expression of `Token.test`; else `null`. */
  nextIf(expression: string): Token | null {
    return this.current.test(expression) ? this.next() : null
  }

  /** As {@link nextIf}, but tells only whether the token was there. */
  skipIf(expression: string): boolean {
    if (!this.current.test(expression)) return false
    this.next()
    return true
  }

  /** Whether the current token is the word; if so, goes past it. */
  skipWord(word: string): boolean {
    const { current } = this
    if (current.type !== 'name' || current.value !== word) return false
    this.next()
    return true
  }

  /**
   * The current token, gone past, if it meets the expression of `Token.test`.
   *
   * @throws {TemplateSyntaxError} if it does not.
   */
  expect(expression: string): Token {
    if (this.current.test(expression)) return this.next()
    const expected = `'${describeTokenExpression(expression)}'`
    if (this.current.type === 'eof') this.fail(`unexpected end of template, expected ${expected}.`)
    this.fail(`expected token ${expected}, got '${describeToken(this.current)}'`)
  }

  /** @throws {TemplateSyntaxError} at a token. Default: the current one. */
  fail(
    message: string,
    place: { readonly line: number; readonly column: number | null } = this.current,
    errorClass: typeof TemplateSyntaxError = TemplateSyntaxError,
    hint: string | null = null,
  ): never {
    const { name: templateName, filename } = this
    const source = this.#options.source ?? null
    throw new errorClass(
      message,
      { templateName, filename, lineno: place.line, column: place.column, source },
      hint,
    )
  }

  /** The tokens that are left, without the end. */
  *[Symbol.iterator](): Generator<Token, void> {
    while (!this.eos) yield this.next()
  }
}

/** Tokens of an extension that filters them. The end is added. */
class IteratedTokens implements TokenSource {
  readonly #iterator: Iterator<Token>
  #last: Token = new Token(1, 1, 'initial', '')

  constructor(tokens: Iterable<Token>) {
    this.#iterator = tokens[Symbol.iterator]()
  }

  next(): Token {
    const { done, value } = this.#iterator.next()
    this.#last = done ? new Token(this.#last.line, this.#last.column, 'eof', '') : value
    return this.#last
  }
}
