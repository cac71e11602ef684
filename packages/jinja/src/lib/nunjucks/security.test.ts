import vm from 'node:vm'
import { Markup } from '@phial/markup'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { Environment, lib } from '../../nunjucks.ts'

const environment = new Environment(null, { autoescape: false })

class Account {
  static secret = 'static'
  name = 'Ann'
  get greeting(): string {
    return `Hi ${this.name}`
  }
  rename(name: string): string {
    return `${this.name} to ${name}`
  }
}

const variables = {
  text: 'abc',
  number: 1,
  list: [1, 2],
  object: { a: 1 },
  bare: Object.assign(Object.create(null) as object, { a: 1 }),
  account: new Account(),
  fn: () => 1,
  Class: Account,
  other: vm.runInNewContext('({ list: [1], fn() {}, o: {} })') as object,
  date: new Date(0),
  regex: /x/,
  map: new Map([['k', 1]]),
  promiseLike: { a: 1 },
}

describe('nothing of the language itself can be reached (S70)', () => {
  const values = [
    'text',
    'number',
    'list',
    'object',
    'bare',
    'account',
    'fn',
    'Class',
    'other',
    'other.list',
    'other.fn',
    'other.o',
    'date',
    'regex',
    'map',
    'r/x/',
    'range',
    'cycler("a")',
    'joiner()',
    '("a" | safe)',
    '[]',
    '{}',
    'true',
    'text.split',
    'list.map',
    'account.rename',
    'undefinedThing',
  ]
  const names = [
    'constructor',
    '__proto__',
    '__defineGetter__',
    '__defineSetter__',
    '__lookupGetter__',
    '__lookupSetter__',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    'toLocaleString_',
    'prototype',
    'call',
    'apply',
    'bind',
    'caller',
    'arguments',
  ]

  it.each(values)('by %s', (value) => {
    for (const name of names) {
      for (const source of [
        `{{ ${value}.${name} is undefined }}`,
        `{{ ${value}["${name}"] is undefined }}`,
        `{{ ${value}[["${name}"]] is undefined }}`,
        `{{ ${value}["${name.slice(0, 4)}" + "${name.slice(4)}"] is undefined }}`,
      ]) {
        expect(environment.renderString(source, variables), source).toBe('true')
      }
    }
  })

  it.each([
    '{{ range.constructor("return 1")() }}',
    '{{ "".constructor.constructor("return 1")() }}',
    '{{ [].concat.constructor("return 1")() }}',
    '{{ {}.__proto__.polluted() }}',
    '{{ cycler.__proto__.constructor() }}',
    '{{ (text | list).map.call() }}',
    '{{ text.toString.constructor() }}',
    '{{ [fn] | groupby("constructor") }}{{ fn.constructor() }}',
    '{% set o = { constructor: 1 } %}{{ o.constructor() }}',
    '{{ caller.constructor() }}{{ loop.constructor() }}',
    '{% macro m() %}{% endmacro %}{{ m.constructor("return 1")() }}',
  ])('%s is an error', (source) => {
    expect(() => environment.renderString(source, variables)).toThrow(/Unable to call/)
  })

  it('nor by names, filters and attributes', () => {
    for (const name of [
      'constructor',
      '__proto__',
      'toString',
      'hasOwnProperty',
      'globalThis',
      'process',
      'self',
      'this',
    ]) {
      expect(environment.renderString(`{{ ${name} is undefined }}`)).toBe('true')
    }
    for (const filter of ['constructor', 'toString', '__proto__']) {
      expect(() => environment.renderString(`{{ 1 | ${filter} }}`)).toThrow('filter not found')
      expect(() => environment.renderString(`{{ 1 is ${filter} }}`)).toThrow('test not found')
    }
    const source =
      '{{ [fn] | join(",", "constructor") }}{{ [1] | selectattr("constructor") | length }}{{ [fn] | sort(attribute="constructor") | length }}'
    expect(environment.renderString(source, variables)).toBe('01')
  })

  it('a key is read once', () => {
    let reads = 0
    const key = { toString: () => (reads++ === 0 ? 'a' : 'constructor') }
    expect(environment.renderString('{{ object[key] }}', { ...variables, key })).toBe('1')
    expect(reads).toBe(1)
  })

  it('and no prototype is changed', () => {
    environment.renderString(
      '{% set o = { "__proto__": { polluted: 1 } } %}{{ o.polluted }}{{ ["x"] | groupby("__proto__") }}',
    )
    environment.renderString(
      '{% set __proto__ = 1 %}{{ __proto__ }}',
      JSON.parse('{ "__proto__": { "polluted": 1 } }') as object,
    )
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('while own data and members of classes are there', () => {
    const source =
      '{{ account.name }} {{ account.greeting }} {{ account.rename("B") }} {{ Class.secret }} {{ bare.a }} {{ map.get("k") }} {{ other.list[0] }} {{ object["a"] }} {{ named.constructor }}'
    expect(environment.renderString(source, { ...variables, named: { constructor: 'Bob' } })).toBe(
      'Ann Hi Ann Ann to B static 1 1 1 1 Bob',
    )
  })
})

it('HTML of other parts of the program is not escaped again', () => {
  expect(new Environment().renderString('{{ a }}{{ b }}', { a: new Markup('<b>'), b: '<b>' })).toBe(
    '<b>&lt;b&gt;',
  )
})

it('random sources give text or an error of the template', () => {
  const piece = fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '-',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '|',
      '.',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
    ],
    ...[
      'if',
      'endif',
      'else',
      'elif',
      'for',
      'endfor',
      'in',
      'set',
      'endset',
      'macro',
      'endmacro',
      'call',
      'endcall',
      'raw',
    ],
    ...[
      'endraw',
      'block',
      'endblock',
      'filter',
      'endfilter',
      'switch',
      'case',
      'endswitch',
      'not',
      'is',
      'a',
      'b',
      '1',
      '2.5',
    ],
    ...[
      'upper',
      'join',
      'super()',
      'r/x/g',
      '==',
      '!==',
      '+',
      '//',
      '**',
      '~',
      'none',
      'true',
      'range(3)',
      'loop.index',
      '=',
    ],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        expect(environment.renderString(pieces.join(' '), { a: [1, 'x'], b: { c: 1 } })).toBeTypeOf('string')
      } catch (error) {
        expect(error).toBeInstanceOf(lib.TemplateError)
      }
    }),
    { numRuns: 2000 },
  )
})

describe('takes linear time', () => {
  const inputs: Readonly<Record<string, (size: number) => string>> = {
    blanks: (size) => `a${' '.repeat(size)}{{ 1 }}`,
    openers: (size) => '{'.repeat(size),
    tags: (size) => '{{ a }}'.repeat(size),
    'one line of a tag': (size) => `{{ [${'1, '.repeat(size)}1] | length }}`,
    'escapes in text': (size) => `{% set x = "${'\\n'.repeat(size)}" %}`,
    comments: (size) => '{# #}'.repeat(size),
    'blanks in raw': (size) => `{% raw %}${'{%  '.repeat(size)}{% endraw %}`,
    'trimmed text': (size) => `${'x '.repeat(size)}${' '.repeat(size)}y{{- 1 -}}`,
  }

  it.each(Object.keys(inputs))('%s', (name) => {
    const make = inputs[name]!
    expect(growthOf((size) => quietly(() => environment.renderString(make(size))))).toBeLessThan(1.7)
  })
})

/** Sources of one kind only may be wrong: how long it takes to find out counts. */
function quietly(render: () => unknown): void {
  try {
    render()
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}
