import { TemplateError } from './errors.ts'
import type { Place } from './nodes.ts'
import type { TagOptions, Token, TokenType } from './tokens.ts'
import { defaultTags } from './tokens.ts'

export interface LexerOptions {
  /** How tags are marked. Default: `{% %}`, `{{ }}`, `{# #}`. */
  readonly tags?: TagOptions
  /** Whether the newline behind a block tag is dropped. Default: false. */
  readonly trimBlocks?: boolean
  /** Whether blanks between the start of a line and a block tag are dropped. Default: false. */
  readonly lstripBlocks?: boolean
}

const BLANKS = /[ \n\t\r\u00a0]+/y
const WORD = /[^ \n\t\r\u00a0()[\]{}%*\-+~/#,:|.<>=!]+/y
const DIGITS = /[0-9]*/y
const FLAGS = /[gimy]*/y
const OPERATORS = ['===', '!==', '==', '!=', '<=', '>=', '//', '**']
const PUNCTUATION: Readonly<Record<string, TokenType>> = {
  '(': 'left-paren',
  ')': 'right-paren',
  '[': 'left-bracket',
  ']': 'right-bracket',
  '{': 'left-curly',
  '}': 'right-curly',
  ',': 'comma',
  ':': 'colon',
  '~': 'tilde',
  '|': 'pipe',
}

/** Cuts a source into tokens, one at a time. It reads each character once. */
export class Lexer {
  readonly tags: Required<TagOptions>
  readonly #source: string
  readonly #options: LexerOptions
  /** The beginnings of tags, and the end of comments. */
  readonly #tag: RegExp
  #index = 0
  #isInCode = false
  #line = 0
  #lineStart = 0
  /** Where the line ends that is being read; -1 in the last one. */
  #newline: number | undefined

  constructor(source: string, options: LexerOptions = {}) {
    this.#source = source
    this.#options = options
    this.tags = { ...defaultTags, ...options.tags }
    const { blockStart, variableStart, commentStart, commentEnd } = this.tags
    this.#tag = new RegExp(
      [blockStart, variableStart, commentStart, commentEnd].map(escapePattern).join('|'),
      'g',
    )
  }

  /** The next token; `null` at the end. */
  nextToken(): Token | null {
    if (this.#index >= this.#source.length) return null
    return this.#isInCode ? this.#code() : this.#text()
  }

  /**
   * The source up to an end tag, as it is written; tags of the same name may stand inside of each other. The lexer goes
   * on behind the end tag.
   *
   * @throws {TemplateError} if there is no end tag.
   */
  raw(name: string, place: Place): { text: string; trimsBefore: boolean; trimsBehind: boolean } {
    const { blockStart, blockEnd } = this.tags
    const [open, close] = [escapePattern(blockStart), escapePattern(blockEnd)]
    const tag = new RegExp(
      `${open}(-?)[ \\n\\t\\r]{0,99}((?:end)?${escapePattern(name)})[ \\n\\t\\r]{0,99}(-?)${close}`,
      'g',
    )
    const start = this.#index
    let depth = 1
    tag.lastIndex = start
    for (let found = tag.exec(this.#source); found !== null; found = tag.exec(this.#source)) {
      depth += found[2] === name ? 1 : -1
      if (depth > 0) continue
      this.#index = tag.lastIndex
      return {
        text: this.#source.slice(start, found.index),
        trimsBefore: found[1] === '-',
        trimsBehind: found[3] === '-',
      }
    }
    throw new TemplateError(`expected end${name}, got end of file`, place.lineno + 1, place.colno + 1)
  }

  // ---------------------------------------------------------------- text

  #text(): Token {
    const { blockStart, variableStart, commentStart } = this.tags
    const source = this.#source
    const start = this.#index
    this.#tag.lastIndex = start
    const found = this.#tag.exec(source)
    const at = found === null ? source.length : found.index
    const opener = found?.[0]
    if (
      opener !== undefined &&
      opener !== blockStart &&
      opener !== variableStart &&
      opener !== commentStart
    ) {
      this.#fail('unexpected end of comment', at)
    }
    if (at > start) return this.#data(start, at, opener === blockStart)
    if (opener === commentStart) return this.#comment(start)
    const isTrimming = source[start + opener!.length] === '-'
    const type = opener === blockStart ? 'block-start' : 'variable-start'
    this.#isInCode = true
    return this.#take(type, isTrimming ? `${opener}-` : opener!)
  }

  #data(start: number, end: number, isBeforeBlock: boolean): Token {
    let text = this.#source.slice(start, end)
    if (this.#options.lstripBlocks === true && isBeforeBlock) {
      const line = text.lastIndexOf('\n') + 1
      const isWholeLine = line > 0 || start === 0 || this.#source[start - 1] === '\n'
      if (isWholeLine && text.slice(line).trim() === '') text = text.slice(0, line)
    }
    const token = { type: 'data', value: text, ...this.#place(start) } as const
    this.#index = end
    return token
  }

  #comment(start: number): Token {
    const { commentStart, commentEnd } = this.tags
    const end = this.#source.indexOf(commentEnd, start + commentStart.length)
    if (end < 0) this.#fail('expected end of comment, got end of file', start)
    return this.#take('comment', this.#source.slice(start, end + commentEnd.length))
  }

  // ---------------------------------------------------------------- code

  #code(): Token {
    const { blockEnd, variableEnd } = this.tags
    const source = this.#source
    const start = this.#index
    const first = source[start]!
    if (first === '"' || first === "'") return this.#string(first)
    const blanks = matchAt(BLANKS, source, start)
    if (blanks !== '') return this.#take('whitespace', blanks)
    for (const [type, end] of [
      ['block-end', blockEnd],
      ['variable-end', variableEnd],
    ] as const) {
      const text = source.startsWith(end, start) ? end : `-${end}`
      if (text !== end && !source.startsWith(text, start)) continue
      this.#isInCode = false
      const token = this.#take(type, text)
      if (type === 'block-end' && this.#options.trimBlocks === true) this.#skipNewline()
      return token
    }
    if (first === 'r' && source[start + 1] === '/') return this.#regex()
    const word = matchAt(WORD, source, start)
    return word === '' ? this.#operator(first) : this.#word(word)
  }

  #operator(first: string): Token {
    const operator = OPERATORS.find((each) => this.#source.startsWith(each, this.#index)) ?? first
    return this.#take(PUNCTUATION[operator] ?? 'operator', operator)
  }

  #word(word: string): Token {
    if (/^[0-9]+$/.test(word)) {
      const dot = this.#index + word.length
      if (this.#source[dot] !== '.') return this.#take('int', word)
      return this.#take('float', `${word}.${matchAt(DIGITS, this.#source, dot + 1)}`)
    }
    if (word === 'true' || word === 'false') return this.#take('boolean', word)
    return this.#take(word === 'none' || word === 'null' ? 'none' : 'symbol', word)
  }

  #string(quote: string): Token {
    const source = this.#source
    const place = this.#place(this.#index)
    let value = ''
    let at = this.#index + 1
    let from = at
    while (at < source.length && source[at] !== quote) {
      if (source[at] !== '\\') {
        at += 1
        continue
      }
      value += source.slice(from, at) + unescaped(source[at + 1] ?? '')
      at += 2
      from = at
    }
    this.#index = Math.min(at + 1, source.length)
    return { type: 'string', value: value + source.slice(from, at), ...place }
  }

  #regex(): Token {
    const source = this.#source
    const place = this.#place(this.#index)
    const start = this.#index + 2
    let at = start
    while (at < source.length && !(source[at] === '/' && source[at - 1] !== '\\')) at += 1
    const value = source.slice(start, at)
    const flags = matchAt(FLAGS, source, at + 1)
    this.#index = Math.min(at + 1 + flags.length, source.length)
    return { type: 'regex', value, flags, ...place }
  }

  // -------------------------------------------------------------- places

  #take(type: TokenType, value: string): Token {
    const token = { type, value, ...this.#place(this.#index) }
    this.#index += value.length
    return token
  }

  #skipNewline(): void {
    if (this.#source.startsWith('\r\n', this.#index)) this.#index += 2
    else if (this.#source[this.#index] === '\n') this.#index += 1
  }

  #place(index: number): Place {
    this.#newline ??= this.#source.indexOf('\n')
    while (this.#newline >= 0 && this.#newline < index) {
      this.#line += 1
      this.#lineStart = this.#newline + 1
      this.#newline = this.#source.indexOf('\n', this.#lineStart)
    }
    return { lineno: this.#line, colno: index - this.#lineStart }
  }

  #fail(message: string, index: number): never {
    const { lineno, colno } = this.#place(index)
    throw new TemplateError(message, lineno + 1, colno + 1)
  }
}

function matchAt(pattern: RegExp, source: string, index: number): string {
  pattern.lastIndex = index
  return pattern.exec(source)?.[0] ?? ''
}

function unescaped(character: string): string {
  switch (character) {
    case 'n':
      return '\n'
    case 't':
      return '\t'
    case 'r':
      return '\r'
    default:
      return character
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
