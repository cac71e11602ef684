import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = {
  text: 'a\n\n b\nc\n',
  long: 'Hello there, wrapped-up long--long world of 😀😀😀😀😀😀😀😀😀😀😀😀',
}

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('pprint', () => {
  check([
    ["[1, 'a', none]|pprint", "[1, 'a', None]"],
    ["{'b': 1, 'a': 2}|pprint", "{'a': 2, 'b': 1}"],
    ["'x'|pprint", "'x'"],
    [
      "('word ' * 20)|pprint",
      "('word word word word word word word word word word word word word word word '\n 'word word word word word ')",
    ],
    [
      "['word ' * 20]|pprint",
      "['word word word word word word word word word word word word word word word '\n 'word word word word word ']",
    ],
    [
      "{'k': ['a long text that goes on', 'and another one, longer still', 'and a third']}|pprint",
      "{'k': ['a long text that goes on',\n       'and another one, longer still',\n       'and a third']}",
    ],
    [
      '(range(40)|list)|pprint',
      '[0,\n 1,\n 2,\n 3,\n 4,\n 5,\n 6,\n 7,\n 8,\n 9,\n 10,\n 11,\n 12,\n 13,\n 14,\n 15,\n 16,\n 17,\n 18,\n 19,\n 20,\n 21,\n 22,\n 23,\n 24,\n 25,\n 26,\n 27,\n 28,\n 29,\n 30,\n 31,\n 32,\n 33,\n 34,\n 35,\n 36,\n 37,\n 38,\n 39]',
    ],
    [
      "{'list of numbers': [1, 2], 'text with many words': 'word ' * 14, 'z': (1,)}|pprint",
      "{'list of numbers': [1, 2],\n 'text with many words': 'word word word word word word word word word word '\n                         'word word word word ',\n 'z': (1,)}",
    ],
    [
      "('line one\\n' * 9)|pprint",
      "('line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n'\n 'line one\\n')",
    ],
    ['missing|pprint', 'Undefined'],
  ])
})
