import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { decodeField, decodeUrlencodedBody, dumpUrlencoded, parseUrlencoded } from './urlencoded.ts'

const replacement = String.fromCharCode(0xfffd)

describe('parseUrlencoded', () => {
  it.each<[string, [string, string][]]>([
    ['', []],
    [
      'a=1&b=2&a=3',
      [
        ['a', '1'],
        ['b', '2'],
        ['a', '3'],
      ],
    ],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=b', [['', 'b']]],
    ['&&a=1&&', [['a', '1']]],
    [
      'a&b=1',
      [
        ['a', ''],
        ['b', '1'],
      ],
    ],
    ['a=b=c', [['a', 'b=c']]],
    ['a=+%20', [['a', '  ']]],
    ['a+b=%2B', [['a b', '+']]],
    ['%61%3d=%26', [['a=', '&']]],
    ['a=%C3%BC', [['a', 'ü']]],
    ['a=%F0%9F%98%80', [['a', '😀']]],
    [
      'a=%zz&b=%&c=%4',
      [
        ['a', '%zz'],
        ['b', '%'],
        ['c', '%4'],
      ],
    ],
    ['a=1\r\n', [['a', '1\r\n']]],
  ])('%j', (text, pairs) => {
    expect(parseUrlencoded(text)).toEqual(pairs)
  })

  it('separates by & only (S17)', () => {
    expect(parseUrlencoded('a=1;b=2')).toEqual([['a', '1;b=2']])
  })

  it.each([
    ['%FF', '%FF'],
    ['%ff+%41', '%FF A'],
    ['%C3%BC%FF%C3', 'ü%FF%C3'],
    ['%E2%82x', '%E2%82x'],
    ['%C3ü', '%C3ü'],
    ['%ED%A0%80', '%ED%A0%80'],
    ['%C0%AF', '%C0%AF'],
    ['%F4%90%80%80', '%F4%90%80%80'],
    ['%EF%BB%BFa%zz', '\ufeffa%zz'],
    ['%F0%9F%98%80%FF', '😀%FF'],
  ])('keeps what is not UTF-8 percent-encoded: %s', (text, expected) => {
    expect(decodeField(text)).toBe(expected)
  })

  it('takes at most the number of fields given (L05)', () => {
    expect(parseUrlencoded('a&b&', 2)).toHaveLength(2)
    expect(parseUrlencoded('a&b&c', 2)).toBeNull()
    expect(parseUrlencoded('', 0)).toEqual([])
  })

  it('keeps names of Object.prototype as data (S16)', () => {
    expect(parseUrlencoded('__proto__=1&constructor=2')).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))),
        (pairs) => {
          expect(parseUrlencoded(dumpUrlencoded(pairs))).toEqual(pairs)
        },
      ),
    )
  })

  it('gives text for any bytes, or says that they are no UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = decodeUrlencodedBody(bytes)
        if (text === null) expect(new TextDecoder().decode(bytes)).toContain(replacement)
        else expect(parseUrlencoded(text)).not.toBeNull()
      }),
    )
  })

  it.each(['a', '&', '=', 'a&', 'a=', '%', '%C3', '%zz', '+'])('is linear for repeated %j', (piece) => {
    expect(growthOf((n) => parseUrlencoded(piece.repeat(n / piece.length)))).toBeLessThan(1.7)
  })
})
