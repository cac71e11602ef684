import { describe, expect, it } from 'vitest'
import { dumpDictHeader, parseDictHeader } from './dict-header.ts'

describe('parseDictHeader', () => {
  it.each([
    ['', {}],
    ['a', { a: null }],
    ['a = b , c= "d, e"', { a: 'b', c: 'd, e' }],
    ['a=1, a=2, =x', { a: '2' }],
    ["a*=utf-8''%C3%BC, b*=koi8-r''%FC", { a: 'ü', b: '%FC' }],
    ['__proto__=1', JSON.parse('{"__proto__":"1"}')],
  ])('reads %j', (header, expected) => {
    expect(Object.fromEntries(parseDictHeader(header))).toEqual(expected)
  })
})

describe('dumpDictHeader', () => {
  it('quotes, and writes keys alone for null', () => {
    expect(
      dumpDictHeader([
        ['a', 'b c'],
        ['d', null],
        ['e', 1],
        ['f*', "utf-8''x"],
      ]),
    ).toBe('a="b c", d, e=1, f*=utf-8\'\'x')
  })

  it('refuses controls (S18)', () => {
    expect(() => dumpDictHeader([['a', 'b\n']])).toThrow(TypeError)
    expect(() => dumpDictHeader([['a\n', null]])).toThrow(TypeError)
  })
})
