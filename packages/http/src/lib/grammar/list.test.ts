import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { dumpListHeader, parseListHeader } from './list.ts'
import { quoteHeaderValue, unquoteHeaderValue } from './quoted-string.ts'

describe('parseListHeader', () => {
  it.each([
    ['', []],
    ['a, b', ['a', 'b']],
    [' a ,,\tb ', ['a', 'b']],
    ['a, "b, c", d', ['a', 'b, c', 'd']],
    ['"a\\"b", "c\\\\"', ['a"b', 'c\\']],
    ['k="v, w", x', ['k="v, w"', 'x']],
    ['a "b, c" d, e', ['a "b, c" d', 'e']],
    ['a, "b', []],
    ['"\\', []],
    ['a, \u00a0', ['a', '\u00a0']],
  ])('splits %j', (header, items) => {
    expect(parseListHeader(header)).toEqual(items)
  })

  it('stops at a limit', () => {
    expect(parseListHeader('a, b, c', 2)).toEqual(['a', 'b'])
    expect(parseListHeader('a, "b", c', 2)).toEqual(['a', 'b'])
  })

  it('reads what dumpListHeader writes', () => {
    const items = fc.array(fc.string({ minLength: 1 }))
    fc.assert(
      fc.property(items, (list) => {
        expect(parseListHeader(dumpListHeader(list))).toEqual(list)
      }),
    )
  })

  it('is linear (R27)', () => {
    expect(growthOf((n) => parseListHeader('"\\'.repeat(n)))).toBeLessThan(1.7)
    expect(growthOf((n) => parseListHeader('",'.repeat(n)))).toBeLessThan(1.7)
    expect(growthOf((n) => parseListHeader(' ,'.repeat(n)))).toBeLessThan(1.7)
  })
})

describe('quoteHeaderValue', () => {
  it.each([
    ['foo', 'foo'],
    ['', '""'],
    ['a b', '"a b"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['ü', '"ü"'],
    [5, '5'],
  ])('writes %j as %s', (value, expected) => {
    expect(quoteHeaderValue(value)).toBe(expected)
    expect(unquoteHeaderValue(expected)).toBe(String(value))
  })

  it('quotes tokens too where asked', () => {
    expect(quoteHeaderValue('foo', { allowToken: false })).toBe('"foo"')
  })
})

describe('unquoteHeaderValue', () => {
  it.each([
    ['"', '"'],
    ['"a', '"a'],
    ['""', ''],
    ['"a\\', '"a\\'],
    ['"\\"', '\\'],
    ['"\\\\a\\b"', '\\ab'],
  ])('reads %s as %s', (value, expected) => {
    expect(unquoteHeaderValue(value)).toBe(expected)
  })
})
