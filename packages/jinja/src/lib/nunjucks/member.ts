import { compatibleMember } from './jinja-compat.ts'

/*
 * What templates can reach of a value: its own members, and the members of its class and of JavaScript's own types
 * (`text.toUpperCase()`, `list.indexOf(1)`). Never what all objects and functions have: `constructor`, `__proto__`,
 * `call`, `bind`, `prototype` and the like lead out of the template.
 */

/** `object[key]`; `undefined` where there is nothing. Methods are bound. */
export function memberOf(object: unknown, key: unknown): unknown {
  const value = readMember(object, key)
  if (typeof value !== 'function') return value
  return (...args: unknown[]): unknown => Reflect.apply(value, object, args)
}

/** As {@link memberOf}, with methods as they are, to be called at once. */
export function readMember(object: unknown, key: unknown): unknown {
  if (object === undefined || object === null) return undefined
  if (typeof key === 'number' && Array.isArray(object)) return object[key]
  // Once: an object could give another name each time it is asked.
  const name = typeof key === 'string' ? key : typeof key === 'symbol' ? undefined : String(key)
  if (name === undefined) return undefined
  const compatible = compatibleMember(object, name)
  if (compatible !== undefined) return compatible
  if (typeof object === 'object') {
    if (Object.hasOwn(object, name)) {
      return name === 'constructor' ? ownConstructor(object) : (object as Record<string, unknown>)[name]
    }
  } else if (typeof object === 'function') return functionMember(object, name)
  return inheritedMember(object as object, name)
}

/** Data may be called so, but the class of a prototype is not data. */
function ownConstructor(object: object): unknown {
  const value = object.constructor as unknown
  return typeof value === 'function' ? undefined : value
}

/** Of functions only what somebody put there. */
function functionMember(callee: object, name: string): unknown {
  if (['prototype', 'constructor', 'caller', 'arguments', 'name', 'length'].includes(name)) return undefined
  return Object.hasOwn(callee, name) ? (callee as Record<string, unknown>)[name] : undefined
}

function inheritedMember(object: object, name: string): unknown {
  if (name === 'constructor' || name === '__proto__') return undefined
  // Of text, the length and the characters are own members.
  if (typeof object === 'string' && Object.hasOwn(object, name))
    return (object as Record<string, unknown>)[name]
  for (
    let prototype: unknown = Object.getPrototypeOf(object);
    prototype !== null && !isRoot(prototype as object);
    prototype = Object.getPrototypeOf(prototype)
  ) {
    if (Object.hasOwn(prototype as object, name)) return (object as Record<string, unknown>)[name]
  }
  return undefined
}

/** The prototypes of all objects and of all functions, of every realm. */
function isRoot(prototype: object): boolean {
  if (prototype === Object.prototype || typeof prototype === 'function') return true
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty')
}
