import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { dumpCookie } from './dump-cookie.ts'
import { parseCookie } from './parse-cookie.ts'

describe('parseCookie', () => {
  it.each([
    [null, []],
    [
      'a=b; c=d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a=b;c="d;e";;f',
      [
        ['a', 'b'],
        ['c', 'd;e'],
        ['f', ''],
      ],
    ],
    ['  a = b \t; =x', [['a', 'b']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a="b\\"c\\054\\303\\274\\9"', [['a', 'b"c,ü9']]],
    ['a="\\377"', [['a', '\ufffd']]],
    [
      'a="open; b=c',
      [
        ['a', '"open'],
        ['b', 'c'],
      ],
    ],
    [
      'a="b"c; d=e',
      [
        ['a', '"b"c'],
        ['d', 'e'],
      ],
    ],
    ['a=\u00c3\u00bc', [['a', 'ü']]],
    ['a=\u00fc', [['a', 'ü']]],
    ['a=€', [['a', '€']]],
  ])('reads %j', (header, expected) => {
    expect([...parseCookie(header).items({ multi: true })]).toEqual(expected)
  })

  it('takes names as they are, trims spaces and tabs alone, and keeps duplicates in order (S50)', () => {
    expect([...parseCookie('=__Host-a=1; \u00a0__Host-b=2; __host-c=3').keys()]).toEqual([
      '\u00a0__Host-b',
      '__host-c',
    ])
    const cookies = parseCookie('a=1; a=2')
    expect([cookies.get('a'), cookies.getList('a')]).toEqual(['1', ['1', '2']])
    expect(parseCookie('__proto__=1').get('__proto__')).toBe('1')
  })

  it('takes 100 cookies of 8 KiB, and tells (L10)', () => {
    const warnings: string[] = []
    const onWarning = (message: string): void => void warnings.push(message)
    const many = Array.from({ length: 200 }, (_, i) => `c${i}=1`).join('; ')
    expect(parseCookie(many, { onWarning }).size).toBe(100)
    expect(warnings).toEqual(['The Cookie header has more than 100 cookies; the rest is ignored.'])
    const long = `a=1; b=${'x'.repeat(9000)}; c=1`
    expect([...parseCookie(long, { onWarning }).keys()]).toEqual(['a'])
    expect(warnings[1]).toMatch(/^The Cookie header has 9012 characters/)
    expect(parseCookie(many, { maxCookies: null }).size).toBe(200)
    expect(parseCookie('x'.repeat(9000)).size).toBe(0)
  })

  it('is linear without limits (R27)', () => {
    for (const piece of ['a="', 'a="\\";', '"', '=', ';', 'a= ', 'a="b" ']) {
      const options = { maxCookies: null, maxLength: null }
      expect(growthOf((n) => parseCookie(`a="${piece.repeat(n)}`, options))).toBeLessThan(1.7)
    }
  })

  it('reads any value that dumpCookie writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        expect(parseCookie(dumpCookie('k', value, { path: null })).get('k')).toBe(value)
      }),
    )
  })
})
