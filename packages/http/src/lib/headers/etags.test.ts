import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { ETags, generateETag, MAX_ETAGS, parseETags, quoteETag, unquoteETag } from './etags.ts'
import { isResourceModified } from './is-resource-modified.ts'

describe('parseETags', () => {
  it.each([
    [null, [], []],
    ['"a", W/"b"', ['a'], ['b']],
    ['a,b', ['a', 'b'], []],
    [' "a" , w/"b" ', ['a'], ['b']],
    ['"a,b"', ['a,b'], []],
    ['"a" "b"', ['a" "b'], []],
    ['""', [''], []],
    [', ,"a"', ['a'], []],
    ['"open, b', ['"open', 'b'], []],
  ])('reads %j', (header, strong, weak) => {
    const etags = parseETags(header)
    expect([...etags]).toEqual(strong)
    expect([...etags.toSet({ includeWeak: true })].filter((tag) => etags.isWeak(tag))).toEqual(weak)
    expect(etags.size).toBe(strong.length + weak.length)
  })

  it('compares strongly and weakly', () => {
    const etags = parseETags('"a", W/"b"')
    expect([etags.contains('a'), etags.contains('b'), etags.containsWeak('b')]).toEqual([true, false, true])
    expect([etags.containsRaw('"b"'), etags.containsRaw('W/"b"'), etags.containsRaw('')]).toEqual([
      false,
      true,
      false,
    ])
    expect(etags.toHeader()).toBe('"a", W/"b"')
  })

  it('takes a star for any tag', () => {
    const etags = parseETags('"a", *')
    expect([etags.starTag, etags.contains('x'), etags.isStrong('a'), etags.size]).toEqual([
      true,
      true,
      false,
      1,
    ])
    expect(etags.toHeader()).toBe('*')
  })

  it('takes 64 tags at most, in linear time (L14, R27)', () => {
    expect(parseETags(Array.from({ length: 1000 }, (_, i) => `"${i}"`).join()).size).toBe(MAX_ETAGS)
    for (const piece of ['"a,', '" ', '"', ',', 'W/']) {
      expect(growthOf((n) => parseETags(`"${piece.repeat(n)}x`))).toBeLessThan(1.7)
    }
  })

  it('quotes and unquotes', () => {
    expect([quoteETag('a'), quoteETag('a', true)]).toEqual(['"a"', 'W/"a"'])
    expect([unquoteETag(' W/"a" '), unquoteETag('a'), unquoteETag('')]).toEqual([
      ['a', true],
      ['a', false],
      null,
    ])
    for (const tag of ['a"b', 'a\r\n', 'a\0', '€']) expect(() => quoteETag(tag)).toThrow(TypeError)
    expect(new ETags(['a'], ['b']).toHeader()).toBe('"a", W/"b"')
  })

  it('makes a tag of content: its SHA-1', () => {
    expect(generateETag('hello')).toBe('aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d')
    expect(generateETag(new Uint8Array(0))).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709')
  })
})

describe('isResourceModified', () => {
  const date = 'Tue, 02 Jan 2024 03:04:05 GMT'
  const later = 'Tue, 02 Jan 2024 03:04:06 GMT'

  it.each([
    ['nothing is asked', { etag: 'a' }, true],
    ['the tag is known', { etag: 'a', ifNoneMatch: '"a"' }, false],
    ['the tag is known weakly', { etag: 'W/"a"', ifNoneMatch: '"a"' }, false],
    ['another tag is known', { etag: 'a', ifNoneMatch: '"b"' }, true],
    ['any tag will do', { etag: 'a', ifNoneMatch: '*' }, false],
    [
      'tags go before dates',
      { etag: 'a', ifNoneMatch: '"b"', lastModified: date, ifModifiedSince: date },
      true,
    ],
    [
      'the date is known',
      { lastModified: new Date('2024-01-02T03:04:05.999Z'), ifModifiedSince: date },
      false,
    ],
    ['the date is later', { lastModified: later, ifModifiedSince: date }, true],
    ['the date is garbage', { lastModified: date, ifModifiedSince: 'x' }, true],
    ['the tag that must match does', { etag: 'a', ifMatch: '"a"' }, true],
    ['the tag that must match does not', { etag: 'a', ifMatch: '"b"' }, false],
    ['weak tags match nothing', { etag: 'a', ifMatch: 'W/"a"' }, false],
    [
      'the range is of this date',
      { lastModified: date, range: 'x', ifRange: date, ignoreIfRange: false },
      false,
    ],
    ['the range is of another tag', { etag: 'a', range: 'x', ifRange: '"b"', ignoreIfRange: false }, true],
    ['there is no range', { etag: 'a', ifRange: '"a"', ignoreIfRange: false }, true],
    [
      'the tag is made of data',
      { data: new Uint8Array(0), ifNoneMatch: '"da39a3ee5e6b4b0d3255bfef95601890afd80709"' },
      false,
    ],
  ])('%s', (_, conditions, expected) => {
    expect(isResourceModified(conditions)).toBe(expected)
  })

  it('takes a tag or data', () => {
    expect(() => isResourceModified({ etag: 'a', data: new Uint8Array(1) })).toThrow(
      'either `etag` or `data`',
    )
  })
})
