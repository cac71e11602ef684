import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import { Markup, unescape as unescapeHtml } from '../index.ts'

describe('unescape', () => {
  it.each([
    ['no references', 'no references'],
    ['&lt;&gt;&amp;&quot;&#39;&#x27;&#X27;', "<>&\"'''"],
    ['&copy &copy; &COPY', '© © ©'],
    ['&notit;', '¬it;'],
    ['&notin;', '∉'],
    ['&ampx', '&x'],
    ['&nosuch; &x &; & &&', '&nosuch; &x &; & &&'],
    ['&CounterClockwiseContourIntegral;', '∳'],
    ['&acE;', '∾̳'],
    ['&#0; &#xd800; &#x110000; &#99999999999999999999;', '\ufffd \ufffd \ufffd \ufffd'],
    ['&#128;&#150;&#x81;', '€–\x81'],
    ['&#13;&#1;&#xfdd0;&#x1ffff;&#12;', '\r\f'],
    ['&#65 &#x41z', 'A Az'],
    ['&# &#x &#xg;', '&# &#x &#xg;'],
    ['&constructor;&__proto__;', '&constructor;&__proto__;'],
  ])('makes %j to %j', (html, text) => {
    expect(unescapeHtml(html)).toBe(text)
    expect(unescapeHtml(new Markup(html))).toBe(text)
  })

  it('does nothing to text without an ampersand', () => {
    fc.assert(fc.property(fc.string(), (text) => text.includes('&') || unescapeHtml(text) === text))
  })

  it.each(['&', '&a', '&#', '&#1', '&#x', '&notit', `&${'a'.repeat(40)}`])(
    'takes linear time for %j repeated',
    (piece) => {
      expect(growthOf((n) => unescapeHtml(piece.repeat(n / 4)))).toBeLessThan(1.7)
    },
  )

  it('takes linear time for one long number', () => {
    expect(growthOf((n) => unescapeHtml(`&#${'9'.repeat(n)}`))).toBeLessThan(1.7)
  })
})
