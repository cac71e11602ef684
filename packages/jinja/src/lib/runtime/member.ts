import { getAttribute, getItem } from '../values/lookup.ts'
import { MISSING } from '../values/undefined.ts'
import type { RuntimeEnvironment } from './compiled.ts'

/**
 * `object.name`, or an undefined value.
 *
 * @param variable The name of the variable that holds the object, which then may be missing.
 */
export function attr(
  object: unknown,
  name: string,
  environment: RuntimeEnvironment,
  variable?: string,
): unknown {
  const owner = object === undefined && variable !== undefined ? undefinedName(environment, variable) : object
  const value = getAttribute(owner, name)
  return value === undefined ? environment.makeUndefined(null, owner, name) : value
}

/** `object[key]`, or an undefined value. @param variable See {@link attr}. */
export function item(
  object: unknown,
  key: unknown,
  environment: RuntimeEnvironment,
  variable?: string,
): unknown {
  if (typeof key === 'number' && Array.isArray(object)) {
    const value: unknown = object[key]
    if (value !== undefined) return value
  }
  const owner = object === undefined && variable !== undefined ? undefinedName(environment, variable) : object
  const value = getItem(owner, key)
  return value === undefined ? environment.makeUndefined(null, owner, key) : value
}

/** The undefined value of a name that the context does not have. */
export function undefinedName(environment: RuntimeEnvironment, name: string): unknown {
  return environment.makeUndefined(null, MISSING, name)
}

/** The value of a parameter without a default that a call left out. */
export function missingParameter(environment: RuntimeEnvironment, name: string): unknown {
  return environment.makeUndefined(`parameter '${name}' was not provided`, MISSING, name)
}

/** `caller` in a macro that was called without a call block. */
export function missingCaller(environment: RuntimeEnvironment): unknown {
  return environment.makeUndefined('No caller defined', MISSING, 'caller')
}

/** A member of an extension. Methods are bound to it. */
export function extensionAttribute(
  environment: RuntimeEnvironment,
  identifier: string,
  name: string,
): unknown {
  const extension = environment.extensions.get(identifier) as Record<string, unknown> | undefined
  if (extension === undefined) throw new TypeError(`the environment has no extension '${identifier}'`)
  const member = extension[name]
  if (typeof member !== 'function') return member
  return Object.defineProperties(member.bind(extension), Object.getOwnPropertyDescriptors(member))
}
