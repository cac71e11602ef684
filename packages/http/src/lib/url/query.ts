import { RequestDict } from '../body/request-dict.ts'
import { parseUrlencoded } from '../body/urlencoded.ts'
import { BadRequest } from '../exceptions/client-errors.ts'
import { percentEncode, safeCharacters } from './percent.ts'

export interface ParseQueryOptions {
  /** The most arguments; null for no limit. Default 1,000. */
  maxFields?: number | null
  /** The most characters of the query; null for no limit. Default 8,192. */
  maxLength?: number | null
}

const MAX_FIELDS = 1000
const MAX_LENGTH = 8192

/**
 * The arguments of a query, given without `?`. Only `&` separates; `+` is a space; an argument without `=` is empty.
 *
 * @throws BadRequest (400) if there are more than the limits allow.
 */
export function parseQuery(query: string, options: ParseQueryOptions = {}): RequestDict {
  if (query === '') return new RequestDict()
  const { maxFields = MAX_FIELDS, maxLength = MAX_LENGTH } = options
  if (maxLength !== null && query.length > maxLength) {
    throw new BadRequest(`The query of the URL has ${query.length} characters, and ${maxLength} are allowed.`)
  }
  const pairs = parseUrlencoded(query, maxFields)
  if (pairs === null) throw new BadRequest(`The query of the URL has more than ${maxFields} arguments.`)
  return new RequestDict(pairs)
}

/** A value of a query. Null and undefined are left out; an array stands for several values. */
export type QueryValue = string | number | bigint | null | undefined

/** What {@link urlEncode} takes. */
export type QueryInit =
  | Iterable<readonly [string, QueryValue]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[]>>

// What a query may hold as it is (WHATWG URL), but the characters that have a meaning in it.
const SAFE = safeCharacters("!$'()*,/:;?@ ")

/** Writes arguments as a query without `?`: a space becomes `+`. */
export function urlEncode(items: QueryInit): string {
  const pairs: string[] = []
  for (const [name, value] of queryPairs(items)) {
    if (value !== null && value !== undefined) pairs.push(`${encode(name)}=${encode(String(value))}`)
  }
  return pairs.join('&')
}

function encode(text: string): string {
  return percentEncode(text, SAFE).replaceAll(' ', '+')
}

function* queryPairs(items: QueryInit): Generator<readonly [string, QueryValue]> {
  if (Symbol.iterator in items) {
    yield* items as Iterable<readonly [string, QueryValue]>
    return
  }
  for (const [name, value] of Object.entries(items)) {
    if (typeof value === 'object' && value !== null) for (const item of value) yield [name, item]
    else yield [name, value as QueryValue]
  }
}
