import { escapeToString, isMarkup, Markup } from '@phial/markup/core'
import {
  bigPower,
  divideInts,
  floatModulo,
  floatPower,
  floorDivideFloats,
  floorDivideInts,
  moduloInts,
} from './arithmetic.ts'
import { asFloat, indexValue, isFloat, numericValue, toFloat, toInt } from './number.ts'
import { percentFormat } from './percent-format.ts'
import { OverflowError } from './python-errors.ts'
import { toText } from './python-text.ts'
import { setHas } from './set-value.ts'
import { escapeText, hasHtml, isText, sameKind } from './text-value.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { refuseUndefined } from './undefined.ts'

/** `a + b` */
export function add(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right
    if (Number.isSafeInteger(sum) && Number.isSafeInteger(left) && Number.isSafeInteger(right)) return sum
    return addNumbers(left, right, sum)
  }
  if (typeof left === 'string' && typeof right === 'string') return left + right
  return addAny(left, right)
}

function addNumbers(left: number, right: number, sum: number): unknown {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return toInt(BigInt(left) + BigInt(right))
  return toFloat(sum)
}

function addAny(left: unknown, right: unknown): unknown {
  const a = numericValue(left)
  const b = numericValue(right)
  if (a !== undefined && b !== undefined) {
    if (isFloat(left) || isFloat(right)) return toFloat(asFloat(a) + asFloat(b))
    return toInt(BigInt(a) + BigInt(b))
  }
  if (isText(left)) {
    if (isText(right) || (isMarkup(left) && hasHtml(right))) return joinTexts(left, right)
    refuseUndefined(right)
    if (hasHtml(right)) return joinTexts(left, right)
    if (isMarkup(left)) return unsupported('+', left, right)
    refuseUndefined(right)
    const error = new TypeError(`can only concatenate str (not "${typeName(right)}") to str`)
    throw Object.assign(error, { hint: 'To join values as text, write ~ in place of +.' })
  }
  refuseUndefined(left)
  if (isMarkup(right) && hasHtml(left)) return joinTexts(left, right)
  if (Array.isArray(left)) return concatArrays(left, right)
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    const bytes = new Uint8Array(left.length + right.length)
    bytes.set(left)
    bytes.set(right, left.length)
    return bytes
  }
  return unsupported('+', left, right)
}

function joinTexts(left: unknown, right: unknown): unknown {
  if (isMarkup(left) || isMarkup(right)) return new Markup(escapeText(left) + escapeText(right))
  return toText(left) + toText(right)
}

function concatArrays(left: unknown[], right: unknown): unknown {
  const isTuple = left instanceof Tuple
  if (Array.isArray(right) && right instanceof Tuple === isTuple) {
    const items = isTuple ? new Tuple(left.length + right.length) : new Array(left.length + right.length)
    for (let index = 0; index < left.length; index++) items[index] = left[index]
    for (let index = 0; index < right.length; index++) items[left.length + index] = right[index]
    return items
  }
  refuseUndefined(right)
  const name = typeName(left)
  throw new TypeError(`can only concatenate ${name} (not "${typeName(right)}") to ${name}`)
}

/** `a - b` */
export function subtract(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
      return Number.isSafeInteger(difference) ? difference : toInt(BigInt(left) - BigInt(right))
    }
    return toFloat(difference)
  }
  const a = numericValue(left)
  const b = numericValue(right)
  if (a !== undefined && b !== undefined) {
    if (isFloat(left) || isFloat(right)) return toFloat(asFloat(a) - asFloat(b))
    return toInt(BigInt(a) - BigInt(b))
  }
  if (left instanceof Set && right instanceof Set) {
    return new Set(Array.from(left).filter((item) => !setHas(right, item)))
  }
  return unsupported('-', left, right)
}

/**
 * `a * b`
 *
 * @param maxLength The longest text or list that repetition may make, in items. The sandbox sets one.
 */
export function multiply(left: unknown, right: unknown, maxLength: number = MAX_LENGTH): unknown {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
      // Zero has one sign only.
      return Number.isSafeInteger(product) ? product + 0 : toInt(BigInt(left) * BigInt(right))
    }
    return toFloat(product)
  }
  const a = numericValue(left)
  const b = numericValue(right)
  if (a !== undefined && b !== undefined) {
    if (isFloat(left) || isFloat(right)) return toFloat(asFloat(a) * asFloat(b))
    return toInt(BigInt(a) * BigInt(b))
  }
  if (isSequence(left)) return repeat(left, right, maxLength)
  refuseUndefined(left)
  if (isSequence(right)) return repeat(right, left, maxLength)
  return unsupported('*', left, right)
}

/** About the longest text that JavaScript engines can make. */
const MAX_LENGTH = 2 ** 29 - 24

function isSequence(value: unknown): boolean {
  return isText(value) || Array.isArray(value) || value instanceof Uint8Array
}

function repeat(sequence: unknown, times: unknown, maxLength: number): unknown {
  const count = indexValue(times)
  if (count === undefined) {
    if (isMarkup(sequence))
      throw new TypeError(`'${typeName(times)}' object cannot be interpreted as an integer`)
    refuseUndefined(times)
    throw new TypeError(`can't multiply sequence by non-int of type '${typeName(times)}'`)
  }
  if (typeof count === 'bigint' && BigInt.asIntN(64, count) !== count)
    throw new OverflowError("cannot fit 'int' into an index-sized integer")
  const length = isText(sequence) ? sequence.length : (sequence as ArrayLike<unknown>).length
  const total = count > 0 ? length * Number(count) : 0
  if (total > maxLength) {
    throw new RangeError(`repeating ${length} items ${count} times is above the limit of ${maxLength} items`)
  }
  const n = total === 0 ? 0 : Number(count)
  if (isText(sequence)) return sameKind(sequence, sequence.toString().repeat(n))
  const source = sequence as ArrayLike<unknown>
  const items: { [index: number]: unknown } = Array.isArray(sequence)
    ? sequence instanceof Tuple
      ? new Tuple(total)
      : new Array(total)
    : new Uint8Array(total)
  for (let index = 0; index < total; index++) items[index] = source[index % length]
  return items
}

/** `a / b`: a float, whatever the operands. */
export function divide(left: unknown, right: unknown): unknown {
  const a = numericValue(left)
  const b = numericValue(right)
  if (a === undefined || b === undefined) return unsupported('/', left, right)
  return toFloat(divideInts(a, b, isFloat(left) || isFloat(right)))
}

/** `a // b`: rounded down. */
export function floorDivide(left: unknown, right: unknown): unknown {
  const a = numericValue(left)
  const b = numericValue(right)
  if (a === undefined || b === undefined) return unsupported('//', left, right)
  if (isFloat(left) || isFloat(right)) return toFloat(floorDivideFloats(asFloat(a), asFloat(b)))
  return floorDivideInts(a, b)
}

/** `a % b`: the remainder with the sign of `b`, or formatting where `a` is text. */
export function modulo(left: unknown, right: unknown): unknown {
  const a = numericValue(left)
  if (a === undefined) {
    if (isText(left)) return percentFormat(left, right)
    return unsupported('%', left, right)
  }
  const b = numericValue(right)
  if (b === undefined) return unsupported('%', left, right)
  if (isFloat(left) || isFloat(right)) return toFloat(floatModulo(asFloat(a), asFloat(b)))
  return moduloInts(a, b)
}

/** `a ** b` */
export function power(left: unknown, right: unknown): unknown {
  const a = numericValue(left)
  const b = numericValue(right)
  if (a === undefined || b === undefined) return unsupported('** or pow()', left, right)
  if (isFloat(left) || isFloat(right) || b < 0) return toFloat(floatPower(asFloat(a), asFloat(b)))
  return bigPower(a, b)
}

/** `-a` */
export function negate(value: unknown): unknown {
  const number = numericValue(value)
  if (number === undefined) return unsupportedUnary('-', value)
  if (typeof number === 'bigint') return -number
  return isFloat(value) ? toFloat(-number) : 0 - number
}

/** `+a` */
export function positive(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (numericValue(value) === undefined) return unsupportedUnary('+', value)
  return value
}

/**
 * `a ~ b ~ …`: the texts of the values behind each other. With automatic escaping, a value that is safe HTML makes
 * the result Markup, and the others are escaped.
 */
export function concat(values: readonly unknown[], autoescape: boolean): string | Markup {
  if (autoescape && values.some(isMarkup)) {
    let html = ''
    for (const value of values) html += isMarkup(value) ? value.toString() : escapeToString(toText(value))
    return new Markup(html)
  }
  let text = ''
  for (const value of values) text += toText(value)
  return text
}

function unsupported(operator: string, left: unknown, right: unknown): never {
  refuseUndefined(left)
  refuseUndefined(right)
  throw new TypeError(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
  )
}

function unsupportedUnary(operator: string, value: unknown): never {
  refuseUndefined(value)
  throw new TypeError(`bad operand type for unary ${operator}: '${typeName(value)}'`)
}
