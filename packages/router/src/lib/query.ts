import { quoteQuery } from './percent.ts'

/**
 * Values for a query: a record, or an iterable of pairs (a `Map`, a `URLSearchParams`, a multi-dict).
 * Lists and sets repeat the key; `null` and `undefined` are left out.
 */
export type QueryValues = Readonly<Record<string, unknown>> | Iterable<readonly [string, unknown]>

/** Chooses the order of query parameters: pairs are sorted by the returned string or number. */
export type QuerySortKey = (pair: readonly [string, unknown]) => string | number

/** The pairs of query values, one per value. */
export function queryPairs(values: QueryValues): [string, unknown][] {
  const pairs: [string, unknown][] = []
  for (const [key, value] of isIterable(values) ? values : Object.entries(values)) {
    if (Array.isArray(value) || value instanceof Set) {
      for (const item of value) pairs.push([key, item])
    } else pairs.push([key, value])
  }
  return pairs
}

/** Writes a query string, without `?`. */
export function encodeQuery(pairs: Iterable<readonly [string, unknown]>): string {
  let out = ''
  for (const [key, value] of pairs) {
    if (value === null || value === undefined) continue
    if (out !== '') out += '&'
    out += `${quoteQuery(String(key))}=${quoteQuery(String(value))}`
  }
  return out
}

/** The pairs in the order of `key` (default: name, then value); equal ones keep their places. */
export function sortPairs(pairs: [string, unknown][], key: QuerySortKey | null): [string, unknown][] {
  if (key === null) {
    return pairs.sort((a, b) => compare(a[0], b[0]) || compare(sortable(a[1]), sortable(b[1])))
  }
  return pairs
    .map((pair) => ({ pair, key: key(pair) }))
    .sort((a, b) => compare(a.key, b.key))
    .map((entry) => entry.pair)
}

function sortable(value: unknown): string | number | bigint {
  return typeof value === 'number' || typeof value === 'bigint' ? value : String(value)
}

function compare(a: string | number | bigint, b: string | number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isIterable(value: QueryValues): value is Iterable<readonly [string, unknown]> {
  return Symbol.iterator in value
}
