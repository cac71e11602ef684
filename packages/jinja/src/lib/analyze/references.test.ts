import { describe, expect, test } from 'vitest'
import type { Template } from '../syntax/ast.ts'
import { parse } from '../syntax/parser.ts'
import { findFilters, findReferencedTemplates, findTests, findUndeclaredVariables } from './references.ts'

function treeOf(source: string): Template {
  return parse(source)
}

describe('findUndeclaredVariables', () => {
  test.each<[string, string[]]>([
    ['text', []],
    ['{{ a }}{{ b.c }}{{ d[e] }}', ['a', 'b', 'd', 'e']],
    ['{% set a = b %}{{ a }}', ['b']],
    ['{{ a }}{% set a = 1 %}', ['a']],
    ['{% if x %}{% set a = 1 %}{% endif %}{{ a }}', ['a', 'x']],
    ['{% if x %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}', ['a', 'x']],
    [
      '{% for a, (b, c) in d if a and e %}{{ a }}{{ b }}{{ c }}{{ loop.index }}{{ f }}{% else %}{{ a }}{% endfor %}',
      ['a', 'd', 'e', 'f'],
    ],
    ['{% for a in b %}{% endfor %}{{ a }}', ['a', 'b']],
    ['{% for a in b recursive %}{{ loop(a.c) }}{% endfor %}', ['b']],
    [
      '{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{{ caller() }}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m(e) }}',
      ['c', 'd', 'e'],
    ],
    ['{% call(a) m(b) %}{{ a }}{{ c }}{% endcall %}', ['b', 'c', 'm']],
    ['{% with a = a, b = c %}{{ a }}{{ b }}{{ d }}{% endwith %}', ['a', 'c', 'd']],
    ['{% filter upper %}{{ a }}{% endfilter %}', ['a']],
    ['{% set a %}{{ b }}{% endset %}{{ a }}', ['b']],
    [
      '{% block x %}{{ a }}{{ super() }}{{ self.y() }}{% block y %}{{ b }}{% endblock %}{% endblock %}',
      ['a', 'b'],
    ],
    ['{% set a = 1 %}{% block x %}{{ a }}{% endblock %}', ['a']],
    ['{{ self.x() }}', []],
    ['{% import t as m %}{% from "x" import y as z %}{{ m }}{{ y }}{{ z }}', ['t', 'y']],
    ['{% set ns.a = b %}', ['b', 'ns']],
    ['{% include a %}{% extends b %}', ['a', 'b']],
    ['{{ range(a) }}{{ dict(b=c) }}', ['a', 'c']],
    [
      '{{ [a, (b, {c: d})][e:f] }}{{ g if h else i }}{{ j is divisibleby k }}{{ l|default(m, n=o) }}',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'o'],
    ],
  ])('%s', (source, expected) => {
    expect(
      findUndeclaredVariables(
        treeOf(source),
        new Map([
          ['range', 1],
          ['dict', 1],
        ]),
      ),
    ).toEqual(expected)
  })

  test('globals count where none are given', () => {
    expect(findUndeclaredVariables(treeOf('{{ range(1) }}'))).toEqual(['range'])
  })
})

describe('findReferencedTemplates', () => {
  test.each<[string, (string | null)[]]>([
    ['{% extends "a" %}{% include "b" %}{% import "c" as c %}{% from "d" import e %}', ['a', 'b', 'c', 'd']],
    ['{% extends a %}{% include b ~ "c" %}', [null, null]],
    ['{% include ["a", "b"] %}{% include ("c", d) %}', ['a', 'b', 'c', null]],
    ['{% if x %}{% for y in z %}{% include "a" ignore missing %}{% endfor %}{% endif %}', ['a']],
    ['{% block x %}{% macro m() %}{% include "a" %}{% endmacro %}{% endblock %}', ['a']],
    ['{% include ["a", 5] %}{% include 5 %}', ['a', null]],
    ['text', []],
  ])('%s', (source, expected) => {
    expect(findReferencedTemplates(treeOf(source))).toEqual(expected)
  })
})

test('the filters and tests that are used, with their places', () => {
  const tree = treeOf(
    '{{ a|upper|join(",") }}\n{% if b is not defined %}{% filter trim|lower %}{% endfilter %}{% endif %}',
  )
  expect(findFilters(tree).map(({ name, line }) => [name, line])).toEqual([
    ['upper', 1],
    ['join', 1],
    ['trim', 2],
    ['lower', 2],
  ])
  expect(findTests(tree).map(({ name, line }) => [name, line])).toEqual([['defined', 2]])
})
