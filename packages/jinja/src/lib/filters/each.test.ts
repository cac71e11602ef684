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

describe('map', () => {
  check([
    ["['a','b']|map('upper')|join", 'AB'],
    ["users|map(attribute='address.zip')|list", "['7', '5', '6']"],
    ["users|map(attribute='x', default='-')|list", "['-', '-', '-']"],
    ["[1.5,2.5]|map('round', 1, 'floor')|list", '[1.5, 2.5]'],
    ["none|map('upper')|list", '[]'],
    ["[]|map('nope')|list", '[]'],
    ["[[1,2],[3]]|map('join', '+')|list", "['1+2', '3']"],
    ["['a']|map('replace', old='a', new='b')|list", "['b']"],
    ['[[1,2]]|map(attribute=1)|list', '[2]'],
  ])
})

describe('select and reject', () => {
  check([
    ["range(6)|select('odd')|list", '[1, 3, 5]'],
    ["[0,1,'',none,'a']|select|list", "[1, 'a']"],
    ["range(6)|reject('divisibleby', 3)|list", '[1, 2, 4, 5]'],
    ["[1,2,3]|select('>', 1)|list", '[2, 3]'],
    ['[0,1]|reject|list', '[0]'],
    ["['a','b']|select('in', ['a'])|list", "['a']"],
  ])
})

describe('selectattr and rejectattr', () => {
  check([
    ["users|selectattr('on')|map(attribute='name')|list", "['Bo', 'Cy']"],
    ["users|rejectattr('on')|map(attribute='name')|list", "['al']"],
    ["users|selectattr('age', 'eq', 31)|map(attribute='name')|list", "['al']"],
    ["users|selectattr('phone', 'undefined')|list|length", '3'],
    ["users|selectattr('address.zip', 'gt', '5')|map(attribute='name')|list", "['Bo', 'Cy']"],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ['[1]|map|list', 'FilterArgumentError', 'map requires a filter argument'],
    ["[1]|map(attribute='a', x=1)|list", 'FilterArgumentError', "Unexpected keyword argument 'x'"],
    ["[1]|map('nope')|list", 'TemplateRuntimeError', "No filter named 'nope'."],
    [
      '[1]|map(nope)|list',
      'TemplateRuntimeError',
      "No filter named Undefined. ('nope' is undefined; did you forget to quote the callable name?)",
    ],
    ["[1]|select('nope')|list", 'TemplateRuntimeError', "No test named 'nope'."],
    ['[1]|selectattr|list', 'FilterArgumentError', 'Missing parameter for attribute name'],
    ["5|map('abs')|list", 'TypeError', "'int' object is not iterable"],
    ["[1]|select('even', 1)|list", 'TypeError', 'test_even() takes 1 positional argument but 2 were given'],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
