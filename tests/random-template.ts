import fc from 'fast-check'

/**
 * Templates of all kinds of statements and expressions, as text. Most of them run; the others raise errors, which have to
 * be the same as well. Marks such as `@index@` become variables where these exist, and `0` elsewhere.
 */

type Text = fc.Arbitrary<string>

const pick = (...texts: string[]): Text => fc.constantFrom(...texts)

/** A template of text with parts put in for `$1`, `$2`, … */
function form(pattern: string, ...parts: Text[]): Text {
  return fc
    .tuple(...parts)
    .map((texts) => pattern.replace(/\$(\d)/g, (_, digit: string) => texts[Number(digit) - 1]!))
}

const numberAtom = pick('0', '1', '2', '3', '2.5', '4.0', 'one', '@index@', '@number@', 'items|length')
const textAtom = pick("'x'", "'<b>'", "''", "'a b'", 'text', '@text@', "'é😀'")
const listAtom = pick('[]', '[1, 2, 3]', '(1, 2)', 'items', 'b', 'range(3)', "['x', 'y']", 'varlist')
const anyAtom = pick('none', 'true', 'missing', "{'k': 1, 'x': [1]}", 'c', 'c.k', 'c.nope', "c['x']", '@any@')

const { number, text, list, condition, value } = fc.letrec<
  Record<'number' | 'text' | 'list' | 'condition' | 'value', string>
>((tie) => {
  const n = tie('number')
  const s = tie('text')
  const l = tie('list')
  const b = tie('condition')
  const v = tie('value')
  const small = { maxDepth: 2, depthSize: 'small' as const }
  return {
    number: fc.oneof(
      small,
      numberAtom,
      form('($1 $2 $3)', n, pick('+', '-', '*'), n),
      form('($1 // 2)', n),
      form('($1 / 4)', n),
      form('($1 % 3)', n),
      form('(-$1)', n),
      form('$1|length', l),
      form('($1)|int', s),
      form('($1 if $2 else $3)', n, b, n),
      form('fn($1, k=$2)', n, v),
      form('fn(*$1)', l),
    ),
    text: fc.oneof(
      small,
      textAtom,
      form('($1 ~ $2)', v, v),
      form('($1 + $2)', s, s),
      form('($1)|$2', s, pick('upper', 'e', 'safe', 'striptags', "replace('x', 'y')", 'trim', 'title')),
      form("($1)|join('-')", l),
      form('($1)|string', v),
      form("'a{0}{1[k]}'.format($1, c)", v),
      form('($1).upper()', s),
      form('($1)[1:]', s),
      form("'%s-%s' % ($1, $2)", v, n),
      form('($1)|tojson', n),
    ),
    list: fc.oneof(
      small,
      listAtom,
      form('[$1, $2]', v, v),
      form('($1, $2)', v, v),
      form('($1)|list', l),
      form('($1)[::-1]', l),
      form("($1)|map('string')|list", l),
      form("($1)|select('defined')|list", l),
      form('($1)|batch(2)|list', l),
      form('($1 or $2)', l, l),
      form("{'k': $1, $2: 2}.items()|list", v, n),
    ),
    condition: fc.oneof(
      small,
      pick('true', 'false', 'a', 'missing', '@first@'),
      form('($1 $2 $3)', n, pick('==', '!=', '<', '>='), n),
      form('(1 < $1 <= 3)', n),
      form('($1 in $2)', v, l),
      form('($1 not in $2)', v, l),
      form(
        '($1 is $2)',
        v,
        pick('defined', 'undefined', 'none', 'string', 'mapping', 'in [1, 2]', 'callable'),
      ),
      form('($1 is not $2)', n, pick('odd', 'divisibleby 2', 'eq 1')),
      form('(not $1)', v),
      form('($1 $2 $3)', b, pick('and', 'or'), b),
    ),
    value: fc.oneof(
      small,
      anyAtom,
      n,
      s,
      l,
      b,
      form('($1 if $2)', v, b),
      form('($1)|default($2)', v, v),
      form('($1).0', l),
      form('($1)[$2]', l, n),
      form('namespace(a=$1).a', v),
      form('cycler(1, 2).next()'),
    ),
  }
})

/** What often fails. */
const wild = fc.oneof(
  form('$1 + $2', value, value),
  form('($1).x.y', value),
  form('($1)|nosuchfilter', value),
  form('($1) is nosuchtest', value),
  form('nothing($1)', value),
  form('fn(**$1)', value),
  form('fn($1, a=1, **{$2: 1})', value, text),
  form('1 / $1', number),
  form('($1)[$2:$3]', value, value, value),
  pick('caller()', 'super()', 'super', 'self.one', 'self.two()', 'm(1, 2, 3, 4)', 'm(x=1)', 'lib.nope()'),
)

const printed = fc.oneof(
  { weight: 12, arbitrary: value },
  { weight: 1, arbitrary: wild },
  { weight: 2, arbitrary: pick('m(1)', 'm(a, y=2)', 'm()', 'lib.m2(1)', 'lib.v', 'lib', 'self.one()') },
  {
    weight: 2,
    arbitrary: pick('@caller@', '@super@', '@cycle@', '@changed@', '@last@', '@length@', '@next@', '@loop@'),
  },
)

const marks: Readonly<Record<string, string>> = {
  '@index@': 'loop.index',
  '@first@': 'loop.first',
  '@last@': 'loop.last',
  '@length@': 'loop.length',
  '@next@': 'loop.nextitem ~ loop.previtem',
  '@cycle@': "loop.cycle('o', 'e')",
  '@changed@': 'loop.changed(a)',
  '@loop@': '(loop|string)[:5]',
}

function inLoop(body: string): string {
  return body.replace(/@\w+@/g, (mark) => marks[mark] ?? mark)
}

function inMacro(body: string): string {
  return body.replaceAll('@caller@', '(caller(1) if caller else 0)').replaceAll('@any@', 'varargs ~ kwargs')
}

const target = pick('a', 'q', 'd', 'ns.a', 'a, q', '(q, b)')

const { body } = fc.letrec<Record<'body' | 'statement', string>>((tie) => {
  const inner = tie('body')
  return {
    body: fc
      .array(tie('statement'), { maxLength: 3, depthIdentifier: 'body' })
      .map((parts) => parts.join('')),
    statement: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'body', depthSize: 'small' },
      { weight: 3, arbitrary: pick('text', '\n', ' <i> ', '\n\n', '{# note #}') },
      { weight: 8, arbitrary: form('{{ $1 }}', printed) },
      { weight: 3, arbitrary: form('{% set $1 = $2 %}', pick('a', 'q', 'd', '_p'), value) },
      form('{% set $1 = $2 %}', target, value),
      form('{% set a, q = $1, $2 %}', value, value),
      { weight: 2, arbitrary: form('{% if $1 %}$2{% else %}$3{% endif %}', condition, inner, inner) },
      form('{% if $1 %}$2{% elif $3 %}$4{% endif %}', condition, inner, condition, inner),
      {
        weight: 3,
        arbitrary: form(
          '{% for $1 in $2$3 %}$4\n{% else %}$5{% endfor %}',
          pick('a', 'q'),
          list,
          fc.oneof(pick('', '', ''), form(' if $1', condition)),
          inner.map(inLoop),
          inner,
        ),
      },
      form('{% for a, q in [($1, 1), (2, $2)] %}$3{% endfor %}', value, value, inner.map(inLoop)),
      form(
        '{% for a in $1 recursive %}$2{{ loop(a) if a is iterable and a is not string and loop.depth < 4 }}{% endfor %}',
        pick('[1, [2, [3]]]', 'items', '[[], [[]]]'),
        inner.map(inLoop),
      ),
      form(
        '{% for a in $1 %}$2{% if a == 2 %}{% $3 %}{% endif %}$4{% else %}none{% endfor %}',
        list,
        inner.map(inLoop),
        pick('break', 'continue'),
        inner.map(inLoop),
      ),
      form('{% macro m($1) %}$2{% endmacro %}', pick('x', 'x=1', 'x, y=d', 'x=a, y=x'), inner.map(inMacro)),
      form('{% call $1 %}$2{% endcall %}', pick('m(1)', 'lib.m2(2)', 'twice()'), inner),
      form('{% call(q=0) twice() %}$1{% endcall %}', inner),
      form("{% filter upper|replace('A', 'é') %}$1{% endfilter %}", inner),
      form('{% set q %}$1{% endset %}', inner),
      form('{% set q | upper %}$1{% endset %}', inner),
      form('{% with a = $1, q = a %}$2{% endwith %}', value, inner),
      form('{% autoescape $1 %}$2{% endautoescape %}', pick('true', 'false', 'a', 'missing'), inner),
      form('{% do $1 %}', value),
      pick(
        "{% include 'part' %}",
        "{% include 'part' without context %}",
        "{% include ['nope', 'part'] %}",
        "{% include 'nope' ignore missing %}",
        "{% include nope ~ 'part' %}",
        "{% import 'lib' as lib %}{{ lib.m2(a) }}",
        "{% import 'lib' as lib with context %}{{ lib.m2(a) }}",
        "{% from 'lib' import m2 as imported, nothing %}{{ imported(a) }}",
        "{% from 'lib' import v with context %}{{ v }}",
      ),
      pick("{% include 'nope' %}", "{% include 'failing' %}", "{% extends 'base' %}", '{% break %}'),
    ),
  }
})

/** A template that may have blocks, and may extend another one. */
export const randomTemplate: fc.Arbitrary<string> = fc
  .tuple(
    pick('', '', '', "{% extends 'base' %}", "{% if a %}{% extends 'base' %}{% endif %}"),
    body,
    fc.option(fc.tuple(body, pick('', ' scoped'))),
    fc.option(body),
    body,
  )
  .map(([start, first, one, two, last]) => {
    const defined =
      '{% macro m(x=0, y=0) %}({{ x }}{{ y }}){% endmacro %}{% macro twice() %}[{{ caller(a) }}{{ caller(2) }}]{% endmacro %}' +
      '{% set ns = namespace(a=1) %}{% import "lib" as lib %}'
    const blockOne =
      one === null
        ? ''
        : `{% block one${one[1]} %}${one[0].replaceAll('@super@', start === '' ? '0' : 'super()')}{% endblock %}`
    const blockTwo =
      two === null
        ? ''
        : `{% for a in items %}{% block two scoped %}${two}{{ a }}{{ loop.index }}{% endblock %}{% endfor %}`
    return (start + defined + first + blockOne + blockTwo + last).replace(/@\w+@/g, '0')
  })

/** The templates that the random ones refer to. */
export const companions: Readonly<Record<string, string>> = {
  base: 'BASE[{% block one %}one {{ a }}{% endblock %}|{% block two %}two{{ b }}{% endblock %}]{{ d }}',
  part: 'PART({{ a }}{{ q }}{% set a = 5 %}{{ a }})',
  failing: 'x\n\n{{ 1 / 0 }}',
  lib: "{% macro m2(x, y='dy') %}<{{ x }}{{ y }}{{ a }}{{ caller() if caller }}>{% endmacro %}{% set v = [1, a] %}{% set _hidden = 1 %}",
}
