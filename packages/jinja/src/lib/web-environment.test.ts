import { describe, expect, it } from 'vitest'
import { builtInFilters } from './filters/table.ts'
import { builtInTests } from './is-tests/table.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import { lipsum, WebEnvironment } from './web-environment.ts'

describe('WebEnvironment', () => {
  it('has the filters and tests of Jinja', () => {
    const environment = new WebEnvironment()
    expect(Array.from(environment.filters)).toEqual(Array.from(builtInFilters))
    expect(Array.from(environment.tests)).toEqual(Array.from(builtInTests))
    expect(environment.filters.size).toBe(54)
    expect(environment.tests.size).toBe(39)
    expect(Array.from(environment.globals.keys()).sort()).toEqual([
      'cycler',
      'dict',
      'joiner',
      'namespace',
      'range',
    ])
  })

  it('renders templates that extend, include and import each other', async () => {
    const loader = new DictLoader({
      page: '{% extends "base" %}{% from "macros" import item %}{% block body %}{{ super() }}{% for x in xs if x %}{{ item(loop.index, x) }}{% else %}none{% endfor %}{% include "foot" %}{% endblock %}',
      base: '<{% block body %}base:{% endblock %}>',
      macros: '{% macro item(n, x) %}[{{ n }} {{ x|upper }}]{% endmacro %}',
      foot: '{{ "%.2f"|format(1 / 3) }} {{ d.items()|list }} {{ xs|map("length")|sum }}',
    })
    const environment = new WebEnvironment({ loader, autoescape: true })
    const variables = { xs: ['<a>', '', 'b'], d: { k: 1 } }
    const text = '<base:[1 &lt;A&gt;][2 B]0.33 [(&#39;k&#39;, 1)] 4>'
    const template = environment.getTemplateSync('page')
    expect(template.render(variables)).toBe(text)
    expect(await template.renderAsync({ ...variables, xs: Promise.resolve(variables.xs) })).toBe(text)
    expect(Array.from(template.generate(variables)).join('')).toBe(text)
  })

  it('refuses templates when they are loaded, as Environment does', () => {
    expect(() => new WebEnvironment().fromString('{{ x|uper }}')).toThrow("No filter named 'uper'.")
    expect(() => new WebEnvironment().fromString('{% if %}')).toThrow("Expected an expression, got 'end of ")
  })

  it('makes overlays', () => {
    const environment = new WebEnvironment({ builtIns: [lipsum] })
    environment.addFilter('shout', (value: unknown) => `${value}!`)
    const overlay = environment.overlay({ variableStartString: '<<', variableEndString: '>>' })
    expect(overlay.fromString('<< "a"|shout >>').render()).toBe('a!')
    expect(overlay.globals.has('lipsum')).toBe(true)
    expect(overlay.linkedTo).toBe(environment)
  })
})
