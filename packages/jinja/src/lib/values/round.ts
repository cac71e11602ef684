import { toFixedExact } from '@phial/markup/text'
import type { PythonFloat, PythonInt } from './number.ts'
import { toFloat, toInt } from './number.ts'
import { OverflowError } from './python-errors.ts'

/** Doubles have no digits beyond these places. */
const MOST_DIGITS = 323
const LEAST_DIGITS = -308

/** `round(value, digits)` of a float: to the nearest, exactly, and from halfway to the even one. */
export function roundFloat(value: number, digits: number): PythonFloat {
  if (!Number.isFinite(value) || digits > MOST_DIGITS) return toFloat(value)
  if (digits < LEAST_DIGITS) return toFloat(value * 0)
  if (digits < 0) {
    const whole = Number(roundBig(BigInt(Math.trunc(value)), -digits, value % 1 !== 0))
    return toFloat(Object.is(Math.sign(value), -0) || value < 0 ? -Math.abs(whole) : whole)
  }
  if (Number.isInteger(value)) return toFloat(value)
  if (digits <= 15 && Math.abs(value) < 1e15) {
    // Halfway is where the double of the value, moved by the digits, is odd; there toFixed goes up.
    const double = value * 2 ** (digits + 1)
    if (!Number.isInteger(double) || double % 2 === 0) return toFloat(Number(value.toFixed(digits)))
  }
  const size = Number(toFixedExact(value, digits))
  const rounded = value < 0 ? -size : size
  if (!Number.isFinite(rounded)) throw new OverflowError('rounded value too large to represent')
  return toFloat(rounded)
}

/** `round(value, digits)` of an int. */
export function roundInt(value: number | bigint, digits: number): PythonInt {
  if (digits >= 0) return typeof value === 'bigint' ? toInt(value) : value
  // An int has fewer decimal places than bits, so more places round it to zero.
  const places = -digits
  return places > String(value).length + 1 ? 0 : toInt(roundBig(BigInt(value), places, false))
}

function roundBig(value: bigint, places: number, hasFraction: boolean): bigint {
  const unit = 10n ** BigInt(places)
  const size = value < 0n ? -value : value
  const quotient = size / unit
  const twice = (size % unit) * 2n
  const isUp = twice > unit || (twice === unit && (hasFraction || (quotient & 1n) === 1n))
  const rounded = (isUp ? quotient + 1n : quotient) * unit
  return value < 0n ? -rounded : rounded
}
