import { isMarkup } from '@phial/markup/core'
import { isPlainObject } from './mapping-kind.ts'
import { Float } from './number.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import { Undefined } from './undefined.ts'

/**
 * A key for JavaScript's `Map` and `Set` that is the same for values that are equal in Python: `1`, `1.0` and `True`,
 * text and Markup, tuples with equal items, dates of one time. Other objects are their own key.
 *
 * @throws {TypeError} for lists, dicts and sets, as in Python.
 */
export function hashKey(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      // What is not text gets a key that starts with NUL, so text that does must make room.
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value
    case 'boolean':
      return value ? 1 : 0
    case 'bigint': {
      const near = Number(value)
      return Number.isFinite(near) && BigInt(near) === value ? near : value
    }
    case 'object':
      return value === null ? null : hashObject(value)
    default:
      return value
  }
}

function hashObject(value: object): unknown {
  if (value instanceof Float) return value.valueOf()
  if (isMarkup(value)) return hashKey(value.toString())
  if (value instanceof Tuple) {
    let key = '\0t'
    for (let index = 0; index < value.length; index++) key += tagged(hashKey(value[index]))
    return key
  }
  if (value instanceof Date) return `\0d${value.getTime()}`
  if (value instanceof Undefined) return value.hashKey()
  if (Array.isArray(value) || value instanceof Map || value instanceof Set || isPlainObject(value)) {
    throw new TypeError(`unhashable type: '${typeName(value)}'`)
  }
  return value
}

/** One item of a tuple's key. The length in front keeps neighbours apart. */
function tagged(key: unknown): string {
  const text =
    typeof key === 'object' || typeof key === 'function'
      ? `o${objectNumber(key)}`
      : `${typeof key}${String(key)}`
  return `${text.length}:${text}`
}

const objectNumbers = new WeakMap<object, number>()
let lastObjectNumber = 0

function objectNumber(object: object | null): number {
  if (object === null) return 0
  let number = objectNumbers.get(object)
  if (number === undefined) {
    number = ++lastObjectNumber
    objectNumbers.set(object, number)
  }
  return number
}
