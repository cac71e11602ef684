import { isBlankCode, SPACE, skipSpace, skipSpaceBack } from './characters.ts'
import { Cursor } from './cursor.ts'
import { defaultSyntax } from './delimiters.ts'
import { classAt, expressionToken } from './expression-tokens.ts'
import { type LexerRules, lexerRules, type Opener } from './openers.ts'
import type { SourceOptions } from './source.ts'
import { type LexedTokenType, Token, type TokenType } from './tokens.ts'

type State = 'text' | 'block' | 'variable' | 'linestatement' | 'comment' | 'linecomment' | 'raw'

/**
 * Cuts a source into tokens, one at a time: an error behind the place where a parser stops is never met. It looks at
 * each character a bounded number of times.
 */
export class Lexer {
  readonly #cursor: Cursor
  readonly #rules: LexerRules
  #state: State
  /** The brackets that are open inside a tag, as the characters that close them. */
  readonly #brackets: number[] = []
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
    this.#cursor = new Cursor(source, this.#rules.syntax, options, mode.verbatim ?? false)
    this.#state = 'text'
    if (mode.state !== undefined) this.#enter(mode.state)
  }

  /** The next token. At the end one of type `eof`, on the line of the last token, again and again. */
  next(): Token {
    let token = this.#pending
    this.#pending = null
    while (token === null) {
      if (this.#cursor.position >= this.#cursor.source.length && this.#state !== 'linestatement') {
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
    return opener === null ? this.#cursor.piece('data', this.#cursor.source.length) : this.#open(opener)
  }

  /** The next opener; where it begins and ends is in the fields. `null` if there is none. */
  #findOpener(): Opener | null {
    const { first, next } = this.#rules
    const source = this.#cursor.source
    if (first === null) {
      next.lastIndex = this.#cursor.position
      return next.test(source) ? this.#openerAt(next.lastIndex) : null
    }
    let opener: Opener | null = null
    for (let at = this.#cursor.position; opener === null; at++) {
      at = source.indexOf(first, at)
      if (at < 0) return null
      opener = this.#openerAt(at)
    }
    return opener
  }

  #openerAt(start: number): Opener | null {
    for (const opener of this.#rules.openers) {
      const end = endOfOpener(opener, this.#cursor.source, start)
      if (end < 0) continue
      this.#openerStart = start
      this.#openerEnd = end
      return opener
    }
    return null
  }

  /** Ends the text at an opener: gives the text, if there is any, and then the token that begins the tag. */
  #open(opener: Opener): Token | null {
    const source = this.#cursor.source
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
    } else if (state === 'linestatement' && !this.#cursor.verbatim) type = 'block_begin'
    const data = this.#data(found, sign, state !== 'variable')
    this.#enter(state)
    const isIgnored = state === 'raw' || state === 'comment' || state === 'linecomment'
    const token = isIgnored ? this.#cursor.ignored(type, end) : this.#cursor.piece(type, end)
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
    if (!this.#cursor.source.startsWith('raw', skipSpace(this.#cursor.source, end))) return -1
    rawBegin.lastIndex = found
    return rawBegin.test(this.#cursor.source) ? rawBegin.lastIndex : -1
  }

  /** The text up to a tag, without the white space that the sign of the tag or `lstripBlocks` drops. */
  #data(end: number, sign: number, canStrip: boolean): Token | null {
    const source = this.#cursor.source
    const start = this.#cursor.position
    let stop = end
    if (sign === 45) stop = skipSpaceBack(source, end, start)
    else if (sign !== 43 && canStrip && this.#rules.syntax.lstripBlocks) {
      // Blanks count if they begin the line, not if they follow the tag that was there before.
      let blanks = end
      while (blanks > start && isBlankCode(source.charCodeAt(blanks - 1))) blanks--
      if (blanks === 0 || source.charCodeAt(blanks - 1) === 10) stop = blanks
    }
    const token = stop > start ? this.#cursor.piece('data', stop) : null
    this.#cursor.advance(end)
    return token
  }

  // ---------------------------------------------------- comments, raw text

  #comment(): Token | null {
    const { commentEndString, trimBlocks } = this.#rules.syntax
    const start = this.#cursor.position
    const found = this.#cursor.source.indexOf(commentEndString, start)
    if (found < 0) this.#cursor.fail('Missing end of comment tag')
    const before = found > start ? this.#cursor.source.charCodeAt(found - 1) : 0
    const isSigned = before === 43 || before === 45
    const stop = isSigned ? found - 1 : found
    const token = stop > start ? this.#cursor.ignored('comment', stop) : null
    const end = this.#endOfTag(found + commentEndString.length, isSigned ? before : 0, trimBlocks)
    this.#state = 'text'
    return this.#both(token, this.#cursor.ignored('comment_end', end))
  }

  #raw(): Token | null {
    const { rawEnd } = this.#rules
    rawEnd.lastIndex = this.#cursor.position
    const match = rawEnd.exec(this.#cursor.source)
    if (match === null) this.#cursor.fail('Missing end of raw directive')
    const sign = match[1] === '' ? 0 : (match[1] as string).charCodeAt(0)
    const token = this.#data(match.index, sign, true)
    this.#state = 'text'
    return this.#both(token, this.#cursor.ignored('raw_end', rawEnd.lastIndex))
  }

  #lineComment(): Token | null {
    const end = Math.min(this.#cursor.newline, this.#cursor.source.length)
    const token = end > this.#cursor.position ? this.#cursor.ignored('linecomment', end) : null
    this.#state = 'text'
    return this.#both(token, this.#cursor.ignored('linecomment_end', end))
  }

  #both(first: Token | null, second: Token | null): Token | null {
    if (first === null) return second
    this.#pending = second
    return first
  }

  /** Behind the white space that the sign at the end of a tag, or `trimBlocks`, drops. */
  #endOfTag(end: number, sign: number, trims: boolean): number {
    if (sign === 45) return skipSpace(this.#cursor.source, end)
    return sign === 0 && trims && this.#cursor.source.charCodeAt(end) === 10 ? end + 1 : end
  }

  // ----------------------------------------------------------- inside tags

  #inTag(): Token | null {
    const cursor = this.#cursor
    const { source } = cursor
    let start = cursor.position
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
      const kind = classAt(cursor, code)
      if (kind !== SPACE) return expressionToken(cursor, kind, code, this.#brackets)
      const end = skipSpace(source, start + 1)
      if (this.#cursor.verbatim) return this.#cursor.piece('whitespace', end)
      this.#cursor.advance(end)
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
    const source = this.#cursor.source
    const start = this.#cursor.position
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
    if (state === 'variable') return this.#cursor.piece('variable_end', end)
    return this.#cursor.piece(
      this.#cursor.verbatim && state === 'linestatement' ? 'linestatement_end' : 'block_end',
      end,
    )
  }

  /** A line statement ends with its line, and takes the empty lines behind it along. */
  #lineStatementEnd(): number {
    const end = skipSpace(this.#cursor.source, this.#cursor.position)
    if (end >= this.#cursor.source.length) return this.#cursor.source.length
    return this.#cursor.newline < end ? this.#cursor.source.lastIndexOf('\n', end - 1) + 1 : -1
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
