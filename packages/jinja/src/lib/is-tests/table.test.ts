import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'
import { StrictUndefined } from '../values/undefined.ts'

const environment = new Environment()

class Person {
  name = 'x'
}

const context = {
  markup: new Markup('<b>'),
  map: new Map([['a', 1]]),
  person: new Person(),
  set: new Set([1]),
  fn: () => 1,
  bytes: Uint8Array.of(1),
  iterator: [1][Symbol.iterator](),
  query: new URLSearchParams('a=1'),
}

describe('tests', () => {
  it.each<readonly [test: string, holds: readonly string[], fails: readonly string[]]>([
    ['odd', ['3', '-1', '3.0', 'true'], ['2', '0', '2.5']],
    ['even', ['2', '0', '-4', '2.0'], ['3', '2.5']],
    ['divisibleby(3)', ['9', '0', '-3', '6.0'], ['4']],
    ['defined', ['0', 'none', '""'], ['missing', 'person.nope']],
    ['undefined', ['missing', '{}.a'], ['none', '0']],
    ['none', ['none'], ['missing', '0', '""']],
    ['filter', ['"upper"', '"e"'], ['"nope"', '"constructor"', '5']],
    ['test', ['"odd"', '"=="'], ['"nope"', '"toString"']],
    ['boolean', ['true', 'false'], ['0', 'none']],
    ['true', ['true'], ['1', '"a"']],
    ['false', ['false'], ['0', 'none']],
    ['integer', ['1', '10**30', '-0'], ['1.0', 'true', '"1"']],
    ['float', ['1.0', '1.5', '4/2'], ['1', 'true']],
    ['number', ['1', '1.5', '2**70', 'true'], ['"1"', 'none']],
    ['string', ['""', 'markup'], ['1', 'none', '["a"]']],
    ['mapping', ['{}', 'map', 'query'], ['[]', '"a"', 'person', 'namespace(a=1)']],
    [
      'sequence',
      ['[]', '"a"', '{}', '(1,)', 'range(3)', 'markup', 'missing', 'bytes'],
      ['1', 'set', '{}.items()', 'iterator'],
    ],
    [
      'iterable',
      ['[]', '"a"', '{}', 'set', 'iterator', 'range(3)', 'missing', '{}.items()'],
      ['1', 'none', 'fn', 'person'],
    ],
    [
      'callable',
      ['fn', 'range', '"a".upper', 'cycler', 'missing', 'joiner()'],
      ['1', '"a"', 'person', 'cycler(1)'],
    ],
    ['lower', ['"abc"', '"a1"'], ['"aB"', '"1"', '""']],
    ['upper', ['"ABC"'], ['"aB"', '1']],
    ['escaped', ['markup'], ['"a"', '{"__html__": 1}']],
    ['sameas(none)', ['none'], ['missing', 'false']],
    ['sameas(true)', ['true'], ['1']],
    ['in([1, "a"])', ['1', '"a"', 'true'], ['2', 'none']],
    ['eq("a")', ['"a"'], ['"b"']],
    ['equalto([1])', ['[1]'], ['(1,)']],
    ['ne(1)', ['2'], ['1']],
    ['gt(1)', ['2', '1.5'], ['1']],
    ['ge(1)', ['1', '2'], ['0']],
    ['lt(1)', ['0'], ['1']],
    ['le(1)', ['1', '0'], ['2']],
    ['greaterthan(1)', ['2'], ['1']],
    ['lessthan(1)', ['0'], ['1']],
  ])('%s', (test, holds, fails) => {
    const answers = (values: readonly string[]): string[] =>
      values.filter((value) => environment.compileExpression(`(${value}) is ${test}`)(context) === true)
    expect(answers(holds)).toEqual(holds)
    expect(answers(fails)).toEqual([])
  })

  it.each([
    ['"a" is odd', 'not all arguments converted during string formatting'],
    ['[] is even', "unsupported operand type(s) for %: 'list' and 'int'"],
    ['1 is divisibleby(0)', 'integer modulo by zero'],
    ['1 is gt("a")', "'>' not supported between instances of 'int' and 'str'"],
    ['missing is odd', "'missing' is undefined"],
    ['1 is eq', 'eq expected 2 arguments, got 1'],
    ['[] is filter', "unhashable type: 'list'"],
    ['1 is in(5)', "argument of type 'int' is not iterable"],
  ])('%s raises', (expression, message) => {
    expect(() => environment.fromString(`{{ ${expression} }}`).render(context)).toThrow(message)
  })

  it('ask strict undefined values only whether they are there', () => {
    const strict = new Environment({ undefined: StrictUndefined })
    const run = (expression: string): unknown => strict.fromString(`{{ ${expression} }}`).render()
    expect(run('x is defined')).toBe('False')
    expect(run('x is sequence')).toBe('False')
    expect(run('x is mapping')).toBe('False')
    expect(() => run('x is iterable')).toThrow("'x' is undefined")
    expect(() => run('x is eq(1)')).toThrow("'x' is undefined")
  })
})
