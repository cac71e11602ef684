import { floatParts } from '@phial/markup/text'
import { bitLength } from '../arithmetic.ts'
import { numericValue, toFloat, toInt } from '../number.ts'
import { OverflowError, ValueError } from '../python-errors.ts'
import { isTrue } from '../truth.ts'
import { tupleOf } from '../tuple.ts'
import { indexArgument, textArgument } from './arguments.ts'
import type { MethodTable } from './method.ts'
import { keywordMethod, method, property } from './method.ts'

/** Attributes and methods of `int` and `bool`. */
export const intMethods: MethodTable = new Map([
  property('real', (self) => numericValue(self)),
  property('imag', () => 0),
  property('numerator', (self) => numericValue(self)),
  property('denominator', () => 1),
  method('conjugate', '', (self) => numericValue(self)),
  method('bit_length', '', (self) => bitLength(BigInt(self))),
  method('bit_count', '', (self) => bitCount(BigInt(self))),
  method('as_integer_ratio', '', (self) => tupleOf([numericValue(self), 1])),
  keywordMethod(
    'to_bytes',
    'length?, byteorder?, signed?',
    (self, length = 1, order = 'big', signed = false) =>
      toBytes(BigInt(self), indexArgument(length), order, isTrue(signed)),
  ),
])

/** Attributes and methods of `float`. */
export const floatMethods: MethodTable = new Map([
  property('real', (self) => self),
  property('imag', () => toFloat(0)),
  method('conjugate', '', (self) => self),
  method('is_integer', '', (self) => Number.isInteger(Number(self))),
  method('hex', '', (self) => floatHex(Number(self))),
  method('as_integer_ratio', '', (self) => integerRatio(Number(self))),
])

function bitCount(value: bigint): number {
  let count = 0
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 1n) count += Number(rest & 1n)
  return count
}

const MAX_BYTES = 2 ** 20

function toBytes(value: bigint, length: number, order: unknown, signed: boolean): Uint8Array {
  const byteOrder = textArgument(order, (type) => `to_bytes() argument 'byteorder' must be str, not ${type}`)
  if (byteOrder !== 'big' && byteOrder !== 'little')
    throw new ValueError("byteorder must be either 'little' or 'big'")
  if (length < 0) throw new ValueError('length argument must be non-negative')
  if (length > MAX_BYTES) throw new OverflowError(`the length ${length} is above the limit of ${MAX_BYTES}`)
  if (value < 0n && !signed) throw new OverflowError("can't convert negative int to unsigned")
  const bits = BigInt(length * 8)
  const limit = signed ? 1n << (bits - 1n) : 1n << bits
  if (value >= limit || value < -limit) throw new OverflowError('int too big to convert')
  const bytes = new Uint8Array(length)
  let rest = BigInt.asUintN(length * 8, value)
  for (let index = 0; index < length; index++) {
    bytes[byteOrder === 'little' ? index : length - 1 - index] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

function floatHex(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (value === 0) return `${sign}0x0.0p+0`
  const { mantissa, exponent } = floatParts(value)
  const digits = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0')
  const power = exponent + 52
  return `${sign}0x${mantissa >> 52n}.${digits}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

function integerRatio(value: number): unknown {
  if (Number.isNaN(value)) throw new ValueError('cannot convert NaN to integer ratio')
  if (!Number.isFinite(value)) throw new OverflowError('cannot convert Infinity to integer ratio')
  let { mantissa, exponent } = floatParts(value)
  while (exponent < 0 && mantissa !== 0n && (mantissa & 1n) === 0n) {
    mantissa >>= 1n
    exponent += 1
  }
  const top = exponent > 0 ? mantissa << BigInt(exponent) : mantissa
  const bottom = mantissa === 0n || exponent >= 0 ? 1n : 1n << BigInt(-exponent)
  return tupleOf([toInt(value < 0 ? -top : top), toInt(bottom)])
}
