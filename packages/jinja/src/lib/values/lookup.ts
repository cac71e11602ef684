import { isMarkup } from '@phial/markup/core'
import type { ContextView } from '../runtime-interface.ts'
import { callValue } from './call.ts'
import { codePointAt } from './code-points.ts'
import { Dict } from './dict.ts'
import { DictView } from './dict-view.ts'
import { GeneratorValue } from './generator-value.ts'
import { Kwargs } from './kwargs.ts'
import type { Mapping } from './mapping.ts'
import { isMapping, mappingGet, memberName } from './mapping.ts'
import { isPlainObject } from './mapping-kind.ts'
import type { Method } from './methods/method.ts'
import { bindMethod, callBuiltIn } from './methods/method.ts'
import { findMethod } from './methods/table.ts'
import { Float, indexValue } from './number.ts'
import { hasAttributes } from './protocol.ts'
import { IntRange } from './range.ts'
import { signatureOf } from './signature.ts'
import { sameKind } from './text-value.ts'
import { Tuple } from './tuple.ts'
import { Undefined } from './undefined.ts'

/*
 * What templates can reach. Own properties; Python's methods on text, numbers, lists, dicts, sets, dates; what the
 * class of an instance declares. Never what the language itself puts on prototypes, never `constructor` or names in
 * double underscores of a class, nothing of functions and classes.
 *
 * All functions give `undefined` where there is nothing: the environment makes its undefined value from that.
 */

/** `object.name`: the attribute, else the item. Data of an object comes before the methods of dict. */
export function getAttribute(object: unknown, name: string): unknown {
  if (typeof object === 'object' && object !== null) {
    if (isPlainObject(object)) {
      if (Object.hasOwn(object, name)) return object[name]
      return methodValue(object, name)
    }
    if (object instanceof Map) {
      const value = mappingGet(object, name)
      return value === undefined ? readAttribute(object, name) : value
    }
  }
  const value = readAttribute(object, name)
  return value === undefined ? readItem(object, name) : value
}

/** `object[key]`: the item, else the attribute if the key is text. */
export function getItem(object: unknown, key: unknown): unknown {
  const value = readItem(object, key)
  if (value !== undefined) return value
  const name = typeof key === 'string' ? key : isMarkup(key) ? key.toString() : undefined
  return name === undefined ? undefined : readAttribute(object, name)
}

/** The attribute only: a method of a Python type, or a member of an instance. Items of mappings are none. */
export function readAttribute(object: unknown, name: string): unknown {
  if (typeof object === 'object' && object !== null) {
    if (object instanceof Undefined) return undefinedAttribute(object, name)
    if (hasAttributes(object)) return object.__getattr__(name)
    if (!isBuiltInValue(object)) {
      const member = readMember(object, name)
      if (member !== undefined) return member
    }
  } else if (object === undefined || typeof object === 'function') {
    return undefined
  }
  return methodValue(object, name)
}

/** The item only, of a sequence, text or mapping. */
export function readItem(object: unknown, key: unknown): unknown {
  if (typeof object === 'string' || isMarkup(object)) {
    const index = indexValue(key)
    if (index === undefined) return undefined
    const character = codePointAt(object.toString(), Number(index))
    return character === undefined ? undefined : sameKind(object, character)
  }
  if (typeof object !== 'object' || object === null) return undefined
  if (Array.isArray(object) || object instanceof Uint8Array) {
    const index = indexValue(key)
    return index === undefined ? undefined : object.at(Number(index))
  }
  if (object instanceof Undefined) return object.member(key)
  if (isMapping(object)) return readMappingItem(object, key)
  if (object instanceof IntRange) {
    const index = indexValue(key)
    return index === undefined ? undefined : object.at(Number(index))
  }
  if (object instanceof DictView || object instanceof Set || object instanceof Date) return undefined
  const name = memberName(key)
  // An instance has its own data as items too, as data from a database does in Python.
  return name !== undefined && Object.hasOwn(object, name) ? readMember(object, name) : undefined
}

function readMappingItem(mapping: Mapping, key: unknown): unknown {
  if (typeof key === 'string') return mappingGet(mapping, key)
  try {
    return mappingGet(mapping, key)
  } catch (error) {
    // A list as a key is never found.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/**
 * Calls `object.name(…)`. Where a dict has an item of the name that cannot be called, its method is meant.
 * For environments without a sandbox.
 */
export function callMethod(
  object: unknown,
  name: string,
  args: readonly unknown[],
  kwargs: Kwargs | null,
  context: ContextView,
): unknown {
  const method = builtInMethod(object, name)
  if (method !== undefined) return callBuiltIn(method, object, args, kwargs, context)
  const callee = getAttribute(object, name)
  const self =
    typeof object === 'object' && object !== null && typeof callee === 'function' ? object : undefined
  if (callee !== undefined) return callValue(callee, self, args, kwargs, context)
  return callValue(context.environment.makeUndefined(null, object, name), undefined, args, kwargs, context)
}

/** The method of a Python type that a call means, unless the object has a callable member of that name itself. */
export function builtInMethod(object: unknown, name: string): Method | undefined {
  const method = findMethod(object, name)
  if (method === undefined || method.isProperty === true) return undefined
  if (typeof object !== 'object' || object === null) return method
  if (isPlainObject(object))
    return Object.hasOwn(object, name) && typeof object[name] === 'function' ? undefined : method
  if (object instanceof Map) return typeof mappingGet(object, name) === 'function' ? undefined : method
  return isBuiltInValue(object) || readMember(object, name) === undefined ? method : undefined
}

function methodValue(object: unknown, name: string): unknown {
  const method = findMethod(object, name)
  if (method === undefined) return undefined
  return method.isProperty === true ? method.invoke(object) : bindMethod(method, object)
}

function undefinedAttribute(value: Undefined, name: string): unknown {
  switch (name) {
    case '_undefined_name':
      return value.undefinedParts().name
    case '_undefined_hint':
      return value.undefinedParts().hint
    case '_undefined_message':
      return value.undefinedMessage()
    default:
      return value.member(name)
  }
}

/** Values whose JavaScript members mean nothing in templates. */
function isBuiltInValue(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return (
    prototype === null ||
    closedPrototypes.has(prototype as object) ||
    isMarkup(object) ||
    isPlainObject(object)
  )
}

/** Classes whose instances templates meet, and whose JavaScript members are none in a template. */
export const CLOSED_CLASSES: readonly { readonly prototype: object }[] = [
  Object,
  Function,
  Array,
  Map,
  Set,
  WeakMap,
  WeakSet,
  Promise,
  Date,
  RegExp,
  String,
  Uint8Array,
  Dict,
  DictView,
  Float,
  GeneratorValue,
  IntRange,
  Kwargs,
  Tuple,
  Undefined,
]

/** Where the walk along the prototypes of an instance ends: what the language and the engine put there is not for templates. */
const closedPrototypes: ReadonlySet<object> = new Set<object>(
  [...CLOSED_CLASSES, WeakRef, Symbol, Number, Boolean, Error, ArrayBuffer, DataView]
    .map((type) => type.prototype as object)
    .concat([
      Object.getPrototypeOf(Uint8Array.prototype) as object,
      Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object,
    ]),
)

/**
 * A member of an instance: its own property, or a getter or method of its class. Methods are bound. The member is
 * read once.
 */
function readMember(object: object, name: string): unknown {
  if (name.startsWith('__')) return undefined
  if (Object.hasOwn(object, name)) {
    if (Array.isArray(object) && name === 'length') return undefined
    return bound(object, (object as Record<string, unknown>)[name])
  }
  if (name === 'constructor') return undefined
  for (
    let prototype: object | null = Object.getPrototypeOf(object);
    prototype !== null && !closedPrototypes.has(prototype);
    prototype = Object.getPrototypeOf(prototype)
  ) {
    // The root of another realm's objects is the language's too, and functions have nothing for templates.
    if (Object.getPrototypeOf(prototype) === null || typeof prototype === 'function') return undefined
    if (Object.hasOwn(prototype, name)) return bound(object, (object as Record<string, unknown>)[name])
  }
  return undefined
}

function bound(object: object, member: unknown): unknown {
  if (typeof member !== 'function' || signatureOf(member) !== undefined) return member
  // A class that is kept in a property is not a method.
  return Object.hasOwn(member, 'prototype') && Function.prototype.toString.call(member).startsWith('class')
    ? member
    : member.bind(object)
}
