import { expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { UndefinedError } from '../errors.ts'
import { DictLoader } from '../loaders/dict-loader.ts'
import { StrictUndefined } from '../values/undefined.ts'

class User {
  readonly email = 'a@example.org'
  readonly #secret = 1
  get name(): string {
    throw new Error('is not read')
  }
  greet(): number {
    return this.#secret
  }
}

const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`column_${index}`, index]))

const refusing = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('do not look')
    },
  },
)

function hintOf(source: string, variables: object, backend: 'code' | 'closures'): string | null | undefined {
  const loader = new DictLoader({ lib: '{% macro field() %}{% endmacro %}', nothing: '' })
  const environment = new Environment({ backend, loader, undefined: StrictUndefined, globals: { site: 'S' } })
  try {
    environment.fromString(source).render({ ...variables })
  } catch (error) {
    if (error instanceof UndefinedError) return error.hint
    throw error
  }
  throw new Error('expected an error')
}

test.each([
  ['{{ usr }}', { user: 1 }, "Did you mean 'user'?"],
  ['{{ rnage(3) }}', {}, "Did you mean 'range'?"],
  ['{% for row in rows %}{{ rwo }}{% endfor %}', { rows: [1] }, "Did you mean 'row'?"],
  ['{% macro m(title) %}{{ tilte }}{% endmacro %}{{ m(1) }}', {}, "Did you mean 'title'?"],
  ['{{ x }}', { first: 1, second: 2 }, "The template was given: 'first', 'second'."],
  ['{{ x }}', {}, 'The template was given no variables.'],
  ['{{ user.emial }}', { user: { email: 1 } }, "Did you mean 'email'?"],
  ['{{ user.phone }}', { user: new Map([['name', 1]]) }, "It has: 'name'."],
  ['{{ user.nmae }}', { user: new User() }, "Did you mean 'name'?"],
  ['{{ user.phone }}', { user: new User() }, "It has: 'email', 'name', 'greet'."],
  ['{{ user._phone }}', { user: { _private: 1 } }, null],
  ["{{ 'a'.uper() }}", {}, "Did you mean 'upper'?"],
  ['{{ items.appnd(1) }}', { items: [] }, "Did you mean 'append'?"],
  ['{{ items[3] }}', { items: [] }, null],
  ['{{ row.x }}', { row: many }, expect.stringMatching(/^It has: 'column_0', .*'column_9' and 30 more\.$/)],
  ['{{ object.name }}', { object: refusing }, null],
  ["{% from 'lib' import fiel %}{{ fiel() }}", {}, "Did you mean 'field'?"],
  ["{% from 'lib' import button %}{{ button() }}", {}, "It exports: 'field'."],
  ["{% from 'nothing' import button %}{{ button() }}", {}, 'It exports nothing.'],
])('%s hints', (source, variables, expected) => {
  expect(hintOf(source, variables, 'code')).toEqual(expected)
  expect(hintOf(source, variables, 'closures')).toEqual(expected)
})
