import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { ContentRange, isByteRangeValid, parseContentRange } from './content-range.ts'
import { IfRange } from './if-range.ts'
import { MAX_RANGES, parseRange, Range } from './range.ts'

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', 'bytes=0-0', [0, 1]],
    ['Bytes = 0 - 5', 'bytes=0-5', [0, 6]],
    ['bytes=5-', 'bytes=5-', [5, 10]],
    ['bytes=-3', 'bytes=-3', [7, 10]],
    ['bytes=5-999', 'bytes=5-999', [5, 10]],
    ['bytes=0-99999999999999999999', 'bytes=0-100000000000000000000', [0, 10]],
    ['bytes=-11', 'bytes=-11', null],
    ['bytes=10-', 'bytes=10-', null],
    ['bytes=0-1,3-4', 'bytes=0-1,3-4', null],
    ['items=0-1', 'items=0-1', null],
  ])('reads %j', (header, written, part) => {
    const range = parseRange(header)!
    expect(range.toHeader()).toBe(written)
    expect(range.rangeForLength(10)).toEqual(part)
    expect(range.rangeForLength(null)).toBeNull()
  })

  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=a-b',
    'bytes=--1',
    'bytes=5-4',
    'bytes=5-6,0-1',
    'bytes=0-1,1-2,-5,3-4',
    'bytes=0x1-5',
    'bytes=-5,0-3',
    'bytes=٣-5',
  ])('does not read %j', (header) => {
    expect(parseRange(header)).toBeNull()
  })

  it('gives the Content-Range', () => {
    const range = parseRange('bytes=2-4')!
    expect(range.toContentRangeHeader(10)).toBe('bytes 2-4/10')
    expect(range.makeContentRange(10)?.stop).toBe(5)
    expect(range.toContentRangeHeader(2)).toBeNull()
  })

  it('shows that there are too many parts, and reads no more (L12, R27)', () => {
    const header = `bytes=${Array.from({ length: 1000 }, (_, i) => `${2 * i}-${2 * i}`).join(',')}`
    expect(parseRange(header)?.ranges).toHaveLength(MAX_RANGES + 1)
    expect(growthOf((n) => parseRange(`bytes=${'0-0,'.repeat(n)}`))).toBeLessThan(1.7)
  })

  it('refuses parts that are none', () => {
    expect(() => new Range('bytes', [[5, 5]])).toThrow(RangeError)
    expect(() => new Range('bytes', [[-1, 5]])).toThrow(RangeError)
  })
})

describe('ContentRange', () => {
  it.each([
    ['bytes 0-98/100', 'bytes 0-98/100'],
    ['bytes  0-98/*', 'bytes 0-98/*'],
    ['bytes */100', 'bytes */100'],
    ['items 0-1/2', 'items 0-1/2'],
  ])('reads %j', (header, written) => {
    expect(ContentRange.fromHeader(header)?.toHeader()).toBe(written)
  })

  it.each([
    null,
    '',
    'bytes',
    'bytes 0-98',
    'bytes 98-0/100',
    'bytes a-b/c',
    'bytes 0-1/-1',
    'bytes 0-/5',
    'bytes 5/5',
  ])('does not read %j', (header) => {
    expect(ContentRange.fromHeader(header)).toBeNull()
    expect(parseContentRange(header).toHeader()).toBe('')
  })

  it('writes itself back', () => {
    const seen: string[] = []
    const range = parseContentRange(null, (changed) => seen.push(changed.toHeader()))
    range.set(0, 10, 100)
    range.length = null
    range.units = 'items'
    range.unset()
    expect(seen).toEqual(['bytes 0-9/100', 'bytes 0-9/*', 'items 0-9/*', ''])
    expect(() => range.set(5, 3)).toThrow(RangeError)
    expect(() => range.set(0, null)).toThrow(RangeError)
  })

  it.each([
    [0, 10, 10, true],
    [9, 20, 10, true],
    [10, 20, 10, false],
    [-1, 5, 10, false],
    [5, 5, null, false],
    [null, null, 0, true],
    [null, null, -1, false],
    [0, null, 5, false],
  ])('is valid: %s to %s of %s is %s', (start, stop, length, expected) => {
    expect(isByteRangeValid(start, stop, length)).toBe(expected)
  })
})

describe('IfRange', () => {
  it.each([
    [null, '', null],
    ['"abc"', '"abc"', 'abc'],
    ['W/"abc"', '"abc"', 'abc'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', null],
  ])('reads %j', (header, written, etag) => {
    const condition = IfRange.fromHeader(header)
    expect([condition.toHeader(), condition.etag]).toEqual([written, etag])
  })
})
