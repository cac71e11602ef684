import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { TemplateSyntaxError } from '../errors.ts'
import { parse } from './parser.ts'

/** What the parser throws for a source, or `null`. */
function errorFor(source: string): unknown {
  try {
    parse(source)
  } catch (error) {
    return error
  }
  return null
}

function messageFor(source: string): string {
  const error = errorFor(source)
  return error === null ? 'no error' : (error as Error).message
}

describe('nesting (L19)', () => {
  const tooDeep = 'nesting is too deep: expected at most 100 levels of blocks and brackets'
  it.each([
    ['brackets', '(', ')', '{{ ', ' }}'],
    ['lists', '[', ']', '{{ ', ' }}'],
    ['conditions', 'a if b else ', '', '{{ ', 'c }}'],
    ['calls', 'a(', ')', '{{ ', ' }}'],
    ['blocks', '{% if a %}', '{% endif %}', '', ''],
  ])('of %s', (_name, open, close, before, after) => {
    const nested = (depth: number) =>
      `${before}${open.repeat(depth)}${close === ')' ? 'a' : ''}${close.repeat(depth)}${after}`
    expect(messageFor(nested(90))).toBe('no error')
    expect(messageFor(nested(120))).toContain(tooDeep)
    expect(messageFor(nested(100_000))).toContain(tooDeep)
  })

  it.each([
    ['sums', ' + a'],
    ['attributes', '.a'],
    ['filters', '|a'],
    ['tests', ' is a(b)'],
    ['conditions', ' if a'],
  ])('of operators: %s', (_name, operator) => {
    expect(messageFor(`{{ a${operator.repeat(240)} }}`)).toBe('no error')
    expect(messageFor(`{{ a${operator.repeat(100_000)} }}`)).toContain('expression is too long')
    // Many operators that do not stand in a row are none.
    expect(messageFor(`{{ [${`a${operator}, `.repeat(5000)}] }}`)).toBe('no error')
  })

  it('of branches', () => {
    const branches = (count: number) => `{% if a %}${'{% elif a %}'.repeat(count)}{% endif %}`
    expect(messageFor(branches(1000))).toBe('no error')
    expect(messageFor(branches(1001))).toBe('too many branches: expected at most 1000 elif tags in a row')
  })

  it('of signs', () => {
    expect(messageFor(`{{ ${'-'.repeat(100_000)}a }}`)).toContain('expression is too long')
    expect(messageFor(`{{ ${'not '.repeat(100_000)}a }}`)).toContain('expression is too long')
  })
})

const seeds = [
  '{% for a, b in c.d if e is f recursive %}{{ loop.index ~ a[0:2]|g(1, h="x") }}{% else %}{% endfor %}',
  '{% if a == 1 and not b in (1, 2.5) %}x{% elif {"a": [1]} %}{% else %}{# c #}{% endif %}',
  '{% macro a(b, c=1) -%} {{ caller(b) if c else -2 ** 3 }} {%- endmacro %}{% call(x) a(*b, **c) %}{% endcall %}',
  '{% extends "a" %}{% block b scoped required %}{% endblock b %}{% set a.b = c %}{% set d | e %}{% endset %}',
  '{% from "a" import b as c, d with context %}{% import "a" as b %}{% include ["a"] ignore missing without context %}',
  '{% with a = 1 %}{% autoescape true %}{% raw %}{{{% endraw %}{% endautoescape %}{% endwith %}{% filter a|b %}{% endfilter %}',
]

describe('any source', () => {
  const snippet = fc.oneof(
    fc.constantFrom(
      ...'{{|}}|{%|%}|{#|#}|-|+|(|)|[|]|,|.|:|=|==|~|*|**|is|not|in|if|else|for|set|end|endif|raw|\n'.split(
        '|',
      ),
      '|',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )

  it('is parsed or refused with a syntax error that has a place', () => {
    fc.assert(
      fc.property(fc.array(snippet, { maxLength: 40 }), (parts) => check(parts.join(' '))),
      { numRuns: 500 },
    )
  })

  it('also if it is nearly right', () => {
    const edit = fc.record({ at: fc.nat(), length: fc.nat(12), text: snippet })
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (seed, edits) => {
          let source = seed
          for (const { at, length, text } of edits) {
            const start = at % (source.length + 1)
            source = source.slice(0, start) + text + source.slice(start + length)
          }
          check(source)
        },
      ),
      { numRuns: 1000 },
    )
  })

  function check(source: string): void {
    const error = errorFor(source)
    if (error === null) return
    expect(error).toBeInstanceOf(TemplateSyntaxError)
    const { lineno, column } = error as TemplateSyntaxError
    const lines = source.split(/\r\n?|\n/)
    expect(lineno).toBeLessThanOrEqual(lines.length)
    expect(column).toBeLessThanOrEqual((lines[lineno! - 1] as string).length + 1)
  }
})

describe('linear time', () => {
  it('for many tags', () => {
    const source = [...seeds, '{{ a }}', '{% set a = [1, (2, 3), {"a": b|c}] %}'].join('')
    expect(growthOf((n) => parse(source.repeat(Math.ceil(n / 64))))).toBeLessThan(1.7)
  })

  it.each(['a, ', 'a ~ ', 'a == ', "'a' ", '[1], ', '"a": b, '])('for many in one tag: %s', (piece) => {
    expect(
      growthOf((n) => {
        for (const [open, close] of ['()', '{}']) errorFor(`{{ ${open}${piece.repeat(n / 2)}1${close} }}`)
      }),
    ).toBeLessThan(1.7)
  })
})
