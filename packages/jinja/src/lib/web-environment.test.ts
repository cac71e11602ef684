import { Markup } from '@phial/markup/core'
import { describe, expect, it, test } from 'vitest'
import { builtInFilters } from './filters/table.ts'
import { builtInTests } from './is-tests/table.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import { findMethod, methodNames } from './values/methods/table.ts'
import { lipsum, pythonMethods, WebEnvironment } from './web-environment.ts'

// Nothing here imports `Environment`: methods that one environment installs are there for all.

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

  test('methods of dicts and lists are there, others are given to it', () => {
    const source = '{{ d.get("k") }}{{ xs.append(1) }}{{ xs.count(1) }}'
    expect(new WebEnvironment().fromString(source).render({ d: { k: 1 }, xs: [] })).toBe('1None1')
    expect(findMethod('text', 'upper')).toBeUndefined()
    expect(() => new WebEnvironment().fromString('{{ name.upper() }}').render({ name: 'a' })).toThrow(
      "'str object' has no attribute 'upper'",
    )
    const environment = new WebEnvironment({ builtIns: [pythonMethods, lipsum] })
    expect(environment.fromString('{{ name.upper() }}').render({ name: 'a' })).toBe('A')
    expect(environment.fromString('{{ lipsum(n=1, html=false)|wordcount > 10 }}').render()).toBe('True')
  })

  it('needs no methods of Markup but those of its class', () => {
    expect('upper' in Markup.prototype).toBe(false)
    const environment = new WebEnvironment({ autoescape: true, builtIns: [pythonMethods] })
    const html = new Markup('<i>b</i> a')
    const failures: string[] = []
    const attempt = (source: string): void => {
      try {
        environment.fromString(source).render({ html, items: [html, 'a'], mapping: { k: html } })
      } catch (error) {
        // Not all filters take such values: that is an error of the engine's own.
        if (/is not a function/.test(String(error))) failures.push(source)
      }
    }
    for (const name of environment.filters.keys()) {
      for (const value of ['html', 'items', 'mapping']) {
        for (const args of ['', '(html)', '("a", html)']) attempt(`{{ ${value}|${name}${args}|list }}`)
      }
    }
    for (const name of environment.tests.keys()) {
      for (const args of ['', '(html)']) attempt(`{{ html is ${name}${args} }}`)
    }
    for (const name of methodNames(html)) {
      for (const args of ['', 'html', '"a", html', '9, html']) attempt(`{{ html.${name}(${args}) }}`)
    }
    for (const operator of ['+', '-', '*', '/', '//', '%', '**', '~', '<', '==', 'in']) {
      for (const other of ['html', '2', '"a"', 'items']) attempt(`{{ html ${operator} ${other} }}`)
    }
    for (const source of ['{{ html[1:] }}', '{{ html[0] }}', '{% for c in html %}{{ c }}{% endfor %}'])
      attempt(source)
    expect(failures).toEqual([])
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
