/**
 * The names that an application keeps in {@link g}, with their types. Extend it by declaration:
 *
 * ```ts
 * declare module 'phial' {
 *   interface AppGlobals { user?: User }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface AppGlobals {}

/** The namespace of one context: a new one for every request and every command. Names that are not set are undefined. */
export type Globals = AppGlobals & GlobalsMethods & Record<string, unknown>

/** What `g` can do besides holding names. These methods cannot be overwritten by accident: setting one throws. */
export interface GlobalsMethods {
  /** The value of `name`, or `fallback`. */
  get(name: string, fallback?: unknown): unknown
  /** Whether `name` is set. */
  has(name: string): boolean
  /** Removes `name` and gives its value, or `fallback`. */
  pop(name: string, fallback?: unknown): unknown
  /** The value of `name`; if it is not set, `value` is stored first. */
  setDefault(name: string, value: unknown): unknown
}

const methods: GlobalsMethods = {
  get(this: Record<string, unknown>, name: string, fallback?: unknown) {
    return Object.hasOwn(this, name) ? this[name] : fallback
  },
  has(this: Record<string, unknown>, name: string) {
    return Object.hasOwn(this, name)
  },
  pop(this: Record<string, unknown>, name: string, fallback?: unknown) {
    if (!Object.hasOwn(this, name)) return fallback
    const value = this[name]
    delete this[name]
    return value
  },
  setDefault(this: Record<string, unknown>, name: string, value: unknown) {
    if (!Object.hasOwn(this, name)) this[name] = value
    return this[name]
  },
}

// Frozen and without Object.prototype: `g.toString` is not set, and an assignment to `g.get` throws.
const prototype = Object.freeze(Object.assign(Object.create(null) as object, methods))

/** A new, empty namespace. */
export function createGlobals(): Globals {
  return Object.create(prototype) as Globals
}
