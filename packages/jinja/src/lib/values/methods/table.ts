import { isMarkup } from '@phial/markup/core'
import { isPlainObject } from '../mapping-kind.ts'
import { Float, isFloat } from '../number.ts'
import { IntRange } from '../range.ts'
import { Tuple } from '../tuple.ts'
import type { Method, MethodTable } from './method.ts'

/** The methods of Python's types, by the type. Those of text hold for Markup too, which has some in its own way. */
export interface MethodTables {
  text?: MethodTable
  markup?: MethodTable
  int?: MethodTable
  float?: MethodTable
  list?: MethodTable
  tuple?: MethodTable
  dict?: MethodTable
  set?: MethodTable
  date?: MethodTable
  range?: MethodTable
  bytes?: MethodTable
}

/**
 * What values have. It starts empty, so that precompiled templates come with the types only whose methods they name:
 * environments add what they need, and nothing is ever taken away.
 */
const installed: MethodTables = {}

/** Gives values the methods of their types. */
export function installMethods(tables: MethodTables): void {
  Object.assign(installed, tables)
}

/** The method that a value has as a value of its Python type. */
export function findMethod(value: unknown, name: string): Method | undefined {
  const type = typeOf(value)
  if (type === undefined) return undefined
  const method = installed[type]?.get(name)
  return method === undefined && type === 'markup' ? installed.text?.get(name) : method
}

/** The names of the methods and attributes that a value has as a value of its Python type. */
export function methodNames(value: unknown): readonly string[] {
  const type = typeOf(value)
  if (type === undefined) return []
  const own = Array.from(installed[type]?.keys() ?? [])
  return type === 'markup' ? [...new Set([...own, ...(installed.text?.keys() ?? [])])] : own
}

function typeOf(value: unknown): keyof MethodTables | undefined {
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return isFloat(value) ? 'float' : 'int'
    case 'bigint':
    case 'boolean':
      return 'int'
    case 'object':
      return value === null ? undefined : typeOfObject(value)
    default:
      return undefined
  }
}

function typeOfObject(value: object): keyof MethodTables | undefined {
  if (Array.isArray(value)) return value instanceof Tuple ? 'tuple' : 'list'
  if (value instanceof Map || isPlainObject(value)) return 'dict'
  if (isMarkup(value)) return 'markup'
  if (value instanceof Float) return 'float'
  if (value instanceof Date) return 'date'
  if (value instanceof Set) return 'set'
  if (value instanceof IntRange) return 'range'
  if (value instanceof Uint8Array) return 'bytes'
  return undefined
}
