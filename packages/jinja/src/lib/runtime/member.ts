import { getAttribute, getItem } from '../values/lookup.ts'
import type { RuntimeEnvironment } from './compiled.ts'

/** `object.name`, or an undefined value. */
export function attr(object: unknown, name: string, environment: RuntimeEnvironment): unknown {
  const value = getAttribute(object, name)
  return value === undefined ? environment.makeUndefined(null, object, name) : value
}

/** `object[key]`, or an undefined value. */
export function item(object: unknown, key: unknown, environment: RuntimeEnvironment): unknown {
  if (typeof key === 'number' && Array.isArray(object)) {
    const value: unknown = object[key]
    if (value !== undefined) return value
  }
  const value = getItem(object, key)
  return value === undefined ? environment.makeUndefined(null, object, key) : value
}
