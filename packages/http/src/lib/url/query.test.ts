import { describe, expect, it } from 'vitest'
import { parseQuery, urlEncode } from './query.ts'

describe('parseQuery', () => {
  it.each([
    ['', []],
    [
      'a=1&b=%C3%BC+x&&c',
      [
        ['a', '1'],
        ['b', 'ü x'],
        ['c', ''],
      ],
    ],
    [
      'a=1=2&=x',
      [
        ['a', '1=2'],
        ['', 'x'],
      ],
    ],
    ['a=%zz%ff', [['a', '%zz%FF']]],
    [
      'a[b]=1&__proto__=2',
      [
        ['a[b]', '1'],
        ['__proto__', '2'],
      ],
    ],
  ])('reads %j (S16)', (query, expected) => {
    expect([...parseQuery(query).items({ multi: true })]).toEqual(expected)
  })

  it('takes & alone for a separator (S17)', () => {
    expect(parseQuery('a=1;b=2').toDict()).toEqual({ a: '1;b=2' })
  })

  it('answers 400 over 1,000 arguments or 8 KiB (L08)', () => {
    expect(parseQuery('a&'.repeat(1000)).getList('a')).toHaveLength(1000)
    expect(() => parseQuery('a&'.repeat(1001))).toThrow(
      expect.objectContaining({
        name: 'BadRequest',
        code: 400,
        message: expect.stringContaining('more than 1000'),
      }),
    )
    expect(parseQuery('x'.repeat(8192)).size).toBe(1)
    expect(() => parseQuery('x'.repeat(8193))).toThrow(expect.objectContaining({ code: 400 }))
    expect(parseQuery('x&'.repeat(5000), { maxFields: null, maxLength: null }).getList('x')).toHaveLength(
      5000,
    )
  })
})

describe('urlEncode', () => {
  it('writes pairs and records', () => {
    expect(
      urlEncode([
        ['a', 'x y'],
        ['b', 'ü/?&=+%'],
        ['c', null],
        ['d', 1.5],
      ]),
    ).toBe('a=x+y&b=%C3%BC/?%26%3D%2B%25&d=1.5')
    expect(urlEncode({ a: [1, 2n, undefined], 'b[]': 'c' })).toBe('a=1&a=2&b%5B%5D=c')
  })
})
