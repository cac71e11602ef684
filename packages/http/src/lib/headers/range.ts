import { inspectAsText } from '../collections/inspect.ts'
import { parsePlainInteger, trimBlanks } from '../grammar/token.ts'
import { ContentRange, isByteRangeValid } from './content-range.ts'

/** One part that a client asks for: `stop` is exclusive, null for the rest. A negative `start` counts from the end. */
export type RangePart = readonly [start: number, stop: number | null]

/** Over this many parts, a `Range` header is to be ignored and the whole content sent. */
export const MAX_RANGES = 16

/**
 * A `Range` header: the parts of the content that a client asks for.
 *
 * @see RFC 9110 §14.2
 */
export class Range {
  static {
    inspectAsText(Range)
  }

  readonly units: string
  readonly ranges: readonly RangePart[]

  /** @throws RangeError if a part has a stop and starts at or behind it, or below 0. */
  constructor(units: string, ranges: readonly RangePart[]) {
    for (const [start, stop] of ranges) {
      if (stop !== null && (start < 0 || start >= stop)) {
        throw new RangeError(`A range needs 0 <= start < stop, got start ${start} and stop ${stop}.`)
      }
    }
    this.units = units
    this.ranges = ranges
  }

  /**
   * Reads a header; null if there is none or it is bad. Parts must ascend and not overlap. Of more than
   * {@link MAX_RANGES} parts one more than that is kept, so that it shows.
   */
  static fromHeader(header: string | null): Range | null {
    return parseRange(header)
  }

  /** The positions to send of a content of `length` bytes; null if that is not one part, or none of it exists. */
  rangeForLength(length: number | null): [start: number, stop: number] | null {
    if (this.units !== 'bytes' || length === null || this.ranges.length !== 1) return null
    let [start, stop] = this.ranges[0]!
    if (stop === null) {
      stop = length
      if (start < 0) start += length
    }
    return isByteRangeValid(start, stop, length) ? [start, Math.min(stop, length)] : null
  }

  /** The `Content-Range` for a content of `length` bytes, or null where {@link rangeForLength} is. */
  makeContentRange(length: number | null): ContentRange | null {
    const part = this.rangeForLength(length)
    return part === null ? null : new ContentRange(this.units, part[0], part[1], length)
  }

  /** As {@link makeContentRange}, as text. */
  toContentRangeHeader(length: number | null): string | null {
    return this.makeContentRange(length)?.toHeader() ?? null
  }

  /** The value of the header. */
  toHeader(): string {
    const parts = this.ranges.map(([start, stop]) => {
      if (stop !== null) return `${start}-${stop - 1}`
      return start < 0 ? String(start) : `${start}-`
    })
    return `${this.units}=${parts.join(',')}`
  }

  toString(): string {
    return this.toHeader()
  }
}

/** As {@link Range.fromHeader}. */
export function parseRange(header: string | null): Range | null {
  const equals = header?.indexOf('=') ?? -1
  if (header === null || equals < 0) return null
  const ranges: RangePart[] = []
  // Where the next part may begin; infinite behind a part that has no stop.
  let lowest = 0
  for (const text of header.slice(equals + 1).split(',', MAX_RANGES + 1)) {
    const part = parsePart(trimBlanks(text))
    if (part === null) return null
    const [start, stop] = part
    const isSuffix = trimBlanks(text).startsWith('-')
    if (isSuffix ? lowest === Number.POSITIVE_INFINITY : start < lowest) return null
    lowest = stop ?? Number.POSITIVE_INFINITY
    ranges.push(part)
  }
  return new Range(trimBlanks(header.slice(0, equals)).toLowerCase(), ranges)
}

function parsePart(text: string): RangePart | null {
  const dash = text.indexOf('-')
  if (dash < 0) return null
  if (dash === 0) {
    const suffix = parsePlainInteger(text)
    return suffix === null ? null : [suffix, null]
  }
  const start = parsePlainInteger(trimBlanks(text.slice(0, dash)))
  const lastText = trimBlanks(text.slice(dash + 1))
  if (start === null) return null
  if (lastText === '') return [start, null]
  const last = parsePlainInteger(lastText)
  return last === null || start > last ? null : [start, last + 1]
}
