import { quoteHeaderValue, unquoteHeaderValue } from './quoted-string.ts'
import { trimBlanks } from './token.ts'

/**
 * Splits a list at its commas (RFC 9110 §5.6.1), those in quoted strings apart. Items that are quoted strings lose
 * their quotes; empty items are left out. A quote that is never closed makes the whole list invalid and the result
 * empty.
 *
 * @param limit the most items to take; what follows is ignored. Default: all.
 */
export function parseListHeader(value: string, limit: number = Number.POSITIVE_INFINITY): string[] {
  const items: string[] = []
  if (!value.includes('"')) {
    for (let start = 0; start <= value.length && items.length < limit; ) {
      const comma = value.indexOf(',', start)
      const end = comma < 0 ? value.length : comma
      const item = trimBlanks(value.slice(start, end))
      if (item !== '') items.push(item)
      start = end + 1
    }
    return items
  }
  let start = 0
  let quoted = false
  for (let at = 0; at <= value.length; at++) {
    const code = at === value.length ? 44 : value.charCodeAt(at)
    if (quoted && at < value.length) {
      if (code === 92) at++
      else if (code === 34) quoted = false
    } else if (code === 34) {
      quoted = true
    } else if (code === 44) {
      if (quoted) return []
      const item = trimBlanks(value.slice(start, at))
      if (item !== '') items.push(unquoteHeaderValue(item))
      if (items.length >= limit) return items
      start = at + 1
    }
  }
  return quoted ? [] : items
}

/** Writes a list; items that are no tokens are quoted. */
export function dumpListHeader(items: Iterable<string | number>): string {
  return Array.from(items, (item) => quoteHeaderValue(item)).join(', ')
}
