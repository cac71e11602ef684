import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { UndefinedError } from '../errors.ts'
import type { ContextView } from '../runtime-interface.ts'
import { dictOf } from './dict.ts'
import { DictView } from './dict-view.ts'
import { GeneratorValue } from './generator-value.ts'
import { Kwargs } from './kwargs.ts'
import { callMethod, getAttribute, getItem, readAttribute, readItem } from './lookup.ts'
import { allMethods } from './methods/all.ts'
import { installMethods } from './methods/table.ts'
import { Namespace } from './namespace.ts'
import { toFloat } from './number.ts'
import { repr } from './python-text.ts'
import { IntRange } from './range.ts'
import { pairOf, tupleOf } from './tuple.ts'
import { ChainableUndefined, StrictUndefined, Undefined } from './undefined.ts'

installMethods(allMethods)

class Person {
  first = 'Ann'
  #secret = 'hidden'
  static count = 1

  get initial(): string {
    return this.first[0]!
  }

  greet(word: string): string {
    return `${word}, ${this.first}${this.#secret === '' ? '' : '!'}`
  }
}

class Employee extends Person {
  override get initial(): string {
    return `${super.initial}.`
  }
}

const context = {
  environment: {
    makeUndefined: (_: unknown, object: unknown, name: unknown) => new Undefined(null, object, name),
  },
} as unknown as ContextView

describe('an attribute', () => {
  it.each<readonly [object: unknown, name: string, value: unknown]>([
    [{ a: 1 }, 'a', 1],
    [{ items: 42 }, 'items', 42],
    [{ constructor: 'builder' }, 'constructor', 'builder'],
    [Object.create(null, { a: { value: 1, enumerable: true } }), 'a', 1],
    [new Map([['a', 1]]), 'a', 1],
    [new Map([['items', 42]]), 'items', 42],
    [dictOf(['a', 1]), 'a', 1],
    [new Person(), 'first', 'Ann'],
    [new Person(), 'initial', 'A'],
    [new Employee(), 'initial', 'A.'],
    [new URLSearchParams('a=1'), 'a', '1'],
    [new Namespace(dictOf(['a', 1])), 'a', 1],
    [new Date(0), 'year', 1970],
    [5, 'numerator', 5],
    [new Undefined(null, undefined, 'x'), '_undefined_name', 'x'],
    ['abc', '0', undefined],
    [{ a: 1 }, 'b', undefined],
    [new Person(), 'secret', undefined],
    [Person, 'count', undefined],
    [[1, 2], '0', undefined],
    [null, 'a', undefined],
    [undefined, 'a', undefined],
  ])('of %o: %s', (object, name, value) => {
    expect(getAttribute(object, name)).toBe(value)
  })

  it('may be a method that stays bound to its object', () => {
    const greet = getAttribute(new Person(), 'greet') as (word: string) => string
    expect(greet('Hi')).toBe('Hi, Ann!')
    const upper = getAttribute('abc', 'upper') as () => string
    expect(upper()).toBe('ABC')
  })

  it('alone does not find items', () => {
    expect(readAttribute({ a: 1 }, 'a')).toBeUndefined()
    expect(readAttribute(new Map([['a', 1]]), 'a')).toBeUndefined()
    expect(readAttribute({ items: 42 }, 'items')).toBeTypeOf('function')
  })

  it('is read once', () => {
    let reads = 0
    class Counting {
      get value(): number {
        reads += 1
        return reads
      }
    }
    expect(getAttribute(new Counting(), 'value')).toBe(1)
    expect(reads).toBe(1)
  })
})

describe('an item', () => {
  it.each<readonly [object: unknown, key: unknown, value: unknown]>([
    [[1, 2], 0, 1],
    [[1, 2], -1, 2],
    [[1, 2], 2, undefined],
    [[1, 2], true, 2],
    [[1, 2], toFloat(1), undefined],
    [tupleOf([1, 2]), 1, 2],
    ['a😀b', 1, '😀'],
    ['abc', -1, 'c'],
    [{ a: 1 }, 'a', 1],
    [{ 1: 'x' }, 1, 'x'],
    [{ a: 1 }, new Markup('a'), 1],
    [new Map<unknown, unknown>([[1, 'x']]), toFloat(1), 'x'],
    [dictOf([pairOf(1, 2), 'x']), pairOf(1, 2), 'x'],
    [dictOf([null, 'x']), null, 'x'],
    [{ null: 'x' }, null, undefined],
    [dictOf(['a', 1]), [], undefined],
    [new IntRange(0, 10, 3), 2, 6],
    [new Person(), 'first', 'Ann'],
    [Uint8Array.of(7), 0, 7],
    [new Set([1]), 0, undefined],
    [5, 0, undefined],
  ])('of %o at %s is %s', (object, key, value) => {
    expect(getItem(object, key)).toBe(value)
  })

  it('of Markup is Markup', () => {
    expect(repr(getItem(new Markup('<b>'), 0))).toBe("Markup('<')")
  })

  it('may be an attribute, if the key is text', () => {
    expect(getItem('abc', 'upper')).toBeTypeOf('function')
    expect(readItem('abc', 'upper')).toBeUndefined()
  })
})

describe('a method call', () => {
  it.each<readonly [object: unknown, name: string, args: readonly unknown[], result: string]>([
    ['abc', 'upper', [], "'ABC'"],
    [{ items: 42 }, 'items', [], "dict_items([('items', 42)])"],
    [{ get: () => 'own' }, 'get', [], "'own'"],
    [new Person(), 'greet', ['Hi'], "'Hi, Ann!'"],
    [{ f: (x: number) => x + 1 }, 'f', [1], '2'],
    [new Map([['f', () => 3]]), 'f', [], '3'],
  ])('on %o of %s', (object, name, args, result) => {
    expect(repr(callMethod(object, name, args, null, context))).toBe(result)
  })

  it('raises for what is not there, and for what is no function', () => {
    expect(() => callMethod({}, 'nope', [], null, context)).toThrow(
      new UndefinedError("'dict object' has no attribute 'nope'"),
    )
    expect(() => callMethod({ a: 1 }, 'a', [], null, context)).toThrow(
      new TypeError("'int' object is not callable"),
    )
  })
})

function argumentsObject(): unknown {
  // biome-ignore lint/complexity/noArguments: an object of its own kind, which templates may meet.
  return arguments
}

const OBJECTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['plain object', { a: 1 }],
  ['object without a prototype', Object.create(null)],
  ['object with a prototype of its own', Object.create({ inherited: 1 })],
  ['object made of a function', Object.create(() => 1)],
  ['array', [1]],
  ['text', 'abc'],
  ['boxed text', new String('abc')],
  ['int', 5],
  ['float', 1.5],
  ['whole float', toFloat(1)],
  ['bigint', 5n],
  ['boolean', true],
  ['null', null],
  ['undefined', undefined],
  ['symbol', Symbol('x')],
  ['function', function named() {}],
  ['arrow function', () => 1],
  ['async function', async () => 1],
  ['generator function', function* () {}],
  ['class', Person],
  ['built-in class', Map],
  ['Function', Function],
  ['bound method', getAttribute('abc', 'upper')],
  ['instance', new Person()],
  ['instance of a subclass', new Employee()],
  ['Map', new Map([['a', 1]])],
  ['Set', new Set([1])],
  ['WeakMap', new WeakMap()],
  ['Date', new Date(0)],
  ['RegExp', /x/],
  ['Promise', Promise.resolve(1)],
  ['Error', new Error('x')],
  ['bytes', Uint8Array.of(1)],
  ['ArrayBuffer', new ArrayBuffer(1)],
  ['URL', new URL('http://localhost/')],
  ['URLSearchParams', new URLSearchParams('a=1')],
  ['generator', (function* () {})()],
  ['array iterator', [1][Symbol.iterator]()],
  ['arguments', argumentsObject()],
  ['Proxy', new Proxy({}, {})],
  ['Reflect', Reflect],
  ['Markup', new Markup('<b>')],
  ['tuple', tupleOf([1])],
  ['dict', dictOf(['a', 1])],
  ['view of a dict', new DictView({ a: 1 }, 'items')],
  ['range', new IntRange(0, 3)],
  ['generator of a filter', new GeneratorValue(() => [], String)],
  ['keyword arguments', new Kwargs()],
  ['namespace', new Namespace()],
  ['undefined value', new Undefined()],
  ['chainable undefined value', new ChainableUndefined()],
  ['strict undefined value', new StrictUndefined()],
])

/** All that every object and function of the language inherits, and what leads on from there. */
const INHERITED: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Function.prototype),
  'prototype',
  '__class__',
  '__init__',
  '__globals__',
  '__subclasses__',
  '__getattr__',
  '__call__',
  '__html__',
]

/** Whether the name means something else on an object than what all objects and functions inherit. */
function isDeclared(object: unknown, name: string): boolean {
  if (object === null || object === undefined || name === 'constructor' || name.startsWith('__')) return false
  let owner: object | null = Object(object) as object
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner) as object | null
  return owner !== null && owner !== Object.prototype && owner !== Function.prototype
}

describe('S70: what the language puts on every object', () => {
  const spellings: readonly ((object: unknown, name: string) => unknown)[] = [
    getAttribute,
    readAttribute,
    getItem,
    readItem,
    (object, name) => getItem(object, new Markup(name)),
  ]

  it.each([...OBJECTS])('cannot be reached from: %s', (_, object) => {
    for (const name of INHERITED.filter((inherited) => !isDeclared(object, inherited))) {
      for (const spell of spellings) {
        let found: unknown
        try {
          found = spell(object, name)
        } catch (error) {
          expect(error).toBeInstanceOf(UndefinedError)
          continue
        }
        // Undefined values that can be chained give themselves.
        if (found !== object) expect([name, found]).toEqual([name, undefined])
      }
    }
  })

  it.each([...OBJECTS])('cannot be called on: %s', (_, object) => {
    for (const name of INHERITED.filter((inherited) => !isDeclared(object, inherited))) {
      expect(() => callMethod(object, name, [], null, context)).toThrow()
    }
  })

  it.each([
    ['a function', () => 1],
    ['a class', Person],
    ['an object made of a function', Object.create(Person)],
    ['boxed text', new String('abc')],
    ['an error', new Error('x')],
    ['bytes of another size', new Float64Array(1)],
  ])('is nothing more on %s', (_, object) => {
    const names = ['name', 'prototype', 'count', 'call', 'toString', 'slice', 'anchor', 'subarray']
    for (const name of names) expect([name, getAttribute(object, name)]).toEqual([name, undefined])
  })

  it('is data where an object has it itself', () => {
    const data: unknown = JSON.parse('{"constructor": 1, "__proto__": 2, "toString": 3}')
    expect(getAttribute(data, 'constructor')).toBe(1)
    expect(getAttribute(data, '__proto__')).toBe(2)
    expect(getItem(data, 'toString')).toBe(3)
  })
})
