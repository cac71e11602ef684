import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import {
  escapeSilent,
  escapeToString,
  escape as escapeValue,
  htmlOf,
  htmlSymbol,
  Markup,
  softStr,
  unescape as unescapeHtml,
} from '../index.ts'

const LONG = 'long enough that the other way of replacing is taken, '.repeat(3)

describe('escapeToString', () => {
  it.each([
    ['', ''],
    ['plain ü 😀', 'plain ü 😀'],
    ['abcd&><\'"efgh', 'abcd&amp;&gt;&lt;&#39;&#34;efgh'],
    ['&><\'"', '&amp;&gt;&lt;&#39;&#34;'],
    ['&amp;', '&amp;amp;'],
    ['<', '&lt;'],
  ])('writes %j as %j, short and long', (text, escaped) => {
    expect(escapeToString(text)).toBe(escaped)
    expect(escapeToString(LONG + text)).toBe(LONG + escaped)
  })

  it('leaves nothing that ends text or a quoted attribute, and loses nothing', () => {
    const pieces = fc.constantFrom('&', '<', '>', '"', "'", 'a', '\\', '$&', '😀')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 100 }), (parts) => {
        const text = parts.join('')
        const escaped = escapeToString(text)
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|#34|#39);)/)
        expect(unescapeHtml(escaped)).toBe(text)
      }),
    )
  })

  it('takes linear time', () => {
    expect(growthOf((n) => escapeToString('<&'.repeat(n)))).toBeLessThan(1.7)
  })
})

describe('escape', () => {
  class Link {
    __html__(): string {
      return '<a>'
    }
  }

  it.each([
    ['text', '<', '&lt;'],
    ['a number', 1.5, '1.5'],
    ['a big integer', 10n ** 20n, '100000000000000000000'],
    ['a boolean', true, 'true'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['an array', ['<', 1], '&lt;,1'],
    ['Markup', new Markup('<b>'), '<b>'],
    ['an object of a class with __html__', new Link(), '<a>'],
    ['an object with the symbol', { [htmlSymbol]: () => '<i>' }, '<i>'],
    ['an object with its own __html__ method', { __html__: () => new Markup('<u>') }, '<u>'],
    ['another object', { toString: () => '<o>' }, '&lt;o&gt;'],
  ])('gives the HTML of %s', (_, value, expected) => {
    expect(escapeValue(value).toString()).toBe(expected)
    expect(htmlOf(value)).toBe(expected)
  })

  it('does not trust data that looks like HTML (S78)', () => {
    const data: unknown = JSON.parse('{"__html__": "<script>", "text": "<script>"}')
    expect(escapeValue(data).toString()).toBe('[object Object]')
    expect(escapeValue(JSON.parse('["<script>"]')).toString()).toBe('&lt;script&gt;')
    const fake = Object.assign(Object.create(null), { __html__: '<script>', toString: () => '<script>' })
    expect(escapeValue(fake).toString()).toBe('&lt;script&gt;')
  })

  it('keeps the object that is Markup already', () => {
    const markup = new Markup('<b>')
    expect(escapeValue(markup)).toBe(markup)
  })
})

describe('escapeSilent and softStr', () => {
  it('print nothing for null and undefined', () => {
    expect([null, undefined, 0, '<'].map((value) => escapeSilent(value).toString())).toEqual([
      '',
      '',
      '0',
      '&lt;',
    ])
  })

  it('keep Markup, and make text of the rest', () => {
    const markup = new Markup('&lt;')
    expect(softStr(markup)).toBe(markup)
    expect(softStr(5)).toBe('5')
    expect(escapeValue(softStr(markup)).toString()).toBe('&lt;')
  })
})
