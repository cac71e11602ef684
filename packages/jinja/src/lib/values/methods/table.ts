import { isMarkup } from '@phial/markup'
import { isPlainObject } from '../mapping-kind.ts'
import { Float, isFloat } from '../number.ts'
import { IntRange } from '../range.ts'
import { Tuple } from '../tuple.ts'
import { bytesMethods } from './bytes.ts'
import { dateMethods } from './date.ts'
import { dictMethods } from './dict.ts'
import { listMethods } from './list.ts'
import { markupMethods } from './markup.ts'
import type { Method } from './method.ts'
import { floatMethods, intMethods } from './number.ts'
import { setMethods } from './set.ts'
import { stringMethods } from './string.ts'
import { rangeMethods, tupleMethods } from './tuple.ts'

/** The method that a value has as a value of its Python type. */
export function findMethod(value: unknown, name: string): Method | undefined {
  switch (typeof value) {
    case 'string':
      return stringMethods.get(name)
    case 'number':
      return (isFloat(value) ? floatMethods : intMethods).get(name)
    case 'bigint':
    case 'boolean':
      return intMethods.get(name)
    case 'object':
      return value === null ? undefined : findObjectMethod(value, name)
    default:
      return undefined
  }
}

function findObjectMethod(value: object, name: string): Method | undefined {
  if (Array.isArray(value)) return (value instanceof Tuple ? tupleMethods : listMethods).get(name)
  if (value instanceof Map || isPlainObject(value)) return dictMethods.get(name)
  if (isMarkup(value)) return markupMethods.get(name) ?? stringMethods.get(name)
  if (value instanceof Float) return floatMethods.get(name)
  if (value instanceof Date) return dateMethods.get(name)
  if (value instanceof Set) return setMethods.get(name)
  if (value instanceof IntRange) return rangeMethods.get(name)
  if (value instanceof Uint8Array) return bytesMethods.get(name)
  return undefined
}
