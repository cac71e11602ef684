/** A text is not made of literals. {@link index} is where it stops being so. */
export class LiteralSyntaxError extends Error {
  override readonly name = 'LiteralSyntaxError'
  readonly index: number

  constructor(message: string, index: number) {
    super(message)
    this.index = index
  }
}

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
])

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y

/** How deep arrays and objects may lie in each other. */
const MAX_DEPTH = 50

/**
 * The values of a list of literals as JavaScript writes them: strings, numbers, `true`, `false`, `null`, `undefined`,
 * arrays and objects. Nothing is evaluated.
 *
 * @throws LiteralSyntaxError for anything else.
 */
export function parseLiterals(text: string): unknown[] {
  const reader = new LiteralReader(text)
  const values = reader.values('')
  reader.end()
  return values
}

class LiteralReader {
  readonly #text: string
  #index = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Values up to `close`, which is taken; up to the end if `close` is empty. */
  values(close: string): unknown[] {
    const values: unknown[] = []
    while (!this.#takeClose(close)) {
      values.push(this.#value())
      if (!this.#take(',')) {
        if (!this.#takeClose(close)) throw this.#unexpected(close === '' ? "','" : `',' or '${close}'`)
        break
      }
    }
    return values
  }

  end(): void {
    this.#skipSpace()
    if (this.#index < this.#text.length) throw this.#unexpected('the end')
  }

  #value(): unknown {
    this.#skipSpace()
    const first = this.#text.charAt(this.#index)
    if (first === '"' || first === "'" || first === '`') return this.#string(first)
    if (first === '[' || first === '{') {
      if (++this.#depth > MAX_DEPTH)
        throw new LiteralSyntaxError('too many brackets in each other', this.#index)
      this.#index++
      const value = first === '[' ? this.values(']') : this.#object()
      this.#depth--
      return value
    }
    const number = this.#match(NUMBER)
    if (number !== null) return Number(number)
    const start = this.#index
    const word = this.#match(IDENTIFIER)
    if (word !== null) {
      if (WORDS.has(word)) return WORDS.get(word)
      throw new LiteralSyntaxError(`'${word}' is no literal`, start)
    }
    throw this.#unexpected('a literal')
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = []
    while (!this.#take('}')) {
      const first = this.#peek()
      const key = first === '"' || first === "'" ? this.#string(first) : this.#match(IDENTIFIER)
      if (key === null) throw this.#unexpected('a key')
      if (!this.#take(':')) throw this.#unexpected("':'")
      entries.push([key, this.#value()])
      if (!this.#take(',')) {
        if (!this.#take('}')) throw this.#unexpected("',' or '}'")
        break
      }
    }
    // Entries become own properties, so `__proto__` is a key like any other.
    return Object.fromEntries(entries)
  }

  #string(quote: string): string {
    const start = this.#index++
    let value = ''
    for (;;) {
      const c = this.#text.charAt(this.#index++)
      if (c === '') throw new LiteralSyntaxError('the string is not closed', start)
      if (c === quote) return value
      if (quote === '`' && c === '$' && this.#text.charAt(this.#index) === '{') {
        throw new LiteralSyntaxError('a template with values is no literal', this.#index - 1)
      }
      if (c !== '\\') value += c
      else {
        const escaped = this.#text.charAt(this.#index++)
        if (escaped === 'x' || escaped === 'u') value += this.#codeUnit(escaped === 'x' ? 2 : 4)
        else value += ESCAPES.get(escaped) ?? escaped
      }
    }
  }

  #codeUnit(length: number): string {
    const digits = this.#text.slice(this.#index, this.#index + length)
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < length) {
      throw new LiteralSyntaxError(`the escape needs ${length} hexadecimal digits`, this.#index)
    }
    this.#index += length
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#index
    const found = pattern.exec(this.#text)
    if (found === null) return null
    this.#index += found[0].length
    return found[0]
  }

  #peek(): string {
    this.#skipSpace()
    return this.#text.charAt(this.#index)
  }

  #take(c: string): boolean {
    if (this.#peek() !== c) return false
    this.#index++
    return true
  }

  #takeClose(close: string): boolean {
    return close === '' ? this.#peek() === '' : this.#take(close)
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#index))) this.#index++
  }

  #unexpected(expected: string): LiteralSyntaxError {
    const found = this.#peek()
    return new LiteralSyntaxError(
      `expected ${expected}, found ${found === '' ? 'the end' : `'${found}'`}`,
      this.#index,
    )
  }
}
