import { describe, expect, test } from 'vitest'
import { parse } from '../syntax/parser.ts'
import type { KnownNames } from './warnings.ts'
import { findWarnings } from './warnings.ts'

const known: KnownNames = {
  filters: new Map([
    ['upper', 1],
    ['join', 1],
  ]),
  tests: new Map([['defined', 1]]),
}

function warningsFor(source: string): [string, number][] {
  return findWarnings(parse(source), known).map(({ code, line }) => [code, line])
}

describe('findWarnings', () => {
  test('names unknown filters and tests, and what was probably meant', () => {
    const tree = parse('{{ a|uper }}\n{{ b is definned }}{{ c|zzzzzzzzz }}')
    expect(findWarnings(tree, known)).toMatchObject([
      {
        code: 'unknown-filter',
        message: "there is no filter named 'uper'",
        hint: "Did you mean 'upper'?",
        line: 1,
      },
      {
        code: 'unknown-test',
        message: "there is no test named 'definned'",
        hint: "Did you mean 'defined'?",
        line: 2,
      },
      { code: 'unknown-filter', hint: 'Add it to the environment with addFilter.', line: 2 },
    ])
    expect(warningsFor('{{ a|constructor }}{{ a is __proto__ }}')).toEqual([
      ['unknown-filter', 1],
      ['unknown-test', 1],
    ])
  })

  test.each<[string, string]>([
    ['set', '{% set a = 0 %}\n{% for x in y %}{% set a = 1 %}{% endfor %}{{ a }}'],
    ['under a condition', '\n{% for x in y %}{% if x %}{% set a = 1 %}{% endif %}{% endfor %}{{ a }}'],
    ['a block of set', '\n{% for x in y %}{% set a %}1{% endset %}{% endfor %}{{ a }}'],
    ['a tuple', '\n{% for x in y %}{% set b, a = 1, 2 %}{% endfor %}{{ a }}'],
    [
      'read in the loop too',
      '{% set a = 0 %}\n{% for x in y %}{% set a = a + 1 %}{{ a }}{% endfor %}{{ a }}',
    ],
    [
      'in a loop in a loop',
      '{% for z in y %}\n{% for x in z %}{% set a = 1 %}{% endfor %}{{ a }}{% endfor %}',
    ],
    ['in a macro', '{% macro m() %}\n{% for x in y %}{% set a = 1 %}{% endfor %}{{ a }}{% endmacro %}'],
    ['in a block', '{% block b %}\n{% for x in y %}{% set a = 1 %}{% endfor %}{{ a }}{% endblock %}'],
  ])('set in a loop and read behind it: %s', (_, source) => {
    expect(warningsFor(source)).toEqual([['set-in-loop', 2]])
  })

  test.each([
    '{% for x in y %}{% set a = 1 %}{{ a }}{% endfor %}',
    '{% for x in y %}{% set a = 1 %}{% endfor %}{% set a = 2 %}{{ a }}',
    '{% for a in y %}{% set a = 1 %}{% endfor %}{{ b }}',
    '{% set ns = namespace(a=0) %}{% for x in y %}{% set ns.a = 1 %}{% endfor %}{{ ns.a }}',
    '{% set a = 0 %}{{ a }}{% for x in y %}{% set a = 1 %}{% endfor %}',
    '{% for x in y %}{% macro m() %}{% set a = 1 %}{% endmacro %}{% endfor %}{{ a }}',
  ])('no warning for %s', (source) => {
    expect(warningsFor(source)).toEqual([])
  })

  test('blocks that read the loop around them', () => {
    expect(warningsFor('{% for x in y %}{% block b %}{{ x }}{% endblock %}{% endfor %}')).toEqual([
      ['unscoped-block', 1],
    ])
    expect(warningsFor('{% for x in y %}{% block b %}{{ loop.index }}{% endblock %}{% endfor %}')).toEqual([
      ['unscoped-block', 1],
    ])
    expect(warningsFor('{% for x in y %}{% block b scoped %}{{ x }}{% endblock %}{% endfor %}')).toEqual([])
    expect(
      warningsFor('{% for x in y %}{% block b %}{% set x = 1 %}{{ x }}{{ y }}{% endblock %}{% endfor %}'),
    ).toEqual([])
  })

  test('text outside of the blocks of a child', () => {
    expect(warningsFor('{% extends "a" %}\n{% block b %}{% endblock %}\n  lost')).toEqual([
      ['outside-blocks', 2],
    ])
    expect(warningsFor('{% extends "a" %}\n\n{{ lost }}')).toEqual([['outside-blocks', 3]])
    expect(warningsFor('printed {% extends "a" %}\n{% block b %}x{% endblock %}\n{% set a = 1 %}')).toEqual(
      [],
    )
    expect(warningsFor('{% if x %}{% extends "a" %}{% endif %}printed')).toEqual([])
  })
})
