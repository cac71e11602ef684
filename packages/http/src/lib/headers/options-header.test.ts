import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { dumpFilenameDisposition } from './content-disposition.ts'
import { dumpOptionsHeader, parseOptionsHeader } from './options-header.ts'

describe('parseOptionsHeader', () => {
  it.each([
    [null, '', {}],
    [' text/html ', 'text/html', {}],
    ['text/html; Charset=UTF-8', 'text/html', { charset: 'UTF-8' }],
    ['a;b=1;c="2;3" ; d=4', 'a', { b: '1', c: '2;3', d: '4' }],
    ['a; b; c=; =d; e=1', 'a', { e: '1' }],
    ['; a=b', '', {}],
    ['a; b = c', 'a', {}],
    ['a; b="\\"\\\\\\x%22"', 'a', { b: '"\\\\x"' }],
    ['a; b="open; c=1', 'a', { c: '1' }],
    ['a; b=1; b=2', 'a', { b: '2' }],
    ["a; f*=UTF-8''%e2%82%ac%20x", 'a', { f: '€ x' }],
    ["a; f*=iso-8859-1'en'%80", 'a', { f: '\x80' }],
    ["a; f*=ascii''%e2", 'a', { f: '\ufffd' }],
    ["a; f*=koi8-r''%e2", 'a', { f: '%e2' }],
    ['a; f*0*=utf-8\'\'%c3%bc; f*1=" b"; f*2*=%c3%bc', 'a', { f: 'ü bü' }],
  ])('reads %j', (header, value, parameters) => {
    const [got, map] = parseOptionsHeader(header)
    expect([got, Object.fromEntries(map)]).toEqual([value, parameters])
  })

  it('reads what dumpOptionsHeader writes', () => {
    // Forms escape quotes by %22, so that this one sequence does not come back.
    const value = fc.string({ minLength: 1 }).filter((text) => !/[\x00-\x08\x0a-\x1f\x7f]|%22/.test(text))
    fc.assert(
      fc.property(value, (text) => {
        expect(parseOptionsHeader(dumpOptionsHeader('v', { name: text }))[1].get('name')).toBe(text)
      }),
    )
  })

  it('is linear (R27)', () => {
    for (const piece of [';a="\\"', ';a="', '; a=b', ';"', '; a*=%', ";a*=''x", ';']) {
      expect(growthOf((n) => parseOptionsHeader(`a${piece.repeat(n)}`))).toBeLessThan(1.7)
    }
  })
})

describe('dumpOptionsHeader', () => {
  it('quotes values and leaves out null', () => {
    expect(dumpOptionsHeader('attachment', { filename: 'a "b".txt', size: 3, x: null })).toBe(
      'attachment; filename="a \\"b\\".txt"; size=3',
    )
    expect(dumpOptionsHeader(null, new Map([['a', 'b']]))).toBe('a=b')
  })

  it.each(['a\r\nb', 'a\0', 'a\x7f'])('refuses the control in %j (S18)', (value) => {
    expect(() => dumpOptionsHeader('a', { b: value })).toThrow(/parameter "b".*U\+00/)
    expect(() => dumpOptionsHeader('a', { [`${value}*`]: 'x' })).toThrow(TypeError)
    expect(() => dumpOptionsHeader(value, {})).toThrow(TypeError)
  })
})

describe('dumpFilenameDisposition', () => {
  it.each([
    ['a.txt', 'attachment; filename=a.txt'],
    ['a";x=".bat', 'attachment; filename="a\\";x=\\".bat"'],
    ['naïve (1).pdf', 'attachment; filename="naive (1).pdf"; filename*=UTF-8\'\'na%C3%AFve%20%281%29.pdf'],
    ['日本.txt', "attachment; filename=.txt; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt"],
  ])('writes %s (S22)', (name, expected) => {
    expect(dumpFilenameDisposition('attachment', name)).toBe(expected)
  })

  it('is read back whole', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\x00-\x1f\x7f]|%22/.test(text))
    fc.assert(
      fc.property(value, (name) => {
        expect(parseOptionsHeader(dumpFilenameDisposition('inline', name))[1].get('filename')).toBe(name)
      }),
    )
  })

  it('refuses line ends (S18)', () => {
    expect(() => dumpFilenameDisposition('inline', 'a\r\nSet-Cookie: x')).toThrow(TypeError)
  })
})
