import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = {}

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('escape, safe and forceescape', () => {
  check([
    ["'<\"\\'&>'|e", '&lt;&#34;&#39;&amp;&gt;'],
    ["'<b>'|safe|e", '<b>'],
    ["'<b>'|safe|forceescape", '&lt;b&gt;'],
    ['5|e', '5'],
    ['none|escape', 'None'],
    ["['<']|e", '[&#39;&lt;&#39;]'],
  ])
})

describe('striptags', () => {
  check([
    ["'<p>a <b>b</b>\\n  c</p><!-- x -->&amp;&eacute;&#39;&lt;'|striptags", "a b c&é'<"],
    ["'a < b'|striptags", 'a < b'],
    ["'<!-- <b>'|striptags", ''],
    ["'&notit; &Alpha;&hearts;&bogus;&#0;&#128;'|striptags", '¬it; Α♥&bogus;�€'],
  ])
})

describe('xmlattr', () => {
  check([
    [
      "{'class': 'a b', 'id': none, 'title': '<\"', 'n': 5, 'u': missing}|xmlattr",
      ' class="a b" title="&lt;&#34;" n="5"',
    ],
    ["{'a': 1}|xmlattr(false)", 'a="1"'],
    ['{}|xmlattr', ''],
    ["{'<': 1, '@click': 'x'}|xmlattr", ' &lt;="1" @click="x"'],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ['[1]|xmlattr', 'AttributeError', "'list' object has no attribute 'items'"],
    ["{'a b': 1}|xmlattr", 'ValueError', "Invalid character in attribute name: 'a b'"],
    ["{'a>b': 1}|xmlattr", 'ValueError', "Invalid character in attribute name: 'a>b'"],
    ["{'a/b': 1}|xmlattr", 'ValueError', "Invalid character in attribute name: 'a/b'"],
    ["{'a=b': 1}|xmlattr", 'ValueError', "Invalid character in attribute name: 'a=b'"],
    ["{'a\\x0cb': 1}|xmlattr", 'ValueError', "Invalid character in attribute name: 'a\\x0cb'"],
    ['{1: 1}|xmlattr', 'TypeError', "expected string or bytes-like object, got 'int'"],
    ['missing|xmlattr', 'UndefinedError', "'missing' is undefined"],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
