import { isMarkup } from '@phial/markup/core'
import { floatDigits } from '@phial/markup/text'
import { codePointLength, codePointSlice } from './code-points.ts'
import { isMapping, mappingGet, mappingHas } from './mapping.ts'
import { asFloat, isFloat, isInt, numericValue, toInt } from './number.ts'
import { readFloat, readInt } from './number-text.ts'
import { KeyError, OverflowError, ValueError } from './python-errors.ts'
import { asciiRepr, repr, toText } from './python-text.ts'
import { IntRange } from './range.ts'
import type { Text } from './text-value.ts'
import { escapeText, plainTextOf, sameKind } from './text-value.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { refuseUndefined, Undefined } from './undefined.ts'

/** The largest width and precision: ten characters of a format must not take all memory. */
const MAX_WIDTH = 65536

/** One `%…` of a format string. */
interface Directive {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

/**
 * `format % values`. Values put into Markup are escaped.
 *
 * @param values A tuple has one value for each directive, a mapping values by name, anything else is the only value.
 * @throws {TypeError} if the values do not fit the format, {@link ValueError} if it cannot be read,
 * {@link KeyError} for a missing name.
 */
export function percentFormat(format: Text, values: unknown): Text {
  return sameKind(format, new PercentFormat(format.toString(), values, isMarkup(format)).run())
}

class PercentFormat {
  readonly #format: string
  readonly #values: unknown
  readonly #list: readonly unknown[]
  /** Not every value of a mapping must be used. */
  readonly #isMapping: boolean
  readonly #escapes: boolean
  #used = 0
  #at = 0

  constructor(format: string, values: unknown, escapes: boolean) {
    this.#format = format
    this.#values = values
    this.#escapes = escapes
    const isTuple = values instanceof Tuple
    this.#list = isTuple ? values : [values]
    this.#isMapping = !isTuple && hasItems(values)
  }

  run(): string {
    const format = this.#format
    let out = ''
    for (;;) {
      const start = format.indexOf('%', this.#at)
      if (start < 0) break
      out += format.slice(this.#at, start)
      this.#at = start + 1
      out += this.#directive()
    }
    if (this.#used < this.#list.length && !this.#isMapping) {
      throw new TypeError('not all arguments converted during string formatting')
    }
    return out + format.slice(this.#at)
  }

  #directive(): string {
    const start = this.#at - 1
    const named = this.#format[this.#at] === '(' ? { value: this.#namedValue() } : undefined
    let flags = this.#take('#0- +')
    let width = this.#takeNumber()
    if (width < 0) {
      flags += '-'
      width = -width
    }
    let precision: number | undefined
    if (this.#format[this.#at] === '.') {
      this.#at += 1
      precision = Math.max(0, this.#takeNumber())
    }
    this.#take('hlL')
    const type = this.#format[this.#at++]
    if (type === undefined) throw new ValueError('incomplete format')
    // Nothing may stand between the two.
    if (type === '%' && this.#at - 2 === start) return '%'
    return this.#convert(named === undefined ? this.#next() : named.value, { flags, width, precision, type })
  }

  #namedValue(): unknown {
    if (!this.#isMapping) throw new TypeError('format requires a mapping')
    const from = this.#at + 1
    let depth = 0
    for (; this.#at < this.#format.length; this.#at++) {
      const character = this.#format[this.#at]
      if (character === '(') depth += 1
      else if (character === ')' && --depth === 0) {
        // No value is left that could be taken without its name.
        this.#used = this.#list.length
        return this.#lookUp(this.#format.slice(from, this.#at++))
      }
    }
    throw new ValueError('incomplete format key')
  }

  #lookUp(name: string): unknown {
    const values = this.#values
    if (isMapping(values)) {
      if (mappingHas(values, name)) return mappingGet(values, name)
      throw new KeyError(repr(name))
    }
    refuseUndefined(values)
    throw new TypeError('list indices must be integers or slices, not str')
  }

  #take(accepted: string): string {
    const from = this.#at
    while (this.#at < this.#format.length && accepted.includes(this.#format[this.#at]!)) this.#at += 1
    return this.#format.slice(from, this.#at)
  }

  /** Digits, or `*` for the next value. */
  #takeNumber(): number {
    if (this.#format[this.#at] === '*') {
      this.#at += 1
      const value = this.#next()
      if (!isInt(value)) throw new TypeError('* wants int')
      return checkWidth(Number(value))
    }
    return checkWidth(Number(this.#take('0123456789')))
  }

  #next(): unknown {
    if (this.#used === this.#list.length) throw new TypeError('not enough arguments for format string')
    return this.#list[this.#used++]
  }

  #convert(value: unknown, directive: Directive): string {
    const { type, flags, precision } = directive
    switch (type) {
      case 's':
      case 'r':
      case 'a': {
        const text = type === 's' ? value : type === 'r' ? repr(value) : asciiRepr(value)
        return pad(cut(this.#escapes ? escapeText(text) : toText(text), precision), directive)
      }
      case 'c':
        return pad(characterOf(value), directive)
      case 'd':
      case 'i':
      case 'u':
        return formatDigits(wholeOf(this.#escapes ? intOf(value) : value, type), 10, '', directive)
      case 'x':
      case 'X':
        return formatDigits(exactInt(value, type), 16, flags.includes('#') ? `0${type}` : '', directive)
      case 'o':
        return formatDigits(exactInt(value, type), 8, flags.includes('#') ? '0o' : '', directive)
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return formatReal(this.#escapes ? realOf(value) : value, directive)
      default: {
        const code = type.codePointAt(0)!.toString(16)
        throw new ValueError(`unsupported format character '${type}' (0x${code}) at index ${this.#at - 1}`)
      }
    }
  }
}

/** What has items by key or position counts as values by name, except text. */
function hasItems(value: unknown): boolean {
  return (
    isMapping(value) ||
    Array.isArray(value) ||
    value instanceof Undefined ||
    value instanceof IntRange ||
    value instanceof Uint8Array
  )
}

function checkWidth(width: number): number {
  if (Math.abs(width) > MAX_WIDTH) {
    throw new ValueError(`the width or precision ${width} is above the limit of ${MAX_WIDTH}`)
  }
  return width
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined || text.length <= precision ? text : codePointSlice(text, 0, precision)
}

function pad(text: string, { width, flags }: Directive): string {
  const missing = width - (width === 0 ? 0 : codePointLength(text))
  if (missing <= 0) return text
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

/** Markup takes numbers from texts. */
function intOf(value: unknown): unknown {
  const text = plainTextOf(value)
  if (text === undefined) return value
  const int = readInt(text, 10)
  if (int === undefined) throw new ValueError(`invalid literal for int() with base 10: ${repr(value)}`)
  return int
}

function realOf(value: unknown): unknown {
  const text = plainTextOf(value)
  if (text === undefined) return value
  const float = readFloat(text)
  if (float === undefined) throw new ValueError(`could not convert string to float: ${repr(value)}`)
  return float
}

function formatDigits(value: bigint, base: number, prefix: string, directive: Directive): string {
  const { precision = 0, type } = directive
  const size = (value < 0n ? -value : value).toString(base).padStart(precision, '0')
  return signed(value < 0n, prefix, type === 'X' ? size.toUpperCase() : size, directive)
}

function formatReal(value: unknown, directive: Directive): string {
  const { flags, precision = 6, type } = directive
  const number = numericValue(value)
  if (number === undefined) {
    refuseUndefined(value)
    throw new TypeError(`must be real number, not ${typeName(value)}`)
  }
  const float = asFloat(number)
  const digits = floatDigits(float, type, precision, flags.includes('#'))
  return signed(float < 0 || Object.is(float, -0), '', digits, directive)
}

/** Puts sign and prefix before the digits, and zeros between, if they are wanted. */
function signed(isNegative: boolean, prefix: string, digits: string, directive: Directive): string {
  const { flags, width } = directive
  const sign = isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const start = sign + prefix
  const hasZeros = flags.includes('0') && !flags.includes('-')
  return pad(start + (hasZeros ? digits.padStart(width - start.length, '0') : digits), directive)
}

/** The value without its fraction, for `%d`. */
function wholeOf(value: unknown, type: string): bigint {
  const number = numericValue(value)
  if (number === undefined) {
    refuseUndefined(value)
    throw new TypeError(`%${type} format: a real number is required, not ${typeName(value)}`)
  }
  if (typeof number === 'bigint') return number
  if (Number.isNaN(number)) throw new ValueError('cannot convert float NaN to integer')
  if (!Number.isFinite(number)) throw new OverflowError('cannot convert float infinity to integer')
  return BigInt(Math.trunc(number))
}

function exactInt(value: unknown, type: string): bigint {
  const number = numericValue(value)
  if (number === undefined || isFloat(value)) {
    throw new TypeError(`%${type} format: an integer is required, not ${typeName(value)}`)
  }
  return BigInt(number)
}

function characterOf(value: unknown): string {
  const text = plainTextOf(value)
  if (text !== undefined && codePointLength(text) === 1) return text
  const number = isFloat(value) ? undefined : numericValue(value)
  if (number === undefined) throw new TypeError('%c requires int or char')
  if (number < 0 || number > 0x10ffff) throw new OverflowError('%c arg not in range(0x110000)')
  return String.fromCodePoint(Number(toInt(BigInt(number))))
}
