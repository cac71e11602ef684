import { isMarkup } from '@phial/markup/core'
import { isPlainObject } from './mapping-kind.ts'
import { Float } from './number.ts'
import { isTyped } from './protocol.ts'
import { Tuple } from './tuple.ts'

/** The name of a value's type as Python gives it in messages: `str`, `NoneType`, `User`. */
export function typeName(value: unknown): string {
  const name = qualifiedName(value)
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A value's type in the messages of undefined members: `dict object`, `None`, `jinja2.utils.Namespace object`. */
export function objectTypeRepr(value: unknown): string {
  return value === null ? 'None' : `${qualifiedName(value)} object`
}

function qualifiedName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'number':
      return Number.isSafeInteger(value) ? 'int' : 'float'
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    case 'undefined':
      return 'Undefined'
    case 'function':
      return isClass(value) ? 'type' : 'function'
    case 'symbol':
      return 'symbol'
    default:
      return value === null ? 'NoneType' : objectName(value as object)
  }
}

function objectName(value: object): string {
  if (isTyped(value)) return value.__type_name__()
  if (Array.isArray(value)) return value instanceof Tuple ? 'tuple' : 'list'
  if (value instanceof Float) return 'float'
  if (isMarkup(value)) return 'markupsafe.Markup'
  if (value instanceof Map || isPlainObject(value)) return 'dict'
  if (value instanceof Set) return 'set'
  if (value instanceof Date) return 'datetime.datetime'
  if (value instanceof Uint8Array) return 'bytes'
  const { constructor: type } = value
  if (typeof type === 'function' && type.name !== '' && type !== Object) return type.name
  if (typeof (value as Iterator<unknown>).next !== 'function') return 'object'
  if (Object.prototype.toString.call(value) === '[object Array Iterator]') return 'list_iterator'
  return Symbol.asyncIterator in value ? 'async_generator' : 'generator'
}

/** Whether a function is a class, as far as its text tells. */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && Function.prototype.toString.call(value).startsWith('class')
}
