import { OverflowError } from './python-errors.ts'

/**
 * Python's two number types on JavaScript's. An int is a safe integer, or a `bigint` beyond ±(2^53 − 1). A float is
 * any other number (2.5, NaN, 1e300), or a `Float` where the value happens to be a safe integer (2.0).
 */

/** A float whose value is a safe integer, such as the `2.0` of `4 / 2`. `valueOf()` is the number. */
export class Float {
  readonly #value: number

  constructor(value: number) {
    this.#value = value
  }

  valueOf(): number {
    return this.#value
  }

  toString(): string {
    return Object.is(this.#value, -0) ? '-0.0' : `${this.#value}.0`
  }

  toJSON(): number {
    return this.#value
  }
}

export type PythonInt = number | bigint
export type PythonFloat = number | Float

/** The float of this value. */
export function toFloat(value: number): PythonFloat {
  return Number.isSafeInteger(value) ? new Float(value) : value
}

/** The int of this value, as a number where that is exact. */
export function toInt(value: bigint): PythonInt {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** @throws {OverflowError} if an int is beyond all floats. */
export function asFloat(value: number | bigint): number {
  const float = Number(value)
  if (typeof value === 'bigint' && !Number.isFinite(float)) {
    throw new OverflowError('int too large to convert to float')
  }
  return float
}

export function isInt(value: unknown): value is PythonInt {
  return typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'bigint'
}

export function isFloat(value: unknown): value is PythonFloat {
  return typeof value === 'number' ? !Number.isSafeInteger(value) : value instanceof Float
}

/** Whether the value is an int or a float. Booleans are not, though they count as ints in arithmetic. */
export function isNumber(value: unknown): value is PythonInt | PythonFloat {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
}

/**
 * The operand that arithmetic works on: a number, a bigint, or `undefined` if the value is no number. Whether a
 * number stands for an int or a float is asked of the value itself (`isFloat`).
 */
export function numericValue(value: unknown): number | bigint | undefined {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    default:
      return value instanceof Float ? value.valueOf() : undefined
  }
}

/** The value as an index (`__index__`): ints and booleans. `undefined` for all else, floats included. */
export function indexValue(value: unknown): PythonInt | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return undefined
}
