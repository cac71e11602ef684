import { expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { passContext } from '../pass.ts'
import { KeyError } from '../values/python-errors.ts'
import type { Context } from './context.ts'

function contextIn(source: string, variables = {}): Context {
  const environment = new Environment({ globals: { g: 1, x: 'global' } })
  let seen: Context | null = null
  environment.globals.set(
    'look',
    passContext((context: Context) => {
      seen = context
      return ''
    }),
  )
  environment.fromString(source).render(variables)
  return seen!
}

test('finds what the template stored, what it was given, and globals', () => {
  const context = contextIn('{% set s = 2 %}{% set _p = 3 %}{{ look() }}', { x: null })
  expect(['s', 'x', 'g'].map((name) => context.resolve(name))).toEqual([2, null, 1])
  expect(context.get('x', 'default')).toBeNull()
  expect([context.get('nosuch'), context.get('nosuch', 5)]).toEqual([null, 5])
  expect(String(context.resolve('nosuch'))).toBe('')
  expect([context.has('s'), context.has('nosuch')]).toEqual([true, false])
  expect(context.getItem('s')).toBe(2)
  expect(() => context.getItem('nosuch')).toThrow(KeyError)
  expect(context.getExported()).toEqual(new Map([['s', 2]]))
  expect(Array.from(context.vars.keys())).toEqual(['s', '_p'])
  expect(context.exportedVars).toEqual(new Set(['s']))
  expect(context.getAll().get('x')).toBeNull()
  expect(context.parent.has('s')).toBe(false)
  expect(Array.from(context.keys())).toContain('g')
})

test('calls functions, giving them the context if they ask for it', () => {
  const context = contextIn('{{ look() }}', { x: 1 })
  expect(
    context.call(
      passContext((given: Context, a: number) => [given === context, a]),
      2,
    ),
  ).toEqual([true, 2])
})

test('a derived context has more variables, and leaves the other as it is', () => {
  const context = contextIn('{% set s = 2 %}{{ look() }}', { x: 1 })
  const derived = context.derived({ s: 3 })
  expect([derived.resolve('s'), derived.resolve('x'), context.resolve('s')]).toEqual([3, 1, 2])
  expect(derived.evalContext).toBe(context.evalContext)
})

test('what is stored later is not seen by templates that were included or imported before', () => {
  const environment = new Environment()
  const module = environment.fromString('{% macro m() %}{{ x }}{% endmacro %}')
  const source = '{% set x = 1 %}{% import module as a with context %}{% set x = 2 %}{{ a.m() }}{{ x }}'
  expect(environment.fromString(source).render({ module })).toBe('12')
})
