import { TemplateSyntaxError } from '../errors.ts'
import type { SyntaxOptions } from './delimiters.ts'
import { normalizedSource, type SourceOptions } from './source.ts'
import { type LexedTokenType, Token, type TokenType } from './tokens.ts'

/** A place in a source that moves on, counts lines, and cuts off what it has passed. */
export class Cursor {
  /** The source, with `\n` at the ends of its lines. */
  readonly source: string
  /** Whether each piece is given as it stands in the source. */
  readonly verbatim: boolean
  position = 0
  readonly #original: string
  readonly #options: SourceOptions
  readonly #newlineSequence: string
  #line = 1
  #lineStart = 0
  /** The next newline at or behind the position, so that counting lines looks at each newline once. */
  #newline: number

  constructor(source: string, syntax: SyntaxOptions, options: SourceOptions, verbatim: boolean) {
    this.source = normalizedSource(source, syntax)
    this.verbatim = verbatim
    this.#original = source
    this.#options = options
    this.#newlineSequence = syntax.newlineSequence
    this.#newline = this.#nextNewline()
  }

  /** Where the line ends; infinity if it is the last one. */
  get newline(): number {
    return this.#newline
  }

  /** The token up to an end, behind which the cursor goes on. */
  piece(type: TokenType | LexedTokenType, end: number, value?: Token['value']): Token {
    const line = this.#line
    const column = this.position - this.#lineStart + 1
    if (value === undefined) {
      const text = this.source.slice(this.position, end)
      value = type === 'data' ? this.withNewlines(text) : text
    }
    this.advance(end)
    return new Token(line, column, type as TokenType, value)
  }

  /** As {@link piece} for what only tools want to see. */
  ignored(type: LexedTokenType | TokenType, end: number): Token | null {
    if (this.verbatim) return this.piece(type, end)
    this.advance(end)
    return null
  }

  advance(end: number): void {
    this.position = end
    while (this.#newline < end) {
      this.#line++
      this.#lineStart = this.#newline + 1
      this.#newline = this.#nextNewline()
    }
  }

  #nextNewline(): number {
    const found = this.source.indexOf('\n', this.#lineStart)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  /** Text with the newlines that the options ask for. */
  withNewlines(text: string): string {
    const sequence = this.#newlineSequence
    return sequence === '\n' || this.verbatim ? text : text.replaceAll('\n', sequence)
  }

  /** @throws {TemplateSyntaxError} at the current place. */
  fail(message: string, hint: string | null = null): never {
    const place = {
      templateName: this.#options.name ?? null,
      filename: this.#options.filename ?? null,
      lineno: this.#line,
      column: this.position - this.#lineStart + 1,
      source: this.#original,
    }
    throw new TemplateSyntaxError(message, place, hint)
  }
}
