import { unpack } from '../runtime/assign.ts'
import { isIterable, toArray } from '../values/iterate.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { toText } from '../values/python-text.ts'
import { isText } from '../values/text-value.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Parts of URLs. */
export const urlFilters: readonly Row[] = [define('do_urlencode(value)', urlEncode)]

/** `urlencode`: text for a path, where `/` stays; a mapping or pairs as a query. */
export function urlEncode(value: unknown): string {
  if (isText(value) || !isIterable(value)) return quotePath(value)
  const pairs = isMapping(value) ? mappingItems(value) : toArray(value)
  return pairs.map((pair) => unpack(pair, 2).map(quoteQuery).join('=')).join('&')
}

function quotePath(value: unknown): string {
  return quote(value).replaceAll('%2F', '/')
}

function quoteQuery(value: unknown): string {
  return quote(value).replaceAll('%20', '+')
}

/** Surrogates without their partner. They have no UTF-8. */
const LONE = /\p{Surrogate}/gu

/** Everything but letters, digits and `_.-~` in percent form, as UTF-8. */
function quote(value: unknown): string {
  const text = value instanceof Uint8Array ? String.fromCharCode(...value) : toText(value)
  if (value instanceof Uint8Array) return text.replace(/[^\w.~-]/g, percent)
  return encodeURIComponent(text.replace(LONE, '\ufffd')).replace(/[!'()*]/g, percent)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
