import { escapeCodePoint } from '@phial/markup/text'
import { type PythonFloat, type PythonInt, toFloat, toInt } from '../values/number.ts'

/** Literals of strings and numbers, as Python reads them. */

/** Why a literal cannot be read. The lexer adds the place. */
export class LiteralError extends Error {}

/** Python reads no longer int, since the time grows with the square of the digits. */
const MAX_DIGITS = 4300

const RADIX_INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+/iy

/** Where a number ends, and its kind. */
export interface NumberSpan {
  readonly end: number
  readonly isFloat: boolean
}

/**
 * The number that begins with the digit at a position. A number behind a dot is never a float, so that `a.0.1` means
 * what `a[0][1]` means.
 */
export function scanNumber(source: string, start: number): NumberSpan {
  const first = source.charCodeAt(start)
  if (source.charCodeAt(start - 1) !== 46) {
    const end = scanFloat(source, start)
    if (end > 0) return { end, isFloat: true }
  }
  if (first !== 48) return { end: scanDigits(source, start, isDecimalDigit), isFloat: false }
  RADIX_INTEGER.lastIndex = start
  if (RADIX_INTEGER.test(source)) return { end: RADIX_INTEGER.lastIndex, isFloat: false }
  // A zero in front of other digits is a number of its own, as Python 3 has no such literal.
  return { end: scanDigits(source, start, isZero), isFloat: false }
}

/** Where the float ends, or -1 if the digits have neither fraction nor exponent. */
function scanFloat(source: string, start: number): number {
  let end = scanDigits(source, start, isDecimalDigit)
  let isFloat = false
  if (source.charCodeAt(end) === 46 && isDecimalDigit(source.charCodeAt(end + 1))) {
    end = scanDigits(source, end + 1, isDecimalDigit)
    isFloat = true
  }
  if ((source.charCodeAt(end) | 32) === 101) {
    const sign = source.charCodeAt(end + 1)
    const digits = sign === 43 || sign === 45 ? end + 2 : end + 1
    if (isDecimalDigit(source.charCodeAt(digits))) return scanDigits(source, digits, isDecimalDigit)
  }
  return isFloat ? end : -1
}

/** Behind the digits from a position on. Single underscores may stand between them. */
function scanDigits(source: string, start: number, isDigit: (code: number) => boolean): number {
  let end = start + 1
  for (;;) {
    const code = source.charCodeAt(end)
    if (isDigit(code)) end++
    else if (code === 95 && isDigit(source.charCodeAt(end + 1))) end += 2
    else return end
  }
}

function isDecimalDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isZero(code: number): boolean {
  return code === 48
}

/** The value of an int literal. @throws {LiteralError} if it has too many digits. */
export function readInteger(text: string): PythonInt {
  const plain = text.replaceAll('_', '')
  if (plain.length < 16) return Number(plain)
  const isDecimal = isDecimalDigit(plain.charCodeAt(1))
  if (isDecimal && plain.length > MAX_DIGITS) {
    throw new LiteralError(`expected an integer of at most ${MAX_DIGITS} digits, got ${plain.length}`)
  }
  return toInt(BigInt(plain))
}

/** The value of a float literal. */
export function readFloat(text: string): PythonFloat {
  return toFloat(Number(text.replaceAll('_', '')))
}

const ESCAPE =
  /\\(?:x([\da-fA-F]{0,2})|u([\da-fA-F]{0,4})|U([\da-fA-F]{0,8})|([0-7]{1,3})|(N(?:\{[^}]*\})?)|([\s\S]))/gu

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The text between the quotes of a string literal with its escapes resolved. @throws {LiteralError} for broken ones. */
export function readString(text: string): string {
  return text.includes('\\') ? text.replace(ESCAPE, resolveEscape) : text
}

function resolveEscape(
  match: string,
  x: string | undefined,
  u: string | undefined,
  long: string | undefined,
  octal: string | undefined,
  named: string | undefined,
  other: string | undefined,
): string {
  if (other !== undefined) return SIMPLE_ESCAPES[other] ?? `\\${asciiOf(other)}`
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
  if (x !== undefined) return characterOf(x, 2, 'truncated \\xXX escape')
  if (u !== undefined) return characterOf(u, 4, 'truncated \\uXXXX escape')
  if (long !== undefined) return characterOf(long, 8, 'truncated \\UXXXXXXXX escape')
  if (named === 'N') throw new LiteralError('malformed \\N character escape')
  throw new LiteralError(
    `unknown Unicode character name in ${match}: names are not supported, write the character or its \\u escape`,
  )
}

function characterOf(digits: string, length: number, message: string): string {
  if (digits.length < length) throw new LiteralError(message)
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff) throw new LiteralError('illegal Unicode character')
  return String.fromCodePoint(code)
}

/** Jinja escapes what lies beyond ASCII before it resolves escapes: a backslash in front of it swallows that one's. */
function asciiOf(character: string): string {
  const code = character.codePointAt(0) as number
  return code < 0x80 ? character : escapeCodePoint(code).slice(1)
}
