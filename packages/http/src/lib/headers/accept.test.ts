import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { parseAccept, parseCharsetAccept, parseLanguageAccept, parseMimeAccept } from './accept.ts'

describe('parseAccept', () => {
  it('sorts by specificity, then quality', () => {
    const accept = parseAccept('*;q=0.9, gzip;q=0.5, br')
    expect([...accept]).toEqual([
      ['br', 1],
      ['gzip', 0.5],
      ['*', 0.9],
    ])
    expect([...accept.values()]).toEqual(['br', 'gzip', '*'])
    expect(accept.best).toBe('br')
    expect(accept.toHeader()).toBe('br,gzip;q=0.5,*;q=0.9')
    expect([accept.quality('zstd'), accept.has('zstd'), accept.indexOf('GZIP')]).toEqual([0.9, true, 1])
  })

  it('tells an absent header from an empty choice', () => {
    expect(parseAccept(null).provided).toBe(false)
    expect(parseAccept('gzip;q=2').provided).toBe(true)
    expect(parseAccept('gzip;q=2').size).toBe(0)
    expect(parseAccept(null).best).toBeNull()
  })

  it.each(['2', '-1', 'x', '.5', '1.', '1e-1', '0x1', 'nan'])('leaves out an item with q=%s', (q) => {
    expect(parseAccept(`a;q=${q}, b`).toHeader()).toBe('b')
  })

  it('takes 64 items at most, in linear time (L13, R27)', () => {
    expect(parseAccept('a,'.repeat(100_000)).size).toBe(64)
    expect(growthOf((n) => parseMimeAccept('a/b;q=0.1,'.repeat(n)).bestMatch(['text/html']))).toBeLessThan(
      1.5,
    )
  })
})

describe('parseMimeAccept', () => {
  const browser = parseMimeAccept(
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8',
  )

  it('chooses for a browser', () => {
    expect(browser.bestMatch(['application/json', 'text/html'])).toBe('text/html')
    expect(browser.bestMatch(['application/json'])).toBe('application/json')
    expect([browser.acceptHtml, browser.acceptXhtml, browser.acceptJson]).toEqual([true, true, true])
  })

  it.each([
    ['text/*;q=0.8, text/html;q=0.2', ['text/html', 'text/plain'], 'text/plain'],
    ['text/html;level=1, text/html;q=0.4', ['text/html', 'text/html;level=1'], 'text/html;level=1'],
    ['text/html; a=1; b=2', ['text/html;b=2;a=1'], 'text/html;b=2;a=1'],
    ['text/html;q=0', ['text/html'], null],
    ['*/html', ['text/html'], null],
    ['invalid', ['text/html'], null],
    ['a/b, c/d', ['c/d', 'a/b'], 'c/d'],
  ])('%s: of %j it is %s', (header, candidates, expected) => {
    expect(parseMimeAccept(header).bestMatch(candidates)).toBe(expected)
  })

  it('gives the fallback, typed', () => {
    const match: 'a/b' | 'none' = parseMimeAccept('c/d').bestMatch(['a/b'], 'none')
    expect(match).toBe('none')
  })

  it('tells a developer of a bad media type', () => {
    expect(() => browser.has('html')).toThrow('Expected a media type like \'text/html\', got "html".')
    expect(() => browser.has('*/html')).toThrow(TypeError)
  })
})

describe('parseLanguageAccept', () => {
  it.each([
    ['en-US, de;q=0.5', ['de', 'en-US'], 'en-US'],
    ['en-US', ['en'], 'en'],
    ['en', ['de', 'en-GB'], 'en-GB'],
    ['en_us', ['en-US'], 'en-US'],
    ['es-419', ['es-MX'], null],
    ['fr', ['de'], null],
  ])('%s: of %j it is %s', (header, candidates, expected) => {
    expect(parseLanguageAccept(header).bestMatch(candidates)).toBe(expected)
  })

  it('reads 1 KiB at most (L13)', () => {
    expect(parseLanguageAccept(`en, ${'x'.repeat(2000)}, de`).toHeader()).toBe('en')
    expect(parseLanguageAccept('x'.repeat(2000)).size).toBe(0)
  })
})

describe('parseCharsetAccept', () => {
  it('knows charsets by several names', () => {
    expect(parseCharsetAccept('latin1').has('iso-8859-1')).toBe(true)
    expect(parseCharsetAccept('utf8;q=0.5').quality('UTF-8')).toBe(0.5)
    expect(parseCharsetAccept('bogus').bestMatch(['BOGUS'])).toBe('BOGUS')
  })
})
