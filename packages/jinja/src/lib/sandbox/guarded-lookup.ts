import { SecurityError } from '../errors.ts'
import { readAttribute, readItem } from '../values/lookup.ts'
import { mappingGet } from '../values/mapping.ts'
import { isPlainObject } from '../values/mapping-kind.ts'
import type { Method } from '../values/methods/method.ts'
import { findMethod } from '../values/methods/table.ts'
import { plainTextOf } from '../values/text-value.ts'
import { Undefined } from '../values/undefined.ts'
import { isInternalAttribute, isMarkedMember, unsafe } from './policy.ts'

/** The rules that a lookup follows. */
export interface LookupRules {
  isSafeAttribute(object: unknown, name: string, value: unknown): boolean
  /** What stands for a member that is refused: an undefined value that raises when it is used. */
  unsafeUndefined(object: unknown, name: string): unknown
  /** What stands for a member that does not exist. */
  missing(object: unknown, key: unknown): unknown
  /** Makes a method of Python's types a value of its own. */
  bind(method: Method, object: unknown): unknown
}

/** `object.name`: data of a mapping, else the attribute if it is safe, else the item. */
export function guardedAttribute(rules: LookupRules, object: unknown, name: string): unknown {
  if (isPlainObject(object) || object instanceof Map) {
    const data = mappingGet(object, name)
    if (data !== undefined) return data
  }
  if (isInternalAttribute(object, name)) return refused(rules, object, name)
  const attribute = attributeOf(rules, object, name)
  if (attribute !== undefined) return attribute
  return orMissing(rules, object, name, readItem(object, name))
}

/** `object[key]`: the item, else the attribute if it is safe. The key becomes text once. */
export function guardedItem(rules: LookupRules, object: unknown, key: unknown): unknown {
  const name = plainTextOf(key)
  if (name === undefined) return orMissing(rules, object, key, readItem(object, key))
  // Data of an instance is an attribute first, and may be private.
  const isPrivate = name.startsWith('_') && !isPlainObject(object) && !(object instanceof Map)
  const item = isPrivate ? undefined : readItem(object, name)
  if (item !== undefined) return item
  if (isInternalAttribute(object, name)) return refused(rules, object, name)
  return orMissing(rules, object, name, attributeOf(rules, object, name))
}

/** Of what was refused already, the first refusal is reported. */
function refused(rules: LookupRules, object: unknown, name: string): unknown {
  const isRefused = object instanceof Undefined && object.undefinedParts().errorClass === SecurityError
  return isRefused ? object.member(name) : rules.unsafeUndefined(object, name)
}

function orMissing(rules: LookupRules, object: unknown, key: unknown, value: unknown): unknown {
  return value === undefined ? rules.missing(object, key) : value
}

/** The attribute, what stands for a refused one, or `undefined` if there is none. */
function attributeOf(rules: LookupRules, object: unknown, name: string): unknown {
  const method = findMethod(object, name)
  const value = readAttribute(object, name)
  if (value === undefined) return undefined
  if (!rules.isSafeAttribute(object, name, value)) return rules.unsafeUndefined(object, name)
  if (typeof value !== 'function') return value
  if (method !== undefined) return rules.bind(method, object)
  // The bound method is another function than the one that is marked.
  return typeof object === 'object' && object !== null && isMarkedMember(object, name)
    ? unsafe(value as (...args: never[]) => unknown)
    : value
}
