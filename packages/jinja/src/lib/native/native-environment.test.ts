import { Markup } from '@phial/markup'
import { describe, expect, test } from 'vitest'
import type { Backend } from '../environment-options.ts'
import { DictLoader } from '../loaders/dict-loader.ts'
import { Dict } from '../values/dict.ts'
import { Float } from '../values/number.ts'
import { tupleOf } from '../values/tuple.ts'
import { Undefined } from '../values/undefined.ts'
import { NativeEnvironment } from './native-environment.ts'

describe.each(['code', 'closures'] as Backend[])('NativeEnvironment, run as %s', (backend) => {
  const loader = new DictLoader({
    list: '{{ [1, x] }}',
    lib: '{% macro pair(a) %}{{ (a, 2) }}{% endmacro %}{% set v = [1] %}',
    base: '{% block body %}{{ 1 }}{% endblock %}',
  })
  const environment = new NativeEnvironment({ backend, loader })
  const evaluate = (source: string, variables: Record<string, unknown> = {}): unknown =>
    environment.fromString(source).render(variables)

  test('one value is given as it is', () => {
    const object = { a: 1 }
    expect(evaluate('{{ x }}', { x: object })).toBe(object)
    expect(evaluate('{# note #}{{ x }}{% if true %}{% endif %}', { x: object })).toBe(object)
    expect(evaluate('{{ missing }}')).toBeInstanceOf(Undefined)
    expect(evaluate('{{ none }}')).toBeNull()
    expect(evaluate('')).toBeNull()
    expect(evaluate("{{ '' }}")).toBe('')
    expect(evaluate('{{ h }}', { h: '<b>' })).toBe('<b>')
    expect(evaluate('{{ h|e }}', { h: '<b>' })).toEqual(new Markup('&lt;b&gt;'))
  })

  test('several are put together, and read', () => {
    expect(evaluate('{{ 1 }}{{ 2 }}')).toBe(12)
    expect(evaluate('[{% for i in x %}{{ i }},{% endfor %}]', { x: [1, 2] })).toEqual([1, 2])
    expect(evaluate('{{ x }}.{{ x }}', { x: 5 })).toBe(5.5)
    expect(evaluate('{{ x }}.0', { x: 5 })).toEqual(new Float(5))
    expect(evaluate("{'a': {{ x }}}", { x: [1] })).toEqual(new Dict([['a', [1]]]))
    expect(evaluate('{{ x }} items', { x: 5 })).toBe('5 items')
  })

  test('macros, blocks and blocks of set give values too', () => {
    expect(evaluate('{% macro m() %}{{ [1, 2] }}{% endmacro %}{{ m()[0] + 1 }}')).toBe(2)
    expect(evaluate('{% set y %}{{ x }}{% endset %}{{ y + 1 }}', { x: 5 })).toBe(6)
    expect(evaluate('{% block b %}{{ x }}{% endblock %}', { x: 5 })).toBe(5)
    expect(evaluate('{% block b %}{{ x }}{% endblock %}{{ self.b() }}', { x: 5 })).toBe(55)
  })

  test('macros and blocks give HTML where values are escaped', () => {
    const escaping = new NativeEnvironment({ backend, autoescape: true })
    const template = escaping.fromString(
      '{% macro m(a) %}{{ a }}{% endmacro %}{% block b %}{% endblock %}{{ [m([1]), m(none), self.b()] }}',
    )
    expect(template.render()).toEqual([new Markup('[1]'), new Markup('None'), new Markup('None')])
  })

  test('so do other templates', () => {
    expect(evaluate("{% include 'list' %}", { x: 2 })).toEqual([1, 2])
    expect(evaluate("{% import 'lib' as lib %}{{ lib.pair(1) }}")).toEqual(tupleOf([1, 2]))
    expect(evaluate("{% from 'lib' import v %}{{ v }}")).toEqual([1])
    expect(evaluate("{% extends 'base' %}{% block body %}{{ [super()] }}{% endblock %}")).toEqual([1])
  })

  test('asynchronously, and block by block', async () => {
    const template = environment.fromString('{% block b %}{{ f() }}{% endblock %}')
    expect(await template.renderAsync({ f: async () => [1] })).toEqual([1])
    expect(template.renderBlock('b', { f: () => ({ a: 1 }) })).toEqual({ a: 1 })
    expect(Array.from(environment.fromString('{{ 1 }}{{ x }}').generate({ x: null }))).toEqual(['1', null])
  })
})
