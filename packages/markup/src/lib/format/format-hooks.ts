import { quote } from '../text/quote.ts'
import { FormatError } from './format-error.ts'

/**
 * What formatting needs to know about values. The template engine replaces these to print as Python does and to look
 * up names by its own, guarded rules.
 */
export interface FormatHooks {
  /** Whether a number without a fraction is a float. Default: it counts as an integer. */
  readonly isFloat?: boolean
  /** The text of a value: `{}`, `%s`. Default: `String(value)`. */
  text(value: unknown): string
  /** The text of a value for developers: `{!r}`, `%r`. Default: strings in quotes, other values as `text`. */
  repr(value: unknown): string
  /** `{a[b]}` and `%(b)s`. Default: own members, entries of a `Map`, items of an array or text. */
  getItem(value: unknown, key: string | number): unknown
  /** `{a.b}`. Default: own members and accessors of classes, never functions or what objects inherit from the language. */
  getAttribute(value: unknown, name: string): unknown
  /** A value for a field with its specification. Default: see {@link formatValue}. */
  formatField(value: unknown, spec: string, hooks: FormatHooks): string
}

/** The text of a value. */
export function textOf(value: unknown): string {
  return String(value)
}

/** A string in quotes, with escapes as in Python; other values as their text. */
export function reprOf(value: unknown): string {
  return typeof value === 'string' ? quote(value) : textOf(value)
}

/** {@link FormatHooks.getItem} */
export function itemOf(value: unknown, key: string | number): unknown {
  if (value instanceof Map) {
    if (value.has(key)) return value.get(key)
  } else if (typeof value === 'string' && typeof key === 'number') {
    if (key < value.length) return value[key]
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
    return (value as Record<string | number, unknown>)[key]
  }
  throw new FormatError(`The format string wants ${JSON.stringify(key)}, which the values do not have.`)
}

/** {@link FormatHooks.getAttribute} */
export function attributeOf(value: unknown, name: string): unknown {
  if (typeof value === 'object' && value !== null) {
    if (Object.hasOwn(value, name) || isOwnAccessor(value, name)) {
      const found: unknown = (value as Record<string, unknown>)[name]
      if (typeof found !== 'function') return found
    }
  }
  throw new FormatError(
    `The format string wants the attribute ${JSON.stringify(name)}, which the value does not have.`,
  )
}

/** Whether a class of the application (not of the language) has a getter of the name. */
function isOwnAccessor(value: object, name: string): boolean {
  for (
    let prototype: object | null = Object.getPrototypeOf(value);
    prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
    if (descriptor !== undefined) return descriptor.get !== undefined
  }
  return false
}
