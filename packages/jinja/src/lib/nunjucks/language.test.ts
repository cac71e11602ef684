import { describe, expect, it } from 'vitest'
import type { TemplateLoader } from '../../nunjucks.ts'
import { Environment } from '../../nunjucks.ts'

const templates: Readonly<Record<string, string>> = {
  'parent.html':
    '{% block header %}This is the default content{% endblock %}<hr>{% block left %}L{% endblock %}',
  'child.html': '{% extends "parent.html" %}{% block left %}This is the left side!{% endblock %}',
  'super.html': '{% extends "parent.html" %}{% block header %}Before {{ super() }}{% endblock %}',
  'forms.html':
    '{% macro field(name, value="", type="text") %}<input type="{{ type }}" name="{{ name }}" value="{{ value | escape }}" />{% endmacro %}' +
    '{% macro label(text) %}<label>{{ text }}</label>{% endmacro %}{% set version = 2 %}{% set _private = 1 %}',
  'item.html': '[{{ item }}{{ outside }}]{% set outside = "changed" %}',
  'context.html': '{% macro show() %}{{ secret }}{% endmacro %}',
}
const loader: TemplateLoader = {
  getSource: (name) => (templates[name] === undefined ? null : { src: templates[name], path: name }),
}
const environment = new Environment(loader)

function render(source: string, variables: Record<string, unknown> = {}): string {
  return environment.renderString(source, variables)
}

type Case = [source: string, expected: string, variables?: Record<string, unknown>]

describe('what the documentation of Nunjucks states', () => {
  it.each<Case>([
    // Variables.
    ['{{ username }}', 'James', { username: 'James' }],
    ['{{ foo.bar }}{{ foo["bar"] }}', '11', { foo: { bar: 1 } }],
    ['{{ foo }}{{ foo.bar }}{{ foo.bar.baz }}{{ nothing }}', '', { nothing: null }],
    // Filters on variables.
    ['{{ foo | title }}', 'Bar Baz', { foo: 'bar baz' }],
    ['{{ foo | join(",") }}', '1,2', { foo: [1, 2] }],
    ['{{ foo | replace("foo", "bar") | capitalize }}', 'Bar', { foo: 'foo' }],
    // if
    ['{% if variable %}It is true{% endif %}', 'It is true', { variable: 1 }],
    [
      '{% if hungry %}I am hungry{% elif tired %}I am tired{% else %}I am good!{% endif %}',
      'I am tired',
      { tired: 1 },
    ],
    ['{% if a %}{% elseif tired %}tired{% endif %}', 'tired', { tired: 1 }],
    ['{% if happy and hungry %}both{% endif %}{% if sad or hungry %}one{% endif %}', 'one', { hungry: true }],
    ['{{ "true" if foo else "false" }}', 'true', { foo: 1 }],
    ['{{ baz(foo if foo else "default") }}', 'got default', { baz: (value: string) => `got ${value}` }],
    // for
    [
      '{% for item in items %}<li>{{ item.title }}</li>{% else %}<li>This would display if the list were empty</li>{% endfor %}',
      '<li>foo</li><li>bar</li>',
      { items: [{ title: 'foo' }, { title: 'bar' }] },
    ],
    ['{% for item in items %}{% else %}empty{% endfor %}', 'empty', { items: [] }],
    ['{% for a, b in food %}{{ a }} of {{ b }};{% endfor %}', 'a of 5;b of 6;', { food: { a: 5, b: 6 } }],
    [
      '{% for x, y, z in points %}{{ x }}{{ y }}{{ z }} {% endfor %}',
      '012 567 ',
      {
        points: [
          [0, 1, 2],
          [5, 6, 7],
        ],
      },
    ],
    [
      '{% for k, v in m %}{{ k }}={{ v }} {% endfor %}',
      'a=1 b=2 ',
      {
        m: new Map([
          ['a', 1],
          ['b', 2],
        ]),
      },
    ],
    ['{% for each in s %}{{ each }}{% endfor %}', 'ab', { s: new Set(['a', 'b']) }],
    [
      '{% for i in [7, 8, 9] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}',
      '1032truefalse3 2121falsefalse3 3210falsetrue3 ',
    ],
    // macro and call
    [
      '{% macro field(name, value="", type="text") %}<{{ type }} {{ name }}={{ value }}>{% endmacro %}{{ field("user") }}{{ field("pass", type="password") }}',
      '<text user=><password pass=>',
    ],
    [
      '{% macro add(x, y) %}{{ caller() }}: {{ x + y }}{% endmacro %}{% call add(1, 2) -%}The result is{%- endcall %}',
      'The result is: 3',
    ],
    [
      '{% macro rows(list) %}{% for i in list %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(row) rows([1, 2]) %}<{{ row }}>{% endcall %}',
      '<1><2>',
    ],
    // set
    ['{{ username }}{% set username = "joe" %}{{ username }}', 'annjoe', { username: 'ann' }],
    ['{% set x, y, z = 5 %}{{ x }}{{ y }}{{ z }}', '555'],
    ['{% set table %}<b>{{ 1 + 1 }}</b>{% endset %}{{ table | safe }}', '<b>2</b>'],
    ['{% for i in [1, 2] %}{% set inside = i %}{{ inside }}{% endfor %}{{ inside }}', '12'],
    ['{% set n = 0 %}{% for i in [1, 2] %}{% set n = n + i %}{% endfor %}{{ n }}', '3'],
    // Inheritance, includes, imports.
    ['{% include "child.html" %}', 'This is the default content<hr>This is the left side!'],
    ['{% include "super.html" %}', 'Before This is the default content<hr>L'],
    [
      '{% for item in items %}{% include "item.html" %}{% endfor %}{{ outside }}',
      '[1o][2o]o',
      { items: [1, 2], outside: 'o' },
    ],
    ['{% include "missing.html" ignore missing %}.', '.'],
    [
      '{% import "forms.html" as forms %}{{ forms.label("Name") }}{{ forms.version }}{{ forms._private }}',
      '<label>Name</label>2',
    ],
    ['{% from "forms.html" import field, label as description %}{{ description("x") }}', '<label>x</label>'],
    ['{% set label = 1 %}{% from "forms.html" import label %}{{ label("x") }}', '<label>x</label>'],
    ['{% set m = 1 %}{% macro m() %}macro{% endmacro %}{{ m() }}{% set m = 2 %}{{ m }}', 'macro2'],
    ['{% from "context.html" import show %}[{{ show() }}]', '[]', { secret: 's' }],
    ['{% from "context.html" import show with context %}[{{ show() }}]', '[s]', { secret: 's' }],
    // raw, verbatim, filter, switch
    ['{% raw %}this will {{ not be processed }}{% endraw %}', 'this will {{ not be processed }}'],
    ['{% verbatim %}{% if this %}{% endverbatim %}', '{% if this %}'],
    ['{% filter title %}may the force be with you{% endfilter %}', 'May The Force Be With You'],
    [
      '{% filter replace("force", "forth") %}may the force be with you{% endfilter %}',
      'may the forth be with you',
    ],
    [
      '{% switch foo %}{% case "bar" %}first{% case "baz" %}second{% default %}none{% endswitch %}',
      'second',
      { foo: 'baz' },
    ],
    ['{% switch foo %}{% case 1 %}{% case 2 %}both{% default %}none{% endswitch %}', 'both', { foo: 1 }],
    // Expressions.
    ['{{ 2 + 3 }} {{ 10 / 5 }} {{ 10 * 9 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 2 ** 5 }}', '5 2 90 3 3 32'],
    [
      '{{ 1 == 1.0 }}{{ 1 === "1" }}{{ 1 != 2 }}{{ 1 !== "1" }}{{ 2 > 1 }}{{ 2 >= 3 }}',
      'truefalsetruetruetruefalse',
    ],
    ['{{ 1 in [1, 2] }}{{ "a" in "abc" }}{{ "k" in { k: 1 } }}{{ 3 not in [1] }}', 'truetruetruetrue'],
    ['{{ "con" ~ "cat" ~ 1 }}', 'concat1'],
    ['{{ (1, 2)}}{{ ["a", 1] }}{{ { one: 1, two: 2 }.two }}', '2a,12'],
    [
      '{{ foo(1, 2, 3) }}{{ obj.method() }}',
      '6me',
      {
        foo: (...all: number[]) => all.reduce((a, b) => a + b),
        obj: {
          name: 'me',
          method(this: { name: string }) {
            return this.name
          },
        },
      },
    ],
    ['{% set r = r/^foo.*/g %}{% if r.test("foobar") %}Foo in the house!{% endif %}', 'Foo in the house!'],
    ['{{ "a1b22" | replace(r/[0-9]+/g, "#") }}', 'a#b#'],
    // Comments and white space.
    ['a{# Loop through all the users #}b', 'ab'],
    ['{% for i in [1,2,3,4,5] -%}\n  {{ i }}\n{%- endfor %}', '12345'],
    ['a {#- c -#} b', 'ab'],
    ['{{ 1 -}}  b  {{- 2 }}', '1b2'],
    // Escaping.
    [
      '{{ foo }}',
      '&lt;span a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;&#92;`',
      { foo: `<span a="1" b='2'>&\\\`` },
    ],
    ['{{ foo | safe }}', '<span>', { foo: '<span>' }],
    // Globals.
    [
      '{% for i in range(0, 5) -%}{{ i }},{%- endfor %}{{ range(3) }}{{ range(6, 0, -2) }}',
      '0,1,2,3,4,0,1,26,4,2',
    ],
    [
      '{% set cls = cycler("odd", "even") %}{% for row in [1, 2, 3] %}{{ cls.next() }} {% endfor %}{{ cls.current }}',
      'odd even odd odd',
    ],
    ['{% set comma = joiner() %}{% for tag in ["a", "b"] %}{{ comma() }}{{ tag }}{% endfor %}', 'a,b'],
  ])('%s', (source, expected, variables = {}) => {
    expect(render(source, variables)).toBe(expected)
  })
})

describe('filters', () => {
  it.each<Case>([
    ['{{ -3 | abs }}', '3'],
    ['{% for row in [1,2,3,4,5,6,7] | batch(3, "-") %}{{ row | join }};{% endfor %}', '123;456;7--;'],
    ['{{ "This Should Be Capitalized" | capitalize }}', 'This should be capitalized'],
    ['[{{ "fooo" | center(10) }}][{{ "foo" | center(6) }}]', '[   fooo   ][ foo  ]'],
    ['{{ missing | default("d") }}{{ false | default("d") }}{{ false | default("d", true) }}', 'dfalsed'],
    ['{% for k, v in { e: 1, d: 2, c: 3, a: 4, f: 5, b: 6 } | dictsort %}{{ k }}{% endfor %}', 'abcdef'],
    ['{% for pair in { b: 1, a: 2 } | dictsort(false, "value") %}{{ pair }};{% endfor %}', 'b,1;a,2;'],
    ['{{ ["a", 1, { b: true }] | dump | safe }}', '["a",1,{"b":true}]'],
    ['{{ ["a", 1] | dump(2) | safe }}', '[\n  "a",\n  1\n]'],
    [
      '{{ "<html>" | escape }}{{ "<b>" | e | e }}{{ "<b>" | safe | forceescape }}',
      '&lt;html&gt;&lt;b&gt;&lt;b&gt;',
    ],
    [
      '{{ [1,2,3] | first }}{{ [1,2,3] | last }}{{ [1,2,3] | length }}{{ "abc" | length }}{{ { k: 1 } | length }}',
      '13331',
    ],
    [
      '{{ "3.5" | float }}{{ "3.5" | int }}{{ "x" | int(7) }}{{ "x" | float(1.5) }}{{ "ff" | int(base=16) }}',
      '3.5371.5255',
    ],
    [
      '{% for type, all in items | groupby("type") %}{{ type }}: {{ all | join(",", "name") }}; {% endfor %}',
      'green: a,b; blue: c; ',
      {
        items: [
          { name: 'a', type: 'green' },
          { name: 'b', type: 'green' },
          { name: 'c', type: 'blue' },
        ],
      },
    ],
    [
      '{{ "one\ntwo\nthree" | indent }}|{{ "one\ntwo" | indent(2, true) }}',
      'one\n    two\n    three|  one\n  two',
    ],
    [
      '{{ items | join }}{{ items | join("-") }}{{ [{ n: 1 }, { n: 2 }] | join(",", "n") }}',
      '121-21,2',
      { items: [1, 2] },
    ],
    [
      '{% for c in "ab" | list %}{{ c }}.{% endfor %}{% for e in { a: 1 } | list %}{{ e.key }}{{ e.value }}{% endfor %}',
      'a.b.a1',
    ],
    ['{{ "fOObAr" | lower }}{{ "foo" | upper }}', 'foobarFOO'],
    ['{{ "foo\nbar" | safe | nl2br }}', 'foo<br />\nbar'],
    ['{{ [5] | random }}', '5'],
    ['{{ [0, 1, 2, 3, 4] | reject("odd") }}|{{ [0, 1, 2, 3, 4] | select("odd") }}', '0,2,4|1,3'],
    [
      '{{ foods | rejectattr("tasty") | length }}{{ foods | selectattr("tasty") | length }}',
      '12',
      { foods: [{ tasty: true }, { tasty: false }, { tasty: true }] },
    ],
    [
      '{{ 123 | replace("23", "x") }}{{ "aaabbb" | replace("a", "x", 2) }}{{ "letter" | replace("", ".") }}',
      '1xxxabbb.l.e.t.t.e.r.',
    ],
    ['{{ "aXa" | replace("a", "$&$1") }}{{ "aa" | replace("a", "b", 0) }}', '$&amp;$1X$&amp;$1aa'],
    ['{{ "abcdef" | reverse }}{{ [1, 2] | reverse }}', 'fedcba2,1'],
    [
      '{{ 4.5 | round }}{{ 4 | round(0, "floor") }}{{ 4.12346 | round(4) }}{{ 4.1 | round(0, "ceil") }}',
      '544.12355',
    ],
    ['{% for column in [1,2,3,4,5] | slice(3) %}{{ column }};{% endfor %}', '1,2;3,4;5;'],
    [
      '{{ [3, 1, 2] | sort }}{{ ["b", "A"] | sort }}{{ ["b", "A", "a"] | sort(true, true) }}',
      '1,2,3A,bb,a,A',
    ],
    [
      '{{ items | sort(attribute="age", reverse=true) | join(",", "age") }}',
      '3,2,1',
      { items: [{ age: 2 }, { age: 3 }, { age: 1 }] },
    ],
    ['{% for item in 5 | string | list %}{{ item }}{% endfor %}', '5'],
    [
      '{{ "<p>a  <b>b</b></p> <!-- c --> d" | striptags }}|{{ "<p>a</p>\n\n\n\nb" | striptags(true) }}',
      'a b d|a\n\nb',
    ],
    ['{{ [1, 2, 3] | sum }}{{ [{ v: 1 }, { v: 2 }] | sum("v", 10) }}', '613'],
    ['{{ "foo bar baz" | title }}[{{ "  foo " | trim }}]', 'Foo Bar Baz[foo]'],
    [
      '{{ "foo bar" | truncate(3) }}|{{ "foo bar" | truncate(5) }}|{{ "foo bar" | truncate(5, true, "?") }}',
      'foo...|foo...|foo b?',
    ],
    [
      '{{ "see http://foo.com/?x=1&y=2" | urlencode }}{{ [[1, 2], ["a&b", "c"]] | urlencode | safe }}',
      'see%20http%3A%2F%2Ffoo.com%2F%3Fx%3D1%26y%3D21=2&a%26b=c',
    ],
    [
      '{{ "foo http://www.example.com/ bar" | urlize | safe }}',
      'foo <a href="http://www.example.com/">http://www.example.com/</a> bar',
    ],
    [
      '{{ "http://mozilla.github.io/" | urlize(10, true) | safe }}',
      '<a href="http://mozilla.github.io/" rel="nofollow">http://moz</a>',
    ],
    ['{{ "foo bar baz" | wordcount }}', '3'],
    ['{{ nul | upper }}{{ und | title }}{{ und | trim if und }}{{ nul | length }}', '0', { nul: null }],
  ])('%s', (source, expected, variables = {}) => {
    expect(render(source, variables)).toBe(expected)
  })
})

describe('tests', () => {
  it.each<Case>([
    ['{{ f is callable }}{{ 1 is callable }}', 'truefalse', { f: () => 1 }],
    [
      '{{ x is defined }}{{ x is not undefined }}{{ y is defined }}{{ y is undefined }}',
      'truetruefalsetrue',
      { x: 1 },
    ],
    [
      '{{ 6 is divisibleby(3) }}{{ 1 is eq(1) }}{{ 1 is equalto("1") }}{{ 1 is sameas(1) }}{{ 1 is ne(1) }}',
      'truetruefalsetruefalse',
    ],
    ['{{ 2 is even }}{{ 2 is odd }}{{ 0 is falsy }}{{ 1 is truthy }}', 'truefalsetruetrue'],
    [
      '{{ 2 is ge(2) }}{{ 2 is gt(2) }}{{ 2 is greaterthan(1) }}{{ 2 is le(1) }}{{ 2 is lt(3) }}{{ 2 is lessthan(2) }}',
      'truefalsetruefalsetruefalse',
    ],
    [
      '{{ "a" is lower }}{{ "a" is upper }}{{ "a" is string }}{{ 1 is number }}{{ n is null }}{{ n is none }}',
      'truefalsetruetruetruetrue',
      { n: null },
    ],
    [
      '{{ [1] is iterable }}{{ 1 is iterable }}{{ {} is mapping }}{{ [] is mapping }}{{ ("a" | safe) is escaped }}',
      'truefalsetruefalsetrue',
    ],
  ])('%s', (source, expected, variables = {}) => {
    expect(render(source, variables)).toBe(expected)
  })
})

describe('values are those of JavaScript', () => {
  it.each<Case>([
    [
      '{{ true }} {{ null }}{{ none }}{{ [1, [2, null]] }} {{ {} }} {{ 1.0 }} {{ 0.1 + 0.2 }}',
      'true 1,2, [object Object] 1 0.30000000000000004',
    ],
    ['{{ "1" + 1 }}{{ 1 + 1 }}{{ "3" * "4" }}{{ 1 / 0 }}', '11212Infinity'],
    [
      '{% if [] %}list{% endif %}{% if "" %}text{% endif %}{% if 0 %}zero{% endif %}{% if {} %}object{% endif %}',
      'listobject',
    ],
    ['{{ 3 > 2 > 1 }}', 'false'],
    ['{{ "a" + 1 - 1 }}{{ 2 + 3 ~ 4 }}{{ 8 / 4 * 2 }}', 'NaN544'],
    ['{{ not 1 - 2 }}{{ not 5 * 2 }}{{ not (a == "b") }}', '-20true', { a: 'c' }],
    ['{% if not a == "b" %}yes{% else %}no{% endif %}', 'no', { a: 'c' }],
    ['{{ nul or "x" }}{{ 0 and 1 }}{{ "a" and "b" }}', 'x0b', { nul: null }],
    ['{% if safe %}true{% endif %}', 'true', { safe: environment.renderString('{{ "" | safe }}') === '' }],
    [
      '{{ list.length }}{{ list.indexOf(2) }}{{ "a-b".split("-")[1] }}{{ when.getTime() }}',
      '21b0',
      { list: [1, 2], when: new Date(0) },
    ],
    [
      '{{ f(1, b=2) }}',
      '{"b":2,"__keywords":true}',
      { f: (_: number, named: unknown) => JSON.stringify(named) as unknown },
    ],
  ])('%s', (source, expected, variables = {}) => {
    expect(render(source, variables).replaceAll('&quot;', '"')).toBe(expected)
  })
})

describe('options', () => {
  it('trimBlocks and lstripBlocks drop lines of tags', () => {
    const trimming = new Environment(null, { trimBlocks: true, lstripBlocks: true })
    expect(
      trimming.renderString('<ul>\n  {% for i in [1, 2] %}\n  <li>{{ i }}</li>\n  {% endfor %}\n</ul>'),
    ).toBe('<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>')
  })

  it('tags can be written otherwise', () => {
    const tags = {
      blockStart: '<%',
      blockEnd: '%>',
      variableStart: '<$',
      variableEnd: '$>',
      commentStart: '<#',
      commentEnd: '#>',
    }
    const own = new Environment(null, { tags })
    expect(
      own.renderString('<% if x %><$ x $><% endif %><# no #>{{ x }}<% raw %><$ y $><% endraw %>', { x: 1 }),
    ).toBe('1{{ x }}<$ y $>')
  })

  it('autoescape can be off', () => {
    expect(new Environment(null, { autoescape: false }).renderString('{{ "<>" }}{{ "<>" | escape }}')).toBe(
      '<>&lt;&gt;',
    )
  })

  it('throwOnUndefined makes printing nothing an error', () => {
    const strict = new Environment(null, { throwOnUndefined: true })
    expect(() => strict.renderString('a\n {{ missing }}')).toThrow(
      '(unknown path) [Line 2, Column 5]\n  attempted to output null or undefined value',
    )
    expect(strict.renderString('{% if missing %}{% endif %}{{ "" }}')).toBe('')
  })
})

describe('errors', () => {
  it.each<[source: string, message: string]>([
    ['{{ nope() }}', 'Unable to call `nope`, which is undefined or falsey'],
    ['{{ a.b() }}', 'Unable to call `a["b"]`, which is undefined or falsey'],
    ['{{ x() }}', 'Unable to call `x`, which is not a function'],
    ['{{ x | nofilter }}', 'filter not found: nofilter'],
    ['{{ x is notest }}', 'test not found: notest'],
    ['{% include "missing.html" %}', 'template not found: missing.html'],
    ['{% from "forms.html" import nothing %}', "cannot import 'nothing'"],
    ['{% from "forms.html" import _private %}', 'names starting with an underscore cannot be imported'],
    ['{% unknown %}', 'unknown block tag: unknown'],
    ['{% if x %}', 'parseIf: expected elif, else, or endif, got end of file'],
    ['{% for x in y %}', 'expected endfor or else, got end of file'],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', 'Block "a" defined more than once.'],
    ['{{ x', 'expected variable end'],
    ['{{ x y }}', 'expected variable end'],
    ['{# x', 'expected end of comment, got end of file'],
    ['{{ { 1: 2 } }}', 'Dict keys must be strings or names'],
    ['{{ r/(/ }}', 'Invalid regular expression'],
    ['{% raw %}', 'expected endraw, got end of file'],
  ])('%s', (source, message) => {
    expect(() => render(source, { x: 1 })).toThrow(message)
  })

  it('refuse absurd nesting', () => {
    for (const open of [
      '{% if x %}',
      '{{ (',
      '{{ [',
      '{{ not ',
      '{{ -',
      '{{ f(',
      '{% for x in y %}',
      '{% if x %}{% else %}',
    ]) {
      const rest = open.startsWith('{{') ? open.slice(3) : open
      expect(() => render(open + rest.repeat(1000)), open).toThrow('more than 200 levels of nesting')
    }
  })

  it('say where, and keep what was thrown', () => {
    const cause = new RangeError('too far')
    const fail = (): never => {
      throw cause
    }
    expect(() => render('\n  {{ fail() }}', { fail })).toThrow(
      expect.objectContaining({
        name: 'Template render error',
        message: '(unknown path) [Line 2, Column 10]\n  RangeError: too far',
        lineno: 2,
        colno: 10,
        cause,
      }) as Error,
    )
    expect(() => render('{% include "item.html" %}', { item: { toString: fail } })).toThrow(
      '(item.html) [Line 1',
    )
  })
})
