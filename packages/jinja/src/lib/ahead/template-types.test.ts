import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { templateTypes, variablesOf } from './template-types.ts'

function variables(templates: Record<string, string>, name = 'a'): string[] {
  const environment = new Environment()
  const trees = new Map(Object.entries(templates).map(([each, source]) => [each, environment.parse(source)]))
  return Array.from(variablesOf(environment, name, trees), ([each, kind]) =>
    kind === 'optional' ? `${each}?` : each,
  ).sort()
}

describe('variablesOf', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['what is read, but not globals', { a: '{{ x }}{{ range(3) }}{% set y = 1 %}{{ y }}' }, ['x']],
    [
      'what has a default, or is asked for',
      { a: '{{ x|default(1) }}{% if y is defined %}{{ y }}{% endif %}{{ z }}' },
      ['x?', 'y?', 'z'],
    ],
    [
      'what templates above and within read',
      { a: '{% extends "b" %}{{ x }}', b: '{{ y }}{% include "c" %}', c: '{{ z }}' },
      ['x', 'y', 'z'],
    ],
    ['optional here, required there', { a: '{{ x|default(1) }}{% include "c" %}', c: '{{ x }}' }, ['x']],
    [
      'what is set for the template above',
      { a: '{% extends "b" %}{% set title = x %}', b: '{{ title }}' },
      ['x'],
    ],
    [
      'what is set around an include',
      { a: '{% for x in xs %}{% include "c" %}{% endfor %}', c: '{{ x }}{{ y }}{{ loop.index }}' },
      ['xs', 'y'],
    ],
    [
      'what is passed on through several',
      { a: '{% with x = 1 %}{% include "b" %}{% endwith %}', b: '{% include "c" %}', c: '{{ x }}' },
      [],
    ],
    [
      'includes and imports without context',
      { a: '{% include "c" without context %}{% import "c" as c %}', c: '{{ x }}' },
      [],
    ],
    [
      'imports with context',
      { a: '{% from "c" import m with context %}', c: '{% macro m(p) %}{{ p }}{{ x }}{% endmacro %}' },
      ['x'],
    ],
    [
      'what blocks read and the template has imported, set or defined outside of them',
      {
        a:
          '{% from "m" import card, x as y %}{% import "m" as forms %}{% set title = 1 %}{% macro row() %}{% endmacro %}' +
          '{% block b %}{{ card() }}{{ y }}{{ forms.z() }}{{ title }}{{ row() }}{{ w }}{% endblock %}',
      },
      ['w'],
    ],
    [
      'what blocks read and the template above has imported',
      {
        a: '{% extends "b" %}{% block c %}{{ card() }}{{ x }}{{ y }}{% endblock %}',
        b: '{% extends "c" %}{% from "m" import card %}{% block c %}{% endblock %}',
        c: '{% set y = 1 %}{% block c %}{% endblock %}',
      },
      ['x'],
    ],
    [
      'what is read before it is set, or set only under a condition',
      {
        a: '{{ x }}{% set x = 1 %}{% if z %}{% set y = 1 %}{% endif %}{% block b %}{{ x }}{{ y }}{% endblock %}',
      },
      ['x', 'y', 'z'],
    ],
    [
      'what blocks set is seen by nobody else',
      { a: '{% block b %}{% set x = 1 %}{% endblock %}{% block c %}{{ x }}{% endblock %}' },
      ['x'],
    ],
    ['templates that extend themselves', { a: '{% extends "a" %}{% block b %}{{ x }}{% endblock %}' }, ['x']],
    ['includes that lead back', { a: '{{ x }}{% include "b" %}', b: '{{ y }}{% include "a" %}' }, ['x', 'y']],
    ['templates that are not there', { a: '{{ x }}{% include "b" ignore missing %}' }, ['x']],
  ])('%s', (_, templates, expected) => {
    expect(variables(templates)).toEqual(expected)
  })
})

describe('templateTypes', () => {
  const templates = [
    { name: 'b.html', source: 'nothing' },
    { name: 'a.html', source: '{{ user.name }}{{ title|d("-") }}' },
  ]

  test('a registry of the framework is extended', () => {
    expect(
      templateTypes(new Environment(), templates),
    ).toBe(`// Written by \`phial-jinja types\`: change the templates, not this file.
import type {} from "phial"

export interface TemplateVariables {
  "a.html": { title?: unknown; user: unknown }
  "b.html": {}
}

declare module "phial" {
  interface TemplateRegistry extends TemplateVariables {}
}
`)
  })

  test('or there is one that stands alone', () => {
    const text = templateTypes(new Environment(), templates, { module: null })
    expect(text).toContain('export interface TemplateRegistry {\n  "a.html": {')
    expect(text).not.toContain('declare module')
  })
})
