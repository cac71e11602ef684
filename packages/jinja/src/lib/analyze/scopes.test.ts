import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { parse } from '../syntax/parser.ts'
import { analyzeFrame, undeclaredNames } from './scopes.ts'
import { Symbols } from './symbols.ts'

function symbolsOf(source: string, parent: Symbols | null = null): Symbols {
  const symbols = new Symbols(parent)
  analyzeFrame(symbols, parse(source))
  return symbols
}

const loadsOf = (symbols: Symbols): Record<string, unknown> => Object.fromEntries(symbols.loads)

describe('the symbols of a frame', () => {
  test('names that are read come from the context', () => {
    expect(loadsOf(symbolsOf('{{ a }}'))).toEqual({ l_0_a: { kind: 'resolve', name: 'a' } })
  })

  test('names that are stored first have no value before', () => {
    expect(loadsOf(symbolsOf('{% set a = 1 %}{{ a }}'))).toEqual({ l_0_a: { kind: 'undefined' } })
  })

  test('a value is read before the name is stored', () => {
    expect(loadsOf(symbolsOf('{% set a = a %}'))).toEqual({ l_0_a: { kind: 'resolve', name: 'a' } })
  })

  test('names that one branch stores may come from the context', () => {
    const symbols = symbolsOf('{% if x %}{% set a = 1 %}{% endif %}{{ a }}')
    expect(symbols.loads.get('l_0_a')).toEqual({ kind: 'resolve', name: 'a' })
    expect(symbols.stores).toEqual(new Set(['a']))
  })

  test('names of a frame outside are taken from there', () => {
    const outer = symbolsOf('{% set a = 1 %}')
    const inner = symbolsOf('{{ a }}{% set b = 1 %}', outer)
    expect(inner.ref('a')).toBe('l_0_a')
    expect(symbolsOf('{% set a = 2 %}', outer).loads.get('l_1_a')).toEqual({ kind: 'alias', target: 'l_0_a' })
    expect(inner.visibleStores()).toEqual(
      new Map([
        ['b', 'l_1_b'],
        ['a', 'l_0_a'],
      ]),
    )
  })

  test('loops, macros, blocks and the like have frames of their own', () => {
    const symbols = symbolsOf(
      '{% for a in b %}{{ c }}{% endfor %}{% macro d(e) %}{{ f }}{% endmacro %}{% block g %}{{ h }}{% endblock %}' +
        '{% with i = j %}{{ k }}{% endwith %}{% set l %}{{ m }}{% endset %}{% call n() %}{{ o }}{% endcall %}',
    )
    expect(Array.from(symbols.refs.keys()).sort()).toEqual(['b', 'd', 'j', 'l', 'n'])
  })

  test('a name that was never seen is a mistake of the engine', () => {
    expect(() => new Symbols().ref('a')).toThrow("'a' was not seen")
  })
})

test('names are undeclared where they are read before they are given', () => {
  const names = (source: string): string[] =>
    Array.from(undeclaredNames(parse(source).body, ['caller', 'loop']))
  expect(names('{{ caller() }}{{ loop.index }}')).toEqual(['caller', 'loop'])
  expect(names('{% set caller = 1 %}{{ caller }}')).toEqual([])
  expect(names('{% block b %}{{ caller() }}{% endblock %}')).toEqual([])
})

/** What Jinja prints: which scope sees what. */
const scoping: readonly [source: string, output: string][] = [
  ['{% set x = 1 %}{% for i in [1, 2] %}{% set x = i %}{{ x }}{% endfor %}{{ x }}', '121'],
  ['{% for i in [1, 2] %}{{ x }}{% set x = i %}{% endfor %}', 'cc'],
  ['{% for i in [1, 2] %}{% if i == 1 %}{% set x = i %}{% endif %}{{ x }}{% endfor %}', '1c'],
  ['{% if true %}{% set x = 1 %}{% endif %}{{ x }}', '1'],
  ['{% if false %}{% set x = 1 %}{% endif %}{{ x }}', 'c'],
  ['{% with x = 1, y = x %}{{ x }}{{ y }}{% endwith %}{{ x }}', '1cc'],
  ['{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% set x = 1 %}{{ m() }}', '1'],
  ['{% macro m() %}{% set x = 1 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}', '1c'],
  ['{% set x = 1 %}{% block b %}{{ x }}{% endblock %}', '1'],
  ['{% for x in [1] %}{% block b %}{{ x }}{% endblock %}{% endfor %}', 'c'],
  ['{% for x in [1] %}{% block b scoped %}{{ x }}{% endblock %}{% endfor %}', '1'],
  ['{% block b %}{% set x = 1 %}{{ x }}{% endblock %}{{ x }}', '1c'],
  ['{% for x in [1, 2] if x > 1 %}{{ x }}{% endfor %}{{ x }}', '2c'],
  ['{% for y in [1] %}{% for y in [2] %}{{ y }}{% endfor %}{{ y }}{% endfor %}', '21'],
  ['{% for i in [] %}{% set x = 1 %}{% else %}{% set x = 2 %}{{ x }}{% endfor %}{{ x }}', '2c'],
  ['{% set x %}{{ x }}!{% endset %}{{ x }}', '!'],
  ['{% filter upper %}{% set x = "y" %}{{ x }}{% endfilter %}{{ x }}', 'Yc'],
  ['{% set a, b = 1, 2 %}{{ a }}{{ b }}', '12'],
  ['{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}', '3'],
]

describe('scopes', () => {
  test.each(scoping)('%s', (source, output) => {
    expect(new Environment().fromString(source).render({ x: 'c' })).toBe(output)
  })
})
