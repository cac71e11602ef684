import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = { long: 'Hello there, wrapped-up long--long world of 😀😀😀😀😀😀😀😀😀😀😀😀' }

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('urlencode', () => {
  check([
    ["'a b/c?d&é~'|urlencode", 'a%20b/c%3Fd%26%C3%A9~'],
    ["{'a b': 1, 'c/d': 'é'}|urlencode", 'a+b=1&c%2Fd=%C3%A9'],
    ["[('x', 'y z'), ['q', none]]|urlencode", 'x=y+z&q=None'],
    ['5|urlencode', '5'],
    ['none|urlencode', 'None'],
    ['"!\'()*"|urlencode', '%21%27%28%29%2A'],
    ['[]|urlencode', ''],
  ])
})

describe('urlize', () => {
  check([
    [
      "'see http://example.com/?a=1&b=2, www.x.org. and me@x.de!'|urlize",
      'see <a href="http://example.com/?a=1&amp;b=2" rel="noopener">http://example.com/?a=1&amp;b=2</a>, <a href="https://www.x.org" rel="noopener">www.x.org</a>. and me@x.de!',
    ],
    ["'(http://a.b/c_(d))'|urlize", '(http://a.b/c_(d))'],
    ["'<http://a.b>.'|urlize", '&lt;http://a.b&gt;.'],
    [
      "'https://example.com/long/path'|urlize(12, true, target='_blank', rel='ugc')",
      '<a href="https://example.com/long/path" rel="nofollow noopener ugc" target="_blank">https://exam...</a>',
    ],
    [
      "'tel:123 ftp://x mailto:a@b.de x:y@z.de @a@b.de'|urlize(extra_schemes=['tel:'])",
      '<a href="tel:123" rel="noopener">tel:123</a> ftp://x <a href="mailto:a@b.de">a@b.de</a> x:y@z.de @a@b.de',
    ],
    [
      "'http://1.2.3.4:80/x https://[::1]/ http://ä.com foo.com x.info/y?z a.net#b www.x.y'|urlize",
      '<a href="http://1.2.3.4:80/x" rel="noopener">http://1.2.3.4:80/x</a> <a href="https://[::1]/" rel="noopener">https://[::1]/</a> <a href="http://ä.com" rel="noopener">http://ä.com</a> <a href="https://foo.com" rel="noopener">foo.com</a> x.info/y?z a.net#b www.x.y',
    ],
    [
      "'HTTP://X.COM a@b@c.de a@b.c.'|urlize",
      '<a href="https://HTTP://X.COM" rel="noopener">HTTP://X.COM</a> <a href="mailto:a@b@c.de">a@b@c.de</a> <a href="mailto:a@b.c">a@b.c</a>.',
    ],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ['[1]|urlencode', 'TypeError', 'cannot unpack non-iterable int object'],
    ['[[1]]|urlencode', 'ValueError', 'not enough values to unpack (expected 2, got 1)'],
    ['[[1, 2, 3]]|urlencode', 'ValueError', 'too many values to unpack (expected 2)'],
    ["'x'|urlize(extra_schemes=['a b:'])", 'FilterArgumentError', "'a b:' is not a valid URI scheme prefix."],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
