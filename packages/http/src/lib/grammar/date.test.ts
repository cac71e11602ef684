import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { httpDate, parseDate } from './date.ts'

const MOMENT = '1994-11-06T08:49:37.000Z'

describe('parseDate', () => {
  it.each([
    ['IMF-fixdate', 'Sun, 06 Nov 1994 08:49:37 GMT', MOMENT],
    ['RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT', MOMENT],
    ['asctime', 'Sun Nov  6 08:49:37 1994', MOMENT],
    ['a numeric zone', 'Sun, 06 Nov 1994 08:49:37 +0200', '1994-11-06T06:49:37.000Z'],
    ['a negative zone', 'Sun, 06 Nov 1994 08:49:37 -0530', '1994-11-06T14:19:37.000Z'],
    ['a zone of letters', 'Sun, 06 Nov 1994 08:49:37 EST', '1994-11-06T13:49:37.000Z'],
    ['no zone', 'Sun, 06 Nov 1994 08:49:37', MOMENT],
    ['no day', '06 Nov 1994 08:49:37 GMT', MOMENT],
    ['no seconds', 'Thu, 01 Jan 1970 00:00 GMT', '1970-01-01T00:00:00.000Z'],
    ['a month before the day', 'Nov 06 1994 08:49:37 GMT', MOMENT],
    ['a full name', '06 November 1994 08:49:37 GMT', MOMENT],
    ['dots in the time', '06 Nov 1994 08.49.37 GMT', MOMENT],
    ['a two-digit year from 69 on', 'Mon, 06 Jan 69 00:00:00 GMT', '1969-01-06T00:00:00.000Z'],
    ['a two-digit year up to 68', 'Mon, 06 Jan 68 00:00:00 GMT', '2068-01-06T00:00:00.000Z'],
    ['the wrong day', 'Mon, 06 Nov 1994 08:49:37 GMT', MOMENT],
    ['a leap day', 'Thu, 29 Feb 2024 00:00:00 GMT', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (_, text, expected) => {
    expect(parseDate(text)?.toISOString()).toBe(expected)
  })

  it.each([
    null,
    '',
    ' ',
    'Sun,',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 25:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:60 GMT',
    'Tue, 29 Feb 2023 00:00:00 GMT',
    'Tue, 31 Apr 2023 00:00:00 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
    'Sun, 06 Abc 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 8 GMT',
    'Sun, 06 Nov 1994 08:49:37 +9900',
    'Sun, 06 Nov x 08:49:37 GMT',
  ])('does not read %j', (text) => {
    expect(parseDate(text)).toBeNull()
  })

  it('reads what httpDate writes', () => {
    const date = fc.date({
      min: new Date('1000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, (value) => {
        const seconds = Math.floor(value.getTime() / 1000)
        expect(parseDate(httpDate(value))?.getTime()).toBe(seconds * 1000)
        expect(httpDate(seconds)).toBe(httpDate(value))
      }),
    )
  })

  it('throws for no text, in linear time (R27)', () => {
    fc.assert(fc.property(fc.string(), (text) => parseDate(text) === null || parseDate(text) instanceof Date))
    expect(growthOf((n) => parseDate('1 '.repeat(n)))).toBeLessThan(1.7)
    expect(growthOf((n) => parseDate(`${' '.repeat(n)}1${','.repeat(n)}`))).toBeLessThan(1.7)
  })
})

describe('httpDate', () => {
  it.each([
    [0, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [1704067200.9, 'Mon, 01 Jan 2024 00:00:00 GMT'],
    [-1, 'Wed, 31 Dec 1969 23:59:59 GMT'],
    [253402300799, 'Fri, 31 Dec 9999 23:59:59 GMT'],
    [new Date('0001-01-01T00:00:00Z'), 'Mon, 01 Jan 0001 00:00:00 GMT'],
  ])('writes %s', (date, expected) => {
    expect(httpDate(date)).toBe(expected)
  })

  it('writes the present', () => {
    expect(Math.abs(parseDate(httpDate())!.getTime() - Date.now())).toBeLessThan(5000)
  })

  it.each([Number.NaN, 253402300800, new Date('x'), -1e11])('refuses %s', (date) => {
    expect(() => httpDate(date)).toThrow(RangeError)
  })
})
