import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = {
  users: [
    { name: 'Bo', age: 23, city: 'Rom', on: true, address: { zip: '7' } },
    { name: 'al', age: 31, city: 'Oslo', on: false, address: { zip: '5' } },
    { name: 'Cy', age: 23, city: 'oslo', on: true, address: { zip: '6' } },
  ],
}

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('first and last', () => {
  check([
    ['[3,1,2]|first', '3'],
    ['[]|first is undefined', 'True'],
    ["'😀b'|first", '😀'],
    ["{'a':1}|first", 'a'],
    ['[3,1,2]|last', '2'],
    ["'a😀'|last", '😀'],
    ["{'a':1,'b':2}|last", 'b'],
    ['range(4)|last', '3'],
    ['[]|last', ''],
    ['missing|last', ''],
  ])
})

describe('length and list', () => {
  check([
    ["'a😀'|length", '2'],
    ['[1,2]|count', '2'],
    ["{'a':1}|length", '1'],
    ['range(7)|length', '7'],
    ['missing|length', '0'],
    ["'ab😀'|list", "['a', 'b', '😀']"],
    ["{'a':1}|list", "['a']"],
    ['range(3)|list', '[0, 1, 2]'],
    ['missing|list', '[]'],
    ['(1,2)|list', '[1, 2]'],
  ])
})

describe('reverse', () => {
  check([
    ["'ab😀'|reverse", '😀ba'],
    ['[1,2,3]|reverse|list', '[3, 2, 1]'],
    ["{'a':1,'b':2}|reverse|list", "['b', 'a']"],
    ['range(3)|reverse|list', '[2, 1, 0]'],
    ["[1,2]|map('abs')|reverse", '[2, 1]'],
  ])
})

describe('join', () => {
  check([
    ["[1,2,3]|join('-')", '1-2-3'],
    ["users|join(', ', attribute='name')", 'Bo, al, Cy'],
    ["[1,none,'a']|join", '1Nonea'],
    ["'abc'|join('.')", 'a.b.c'],
    ['missing|join', ''],
    ['[1,2]|join(5)', '152'],
  ])
})

describe('min and max', () => {
  check([
    ['[3,1,2]|min', '1'],
    ["['b','A']|min", 'A'],
    ["['b','A','a']|max(true)", 'b'],
    ["(users|max(attribute='age')).name", 'al'],
    ['[]|min', ''],
    ['[]|max is defined', 'False'],
    ['[1, 1.5, true]|max', '1.5'],
  ])
})

describe('sum', () => {
  check([
    ['[1,2,3]|sum', '6'],
    ['[1,2.5]|sum', '3.5'],
    ["users|sum('age')", '77'],
    ['[]|sum(start=5)', '5'],
    ['[[1],[2]]|sum(start=[])', '[1, 2]'],
    ['([0.1]*3)|sum', '0.30000000000000004'],
  ])
})

describe('batch and slice', () => {
  check([
    ['range(7)|batch(3)|list', '[[0, 1, 2], [3, 4, 5], [6]]'],
    ["range(7)|batch(3, 'x')|list", "[[0, 1, 2], [3, 4, 5], [6, 'x', 'x']]"],
    ['[]|batch(3)|list', '[]'],
    ['range(7)|slice(3)|list', '[[0, 1, 2], [3, 4], [5, 6]]'],
    ["range(7)|slice(3, 'x')|list", "[[0, 1, 2], [3, 4, 'x'], [5, 6, 'x']]"],
    ['range(2)|slice(4)|list', '[[0], [1], [], []]'],
    ['(1,2,3)|slice(2)|list', '[[1, 2], [3]]'],
  ])
})

describe('items', () => {
  check([
    ["{'a': 1, 'b': 2}|items|list", "[('a', 1), ('b', 2)]"],
    ['missing|items|list', '[]'],
  ])
})

describe('default and attr', () => {
  check([
    ["missing|default('d')", 'd'],
    ["''|default('d')", ''],
    ["''|d('d', true)", 'd'],
    ["none|default('d')", 'None'],
    ["0|default('d', boolean=true)", 'd'],
    ['missing|default', ''],
    ["missing.x|default('d') if false else 'e'", 'e'],
    ["'x'|attr('upper') is callable", 'True'],
    ["{'a': 1}|attr('a') is defined", 'False'],
    ["{'items': 1}|attr('items')()|list", "[('items', 1)]"],
    ["'x'|attr('nope')", ''],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ['42|length', 'TypeError', "object of type 'int' has no len()"],
    ['42|last', 'TypeError', "'int' object is not reversible"],
    ['42|reverse', 'FilterArgumentError', 'argument must be iterable'],
    ['none|last', 'TypeError', "'NoneType' object is not reversible"],
    ['[none,1]|min', 'TypeError', "'<' not supported between instances of 'int' and 'NoneType'"],
    ['1|join', 'TypeError', "'int' object is not iterable"],
    ["[1]|sum(start='')", 'TypeError', "sum() can't sum strings [use ''.join(seq) instead]"],
    ["[1,'a']|sum", 'TypeError', "unsupported operand type(s) for +: 'int' and 'str'"],
    ['[1]|batch', 'TypeError', "do_batch() missing 1 required positional argument: 'linecount'"],
    ['[1]|slice(0)|list', 'ZeroDivisionError', 'integer division or modulo by zero'],
    ['[1]|items|list', 'TypeError', 'Can only get item pairs from a mapping.'],
    ['42|first', 'TypeError', "'int' object is not iterable"],
    ["'a'|attr(1)", 'TypeError', "attribute name must be string, not 'int'"],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
