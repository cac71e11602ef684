import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import { Markup, stripTags } from '../index.ts'

describe('stripTags', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['Main &raquo;\t<em>About</em>', 'Main » About'],
    ['a<br>b', 'ab'],
    [' a \n\n <p> b </p> ', 'a b'],
    ['<!-- <b> --> x', 'x'],
    ['<!-->x', 'x'],
    ['<!--->x', 'x'],
    ['a<!-- never closed <b>c', 'ac'],
    ['a < b', 'a < b'],
    ['<<b>>x', '>x'],
    ['<!<!-- x -->-- y -->z', 'z'],
    ['<<!-- -->b>x', 'x'],
    ['&lt;b&gt;', '<b>'],
    ['<script>alert(1)</script>', 'alert(1)'],
    ['\x1c\u00a0\u2003x\x85', 'x'],
  ])('makes %j to %j', (html, text) => {
    expect(stripTags(new Markup(html))).toBe(text)
    expect(stripTags(html)).toBe(text)
  })

  it.each(['<', '<!--', '<!-- -->', '<!', '-->', '<!--->', '<b', '&lt;', '< '])(
    'takes linear time for %j repeated',
    (piece) => {
      expect(growthOf((n) => stripTags(piece.repeat(n / 4)))).toBeLessThan(1.7)
    },
  )

  it('takes linear time for comments inside comments', () => {
    expect(growthOf((n) => stripTags('<!<!-- -->--'.repeat(n / 4) + ' -->'.repeat(n / 4)))).toBeLessThan(1.7)
  })
})
