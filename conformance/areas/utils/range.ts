import { ContentRange, IfRange, isByteRangeValid, parseRange } from '@phial/http/headers'

interface Bounds {
  start: number | null
  stop: number | null
  length: number | null
}

function rangeParse({ value, lengths }: { value: string | null; lengths: (number | null)[] }): unknown {
  const range = parseRange(value)
  if (range === null) return null
  const forLength = lengths.map((length) => [
    length,
    range.rangeForLength(length),
    range.toContentRangeHeader(length),
  ])
  return { units: range.units, ranges: range.ranges, header: range.toHeader(), for_length: forLength }
}

function contentRangeParse({ value }: { value: string | null }): unknown {
  const range = ContentRange.fromHeader(value)
  if (range === null) return null
  const { units, start, stop, length } = range
  return { units, start, stop, length, header: range.toHeader() }
}

function ifRangeParse({ value }: { value: string | null }): unknown {
  const condition = IfRange.fromHeader(value)
  return { etag: condition.etag, date: condition.date, header: condition.toHeader() }
}

export const functions: Record<string, (args: never) => unknown> = {
  range_parse: rangeParse,
  content_range_parse: contentRangeParse,
  content_range_build: ({ units, start, stop, length }: Bounds & { units: string | null }) =>
    new ContentRange(units, start, stop, length).toHeader(),
  if_range_parse: ifRangeParse,
  is_byte_range_valid: ({ start, stop, length }: Bounds) => isByteRangeValid(start, stop, length),
}
