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

describe('sort', () => {
  check([
    ["['b','A','a']|sort", "['A', 'a', 'b']"],
    ["['b','A','a']|sort(case_sensitive=true)", "['A', 'a', 'b']"],
    ['[3,1,2]|sort(reverse=true)', '[3, 2, 1]'],
    ["users|sort(attribute='age,name')|map(attribute='name')|join", 'BoCyal'],
    ["users|sort(reverse=true, attribute='age')|map(attribute='name')|join", 'alBoCy'],
    ["users|sort(attribute='address.zip')|map(attribute='name')|join", 'alCyBo'],
    ["[[2,'a'],[1,'b']]|sort(attribute=1)", "[[2, 'a'], [1, 'b']]"],
    ['[none, none]|sort', '[None, None]'],
    ["'cab'|sort", "['a', 'b', 'c']"],
  ])
})

describe('dictsort', () => {
  check([
    ["{'b':1,'A':3,'c':2}|dictsort", "[('A', 3), ('b', 1), ('c', 2)]"],
    ["{'b':1,'A':3}|dictsort(true)", "[('A', 3), ('b', 1)]"],
    ["{'b':1,'A':3,'c':2}|dictsort(by='value', reverse=true)", "[('A', 3), ('c', 2), ('b', 1)]"],
    ['{}|dictsort', '[]'],
  ])
})

describe('unique', () => {
  check([
    ["['a','A','b',1,1.0,true]|unique|list", "['a', 'b', 1]"],
    ["['a','A']|unique(true)|list", "['a', 'A']"],
    ["users|unique(attribute='age')|map(attribute='name')|list", "['Bo', 'al']"],
  ])
})

describe('groupby', () => {
  check([
    ["users|groupby('city')|map(attribute='grouper')|list", "['Oslo', 'Rom']"],
    ["users|groupby('city')|map(attribute='list')|map('length')|list", '[2, 1]'],
    ["users|groupby('city', case_sensitive=true)|map('first')|join(',')", 'Oslo,Rom,oslo'],
    ["users|groupby('phone', default='-')|map('first')|list", "['-']"],
    ["(users|groupby('age')|first)[1]|map(attribute='name')|list", "['Bo', 'Cy']"],
    ["users|groupby('address.zip')|map('first')|join", '567'],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ["[1,'a']|sort", 'TypeError', "'<' not supported between instances of 'str' and 'int'"],
    ["{'a':1}|dictsort(by='x')", 'FilterArgumentError', 'You can only sort by either "key" or "value"'],
    ['[1]|dictsort', 'AttributeError', "'list' object has no attribute 'items'"],
    ["{1:1,'a':1}|dictsort", 'TypeError', "'<' not supported between instances of 'str' and 'int'"],
    ['[[1]]|unique|list', 'TypeError', "unhashable type: 'list'"],
    ['users|groupby', 'TypeError', "sync_do_groupby() missing 1 required positional argument: 'attribute'"],
    ["[1]|sort('x')", 'TypeError', "'str' object cannot be interpreted as an integer"],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
