import { asFloat, indexValue, numericValue, toFloat, toInt } from './number.ts'
import { readFloat, readInt } from './number-text.ts'
import { OverflowError } from './python-errors.ts'
import { plainTextOf } from './text-value.ts'
import { refuseUndefined } from './undefined.ts'

/** `int(value, base)`, or the fallback for what cannot be one. */
export function toInteger(value: unknown, fallback: unknown = 0, base: unknown = 10): unknown {
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
export function floatOf(value: unknown): unknown {
  const text = plainTextOf(value)
  if (text !== undefined) return readFloat(text)
  const number = numericValue(value)
  if (number === undefined) {
    refuseUndefined(value)
    return undefined
  }
  return toFloat(asFloat(number))
}
