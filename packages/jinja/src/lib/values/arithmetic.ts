import { floatParts } from '@phial/markup/text'
import type { PythonInt } from './number.ts'
import { asFloat, toInt } from './number.ts'
import { OverflowError, ValueError, ZeroDivisionError } from './python-errors.ts'

/** `a / b` with correct rounding for ints of any size. */
export function divideInts(left: number | bigint, right: number | bigint, isFloat: boolean): number {
  // biome-ignore lint/suspicious/noDoubleEquals: 0n is a zero too.
  if (right == 0) throw new ZeroDivisionError(isFloat ? 'float division by zero' : 'division by zero')
  if (typeof left === 'number' && typeof right === 'number') return left / right
  if (isFloat) return asFloat(left) / asFloat(right)
  return divideBig(BigInt(left), BigInt(right))
}

function divideBig(left: bigint, right: bigint): number {
  const isNegative = left < 0n !== right < 0n
  const dividend = left < 0n ? -left : left
  const divisor = right < 0n ? -right : right
  if (dividend === 0n) return 0
  // A quotient of at least 66 bits, its last bit set if a remainder follows: Number() then rounds as if it saw all.
  const shift = Math.max(0, 66 - bitLength(dividend) + bitLength(divisor))
  const shifted = dividend << BigInt(shift)
  let quotient = shifted / divisor
  if (quotient * divisor !== shifted) quotient |= 1n
  const size = Number(quotient) * 2 ** -shift
  if (!Number.isFinite(size)) throw new OverflowError('integer division result too large for a float')
  return isNegative ? -size : size
}

/** How many bits the absolute value has. */
export function bitLength(value: bigint): number {
  const size = value < 0n ? -value : value
  const hex = size.toString(16)
  return size === 0n ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0]!, 16)))
}

export function floorDivideInts(left: number | bigint, right: number | bigint): PythonInt {
  // biome-ignore lint/suspicious/noDoubleEquals: 0n is a zero too.
  if (right == 0) throw new ZeroDivisionError('integer division or modulo by zero')
  if (typeof left === 'number' && typeof right === 'number') {
    const remainder = left % right
    const exact = (left - remainder) / right
    return (remainder !== 0 && remainder < 0 !== right < 0 ? exact - 1 : exact) + 0
  }
  const a = BigInt(left)
  const b = BigInt(right)
  const quotient = a / b
  return toInt(a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient)
}

export function moduloInts(left: number | bigint, right: number | bigint): PythonInt {
  // biome-ignore lint/suspicious/noDoubleEquals: 0n is a zero too.
  if (right == 0) throw new ZeroDivisionError('integer modulo by zero')
  if (typeof left === 'number' && typeof right === 'number') {
    const remainder = left % right
    return (remainder !== 0 && remainder < 0 !== right < 0 ? remainder + right : remainder) + 0
  }
  const b = BigInt(right)
  const remainder = BigInt(left) % b
  return toInt(remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder)
}

export function floatModulo(left: number, right: number): number {
  if (right === 0) throw new ZeroDivisionError('float modulo')
  const remainder = left % right
  // Zero takes the sign of the divisor.
  if (remainder === 0) return right < 0 ? -0 : 0
  return remainder < 0 !== right < 0 ? remainder + right : remainder
}

/** Through the remainder, as `Math.floor(a / b)` is one too high where the division rounds up. */
export function floorDivideFloats(left: number, right: number): number {
  if (right === 0) throw new ZeroDivisionError('float floor division by zero')
  const remainder = left % right
  let quotient = (left - remainder) / right
  if (remainder !== 0 && remainder < 0 !== right < 0) quotient -= 1
  if (quotient === 0) return Object.is(left / right, -0) || left / right < 0 ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

export function floatPower(left: number, right: number): number {
  if (left === 0 && right < 0) throw new ZeroDivisionError('0.0 cannot be raised to a negative power')
  if (left === 1 || right === 0) return 1
  // JavaScript gives NaN here.
  if (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) return 1
  const result = wholePower(left, right) ?? left ** right
  if (Number.isNaN(result) && !Number.isNaN(left) && !Number.isNaN(right)) {
    throw new ValueError(
      'negative number cannot be raised to a fractional power: there are no complex numbers here',
    )
  }
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right) && !Number.isNaN(result)) {
    throw new OverflowError("(34, 'Numerical result out of range')")
  }
  return result
}

/** Larger exponents are left to the processor's power, whose last digit may be off. */
const MAX_EXACT_EXPONENT = 1024

/** A power with a whole exponent, rounded once; `undefined` if it is out of the range of exact computing. */
function wholePower(left: number, right: number): number | undefined {
  const count = Math.abs(right)
  if (!Number.isInteger(right) || count > MAX_EXACT_EXPONENT || left === 0 || !Number.isFinite(left))
    return undefined
  const { mantissa, exponent } = floatParts(left)
  const power = mantissa ** BigInt(count)
  const size = right < 0 ? divideBig(1n << BigInt(bitLength(power) + 64), power) : roundedTop(power)
  const scale = exponent * right + (right < 0 ? -bitLength(power) - 64 : Math.max(0, bitLength(power) - 66))
  // In two steps, as one factor alone may be too large or too small for a float.
  const half = Math.trunc(scale / 2)
  const result = size * 2 ** half * 2 ** (scale - half)
  if (result < Number.MIN_VALUE * 2 ** 52) return undefined
  return left < 0 && count % 2 === 1 ? -result : result
}

/** The first 66 bits, the last of them set if others follow: then `Number()` rounds as if it saw all. */
function roundedTop(value: bigint): number {
  const shift = BigInt(Math.max(0, bitLength(value) - 66))
  const top = value >> shift
  return Number(top << shift === value ? top : top | 1n)
}

/** Larger results would take seconds to compute. */
const MAX_POWER_BITS = 1_000_000

/** `a ** b` for ints, with `b >= 0`. */
export function bigPower(left: number | bigint, right: number | bigint): PythonInt {
  const quick = Number(left) ** Number(right)
  if (Number.isSafeInteger(quick)) return quick + 0
  const base = BigInt(left)
  if (bitLength(base) * Number(right) > MAX_POWER_BITS) {
    throw new OverflowError(`the result has more than ${MAX_POWER_BITS} bits`)
  }
  return toInt(base ** BigInt(right))
}
