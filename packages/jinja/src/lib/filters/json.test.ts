import { describe, expect, it } from 'vitest'
import { Environment } from '../environment.ts'

const environment = new Environment()
const context = {}

function check(cases: readonly (readonly [expression: string, output: string])[]): void {
  it.each(cases)('{{ %s }} prints %j', (expression, output) => {
    expect(environment.fromString(`{{ ${expression} }}`).render(context)).toBe(output)
  })
}

describe('tojson', () => {
  check([
    [
      "{'b': [1, 2.0, none, true], 'a': '<\"\\'&>é\\n'}|tojson",
      '{"a": "\\u003c\\"\\u0027\\u0026\\u003e\\u00e9\\n", "b": [1, 2.0, null, true]}',
    ],
    ["[1, {'a': []}]|tojson(indent=2)", '[\n  1,\n  {\n    "a": []\n  }\n]'],
    ['[1]|tojson(indent=0)', '[\n1\n]'],
    ["'x'|tojson", '"x"'],
    ["'<'|safe|tojson", '"\\u003c"'],
    ['(1, 2)|tojson', '[1, 2]'],
    ["{1: 'a', 2.5: 'b', 0: 'c'}|tojson", '{"0": "c", "1": "a", "2.5": "b"}'],
    ["'\\u2028\\x7f😀'|tojson", '"\\u2028\\u007f\\ud83d\\ude00"'],
    ['1e30|tojson', '1e+30'],
    ['{}|tojson', '{}'],
    ["{'a': {'b': {}}}|tojson(2)", '{\n  "a": {\n    "b": {}\n  }\n}'],
  ])
})

describe('an error', () => {
  it.each<readonly [expression: string, name: string, message: string]>([
    ['missing|tojson', 'TypeError', 'Object of type Undefined is not JSON serializable'],
    ['[missing]|tojson', 'TypeError', 'Object of type Undefined is not JSON serializable'],
    ['{(1,): 1}|tojson', 'TypeError', 'keys must be str, int, float, bool or None, not tuple'],
    ['range(3)|tojson', 'TypeError', 'Object of type range is not JSON serializable'],
    ["{1: 1, 'a': 2}|tojson", 'TypeError', "'<' not supported between instances of 'str' and 'int'"],
  ])('comes of {{ %s }}: %s', (expression, name, message) => {
    const render = (): string => environment.fromString(`{{ ${expression} }}`).render(context)
    expect(render).toThrow(expect.objectContaining({ name, message }))
  })
})
