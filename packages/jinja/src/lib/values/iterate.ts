import { isMarkup } from '@phial/markup/core'
import { codePointLength, codePoints } from './code-points.ts'
import { DictView } from './dict-view.ts'
import { GeneratorValue } from './generator-value.ts'
import type { Mapping } from './mapping.ts'
import { isMapping, mappingKeys, mappingSize } from './mapping.ts'
import { IntRange } from './range.ts'
import { typeName } from './type-name.ts'
import { refuseUndefined, Undefined } from './undefined.ts'

/**
 * The items that a loop goes through, as an array. An array is given back itself, so the caller must not change it.
 * Iterators are read to their end; mappings give their keys, text its characters.
 *
 * @throws {TypeError} if the value cannot be iterated.
 */
export function toArray(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return itemsOf(value)
}

/** As {@link toArray}, but always a new array: `list(value)`. */
export function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? Array.from(value) : Array.from(itemsOf(value))
}

function itemsOf(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return codePoints(value)
  if (typeof value === 'object' && value !== null) {
    if (value instanceof GeneratorValue) return value.drain()
    if (value instanceof DictView || value instanceof IntRange) return value.toArray()
    if (value instanceof Undefined) return value.toItems()
    // Characters of Markup are plain text, as in Python.
    if (isMarkup(value)) return codePoints(value.toString())
    if (isMapping(value)) return mappingKeys(value)
    if (isIterableObject(value)) return Array.from(value)
    if (isIterator(value)) return drainIterator(value)
  }
  if (value === undefined) return []
  throw new TypeError(`'${typeName(value)}' object is not iterable${isLate(value) ? LATE : ''}`)
}

const LATE = ': it comes later. Render the template with renderAsync(), which waits for it.'

/** Whether the value is for those who wait: a promise, or what is gone through with `for await`. */
function isLate(value: unknown): boolean {
  return value instanceof Promise || (typeof value === 'object' && value !== null && isAsyncIterable(value))
}

function isAsyncIterable(value: object): boolean {
  return typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
}

/**
 * An iterator over the value, for those that stop early or must not read it to the end.
 *
 * @throws {TypeError} if the value cannot be iterated.
 */
export function iterate(value: unknown): Iterator<unknown> {
  if (value instanceof GeneratorValue) return value
  if (typeof value === 'object' && value !== null && !isMapping(value) && !isMarkup(value)) {
    if (isIterableObject(value)) return value[Symbol.iterator]()
    if (isIterator(value)) return value
  }
  return toArray(value)[Symbol.iterator]()
}

/** Whether a loop accepts the value. */
export function isIterable(value: unknown): boolean {
  if (typeof value === 'string' || value === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Undefined || isIterableObject(value) || isMapping(value)) return true
  return isIterator(value)
}

/** Whether the value can be walked once only and has no length: generators and iterators. */
export function isOneShot(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isMapping(value) && isIterator(value)
}

function isIterableObject(value: object): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}

function isIterator(value: object): value is Iterator<unknown> {
  return (
    typeof (value as Partial<Iterator<unknown>>).next === 'function' &&
    !isMapping(value) &&
    isBuiltInOrIterable(value) &&
    (isIterableObject(value) || !isAsyncIterable(value))
  )
}

/** A plain object with a method `next` is a mapping; only real iterators count. */
function isBuiltInOrIterable(value: object): boolean {
  return isIterableObject(value) || Object.getPrototypeOf(value) !== Object.prototype
}

/** All items that are left. */
export function drainIterator(iterator: Iterator<unknown>): unknown[] {
  const items: unknown[] = []
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    // It would never say that it is done.
    if ((step as unknown) instanceof Promise) throw new TypeError(`an iterator gave a promise${LATE}`)
    items.push(step.value)
  }
  return items
}

/**
 * `value|length`: text counts code points.
 *
 * @throws {TypeError} if the value has no length.
 */
export function lengthOf(value: unknown): number {
  const size = sizeOf(value)
  if (size !== undefined) return size
  refuseUndefined(value)
  throw new TypeError(`object of type '${typeName(value)}' has no len()`)
}

/** The length, or `undefined` if the value has none. */
export function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return codePointLength(value)
  if (Array.isArray(value)) return value.length
  if (value === undefined) return 0
  if (typeof value !== 'object' || value === null) return undefined
  if (value instanceof Undefined) return value.size()
  if (value instanceof DictView || value instanceof IntRange) return value.size()
  if (isMarkup(value)) return codePointLength(value.toString())
  if (value instanceof Set) return value.size
  if (value instanceof Uint8Array) return value.length
  if (isMapping(value)) return mappingSize(value as Mapping)
  const { length, size } = value as { length?: unknown; size?: unknown }
  if (!isIterableObject(value)) return undefined
  return typeof length === 'number' ? length : typeof size === 'number' ? size : undefined
}
