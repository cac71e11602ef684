import { isMarkup, Markup } from '@phial/markup/core'
import type { EnvironmentView } from '../runtime-interface.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { isUndefined } from '../values/undefined.ts'

/** Takes from an item what a filter works on. */
export type Getter = (item: unknown) => unknown

/** Text without regard to case; all other values as they are. */
export function ignoreCase(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase()
  return isMarkup(value) ? new Markup(value.toString().toLowerCase()) : value
}

export function itself(item: unknown): unknown {
  return item
}

/**
 * Looks up an attribute by the rules of the environment: `name`, `user.name`, `0` or `rows.0`.
 *
 * @param fallback In place of what is missing, at any step. `undefined` and `null`: none.
 */
export function attributeGetter(
  environment: EnvironmentView,
  attribute: unknown,
  fallback?: unknown,
): Getter {
  const parts = attributeParts(attribute)
  const hasFallback = fallback !== undefined && fallback !== null
  if (parts.length === 1 && !hasFallback) {
    const part = parts[0]
    return (item) => environment.getitem(item, part)
  }
  return (item) => {
    let value = item
    for (const part of parts) {
      value = environment.getitem(value, part)
      if (hasFallback && isUndefined(value)) value = fallback
    }
    return value
  }
}

function attributeParts(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return []
  const text = plainTextOf(attribute)
  if (text === undefined) return [attribute]
  return text.split('.').map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part))
}

/** What to compare an item by: an attribute or the item itself, without regard to case unless that is wanted. */
export function keyGetter(
  environment: EnvironmentView,
  attribute: unknown,
  caseSensitive: unknown,
  fallback?: unknown,
): Getter {
  const get =
    attribute === undefined || attribute === null ? itself : attributeGetter(environment, attribute, fallback)
  if (isTrue(caseSensitive)) return get
  return get === itself ? ignoreCase : (item) => ignoreCase(get(item))
}
