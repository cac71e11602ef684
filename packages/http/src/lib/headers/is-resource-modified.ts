import { parseDate } from '../grammar/date.ts'
import { generateETag, parseETags, unquoteETag } from './etags.ts'
import { IfRange } from './if-range.ts'

/** The conditions of a request and the state of the content that they are about. Absent headers are null. */
export interface ResourceConditions {
  range?: string | null
  ifRange?: string | null
  ifModifiedSince?: string | null
  ifNoneMatch?: string | null
  ifMatch?: string | null
  /** The content's entity tag, with or without quotes. */
  etag?: string | null
  /** The content, to make the tag of it. Not together with `etag`. */
  data?: Uint8Array | null
  /** When the content last changed. Fractions of seconds are ignored. */
  lastModified?: Date | string | null
  /** Whether `If-Range` is left out of account. Default true. */
  ignoreIfRange?: boolean
}

/**
 * Whether the content must be sent, as the client has not got it in this state. A failed `If-Match` also gives false.
 *
 * @throws TypeError if both `etag` and `data` are given.
 * @see RFC 9110 §13
 */
export function isResourceModified(conditions: ResourceConditions): boolean {
  const { range = null, ifRange = null, ifMatch = null, ifNoneMatch = null, data = null } = conditions
  if (data !== null && typeof conditions.etag === 'string') {
    throw new TypeError('isResourceModified() takes either `etag` or `data`, got both.')
  }
  const etag = data === null ? (conditions.etag ?? null) : generateETag(data)
  // Without a range, If-Range means nothing (RFC 9110 §13.1.5).
  const rangeCondition =
    conditions.ignoreIfRange === false && range !== null ? IfRange.fromHeader(ifRange) : new IfRange()

  let unmodified = false
  const lastModified = seconds(conditions.lastModified)
  const since = rangeCondition.date ?? parseDate(conditions.ifModifiedSince)
  if (since !== null && lastModified !== null && lastModified <= seconds(since)!) unmodified = true

  const tag = unquoteETag(etag)?.[0]
  if (tag === undefined) return !unmodified
  if (rangeCondition.etag !== null) return !parseETags(rangeCondition.etag).contains(tag)
  const noneMatch = parseETags(ifNoneMatch)
  if (noneMatch.size > 0) unmodified = noneMatch.containsWeak(tag)
  const match = parseETags(ifMatch)
  if (match.size > 0) unmodified = !match.isStrong(tag)
  return !unmodified
}

function seconds(date: Date | string | null | undefined): number | null {
  const value = typeof date === 'string' ? parseDate(date) : date
  return value === null || value === undefined ? null : Math.floor(value.getTime() / 1000)
}
