import { inspectAsText } from '../collections/inspect.ts'
import { httpDate, parseDate } from '../grammar/date.ts'
import { quoteETag, unquoteETag } from './etags.ts'

/**
 * An `If-Range` header: the state of the content for which the client wants a range, by tag or by date.
 *
 * @see RFC 9110 §13.1.5
 */
export class IfRange {
  static {
    inspectAsText(IfRange)
  }

  /** The entity tag without quotes and `W/`, or null. */
  readonly etag: string | null
  readonly date: Date | null

  constructor(etag: string | null = null, date: Date | null = null) {
    this.etag = etag
    this.date = date
  }

  /** Reads a header; what is no date is a tag. */
  static fromHeader(header: string | null): IfRange {
    if (header === null || header === '') return new IfRange()
    const date = parseDate(header)
    return date === null ? new IfRange(unquoteETag(header)![0]) : new IfRange(null, date)
  }

  /** The value of the header; empty if there is neither. */
  toHeader(): string {
    if (this.date !== null) return httpDate(this.date)
    return this.etag === null ? '' : quoteETag(this.etag)
  }

  toString(): string {
    return this.toHeader()
  }
}

/** As {@link IfRange.fromHeader}. */
export function parseIfRange(header: string | null): IfRange {
  return IfRange.fromHeader(header)
}
