import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import type { EnvironmentOptions } from '../environment-options.ts'
import { placeOf, TemplateAssertionError } from '../errors.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import { withSignature } from '../values/signature.ts'
import { generate } from './codegen-template.ts'

const codeOf = (source: string, options: EnvironmentOptions = {}): string => {
  const environment = new Environment(options)
  return generate(environment.parse(source), { environment, name: null, filename: null, mode: 'sync' }).body
}

const render = (source: string, variables = {}, options: EnvironmentOptions = {}): string =>
  new Environment(options).fromString(source).render(variables)

describe('the generated code', () => {
  test('is the same each time', () => {
    const source =
      '{% macro m(a) %}{{ a|upper }}{% endmacro %}{% for x in y %}{{ m(x) }}{{ loop.index }}{% endfor %}'
    expect(codeOf(source)).toBe(codeOf(source))
  })

  test('has no trace of promises in templates that do not await', () => {
    expect(codeOf('{% for x in y %}{{ f(x.a) }}{% include z %}{% endfor %}')).not.toMatch(
      /await|async|Promise/,
    )
  })

  test('stands on the lines of the template', () => {
    const lines = codeOf('a\n{{ b }}\n\n{% if c %}\n{{ d }}\n{% endif %}').split('\n')
    expect(lines[1]).toContain('ln = 2')
    expect(lines[3]).toContain('ln = 4')
    expect(lines[4]).toContain('ln = 5')
  })

  test('looks a name up once', () => {
    expect(
      codeOf('{{ a }}{{ a }}{% for b in a %}{{ c }}{% endfor %}').match(/resolveOrMissing/g),
    ).toHaveLength(2)
  })

  test('makes no object for a loop whose members are only read', () => {
    expect(
      codeOf('{% for x in y %}{{ loop.index }}{{ loop.last }}{{ loop.cycle(1, 2) }}{% endfor %}'),
    ).not.toContain('LoopContext')
    expect(codeOf('{% for x in y %}{{ f(loop) }}{% endfor %}')).toContain('LoopContext')
    expect(codeOf('{% for x in y %}{{ loop.index }}{% include "z" %}{% endfor %}')).toContain('LoopContext')
  })

  test('computes constant expressions ahead, unless that is switched off', () => {
    expect(codeOf('{{ 6 * 7 }}{{ "a"|upper }}')).toContain('"42A"')
    expect(codeOf('{% if 6 * 7 == x %}{% endif %}', { optimized: false })).toContain('multiply(6, 7)')
  })

  test('leaves constant expressions that fail to the run', () => {
    const template = new Environment().fromString('{% if x %}{{ 1 / 0 }}{% endif %}fine')
    expect(template.render()).toBe('fine')
    expect(() => template.render({ x: true })).toThrow('division by zero')
  })

  test('does not make huge constants', () => {
    expect(codeOf('{{ "a" * 100000000 }}').length).toBeLessThan(1000)
  })

  test('keeps text that looks like code', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text that must stay text.
    const text = 'a"b\\c`${d}`\u2028</script>*/ \\u0041'
    expect(render(`${text}{{ x }}`, { x: text })).toBe(text + text)
  })
})

describe('printing', () => {
  test.each([
    ['{{ x }}', { x: '<' }, '&lt;'],
    ['{{ x|safe }}', { x: '<' }, '<'],
    ['{{ x|e }}', { x: '<' }, '&lt;'],
    ['{{ "<" if x else y }}', { x: true }, '&lt;'],
    ['{{ x|safe if y else x }}', { x: '<', y: 1 }, '<'],
    ['{{ "<" ~ x }}', { x: '>' }, '&lt;&gt;'],
    ['{{ ("<"|safe) ~ x }}', { x: '>' }, '<&gt;'],
    ['{% macro m() %}<{{ x }}{% endmacro %}{{ m() }}', { x: '<' }, '<&lt;'],
    ['{% set m %}<{{ x }}{% endset %}{{ m }}', { x: '<' }, '<&lt;'],
    ['{% filter upper %}<a{{ x }}{% endfilter %}', { x: '<' }, '<A&LT;'],
    ['{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}', { x: '<' }, '<&lt;'],
    ['{% autoescape y %}{{ x }}{% endautoescape %}', { x: '<', y: false }, '<'],
    ['{% autoescape y %}{{ x }}{% endautoescape %}', { x: '<', y: true }, '&lt;'],
    ['{% autoescape y %}{% macro m() %}<{% endmacro %}{{ m() }}{% endautoescape %}', { y: true }, '<'],
    ['{{ 1 + 1 }}{{ loop }}{{ x|length }}{{ none }}{{ 2.0 }}', { x: [1] }, '21None2.0'],
  ])('%s with escaping', (source, variables, output) => {
    expect(render(source, variables, { autoescape: true })).toBe(output)
  })

  test('finalize sees values before they are escaped, and constants after', () => {
    const finalize = (value: unknown): unknown => (value === null ? '<none>' : value)
    expect(render('{{ x }}{{ none }}{{ 1 }}', { x: null }, { finalize, autoescape: true })).toBe(
      '&lt;none&gt;None1',
    )
    expect(render('{{ x }}{{ none }}', { x: null }, { finalize })).toBe('<none><none>')
  })

  test.each(['code', 'closures'] as const)('finalize sees text where escaping depends, in %s', (backend) => {
    const options: EnvironmentOptions = { backend, finalize: (value: unknown) => `[${String(value)}]` }
    expect(render('a{% autoescape x %}<{{ 1 }}{% endautoescape %}', { x: true }, options)).toBe('a[&lt;][1]')
  })
})

describe('loops', () => {
  test.each([
    ['{% for x in y %}{{ loop.index }}/{{ loop.length }} {% endfor %}', '1/3 2/3 3/3 '],
    ['{% for x in y %}{{ loop.revindex }}{{ loop.revindex0 }}{% endfor %}', '322110'],
    ['{% for x in y %}{{ loop.previtem }}-{{ loop.nextitem }} {% endfor %}', '-b a-c b- '],
    ['{% for x in y %}{{ loop.first }}{{ loop.last }} {% endfor %}', 'TrueFalse FalseFalse FalseTrue '],
    ['{% for x in y %}{{ loop.cycle("1", "2") }}{% endfor %}', '121'],
    ['{% for x in y %}{{ loop.cycle(x, 0, "z") }}{% endfor %}', 'a0z'],
    ['{% for x in "aab" %}{{ loop.changed(x) }} {% endfor %}', 'True False True '],
    ['{% for x in y if x != "b" %}{{ loop.index }}{{ x }}{% endfor %}', '1a2c'],
    ['{% for x in y if x != "b" %}{{ loop.index }}/{{ loop.length }}{% endfor %}', '1/22/2'],
    ['{% for x in y if loop %}{% else %}none{% endfor %}', 'none'],
    ['{% for x in y if x ~ "" %}{{ x }}{% endfor %}', 'abc'],
    ['{% for x in g %}{% for y in g %}{{ x }}{{ y }} {% endfor %}{% endfor %}', '12 13 '],
    ['{% for in in y %}{{ in }}{% endfor %}', 'abc'],
    ['{% for _, _ in [[1, 2], [3, 4]] if _ %}{{ _ }}{% endfor %}', '24'],
    ['{% for a, (a, b) in [[1, [2, 3]]] recursive %}{{ a }}{{ b }}{% endfor %}', '23'],
    ['{% for x in [] %}{% else %}{{ y|length }}{% endfor %}', '3'],
    ['{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}', '123'],
    [
      '{% for x in y %}{% for z in y %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}',
      '1231;1232;1233;',
    ],
    [
      '{% for x in y %}{% set outer = loop %}{% for z in [1] %}{{ outer.index }}{% endfor %}{% endfor %}',
      '123',
    ],
    ['{% for x in y %}{% if loop.index == 2 %}{% break %}{% endif %}{{ x }}{% else %}none{% endfor %}', 'a'],
    ['{% for x in y %}{% break %}{% else %}none{% endfor %}', 'none'],
    ['{% for x in y %}{% if x == "b" %}{% continue %}{% endif %}{{ x }}{% endfor %}', 'ac'],
    ['{% for x in g %}{% break %}{% endfor %}{% for x in g %}{{ x }}{% endfor %}', '23'],
    [
      '{% for x in tree recursive %}{{ x.n }}{% if x.c %}[{{ loop(x.c) }}]{% endif %}{% endfor %}',
      '1[23[4]]',
    ],
    [
      '{% for x in tree recursive %}{{ loop.depth }}{{ loop.depth0 }}{{ loop(x.c or []) }}{% endfor %}',
      '1021213'.concat('2'),
    ],
  ])('%s', (source, output) => {
    const tree = [{ n: 1, c: [{ n: 2 }, { n: 3, c: [{ n: 4 }] }] }]
    const extensions = ['jinja2.ext.loopcontrols']
    expect(render(source, { y: ['a', 'b', 'c'], g: [1, 2, 3].values(), tree }, { extensions })).toBe(output)
  })

  test.each(['code', 'closures'] as const)(
    'fail on their line where an item has not enough parts, in %s',
    (backend) => {
      const template = new Environment({ backend }).fromString('\n{% for a, b in x %}\n{{ a }}{% endfor %}')
      let error: unknown
      try {
        template.render({ x: [[1, 2], [3]] })
      } catch (thrown) {
        error = thrown
      }
      expect(placeOf(error)).toMatchObject({ lineno: 2 })
    },
  )

  test.each(['code', 'closures'] as const)(
    'that call themselves fail on the line of the call inside, in %s',
    (backend) => {
      const template = new Environment({ backend }).fromString(
        '{% for x in [1] recursive %}\n{{ loop([]) }}\n{% else %}\n\n{{ x.y.z }}{% endfor %}',
      )
      let error: unknown
      try {
        template.render()
      } catch (thrown) {
        error = thrown
      }
      expect(placeOf(error)).toMatchObject({ lineno: 5 })
    },
  )

  test('see items that are added while they run', () => {
    expect(
      render(
        '{% for x in y %}{{ x }}{% if x < 3 %}{% do y.append(x + 1) %}{% endif %}{% endfor %}',
        { y: [1] },
        { extensions: ['jinja2.ext.do'] },
      ),
    ).toBe('123')
  })

  test('filter item by item', () => {
    const source =
      '{% set ns = namespace(go=true) %}{% for x in [1, 2, 3] if ns.go %}{{ x }}{% set ns.go = x < 2 %}{% endfor %}'
    expect(render(source)).toBe('12')
  })

  test.each([
    ['{% for loop in y %}{% endfor %}', "Can't assign to special loop variable in for-loop target"],
    ['{% for x in y %}{{ z|nosuch }}{% endfor %}', "No filter named 'nosuch'."],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', "block 'a' defined twice"],
    ['{% macro m() %}{% extends "x" %}{% endmacro %}', 'cannot use extend from a non top-level scope'],
    [
      '{% macro m(caller, b) %}{{ caller() }}{% endmacro %}',
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
    ],
  ])('%s cannot be compiled', (source, message) => {
    const compile = (): unknown => new Environment().fromString(source)
    expect(compile).toThrow(TemplateAssertionError)
    expect(compile).toThrow(message)
  })
})

describe('macros', () => {
  const cases: readonly [source: string, output: string][] = [
    [
      '{% macro m(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=3) }} {{ m(b=1, a=0) }}',
      '121 123 010',
    ],
    ['{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}', '[]'],
    ['{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x=2) }}{{ m() }}', "(1,){'x': 2}(){}"],
    ['{% macro m() %}{{ caller("x") }}{% endmacro %}{% call(a) m() %}<{{ a }}>{% endcall %}', '<x>'],
    [
      '{% macro m(caller=none) %}{{ caller is none }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}',
      'TrueFalse',
    ],
    ['{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}', '3210'],
    [
      '{% macro m(a, b=1) %}{{ m.name }}{{ m.arguments }}{{ m.catch_varargs }}{% endmacro %}{{ m(1) }}',
      "m('a', 'b')False",
    ],
    ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*[1]) }}{{ m(**{"a": 2}) }}', '12'],
    [
      '{% if x %}{% macro m() %}1{% endmacro %}{% else %}{% macro m() %}2{% endmacro %}{% endif %}{{ m() }}',
      '2',
    ],
    ['{% macro m() %}1{% endmacro %}{% set m = 5 %}{{ m }}', '5'],
    ['{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}', '12'],
    [
      '{% set l = [] %}{% macro m(a) %}{{ a }}{% endmacro %}{{ [1, 2]|map("string")|join }}{{ m("x")|upper }}',
      '12X',
    ],
  ]
  test.each(cases)('%s', (source, output) => {
    expect(render(source)).toBe(output)
  })

  test.each([
    ['{{ m(1, 2) }}', "macro 'm' takes not more than 1 argument(s)"],
    ['{{ m(b=1) }}', "macro 'm' takes no keyword argument 'b'"],
    ['{% call m() %}{% endcall %}', "macro 'm' was invoked with two values for the special caller argument"],
  ])('%s does not fit', (call, message) => {
    expect(() => render(`{% macro m(a) %}{% endmacro %}${call}`)).toThrow(message)
  })
})

describe('filters and tests', () => {
  const environment = (): Environment => {
    const environment = new Environment()
    environment.addFilter('plain', (value: unknown, ...rest: unknown[]) => JSON.stringify([value, ...rest]))
    const signed: TemplateFunction = (value, a, b) => JSON.stringify([value, a, b])
    environment.addFilter(
      'signed',
      withSignature({ name: 'signed', parameters: ['value', 'a', 'b'], required: 1 }, signed),
    )
    environment.addTest('plain', (value: unknown, other: unknown) => value === other)
    return environment
  }

  test.each([
    ['{{ 1|plain(2, c=3) }}', '[1,2,{"c":3}]'],
    ['{{ 1|signed(b=3) }}', '[1,null,3]'],
    ['{{ 1|signed(*[2, 3]) }}', '[1,2,3]'],
    ['{{ 1|signed(**{"a": 2}) }}', '[1,2,null]'],
    ['{{ 1 is plain(1) }}{{ 1 is not plain 2 }}', 'TrueTrue'],
    [
      '{% if x is defined %}a{% endif %}{% if y is undefined %}b{% endif %}{% if x.z is defined %}{% else %}c{% endif %}',
      'abc',
    ],
    ['{{ y|default("d") }}{{ x.z|default(1) }}{{ x|length }}', 'd10'],
  ])('%s', (source, output) => {
    expect(environment().fromString(source).render({ x: {} })).toBe(output)
  })

  test('an argument that does not fit is an error', () => {
    expect(() => environment().fromString('{{ 1|signed(c=1) }}').render()).toThrow(
      "signed() got an unexpected keyword argument 'c'",
    )
  })

  test('one that does not exist may stand behind a condition', () => {
    const template = environment().fromString('{% if x %}{{ 1|nosuch }}{% endif %}')
    expect(template.render()).toBe('')
    expect(() => template.render({ x: 1 })).toThrow("No filter named 'nosuch' found.")
  })
})

describe('what a template does in many places', () => {
  const source = Array.from(
    { length: 20 },
    (_, index) => `{{ user.name }}{{ user["name"] }}{{ x }}{# ${index} #}`,
  )

  test('is written once', () => {
    const code = codeOf(source.join('\n'))
    expect(code.match(/\.name\b/g)).toHaveLength(2)
    expect(code.length).toBeLessThan(20 * 150)
    expect(render(source.join(''), { user: { name: 'n' }, x: 1 })).toBe('nn1'.repeat(20))
  })

  test('is written in place in a loop that does it a few times', () => {
    expect(codeOf('{% for u in us %}{{ u.name }}{{ u.name }}{% endfor %}')).not.toContain('=>')
    const body = '{{ u.name }}'.repeat(20)
    expect(codeOf(`{% for u in us %}${body}{% endfor %}`).match(/\.name\b/g)).toHaveLength(1)
  })

  test('says what is missing, and on which line', () => {
    const template = new Environment().fromString(
      `${'{{ user.name }}\n'.repeat(3)}{{ user.name.first }}\n{{ y.name }}`,
    )
    expect(() => template.render({ user: 1 })).toThrow("'int object' has no attribute 'name'")
    try {
      template.render({ user: { name: { first: 'f' } } })
      expect.unreachable()
    } catch (error) {
      expect(String(error)).toContain("'y' is undefined")
      expect(placeOf(error)).toMatchObject({ lineno: 5 })
    }
  })
})

test('numbers that are printed are not summed', () => {
  expect(
    render('{% for x in y %}{{ loop.index }}{{ loop.index0 }}{{ loop.index }}a{% endfor %}', { y: [1, 2] }),
  ).toBe('101a212a')
})

test('text before a line that goes wrong belongs to what was printed', () => {
  const stream = new Environment().fromString('a\n{{ x.y.z }}').generate()
  expect(() => Array.from(stream)).toThrow("'x' is undefined")
})

test.each([
  ['a and b', 'FFFT'],
  ['a or b', 'FTTT'],
  ['a and not b or b and not a', 'FTTF'],
])('the condition %s', (condition, expected) => {
  const source = `{% if ${condition} %}T{% else %}F{% endif %}{{ "" if ${condition} else "" }}`
  const cases: [unknown, unknown][] = [
    [0, ''],
    [[], 'x'],
    [1, null],
    [{ x: 1 }, [0]],
  ]
  expect(cases.map(([a, b]) => render(source, { a, b })).join('')).toBe(expected)
})

describe('nothing becomes code that is none', () => {
  test('names of templates', () => {
    const hit = '\nglobalThis.wasHit = true\n'
    const environment = new Environment({
      loader: { getSource: () => ({ source: '{{ 1 }}{{ x.y }}', filename: hit, isUpToDate: null }) },
    })
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is text that must stay text.
    for (const name of [hit, `\u2028${hit}`, `*/${hit}`, '${x}`"\'', '</script>']) {
      expect(() => environment.getTemplateSync(name).render()).toThrow("'x' is undefined")
    }
    expect('wasHit' in globalThis).toBe(false)
  })

  test('names of variables that extensions make', () => {
    const place = { line: 1, column: 1 }
    const nodes = [{ kind: 'Name', name: 'x; evil()', ctx: 'load', ...place } as const]
    const tree = { kind: 'Template', body: [{ kind: 'Output', nodes, ...place } as const], ...place } as const
    expect(() => new Environment().fromString(tree)).toThrow(
      'expected the name of a variable, got "x; evil()"',
    )
  })

  test.each(['données', '变量', '_x', 'x\u0301'])('but any name of a template is fine: %s', (name) => {
    expect(
      render(`{% set ${name} = 1 %}{{ ${name} }}{% macro m(${name}) %}{{ ${name} }}{% endmacro %}{{ m(2) }}`),
    ).toBe('12')
  })
})
