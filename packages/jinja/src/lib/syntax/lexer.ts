import { TemplateSyntaxError } from '../errors.ts'
import { codePointLength } from '../values/code-points.ts'
import { repr } from '../values/python-text.ts'
import {
  characterClasses,
  DIGIT,
  doubleOperators,
  IDENTIFIER,
  isBlankCode,
  isSpaceCode,
  NAME,
  nameCharacters,
  QUOTE,
  SPACE,
  singleOperators,
  skipSpace,
  skipSpaceBack,
  WIDE_NAME,
} from './characters.ts'
import { defaultSyntax } from './delimiters.ts'
import { characterHint } from './foreign-syntax.ts'
import { LiteralError, readFloat, readInteger, readString, scanNumber } from './literals.ts'
import { type LexerRules, lexerRules, type Opener } from './openers.ts'
import { normalizedSource, type SourceOptions } from './source.ts'
import { type LexedTokenType, Token, type TokenType } from './tokens.ts'

type State = 'text' | 'block' | 'variable' | 'linestatement' | 'comment' | 'linecomment' | 'raw'

/**
 * Cuts a source into tokens, one at a time: an error behind the place where a parser stops is never met. It looks at
 * each character a bounded number of times.
 */
export class Lexer {
  readonly #original: string
  readonly #source: string
  readonly #rules: LexerRules
  readonly #options: SourceOptions
  readonly #verbatim: boolean
  #state: State
  #position = 0
  #line = 1
  #lineStart = 0
  /** The next newline at or behind the position, so that counting lines looks at each newline once. */
  #newline: number
  /** The brackets that are open inside a tag, as the characters that close them. */
  #brackets: number[] = []
  #openerStart = 0
  #openerEnd = 0
  /** The first character of what ends the tag. */
  #endCode = 0
  #pending: Token | null = null
  #last: Token = new Token(1, 1, 'initial', '')

  /**
   * @param mode `verbatim`: give each piece of the source as it stands. `state`: begin inside a tag.
   */
  constructor(
    source: string,
    options: SourceOptions = {},
    mode: { readonly verbatim?: boolean; readonly state?: 'block' | 'variable' } = {},
  ) {
    this.#rules = lexerRules(options.syntax ?? defaultSyntax)
    this.#original = source
    this.#source = normalizedSource(source, this.#rules.syntax)
    this.#options = options
    this.#verbatim = mode.verbatim ?? false
    this.#state = 'text'
    if (mode.state !== undefined) this.#enter(mode.state)
    this.#newline = this.#nextNewline()
  }

  /** The next token. At the end one of type `eof`, on the line of the last token, again and again. */
  next(): Token {
    let token = this.#pending
    this.#pending = null
    while (token === null) {
      if (this.#position >= this.#source.length && this.#state !== 'linestatement') {
        const { line, column } = this.#last
        token = new Token(line, column, 'eof', '')
      } else token = this.#step()
    }
    this.#last = token
    return token
  }

  /** Goes on until behind the next token, or `null` if what it passed gives none. */
  #step(): Token | null {
    switch (this.#state) {
      case 'block':
      case 'variable':
      case 'linestatement':
        return this.#inTag()
      case 'text':
        return this.#text()
      case 'comment':
        return this.#comment()
      case 'raw':
        return this.#raw()
      default:
        return this.#lineComment()
    }
  }

  // ------------------------------------------------------------------ text

  #text(): Token | null {
    const opener = this.#findOpener()
    return opener === null ? this.#piece('data', this.#source.length) : this.#open(opener)
  }

  /** The next opener; where it begins and ends is in the fields. `null` if there is none. */
  #findOpener(): Opener | null {
    const { first, next } = this.#rules
    const source = this.#source
    if (first === null) {
      next.lastIndex = this.#position
      return next.test(source) ? this.#openerAt(next.lastIndex) : null
    }
    let opener: Opener | null = null
    for (let at = this.#position; opener === null; at++) {
      at = source.indexOf(first, at)
      if (at < 0) return null
      opener = this.#openerAt(at)
    }
    return opener
  }

  #openerAt(start: number): Opener | null {
    for (const opener of this.#rules.openers) {
      const end = endOfOpener(opener, this.#source, start)
      if (end < 0) continue
      this.#openerStart = start
      this.#openerEnd = end
      return opener
    }
    return null
  }

  /** Ends the text at an opener: gives the text, if there is any, and then the token that begins the tag. */
  #open(opener: Opener): Token | null {
    const source = this.#source
    let state: State = opener.kind
    let type: TokenType | LexedTokenType = opener.type
    const found = this.#openerStart
    let end = this.#openerEnd
    let sign = source.charCodeAt(end)
    if (sign === 43 || sign === 45) end++
    else sign = 0
    if (state === 'block') {
      const raw = this.#rawBegin(found, end)
      if (raw > 0) {
        end = raw
        state = 'raw'
        type = 'raw_begin'
      }
    } else if (state === 'linestatement' && !this.#verbatim) type = 'block_begin'
    const data = this.#data(found, sign, state !== 'variable')
    this.#enter(state)
    const isIgnored = state === 'raw' || state === 'comment' || state === 'linecomment'
    const token = isIgnored ? this.#ignored(type, end) : this.#piece(type, end)
    if (data === null) return token
    this.#pending = token
    return data
  }

  #enter(state: State): void {
    this.#state = state
    const { blockEndString, variableEndString } = this.#rules.syntax
    this.#endCode = (state === 'block' ? blockEndString : variableEndString).charCodeAt(0)
  }

  /** Where `{% raw %}` ends, or -1. Patterns are run only where the word may be. */
  #rawBegin(found: number, end: number): number {
    const { rawBegin } = this.#rules
    if (!this.#source.startsWith('raw', skipSpace(this.#source, end))) return -1
    rawBegin.lastIndex = found
    return rawBegin.test(this.#source) ? rawBegin.lastIndex : -1
  }

  /** The text up to a tag, without the white space that the sign of the tag or `lstripBlocks` drops. */
  #data(end: number, sign: number, canStrip: boolean): Token | null {
    const source = this.#source
    const start = this.#position
    let stop = end
    if (sign === 45) stop = skipSpaceBack(source, end, start)
    else if (sign !== 43 && canStrip && this.#rules.syntax.lstripBlocks) {
      // Blanks count if they begin the line, not if they follow the tag that was there before.
      let blanks = end
      while (blanks > start && isBlankCode(source.charCodeAt(blanks - 1))) blanks--
      if (blanks === 0 || source.charCodeAt(blanks - 1) === 10) stop = blanks
    }
    const token = stop > start ? this.#piece('data', stop) : null
    this.#advance(end)
    return token
  }

  // ---------------------------------------------------- comments, raw text

  #comment(): Token | null {
    const { commentEndString, trimBlocks } = this.#rules.syntax
    const start = this.#position
    const found = this.#source.indexOf(commentEndString, start)
    if (found < 0) this.fail('Missing end of comment tag')
    const before = found > start ? this.#source.charCodeAt(found - 1) : 0
    const isSigned = before === 43 || before === 45
    const stop = isSigned ? found - 1 : found
    const token = stop > start ? this.#ignored('comment', stop) : null
    const end = this.#endOfTag(found + commentEndString.length, isSigned ? before : 0, trimBlocks)
    this.#state = 'text'
    return this.#both(token, this.#ignored('comment_end', end))
  }

  #raw(): Token | null {
    const { rawEnd } = this.#rules
    rawEnd.lastIndex = this.#position
    const match = rawEnd.exec(this.#source)
    if (match === null) this.fail('Missing end of raw directive')
    const sign = match[1] === '' ? 0 : (match[1] as string).charCodeAt(0)
    const token = this.#data(match.index, sign, true)
    this.#state = 'text'
    return this.#both(token, this.#ignored('raw_end', rawEnd.lastIndex))
  }

  #lineComment(): Token | null {
    const end = Math.min(this.#newline, this.#source.length)
    const token = end > this.#position ? this.#ignored('linecomment', end) : null
    this.#state = 'text'
    return this.#both(token, this.#ignored('linecomment_end', end))
  }

  #both(first: Token | null, second: Token | null): Token | null {
    if (first === null) return second
    this.#pending = second
    return first
  }

  /** Behind the white space that the sign at the end of a tag, or `trimBlocks`, drops. */
  #endOfTag(end: number, sign: number, trims: boolean): number {
    if (sign === 45) return skipSpace(this.#source, end)
    return sign === 0 && trims && this.#source.charCodeAt(end) === 10 ? end + 1 : end
  }

  // ----------------------------------------------------------- inside tags

  #inTag(): Token | null {
    const source = this.#source
    let start = this.#position
    for (;;) {
      const code = source.charCodeAt(start)
      if (this.#brackets.length === 0 && this.#mayEnd(code)) {
        const end = this.#tagEnd(code)
        if (end >= 0) return this.#endTag(end)
      }
      if (start >= source.length) {
        // A line statement with an open bracket.
        this.#state = 'text'
        return null
      }
      const kind = code < 128 ? characterClasses[code] : this.#wideClass(start)
      if (kind === NAME) return this.#name(start, code)
      if (kind !== SPACE) {
        if (kind === DIGIT) return this.#number(start)
        return kind === QUOTE ? this.#string(code) : this.#operator(code)
      }
      const end = skipSpace(source, start + 1)
      if (this.#verbatim) return this.#piece('whitespace', end)
      this.#advance(end)
      start = end
    }
  }

  /** Tells most characters that end no tag. */
  #mayEnd(code: number): boolean {
    return code === this.#endCode || code === 45 || code === 43 || this.#state === 'linestatement'
  }

  /** Where the tag ends, if its end stands here, or -1. */
  #tagEnd(code: number): number {
    if (this.#state === 'linestatement') return this.#lineStatementEnd()
    const source = this.#source
    const start = this.#position
    const { syntax } = this.#rules
    const isBlock = this.#state === 'block'
    const text = isBlock ? syntax.blockEndString : syntax.variableEndString
    const isSigned = code === 45 || (isBlock && code === 43)
    if (isSigned && source.startsWith(text, start + 1)) {
      return this.#endOfTag(start + 1 + text.length, code, false)
    }
    if (!source.startsWith(text, start)) return -1
    return this.#endOfTag(start + text.length, 0, isBlock && syntax.trimBlocks)
  }

  #endTag(end: number): Token {
    const state = this.#state
    this.#state = 'text'
    if (state === 'variable') return this.#piece('variable_end', end)
    return this.#piece(this.#verbatim && state === 'linestatement' ? 'linestatement_end' : 'block_end', end)
  }

  /** A line statement ends with its line, and takes the empty lines behind it along. */
  #lineStatementEnd(): number {
    const end = skipSpace(this.#source, this.#position)
    if (end >= this.#source.length) return this.#source.length
    return this.#newline < end ? this.#source.lastIndexOf('\n', end - 1) + 1 : -1
  }

  #name(start: number, first: number): Token {
    const source = this.#source
    let end = start + 1
    let code = first
    if (code < 128) {
      code = source.charCodeAt(end)
      while (nameCharacters[code] === 1) code = source.charCodeAt(++end)
      if (!(code >= 128)) return this.#piece('name', end)
    } else end = start
    WIDE_NAME.lastIndex = end
    if (WIDE_NAME.test(source)) end = WIDE_NAME.lastIndex
    if (!this.#verbatim && !IDENTIFIER.test(source.slice(start, end))) {
      this.fail('Invalid character in identifier')
    }
    return this.#piece('name', end)
  }

  /** What begins with a character beyond ASCII. */
  #wideClass(start: number): number {
    if (isSpaceCode(this.#source.charCodeAt(start))) return SPACE
    WIDE_NAME.lastIndex = start
    if (WIDE_NAME.test(this.#source)) return NAME
    this.#unexpected(this.#source.codePointAt(start) as number)
  }

  #number(start: number): Token {
    const { end, isFloat } = scanNumber(this.#source, start)
    const type = isFloat ? 'float' : 'integer'
    if (this.#verbatim) return this.#piece(type, end)
    const text = this.#source.slice(start, end)
    return this.#literal(type, end, () => (isFloat ? readFloat(text) : readInteger(text)))
  }

  #string(quote: number): Token {
    const source = this.#source
    const start = this.#position
    let end = start + 1
    for (let code = source.charCodeAt(end); code !== quote; code = source.charCodeAt(++end)) {
      if (code === 92) end++
      if (end >= source.length) this.#unexpected(quote)
    }
    if (this.#verbatim) return this.#piece('string', end + 1)
    return this.#literal('string', end + 1, () =>
      readString(this.#withNewlines(source.slice(start + 1, end))),
    )
  }

  #literal(type: TokenType, end: number, read: () => Token['value']): Token {
    let value: Token['value']
    try {
      value = read()
    } catch (error) {
      if (error instanceof LiteralError) this.fail(error.message)
      throw error
    }
    return this.#piece(type, end, value)
  }

  #operator(code: number): Token {
    const start = this.#position
    const double = doubleOperators[code]
    if (double !== undefined && this.#source.charCodeAt(start + 1) === double.second) {
      return this.#piece(this.#verbatim ? 'operator' : double.type, start + 2, double.text)
    }
    const single = singleOperators[code]
    if (single === undefined) this.#unexpected(code)
    if (code === 123 || code === 91) this.#brackets.push(code + 2)
    else if (code === 40) this.#brackets.push(41)
    else if (code === 125 || code === 93 || code === 41) this.#closeBracket(code)
    return this.#piece(this.#verbatim ? 'operator' : single.type, start + 1, single.text)
  }

  #closeBracket(code: number): void {
    const expected = this.#brackets.pop()
    const bracket = String.fromCharCode(code)
    if (expected === undefined) this.fail(`unexpected '${bracket}'`)
    if (expected !== code) this.fail(`unexpected '${bracket}', expected '${String.fromCharCode(expected)}'`)
  }

  #unexpected(code: number): never {
    const offset = codePointLength(this.#source.slice(0, this.#position))
    const character = String.fromCodePoint(code)
    this.fail(`unexpected char ${repr(character)} at ${offset}`, characterHint(character))
  }

  // ---------------------------------------------------------------- tokens

  /** The token up to an end, behind which the lexer goes on. */
  #piece(type: TokenType | LexedTokenType, end: number, value?: Token['value']): Token {
    const line = this.#line
    const column = this.#position - this.#lineStart + 1
    if (value === undefined) {
      const text = this.#source.slice(this.#position, end)
      value = type === 'data' ? this.#withNewlines(text) : text
    }
    this.#advance(end)
    return new Token(line, column, type as TokenType, value)
  }

  /** As {@link #piece} for what only tools want to see. */
  #ignored(type: LexedTokenType | TokenType, end: number): Token | null {
    if (this.#verbatim) return this.#piece(type, end)
    this.#advance(end)
    return null
  }

  #advance(end: number): void {
    this.#position = end
    while (this.#newline < end) {
      this.#line++
      this.#lineStart = this.#newline + 1
      this.#newline = this.#nextNewline()
    }
  }

  #nextNewline(): number {
    const found = this.#source.indexOf('\n', this.#lineStart)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  #withNewlines(text: string): string {
    const { newlineSequence } = this.#rules.syntax
    return newlineSequence === '\n' || this.#verbatim ? text : text.replaceAll('\n', newlineSequence)
  }

  /** @throws {TemplateSyntaxError} at the current place. */
  fail(message: string, hint: string | null = null): never {
    const error = new TemplateSyntaxError(message, {
      templateName: this.#options.name ?? null,
      filename: this.#options.filename ?? null,
      lineno: this.#line,
      column: this.#position - this.#lineStart + 1,
      source: this.#original,
    })
    if (hint !== null) error.hint = hint
    throw error
  }
}

/** Behind an opener that stands at a position whose first character is right, or -1. */
function endOfOpener(opener: Opener, source: string, start: number): number {
  const { pattern, text, second } = opener
  if (pattern !== null) {
    pattern.lastIndex = start
    return pattern.test(source) ? pattern.lastIndex : -1
  }
  const isHere =
    text.length === 2 && source.charCodeAt(start) === text.charCodeAt(0)
      ? source.charCodeAt(start + 1) === second
      : source.startsWith(text, start)
  return isHere ? start + text.length : -1
}
