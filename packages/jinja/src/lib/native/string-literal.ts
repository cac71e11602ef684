/** A string or bytes literal that was read, and where it ends. */
export interface ReadLiteral<T> {
  readonly value: T
  readonly end: number
}

/**
 * Reads a Python string literal whose first quote stands at `at`; `undefined` if it is not closed or has an escape
 * that means nothing.
 */
export function readStringLiteral(
  source: string,
  at: number,
  isRaw: boolean,
): ReadLiteral<string> | undefined {
  let value = ''
  const end = readQuoted(source, at, {
    text: (from, to) => {
      value += source.slice(from, to)
    },
    escape: (from) => {
      if (isRaw) {
        value += source.slice(from, from + 2)
        return from + 2
      }
      const code = codeEscape(source, from, true)
      if (code !== undefined) {
        if (code.value > 0x10ffff) return undefined
        value += String.fromCodePoint(code.value)
        return code.end
      }
      return simpleEscape(source, from, 'xuUN', (text) => {
        value += text
      })
    },
  })
  return end === undefined ? undefined : { value, end }
}

/** As {@link readStringLiteral}, for `b'…'`: only ASCII may stand in it. */
export function readBytesLiteral(
  source: string,
  at: number,
  isRaw: boolean,
): ReadLiteral<Uint8Array> | undefined {
  const bytes: number[] = []
  let isAscii = true
  const add = (text: string): void => {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) isAscii = false
      bytes.push(code)
    }
  }
  const end = readQuoted(source, at, {
    text: (from, to) => add(source.slice(from, to)),
    escape: (from) => {
      if (isRaw) {
        add(source.slice(from, from + 2))
        return from + 2
      }
      const code = codeEscape(source, from, false)
      if (code !== undefined) {
        bytes.push(code.value & 0xff)
        return code.end
      }
      return simpleEscape(source, from, 'x', add)
    },
  })
  return end === undefined || !isAscii ? undefined : { value: Uint8Array.from(bytes), end }
}

interface Pieces {
  text(from: number, to: number): void
  /** Reads what begins with the backslash at `from`, and gives its end. */
  escape(from: number): number | undefined
}

function readQuoted(source: string, at: number, pieces: Pieces): number | undefined {
  const quote = source[at]!
  const isTriple = source[at + 1] === quote && source[at + 2] === quote
  const closing = isTriple ? quote.repeat(3) : quote
  let from = at + closing.length
  for (let here = from; here < source.length; ) {
    const character = source[here]!
    if (character === '\\') {
      pieces.text(from, here)
      if (here + 1 >= source.length) return undefined
      const end = pieces.escape(here)
      if (end === undefined) return undefined
      from = end
      here = end
    } else if (character === quote && source.startsWith(closing, here)) {
      pieces.text(from, here)
      return here + closing.length
    } else if (character === '\n' && !isTriple) {
      return undefined
    } else {
      here += 1
    }
  }
  return undefined
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
])

/** @param unreadable What only begins escapes that were not complete, or of names of characters. */
function simpleEscape(
  source: string,
  from: number,
  unreadable: string,
  add: (text: string) => void,
): number | undefined {
  const character = source[from + 1]!
  const meant = SIMPLE.get(character)
  if (meant !== undefined) {
    add(meant)
  } else {
    if (unreadable.includes(character)) return undefined
    // What is no escape stands for itself.
    add(`\\${character}`)
  }
  return from + 2
}

function codeEscape(
  source: string,
  from: number,
  isText: boolean,
): { value: number; end: number } | undefined {
  const pattern = isText
    ? /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/y
    : /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3}))/y
  pattern.lastIndex = from
  const match = pattern.exec(source)
  if (match === null) return undefined
  const digits = match.slice(1).find((group) => group !== undefined)!
  const isOctal = match.at(-1) !== undefined
  return { value: Number.parseInt(digits, isOctal ? 8 : 16), end: pattern.lastIndex }
}
