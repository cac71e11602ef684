import { Markup } from '@phial/markup/core'
import { expect, it, test } from 'vitest'
import { findMethod, methodNames } from './values/methods/table.ts'
import { lipsum, pythonMethods, WebEnvironment } from './web-environment.ts'

// In a process of its own, that has never seen an `Environment`: what that brings along is then there for all.

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
