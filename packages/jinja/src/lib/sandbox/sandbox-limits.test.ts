import { describe, expect, test } from 'vitest'
import type { Backend } from '../environment-options.ts'
import { SecurityError } from '../errors.ts'
import { DoExtension } from '../extensions/do.ts'
import { DictLoader } from '../loaders/dict-loader.ts'
import type { SandboxOptions } from './sandboxed-environment.ts'
import { SandboxedEnvironment } from './sandboxed-environment.ts'

describe.each(['code', 'closures'] as Backend[])('limits of a sandbox, run as %s', (backend) => {
  const render = (
    source: string,
    variables: Record<string, unknown> = {},
    options: SandboxOptions = {},
  ): string =>
    new SandboxedEnvironment({ backend, extensions: [DoExtension], ...options })
      .fromString(source)
      .render(variables)

  test.each<[string, RegExp]>([
    ['{{ range(100001) }}', /Range too big. The sandbox blocks ranges larger than MAX_RANGE \(100000\)/],
    ['{{ "a" * 2000000 }}', /'\*' could be longer/],
    ['{{ 2000000 * "a" }}', /'\*' could be longer/],
    ['{{ [1] * 2000000 }}', /'\*' could be longer/],
    ['{{ ("ab" * 1000000)|length }}', /'\*' could be longer/],
    ['{{ 2 ** 1000000 }}', /the power is larger/],
    ['{{ (2 ** 60000) ** 60000 }}', /the power is larger/],
    ["{{ 'x'.center(2000000) }}", /'center' could be longer/],
    ["{{ 'x'|center(2000000) }}", /'center' could be longer/],
    ["{% set f = 'x'.ljust %}{{ f(2000000) }}", /'ljust' could be longer/],
    ["{{ ('x' * 100000).replace('x', 'y' * 100000) }}", /'replace' could be longer/],
    ["{{ ('x' * 100000)|replace('x', 'y' * 100000) }}", /'replace' could be longer/],
    ["{{ ['x' * 100000]|map('replace', 'x', 'y' * 100000)|first }}", /'replace' could be longer/],
    ["{{ range(100000)|join('y' * 100000) }}", /'join' could be longer/],
    ["{{ ('y' * 100000).join(range(100000)|map('string')|list) }}", /'join' could be longer/],
    ["{{ 'x'|indent(2000000) }}", /'indent' could be longer/],
    ['{{ [1]|slice(2000000)|list }}', /'slice' could be longer/],
    ['{{ [1]|batch(2000000, 0)|list }}', /'batch' could be longer/],
    ["{{ ('{0}' * 100000).format('x' * 100000) }}", /'format' could be longer/],
    ["{{ ('%s' * 100000) % (('x' * 100000),) }}", /'%' could be longer/],
    ['{{ lipsum(100000) }}', /'lipsum' could be longer/],
    ['{{ [1]|tojson(2000000) }}', /'tojson' could be longer/],
    ["{{ ('\t' * 100000).expandtabs(100000) }}", /'expandtabs' could be longer/],
    [
      '{% set ns = namespace(x="x") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}',
      /longer than the sandbox allows/,
    ],
    [
      '{% set ns = namespace(x="x") %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}',
      /longer than the sandbox allows/,
    ],
    [
      '{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}',
      /than the sandbox allows/,
    ],
    [
      '{% set ns = namespace(x=3) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}',
      /more digits/,
    ],
    ['{% set l = [1] %}{% for i in range(60) %}{% do l.extend(l) %}{% endfor %}', /than the sandbox allows/],
    ['{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}', /takes more steps/],
    [
      '{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}',
      /(output is longer|more steps)/,
    ],
    [
      '{% for a in range(1000) %}{% for b in range(100000)|list %}{% endfor %}{% endfor %}',
      /takes more steps/,
    ],
    ['{% for a in range(100000) %}{{ x }}{% endfor %}', /output is longer/],
    [
      '{% macro m(n) %}{% for a in range(100) %}{{ m(n) }}{% endfor %}{% endmacro %}{{ m(0) }}',
      /levels deep/,
    ],
    ['{% for a in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}', /levels deep/],
    ['{% block b %}{{ self.b() }}{% endblock %}', /./],
  ])('%s ends early (L20)', (source, message) => {
    const started = performance.now()
    // Fewer than by default, so that the test is quick.
    const limits = { steps: 500_000 }
    expect(() => render(source, { x: 'x'.repeat(1000) }, { limits })).toThrow(message)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('an iterator without an end', () => {
    const endless = function* (): Generator<number> {
      for (;;) yield 1
    }
    for (const source of [
      '{% for a in x %}{% endfor %}',
      '{% for a in x if a == 2 %}{{ loop.first }}{% endfor %}',
    ]) {
      expect(() => render(source, { x: endless() }, { limits: { steps: 1000 } }), source).toThrow(
        SecurityError,
      )
    }
  })

  test('limits are those of one rendering, and of all templates that take part in it', () => {
    const loader = new DictLoader({
      part: '{% for a in range(40) %}{% endfor %}',
      lib: '{% macro m() %}{% for a in range(40) %}{% endfor %}{% endmacro %}',
    })
    const options = { loader, limits: { steps: 400 } }
    const include = '{% for a in range(3) %}{% include "part" %}{% endfor %}'
    const environment = new SandboxedEnvironment({ backend, ...options })
    const template = environment.fromString(include)
    for (let i = 0; i < 5; i++) expect(template.render()).toBe('')
    expect(() => render(include.replace('3', '20'), {}, options)).toThrow(SecurityError)
    const call = environment.fromString(
      '{% import "lib" as lib %}{% for a in range(3) %}{{ lib.m() }}{% endfor %}',
    )
    for (let i = 0; i < 5; i++) expect(call.render()).toBe('')
  })

  test('other limits can be given', () => {
    expect(render('{{ range(200000)|length }}', {}, { limits: { range: 1e6 } })).toBe('200000')
    expect(render('{{ ("a" * 2000000)|length }}', {}, { limits: { length: 1e7 } })).toBe('2000000')
    expect(() => render('', {}, { limits: { steps: 0 } })).toThrow(RangeError)
  })

  test('a source that is too long is not parsed (L19)', () => {
    expect(() => render('x'.repeat(2 ** 20 + 1))).toThrow('the source is longer than the sandbox allows')
    expect(render('x'.repeat(2 ** 20))).toHaveLength(2 ** 20)
  })
})
