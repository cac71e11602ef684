import fc from 'fast-check'

/**
 * Templates of all kinds of statements and expressions, as text. Most run; many raise errors, which have to be the
 * same as well.
 */

const names = ['a', 'b', 'c', 'd', 'items', 'missing', 'fn', 'ns']

const name = fc.constantFrom(...names)

const literal = fc.constantFrom(
  '0',
  '1',
  '2',
  '-3',
  '2.5',
  '4.0',
  '10000000000000000000000',
  "'x'",
  "'<b>'",
  "''",
  'true',
  'false',
  'none',
  '[]',
  '[1, 2, 3]',
  '(1, 2)',
  '()',
  "{'k': 1, 'x': [1]}",
  '{}',
)

const filter = fc.constantFrom(
  'upper',
  'length',
  'default(1)',
  "default('d', true)",
  'list',
  "join('-')",
  'first',
  'last',
  'sort',
  'reverse|list',
  'int',
  'string',
  'e',
  'safe',
  "map('upper')|list",
  "select('odd')|list",
  "selectattr('k')|list",
  'sum',
  'tojson',
  'batch(2)|list',
  "replace('x', 'y')",
  'nosuchfilter',
  "attr('k')",
  'striptags',
  'abs',
)

const testName = fc.constantFrom(
  'defined',
  'undefined',
  'none',
  'odd',
  'divisibleby 2',
  'string',
  'mapping',
  'sequence',
  'in [1, 2]',
  'eq 1',
  'callable',
  'nosuchtest',
)

const binary = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '~',
  'and',
  'or',
  '==',
  '!=',
  '<',
  '>=',
  'in',
  'not in',
)

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 4, arbitrary: name },
    { weight: 3, arbitrary: literal },
    fc.tuple(tie('expression'), binary, tie('expression')).map(([l, op, r]) => `(${l} ${op} ${r})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([l, m, r]) => `(${l} < ${m} <= ${r})`),
    fc.tuple(tie('expression'), filter).map(([value, filtered]) => `(${value})|${filtered}`),
    fc.tuple(tie('expression'), testName).map(([value, test]) => `(${value} is ${test})`),
    fc.tuple(tie('expression'), testName).map(([value, test]) => `(${value} is not ${test})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('k', 'x', 'nope', 'items', 'upper', '0'))
      .map(([v, k]) => `(${v}).${k}`),
    fc.tuple(tie('expression'), tie('expression')).map(([value, key]) => `(${value})[${key}]`),
    tie('expression').map((value) => `(${value})[1:]`),
    tie('expression').map((value) => `(${value})[::-1]`),
    fc.tuple(tie('expression'), tie('expression')).map(([then, test]) => `(${then} if ${test})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([then, test, other]) => `(${then} if ${test} else ${other})`),
    tie('expression').map((value) => `(not ${value})`),
    tie('expression').map((value) => `(-${value})`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `[${x}, ${y}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `{'k': ${x}, 'x': ${y}}`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `fn(${x}, k=${y})`),
    fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `fn(*${x}, **${y})`),
    fc.tuple(name, tie('expression')).map(([callee, value]) => `${callee}(${value})`),
    tie('expression').map((value) => `range(${value})`),
    tie('expression').map((value) => `(${value}).items()`),
    tie('expression').map((value) => `'a{0}b'.format(${value})`),
    fc.constantFrom(
      'loop.index',
      'loop.last',
      'loop.length',
      'loop.cycle(1, 2)',
      'loop.changed(a)',
      'loop',
      'loop(a)',
    ),
    fc.constantFrom(
      'm(1)',
      'm(a, b=2)',
      'm()',
      'caller()',
      'self.one()',
      'super()',
      'varargs',
      'kwargs',
      'ns.a',
    ),
    fc.constantFrom('lib.m2(1)', 'lib.v', 'imported(a)', 'namespace(a=1)', 'cycler(1, 2).next()'),
  ),
}))

const target = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'q', 'ns.a'),
  fc.constantFrom('a, b', '(q, b)', 'a, (b, c)'),
)

const { body } = fc.letrec<{ body: string; statement: string }>((tie) => ({
  body: fc.array(tie('statement'), { maxLength: 4, depthIdentifier: 'body' }).map((parts) => parts.join('')),
  statement: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'body', depthSize: 'small' },
    { weight: 2, arbitrary: fc.constantFrom('text', '\n', ' <i> ', '\n\n', '{# note #}') },
    { weight: 5, arbitrary: expression.map((value) => `{{ ${value} }}`) },
    { weight: 3, arbitrary: fc.tuple(target, expression).map(([to, value]) => `{% set ${to} = ${value} %}`) },
    fc
      .tuple(expression, tie('body'), tie('body'))
      .map(([test, then, other]) => `{% if ${test} %}${then}{% else %}${other}{% endif %}`),
    fc
      .tuple(expression, tie('body'), expression, tie('body'))
      .map(([test, then, second, other]) => `{% if ${test} %}${then}{% elif ${second} %}${other}{% endif %}`),
    fc
      .tuple(
        fc.constantFrom('a', 'q', 'a, b'),
        expression,
        fc.constantFrom('', ' if a', ' if loop.first'),
        tie('body'),
        tie('body'),
      )
      .map(
        ([to, items, test, inner, other]) =>
          `{% for ${to} in ${items}${test} %}${inner}\n{% else %}${other}{% endfor %}`,
      ),
    fc
      .tuple(fc.constantFrom('[1, [2, [3]]]', 'items', '[[], [[]]]'), tie('body'))
      .map(
        ([items, inner]) =>
          `{% for a in ${items} recursive %}${inner}{{ loop(a) if a is iterable and a is not string }}{% endfor %}`,
      ),
    fc
      .tuple(fc.constantFrom('break', 'continue'), expression)
      .map(([jump, test]) => `{% if ${test} %}{% ${jump} %}{% endif %}`),
    fc
      .tuple(fc.constantFrom('', 'a', 'a, b=1', 'b=c', 'a, caller=none'), tie('body'))
      .map(([params, inner]) => `{% macro m(${params}) %}${inner}{% endmacro %}`),
    fc
      .tuple(fc.constantFrom('m(1)', 'fn(a)', 'lib.m2(2)'), tie('body'))
      .map(([call, inner]) => `{% call ${call} %}${inner}{% endcall %}`),
    tie('body').map((inner) => `{% call(q) m(1) %}${inner}{% endcall %}`),
    tie('body').map((inner) => `{% filter upper|replace('A', 'é') %}${inner}{% endfilter %}`),
    tie('body').map((inner) => `{% set q %}${inner}{% endset %}`),
    tie('body').map((inner) => `{% set q | upper %}${inner}{% endset %}`),
    fc
      .tuple(expression, tie('body'))
      .map(([value, inner]) => `{% with a = ${value}, b = a %}${inner}{% endwith %}`),
    fc
      .tuple(fc.constantFrom('true', 'false', 'a'), tie('body'))
      .map(([on, inner]) => `{% autoescape ${on} %}${inner}{% endautoescape %}`),
    expression.map((value) => `{% do ${value} %}`),
    fc.constantFrom(
      "{% include 'part' %}",
      "{% include 'part' without context %}",
      "{% include ['nope', 'part'] %}",
      "{% include 'nope' ignore missing %}",
      "{% include 'nope' %}",
      "{% include 'failing' %}",
      "{% import 'lib' as lib %}",
      "{% import 'lib' as lib with context %}",
      "{% from 'lib' import m2 as imported, nothing %}",
      "{% from 'lib' import v with context %}",
    ),
  ),
}))

/** A template with blocks and what it extends; blocks must have names of their own. */
export const randomTemplate: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', "{% extends 'base' %}", "{% if a %}{% extends 'base' %}{% endif %}"),
    body,
    fc.option(fc.tuple(body, fc.constantFrom('', ' scoped'))),
    fc.option(body),
    body,
  )
  .map(
    ([start, first, one, two, last]) =>
      start +
      first +
      (one === null ? '' : `{% block one${one[1]} %}${one[0]}{% endblock %}`) +
      (two === null
        ? ''
        : `{% for a in items %}{% block two scoped %}${two}{{ a }}{{ super() if c }}{% endblock %}{% endfor %}`) +
      last,
  )

/** The templates that the random ones refer to. */
export const companions: Readonly<Record<string, string>> = {
  base: 'BASE[{% block one %}one {{ a }}{% endblock %}|{% block two %}two{{ b }}{% endblock %}]{{ d }}',
  part: 'PART({{ a }}{{ q }}{% set a = 5 %}{{ a }})',
  failing: 'x\n\n{{ 1 / 0 }}',
  lib: "{% macro m2(x, y='dy') %}<{{ x }}{{ y }}{{ a }}{{ caller() if caller }}>{% endmacro %}{% set v = [1, a] %}{% set _hidden = 1 %}",
}
