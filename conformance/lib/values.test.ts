import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { decode, encode, encodeError, type Json, Pairs, PlainDate, Seconds, Uuid } from './values.ts'

const FORMS: readonly [json: Json, value: unknown][] = [
  [null, null],
  [true, true],
  [1.5, 1.5],
  ['text', 'text'],
  [
    [1, 'a'],
    [1, 'a'],
  ],
  [{ a: { b: [] } }, { a: { b: [] } }],
  [{ $bytes: 'AP8=' }, new Uint8Array([0, 255])],
  [{ $set: [1, 2] }, new Set([1, 2])],
  [{ $int: '99999999999999999999' }, 99999999999999999999n],
  [{ $float: 'inf' }, Number.POSITIVE_INFINITY],
  [{ $float: '-inf' }, Number.NEGATIVE_INFINITY],
  [{ $float: 'nan' }, Number.NaN],
  [{ $uuid: 'a8098c1a-f86e-11da-bd1a-00112444be1e' }, new Uuid('a8098c1a-f86e-11da-bd1a-00112444be1e')],
  [{ $datetime: '2024-01-02T03:04:05.000Z' }, new Date(Date.UTC(2024, 0, 2, 3, 4, 5))],
  [{ $date: '2024-02-29' }, new PlainDate('2024-02-29')],
  [{ $seconds: 1.9 }, new Seconds(1.9)],
  [{ $markup: '<b>' }, new Markup('<b>')],
  [
    {
      $multidict: [
        ['a', '1'],
        ['a', '2'],
      ],
    },
    new Pairs([
      ['a', '1'],
      ['a', '2'],
    ]),
  ],
  [{ $dict: [[1, 'x']] }, new Map([[1, 'x']])],
]

describe('decode and encode', () => {
  it.each(FORMS.map(([json, value]) => [JSON.stringify(json), json, value] as const))(
    '%s',
    (_, json, value) => {
      expect(decode(json)).toEqual(value)
      expect(encode(value)).toEqual(json)
    },
  )

  it.each<[Json, unknown]>([
    [{ $tuple: [1, { $tuple: [] }] }, [1, []]],
    [
      {
        $bytes_runs: [
          ['YQ==', 3],
          ['Yg==', 1],
        ],
      },
      new TextEncoder().encode('aaab'),
    ],
    [
      {
        $str_runs: [
          ['ab', 2],
          ['c', 1],
        ],
      },
      'ababc',
    ],
    [{ $headers: [['A', '1']] }, [['A', '1']]],
    [{ $datetime: '2024-01-02T03:04:05.123456' }, new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 123))],
    [{ $datetime: '2024-01-02T03:04:05+01:00' }, new Date(Date.UTC(2024, 0, 2, 2, 4, 5))],
  ])('%j can be read', (json, value) => {
    expect(decode(json)).toEqual(value)
  })

  it.each<[unknown, Json]>([
    [undefined, null],
    [{ a: undefined }, { a: null }],
    [new Map([['a', 1]]), { a: 1 }],
    [new Map([['$a', 1]]), { $dict: [['$a', 1]] }],
    [{ $multidict: [['a', new Uint8Array([97])]] }, { $multidict: [['a', { $bytes: 'YQ==' }]] }],
    [{ $other: 1 }, { $dict: [['$other', 1]] }],
  ])('%o is written as %j', (value, json) => {
    expect(encode(value)).toEqual(json)
  })

  it('writes a small bigint as a number', () => {
    expect(encode(5n)).toBe(5)
  })

  it('keeps a key that is the name of a member of all objects', () => {
    const decoded = decode(JSON.parse('{"__proto__": 1}') as Json)
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
    expect(Object.entries(decoded as object)).toEqual([['__proto__', 1]])
  })

  it('refuses a form that it does not know', () => {
    expect(() => decode({ $complex: 1 })).toThrow(/\$complex is unknown.*\$bytes/)
  })

  it('refuses what has no recorded form, and says what to return', () => {
    class Accept {}
    expect(() => encode([new Accept()])).toThrow(/instance of Accept.*plain data/)
    expect(() => encode(() => 1)).toThrow(/A function/)
  })
})

describe('encodeError', () => {
  it('tells the class and the data that are compared', () => {
    const rule = { rule: '/a', endpoint: 'a', matcher: () => null }
    const error = Object.assign(new Error('no'), {
      name: 'RequestRedirect',
      code: 308,
      newUrl: '/x',
      validMethods: new Set(['GET']),
      existing: rule,
    })
    expect(encodeError(error)).toEqual({
      type: 'RequestRedirect',
      message: 'no',
      code: 308,
      new_url: '/x',
      valid_methods: ['GET'],
      existing: { rule: '/a', endpoint: 'a' },
    })
  })

  it('tells what was thrown instead of an error', () => {
    expect(encodeError('oops')['type']).toBe('string (not an Error)')
  })
})
