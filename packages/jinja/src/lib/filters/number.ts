import { FilterArgumentError } from '../errors.ts'
import { indexArgument } from '../values/methods/arguments.ts'
import { indexValue, isFloat, isNumber, numericValue, toFloat, toInt } from '../values/number.ts'
import { readFloat, readInt } from '../values/number-text.ts'
import { divide, multiply, power } from '../values/operators.ts'
import { percentFormat } from '../values/percent-format.ts'
import { OverflowError, ValueError } from '../values/python-errors.ts'
import { repr } from '../values/python-text.ts'
import { roundFloat, roundInt } from '../values/round.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { refuseUndefined, Undefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that give numbers, or text of numbers. */
export const numberFilters: readonly Row[] = [
  define('abs', 'abs(x)', (value: unknown) => {
    const number = numericValue(value)
    if (number === undefined) throw new TypeError(`bad operand type for abs(): '${typeName(value)}'`)
    if (typeof number === 'bigint') return number < 0n ? -number : number
    return isFloat(value) ? toFloat(Math.abs(number)) : Math.abs(number)
  }),
  define('int', 'do_int(value, default?, base?)', toInteger),
  define('float', 'do_float(value, default?)', (value: unknown, fallback: unknown = toFloat(0)) =>
    typeof value === 'number' ? toFloat(value) : (floatOf(value) ?? fallback),
  ),
  define('round', 'do_round(value, precision?, method?)', round),
  define('filesizeformat', 'do_filesizeformat(value, binary?)', fileSize),
]

function toInteger(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value + 0
    if (Number.isNaN(value)) return fallback
    if (!Number.isFinite(value)) throw new OverflowError('cannot convert float infinity to integer')
    return truncated(value)
  }
  const text = plainTextOf(value)
  if (text !== undefined) {
    if (base === 10 && /^[+-]?[0-9]{1,15}$/.test(text)) return Number(text) + 0
    const radix = indexValue(base)
    const int = radix === undefined ? undefined : readInt(text, Number(radix))
    if (int !== undefined) return int
    const float = readFloat(text)
    return float === undefined || !Number.isFinite(Number(float)) ? fallback : truncated(Number(float))
  }
  const number = numericValue(value)
  if (number !== undefined) return number
  refuseUndefined(value)
  return fallback
}

function truncated(value: number): unknown {
  return toInt(BigInt(Math.trunc(value)))
}

/** `float(value)`, or `undefined` for what cannot be one. */
function floatOf(value: unknown): unknown {
  const text = plainTextOf(value)
  if (text !== undefined) return readFloat(text)
  const number = numericValue(value)
  if (number === undefined) {
    refuseUndefined(value)
    return undefined
  }
  const float = Number(number)
  if (typeof number === 'bigint' && !Number.isFinite(float)) {
    throw new OverflowError('int too large to convert to float')
  }
  return toFloat(float)
}

const METHODS: ReadonlyMap<unknown, (value: number) => number> = new Map([
  ['common', Math.round],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
])

/** To the nearest, halfway to the even one; or up or down. Ints stay ints when they are rounded to the nearest. */
function round(value: unknown, precision: unknown = 0, method: unknown = 'common'): unknown {
  const name = plainTextOf(method)
  const direction = METHODS.get(name)
  if (direction === undefined) throw new FilterArgumentError('method must be common, ceil or floor')
  if (name === 'common') {
    const number = numericValue(value)
    if (number === undefined) throw new TypeError(`type ${typeName(value)} doesn't define __round__ method`)
    if (precision === null) return isFloat(value) ? toInteger(roundFloat(Number(number), 0)) : number
    const digits = indexArgument(precision)
    return isFloat(value) ? roundFloat(Number(number), digits) : roundInt(number, digits)
  }
  const factor = power(10, precision)
  return divide(towards(multiply(value, factor), direction), factor)
}

function towards(value: unknown, direction: (value: number) => number): unknown {
  if (!isNumber(value)) throw new TypeError(`must be real number, not ${typeName(value)}`)
  const number = numericValue(value)!
  if (typeof number === 'bigint' || !isFloat(value)) return number
  if (Number.isNaN(number)) throw new ValueError('cannot convert float NaN to integer')
  return toInteger(direction(number))
}

const PREFIXES = 'kMGTPEZY'

/** `13.0 kB`, or `12.7 KiB` in powers of 1024. */
function fileSize(value: unknown, binary: unknown = false): string {
  const float = value instanceof Undefined ? value.fail() : floatOf(value)
  if (float === undefined) {
    throw plainTextOf(value) === undefined
      ? new TypeError(`float() argument must be a string or a real number, not '${typeName(value)}'`)
      : new ValueError(`could not convert string to float: ${repr(value)}`)
  }
  const bytes = Number(float)
  const isBinary = isTrue(binary)
  const base = isBinary ? 1024 : 1000
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${String(toInteger(bytes))} Bytes`
  // Exact, so that 1e24, which is a little less than a yottabyte, is none.
  let unit = BigInt(base ** 2)
  let index = 0
  for (; index < PREFIXES.length - 1 && !(bytes < unit); index++) unit *= BigInt(base)
  const prefix = isBinary ? `${PREFIXES[index]!.toUpperCase()}iB` : `${PREFIXES[index]}B`
  return `${percentFormat('%.1f', (base * bytes) / Number(unit))} ${prefix}`
}
