import { describe, expect, it } from 'vitest'
import { compareOutcome, differenceOf, type Outcome } from './compare.ts'
import type { Expectation, Json } from './values.ts'

describe('differenceOf', () => {
  it.each<[Json, Json]>([
    [1, 1],
    [1, { $int: '1' }],
    [0, -0],
    [{ $float: 'nan' }, { $float: 'nan' }],
    [{ $tuple: [1, 2] }, [1, 2]],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [
      {
        $dict: [
          [1, 'a'],
          ['b', 2],
        ],
      },
      {
        $dict: [
          ['b', 2],
          [1, 'a'],
        ],
      },
    ],
    [{ a: 1 }, { $dict: [['a', 1]] }],
    [{ $set: ['a', 'b'] }, { $set: ['b', 'a'] }],
    [{ $bytes_runs: [['YQ==', 2]] }, { $bytes: 'YWE=' }],
    [{ $str_runs: [['a', 2]] }, 'aa'],
    [{ $uuid: 'ABCD' }, 'abcd'],
    [{ $datetime: '2024-01-01T00:00:00' }, { $datetime: '2024-01-01T01:00:00.000+01:00' }],
    [{ $datetime: '2024-01-01T00:00:00.123456' }, { $datetime: '2024-01-01T00:00:00.123Z' }],
    [{ status: '404 NOT FOUND' }, { status: 404 }],
    [{ raises: 'KeyError' }, { raises: { type: 'RangeError' } }],
    [{ raises: 'NotFound' }, { raises: { type: 'NotFound', code: 404 } }],
  ])('%j equals %j', (expected, actual) => {
    expect(differenceOf(expected, actual)).toBeNull()
  })

  it.each<[Json, Json]>([
    [1, 2],
    [1, true],
    [1, '1'],
    [null, false],
    [{ $float: 'nan' }, 0],
    [9007199254740992, { $int: '9007199254740993' }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: null }, {}],
    [{ $set: ['a', 'a', 'b'] }, { $set: ['a', 'b', 'b'] }],
    [{ $bytes: 'YQ==' }, 'a'],
    [{ $markup: 'a' }, 'a'],
    ['a', { $markup: 'a' }],
    [{ $seconds: 1 }, 1],
    [
      {
        $multidict: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
      {
        $multidict: [
          ['b', '2'],
          ['a', '1'],
        ],
      },
    ],
    [{ status: '404 Not Found' }, { status: 400 }],
    [{ returned_exception: { type: 'NotFound' } }, { returned_exception: { type: 'Gone' } }],
    [{ raises: 'KeyError' }, { raises: null }],
  ])('%j differs from %j', (expected, actual) => {
    expect(differenceOf(expected, actual)).not.toBeNull()
  })

  it('says where the values part', () => {
    expect(differenceOf({ a: [{ b: 1 }] }, { a: [{ b: 2 }] })).toBe('.a[0].b: expected 1, got 2')
  })

  it('compares a header list as HTTP does', () => {
    const expected = {
      headers: [
        ['Allow', 'GET, HEAD'],
        ['Set-Cookie', 'a'],
        ['Set-Cookie', 'b'],
        ['ETag', 'x'],
      ],
    }
    const same = {
      headers: {
        $headers: [
          ['etag', 'x'],
          ['set-cookie', 'a'],
          ['Set-Cookie', 'b'],
          ['ALLOW', 'HEAD, GET'],
        ],
      },
    }
    const swapped = {
      headers: [
        ['Allow', 'GET, HEAD'],
        ['Set-Cookie', 'b'],
        ['Set-Cookie', 'a'],
        ['ETag', 'x'],
      ],
    }
    expect(differenceOf(expected, same)).toBeNull()
    expect(differenceOf(expected, swapped)).toMatch(/Set-Cookie/)
    expect(differenceOf(expected, { headers: [...expected.headers, ['Vary', 'x']] })).toMatch(/no Vary/)
    expect(differenceOf(expected, { headers: expected.headers.slice(1) })).toMatch(/Allow.*no such header/)
  })
})

describe('compareOutcome', () => {
  it.each<[Expectation, Outcome]>([
    [{ ok: 1 }, { ok: 1 }],
    [
      { raises: { type: 'ValueError', message: 'python' } },
      { raises: { type: 'RangeError', message: 'ours' } },
    ],
    [
      { raises: { type: 'BuildError', endpoint: 'x', method: null, suggested_endpoint: 'y' } },
      { raises: { type: 'BuildError', endpoint: 'x' } },
    ],
    [
      { raises: { type: 'MethodNotAllowed', valid_methods: ['GET', 'HEAD'] } },
      { raises: { type: 'MethodNotAllowed', valid_methods: ['HEAD', 'GET'] } },
    ],
    [
      { raises: { type: 'BadSignature', payload: { $bytes: 'YQ==' } } },
      { raises: { type: 'BadSignature', payload: 'a' } },
    ],
  ])('%j is met by %j', (expected, outcome) => {
    expect(compareOutcome(expected, outcome)).toBeNull()
  })

  it.each<[Expectation, Outcome]>([
    [{ ok: 1 }, { raises: { type: 'TypeError' } }],
    [{ raises: { type: 'ValueError' } }, { ok: null }],
    [{ raises: { type: 'NotFound' } }, { raises: { type: 'TypeError' } }],
    [{ raises: { type: 'NotFound', code: 404 } }, { raises: { type: 'NotFound' } }],
    [
      { raises: { type: 'RequestRedirect', new_url: '/a' } },
      { raises: { type: 'RequestRedirect', new_url: '/b' } },
    ],
  ])('%j is not met by %j', (expected, outcome) => {
    expect(compareOutcome(expected, outcome)).not.toBeNull()
  })
})
