import { escapeCodePoint } from '@phial/markup/text'
import { type PythonFloat, type PythonInt, toFloat, toInt } from '../values/number.ts'

/** Literals of strings and numbers, as Python reads them. */

/** Why a literal cannot be read. The lexer adds the place. */
export class LiteralError extends Error {}

/** Python reads no longer int, since the time grows with the square of the digits. */
const MAX_DIGITS = 4300

/** A number behind a dot is never a float, so that `a.0.1` means what `a[0][1]` means. */
const FLOAT = /(?<!\.)\d(?:_?\d)*(?:\.\d(?:_?\d)*(?:e[+-]?\d(?:_?\d)*)?|e[+-]?\d(?:_?\d)*)/iy

/** A zero in front of other digits is a number of its own, as Python 3 has no such literal. */
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|0(?:_?0)*|[1-9](?:_?\d)*/iy

/** Where a number ends, and its kind. */
export interface NumberSpan {
  readonly end: number
  readonly isFloat: boolean
}

/** The number that begins with the digit at a position. */
export function scanNumber(source: string, start: number): NumberSpan {
  FLOAT.lastIndex = INTEGER.lastIndex = start
  if (FLOAT.test(source)) return { end: FLOAT.lastIndex, isFloat: true }
  INTEGER.test(source)
  return { end: INTEGER.lastIndex, isFloat: false }
}

/** The value of an int literal. @throws {LiteralError} if it has too many digits. */
export function readInteger(text: string): PythonInt {
  const plain = text.replaceAll('_', '')
  if (plain.length < 16) return Number(plain)
  const isDecimal = /^\d\d/.test(plain)
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
