import { expect, test } from 'vitest'
import { parse } from '../syntax/parser.ts'
import { contentsOf } from './contents.ts'

test('what there is in a template, however deep it stands', () => {
  const { kinds, names, stored, attributes, blocks } = contentsOf(
    parse(
      '{% block a %}{% for x in y %}{{ x.id }}{% if x.id > z.id.n %}{% block b %}{% endblock %}{% endif %}{% endfor %}{% endblock %}' +
        '{% macro m(p) %}{% endmacro %}{% from "f" import g as h %}{% import "i" as j %}{% set ns.k = 1 %}',
    ),
  )
  expect(kinds.has('Compare')).toBe(true)
  expect(kinds.has('Include')).toBe(false)
  expect(Object.fromEntries(names)).toEqual({ x: 3, y: 1, z: 1, m: 1, p: 1, h: 1, j: 1, ns: 1 })
  expect(Array.from(stored).sort()).toEqual(['p', 'x'])
  expect(Object.fromEntries(attributes)).toEqual({ id: 3, n: 1 })
  expect(blocks.map(({ name }) => name)).toEqual(['a', 'b'])
})
