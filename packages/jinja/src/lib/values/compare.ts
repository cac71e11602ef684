import { isMarkup } from '@phial/markup/core'
import { textIsLess } from './code-points.ts'
import { DictView } from './dict-view.ts'
import { isIterable, toArray } from './iterate.ts'
import type { Mapping } from './mapping.ts'
import { isMapping, mappingGet, mappingHas, mappingItems, mappingSize } from './mapping.ts'
import { indexValue, numericValue } from './number.ts'
import { ValueError } from './python-errors.ts'
import { IntRange } from './range.ts'
import { setHas } from './set-value.ts'
import { plainTextOf } from './text-value.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { refuseUndefined, Undefined } from './undefined.ts'

/** `a == b`: numbers and booleans by value, text and Markup by text, containers by their items. */
export function equals(left: unknown, right: unknown): boolean {
  const type = typeof left
  if (type === typeof right) {
    if (type === 'string' || type === 'number' || type === 'boolean' || type === 'bigint')
      return left === right
    if (left === null || right === null) return left === right || isEqualToNone(left ?? right)
    if (type === 'object') return objectsAreEqual(left as object, right as object)
    return left === right
  }
  return mixedEquals(left, right)
}

/** `a != b` */
export function notEquals(left: unknown, right: unknown): boolean {
  return !equals(left, right)
}

/** Only an undefined value has a say in that: a strict one raises. */
function isEqualToNone(value: unknown): boolean {
  return value instanceof Undefined && value.isEqual(null)
}

/** Values of two JavaScript types, of which one may be an object. */
function mixedEquals(left: unknown, right: unknown): boolean {
  if (left instanceof Undefined) return left.isEqual(right)
  if (right instanceof Undefined) return right.isEqual(left)
  const number = numericValue(left)
  if (number !== undefined) {
    const other = numericValue(right)
    // By design: 2n == 2.
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint equals the number of its value.
    return other !== undefined && number == other
  }
  const text = plainTextOf(left)
  return text !== undefined && text === plainTextOf(right)
}

function objectsAreEqual(left: object, right: object): boolean {
  if (left instanceof Undefined) return left.isEqual(right)
  if (right instanceof Undefined) return right.isEqual(left)
  if (Array.isArray(left)) return Array.isArray(right) && arraysAreEqual(left, right)
  if (left === right) return true
  if (isMarkup(left)) return isMarkup(right) && left.toString() === right.toString()
  const number = numericValue(left)
  if (number !== undefined) return number === numericValue(right)
  if (left instanceof Set) return right instanceof Set && setsAreEqual(left, right)
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime()
  if (left instanceof Uint8Array) return right instanceof Uint8Array && bytesOrder(left, right) === 0
  if (left instanceof IntRange) return right instanceof IntRange && rangesAreEqual(left, right)
  if (left instanceof DictView) return right instanceof DictView && viewsAreEqual(left, right)
  return isMapping(left) && isMapping(right) && mappingsAreEqual(left, right)
}

function arraysAreEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (left === right) return true
  if (left.length !== right.length || left instanceof Tuple !== right instanceof Tuple) return false
  for (let index = 0; index < left.length; index++) {
    if (!isSame(left[index], right[index])) return false
  }
  return true
}

/** Items of containers: one value equals itself, even NaN. */
function isSame(left: unknown, right: unknown): boolean {
  return left === right ? !(left instanceof Undefined) || left.isEqual(right) : equals(left, right)
}

function mappingsAreEqual(left: Mapping, right: Mapping): boolean {
  if (mappingSize(left) !== mappingSize(right)) return false
  for (const [key, value] of mappingItems(left)) {
    if (!mappingHas(right, key) || !isSame(value, mappingGet(right, key))) return false
  }
  return true
}

function setsAreEqual(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>): boolean {
  if (left.size !== right.size) return false
  for (const item of left) if (!setHas(right, item)) return false
  return true
}

function rangesAreEqual(left: IntRange, right: IntRange): boolean {
  return left.size() === right.size() && left.at(0) === right.at(0) && left.at(-1) === right.at(-1)
}

function viewsAreEqual(left: DictView, right: DictView): boolean {
  if (left.kind() === 'values' || right.kind() === 'values' || left.size() !== right.size()) return false
  const items = right.toArray()
  return left.toArray().every((item) => items.some((other) => equals(item, other)))
}

function bytesOrder(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    if (left[index] !== right[index]) return left[index]! - right[index]!
  }
  return left.length - right.length
}

export type OrderOperator = '<' | '<=' | '>' | '>='

/** `a < b` */
export function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right
  return compareOrder(left, right, '<')
}

/** `a <= b` */
export function isLessOrEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left <= right
  return compareOrder(left, right, '<=')
}

/** `a > b` */
export function isGreater(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left > right
  return compareOrder(left, right, '>')
}

/** `a >= b` */
export function isGreaterOrEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left >= right
  return compareOrder(left, right, '>=')
}

/**
 * An ordering comparison of any two values.
 *
 * @throws {TypeError} where Python has no order between the two types.
 */
export function compareOrder(left: unknown, right: unknown, operator: OrderOperator): boolean {
  if (typeof left === 'string' && typeof right === 'string')
    return applyOrder(textOrder(left, right), 0, operator)
  const number = numericValue(left)
  if (number !== undefined) {
    const other = numericValue(right)
    if (other !== undefined) return applyOrder(number, other, operator)
  } else {
    const text = plainTextOf(left)
    if (text !== undefined) {
      const other = plainTextOf(right)
      if (other !== undefined) return applyOrder(textOrder(text, other), 0, operator)
    } else if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null) {
      const result = objectOrder(left, right, operator)
      if (result !== undefined) return result
    }
  }
  refuseUndefined(left)
  refuseUndefined(right)
  throw new TypeError(
    `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
  )
}

function objectOrder(left: object, right: object, operator: OrderOperator): boolean | undefined {
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left instanceof Tuple !== right instanceof Tuple) return undefined
    return arrayOrder(left, right, operator)
  }
  if (left instanceof Date && right instanceof Date) {
    return applyOrder(left.getTime(), right.getTime(), operator)
  }
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    return applyOrder(bytesOrder(left, right), 0, operator)
  }
  if (left instanceof Set && right instanceof Set) return setOrder(left, right, operator)
  return undefined
}

/** The first items that differ decide; without one, the length. */
function arrayOrder(left: readonly unknown[], right: readonly unknown[], operator: OrderOperator): boolean {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    if (!isSame(left[index], right[index])) return compareOrder(left[index], right[index], operator)
  }
  return applyOrder(left.length, right.length, operator)
}

/** Sets are ordered by inclusion. */
function setOrder(left: ReadonlySet<unknown>, right: ReadonlySet<unknown>, operator: OrderOperator): boolean {
  if (operator === '>' || operator === '>=') return setOrder(right, left, operator === '>' ? '<' : '<=')
  if (operator === '<' && left.size >= right.size) return false
  for (const item of left) if (!setHas(right, item)) return false
  return true
}

/** Below, at or above zero, as the text comes before, is or comes behind the other. */
function textOrder(left: string, right: string): number {
  return left === right ? 0 : textIsLess(left, right) ? -1 : 1
}

function applyOrder(left: number | bigint, right: number | bigint, operator: OrderOperator): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
  }
}

/**
 * `item in container`
 *
 * @throws {TypeError} if the container cannot be asked.
 */
export function contains(container: unknown, item: unknown): boolean {
  if (Array.isArray(container)) return arrayContains(container, item)
  if (typeof container === 'string' || isMarkup(container)) {
    const text = plainTextOf(item)
    if (text === undefined) {
      throw new TypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`)
    }
    return String(container).includes(text)
  }
  if (container instanceof Undefined) return container.contains(item)
  if (isMapping(container)) return mappingHas(container, item)
  // Asked about a set, Python looks for a frozen one, which no template has.
  if (container instanceof Set) return !(item instanceof Set) && setHas(container, item)
  if (container instanceof Uint8Array) return bytesContain(container, item)
  if (container instanceof IntRange) return rangeContains(container, item)
  if (container instanceof DictView && container.kind() === 'keys')
    return mappingHas(container.mapping(), item)
  if (!isIterable(container)) throw new TypeError(`argument of type '${typeName(container)}' is not iterable`)
  return arrayContains(toArray(container), item)
}

function bytesContain(bytes: Uint8Array, item: unknown): boolean {
  if (item instanceof Uint8Array) {
    const last = bytes.length - item.length
    for (let start = 0; start <= last; start++) {
      if (item.every((byte, index) => bytes[start + index] === byte)) return true
    }
    return false
  }
  const byte = indexValue(item)
  if (byte === undefined) throw new TypeError(`a bytes-like object is required, not '${typeName(item)}'`)
  if (byte < 0 || byte > 255) throw new ValueError('byte must be in range(0, 256)')
  return bytes.includes(Number(byte))
}

function rangeContains(range: IntRange, item: unknown): boolean {
  const index = indexValue(item)
  if (index !== undefined) return range.contains(Number(index))
  return arrayContains(range.toArray(), item)
}

export function arrayContains(items: readonly unknown[], item: unknown): boolean {
  return positionOf(items, item) >= 0
}

/** The position of the first item that is or equals a value, or -1. */
export function positionOf(items: readonly unknown[], item: unknown, start: number = 0): number {
  for (let index = start; index < items.length; index++) {
    if (isSame(items[index], item)) return index
  }
  return -1
}
