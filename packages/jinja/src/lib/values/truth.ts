import { isMarkup } from '@phial/markup/core'
import { DictView } from './dict-view.ts'
import { isMapLike, isPlainObject } from './mapping-kind.ts'
import { Float } from './number.ts'
import { IntRange } from './range.ts'
import { Undefined } from './undefined.ts'

/** Truth as in Python: empty text, containers and zero are false, all other values true. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
      // NaN is true.
      return value !== 0
    case 'undefined':
      return false
    case 'object':
      if (value === null) return false
      return Array.isArray(value) ? value.length > 0 : isObjectTrue(value)
    case 'bigint':
      return value !== 0n
    default:
      return true
  }
}

function isObjectTrue(value: object): boolean {
  if (isPlainObject(value)) return Object.keys(value).length > 0
  if (isMarkup(value)) return value.length > 0
  if (value instanceof Undefined) return value.toBoolean()
  if (value instanceof Map || value instanceof Set) return value.size > 0
  if (value instanceof Float) return value.valueOf() !== 0
  if (value instanceof Uint8Array) return value.length > 0
  if (value instanceof IntRange || value instanceof DictView) return value.size() > 0
  return isMapLike(value) && typeof value.size === 'number' ? value.size > 0 : true
}
