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
import type { Method, MethodTable } from './method.ts'
import { floatMethods, intMethods } from './number.ts'
import { setMethods } from './set.ts'
import { stringMethods } from './string.ts'
import { rangeMethods, tupleMethods } from './tuple.ts'

/** Markup has the methods of text, some of them in its own way. */
const allMarkupMethods: MethodTable = new Map([...stringMethods, ...markupMethods])

/** The method that a value has as a value of its Python type. */
export function findMethod(value: unknown, name: string): Method | undefined {
  return methodsOf(value)?.get(name)
}

/** The names of the methods and attributes that a value has as a value of its Python type. */
export function methodNames(value: unknown): readonly string[] {
  return Array.from(methodsOf(value)?.keys() ?? [])
}

function methodsOf(value: unknown): MethodTable | undefined {
  switch (typeof value) {
    case 'string':
      return stringMethods
    case 'number':
      return isFloat(value) ? floatMethods : intMethods
    case 'bigint':
    case 'boolean':
      return intMethods
    case 'object':
      return value === null ? undefined : methodsOfObject(value)
    default:
      return undefined
  }
}

function methodsOfObject(value: object): MethodTable | undefined {
  if (Array.isArray(value)) return value instanceof Tuple ? tupleMethods : listMethods
  if (value instanceof Map || isPlainObject(value)) return dictMethods
  if (isMarkup(value)) return allMarkupMethods
  if (value instanceof Float) return floatMethods
  if (value instanceof Date) return dateMethods
  if (value instanceof Set) return setMethods
  if (value instanceof IntRange) return rangeMethods
  if (value instanceof Uint8Array) return bytesMethods
  return undefined
}
