/** Which values count as mappings (a Python `dict` or one that behaves like it). */

/** An object literal, `JSON.parse` result, or object without a prototype: its own keys are its items. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // The second test knows the object literals of other realms too.
  return prototype === null || prototype === Object.prototype || isBarePrototype(prototype as object)
}

function isBarePrototype(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf')
}

/** An instance of a class that looks its items up by key: `URLSearchParams`, `Headers`, a form. */
export interface MapLike {
  get(key: unknown): unknown
  has(key: unknown): boolean
  keys(): Iterable<unknown>
  readonly size?: number
}

/** Whether an object, neither a `Map` nor plain, has the methods of {@link MapLike}. */
export function isMapLike(value: unknown): value is MapLike {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const candidate = value as { get?: unknown; has?: unknown; keys?: unknown }
  return (
    typeof candidate.get === 'function' &&
    typeof candidate.has === 'function' &&
    typeof candidate.keys === 'function' &&
    !isPlainObject(value)
  )
}
