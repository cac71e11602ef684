import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { compareOrder, contains, equals } from './compare.ts'
import { Dict, dictOf } from './dict.ts'
import { DictView } from './dict-view.ts'
import { toFloat } from './number.ts'
import { IntRange } from './range.ts'
import { tupleOf } from './tuple.ts'
import { StrictUndefined, Undefined } from './undefined.ts'

const t = (...items: unknown[]) => tupleOf(items)

describe('==', () => {
  it.each<readonly [left: unknown, right: unknown]>([
    [1, 1],
    [1, toFloat(1)],
    [1, true],
    [0, false],
    [2 ** 60, 2n ** 60n],
    ['a', new Markup('a')],
    [
      [1, [2]],
      [1, [2]],
    ],
    [t(1, 2), t(1, 2)],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: 1 }, new Map([['a', 1]])],
    [dictOf([1, 'x']), dictOf([true, 'x'])],
    [new Set([1, 2]), new Set([2, 1])],
    [new IntRange(0, 3), new IntRange(0, 3, 1)],
    [new IntRange(0, 0), new IntRange(5, 1)],
    [new Date(5), new Date(5)],
    [Uint8Array.of(1), Uint8Array.of(1)],
    [new Undefined(), new Undefined(null, 1, 'x')],
    [new DictView({ a: 1 }, 'keys'), new DictView({ a: 2 }, 'keys')],
    [null, null],
  ])('holds for %s and %s', (left, right) => {
    expect(equals(left, right)).toBe(true)
    expect(equals(right, left)).toBe(true)
  })

  it.each<readonly [left: unknown, right: unknown]>([
    [1, '1'],
    [0, null],
    [0, ''],
    [null, undefined],
    [null, new Undefined()],
    [Number.NaN, Number.NaN],
    [[1, 2], t(1, 2)],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 2 }],
    [new Dict(), []],
    [2 ** 53, 2n ** 53n + 1n],
    [{ valueOf: 1 }, 1],
  ])('does not hold for %s and %s', (left, right) => {
    expect(equals(left, right)).toBe(false)
    expect(equals(right, left)).toBe(false)
  })

  it('holds for a container with the one NaN that it holds', () => {
    const list = [Number.NaN]
    expect(equals(list, list)).toBe(true)
  })
})

describe('order', () => {
  it.each<readonly [left: unknown, right: unknown]>([
    [1, 2],
    [1, 1.5],
    [false, true],
    [2 ** 53, 2n ** 53n + 1n],
    ['a', 'b'],
    ['Z', 'a'],
    ['a', 'ab'],
    ['\uffff', '\u{10000}'],
    ['a', new Markup('b')],
    [
      [1, 2],
      [1, 3],
    ],
    [[1], [1, 0]],
    [t(1), t(2)],
    [
      [null, 1],
      [null, 2],
    ],
    [new Set([1]), new Set([1, 2])],
    [new Date(1), new Date(2)],
  ])('%s is less than %s', (left, right) => {
    expect(compareOrder(left, right, '<')).toBe(true)
    expect(compareOrder(left, right, '<=')).toBe(true)
    expect(compareOrder(left, right, '>')).toBe(false)
    expect(compareOrder(right, left, '>=')).toBe(true)
  })

  it.each<readonly [left: unknown, right: unknown, types: string]>([
    [1, 'a', "'int' and 'str'"],
    [null, 1, "'NoneType' and 'int'"],
    [{}, {}, "'dict' and 'dict'"],
    [[1], t(1), "'list' and 'tuple'"],
    [[1], ['a'], "'int' and 'str'"],
  ])('%s and %s have none', (left, right, types) => {
    expect(() => compareOrder(left, right, '<')).toThrow(
      new TypeError(`'<' not supported between instances of ${types}`),
    )
  })

  it('is never asked of undefined values', () => {
    expect(() => compareOrder(new Undefined(null, undefined, 'x'), 1, '<')).toThrow("'x' is undefined")
  })
})

describe('in', () => {
  it.each<readonly [item: unknown, container: unknown, result: boolean]>([
    ['b', 'abc', true],
    ['', 'abc', true],
    [new Markup('b'), 'abc', true],
    [1, [1, 2], true],
    [true, [1], true],
    [toFloat(1), t(1), true],
    ['a', { a: 1 }, true],
    ['toString', {}, false],
    ['__proto__', {}, false],
    [1, dictOf([true, 'x']), true],
    [t(1, 2), dictOf([t(1, 2), 'x']), true],
    [3, new IntRange(0, 10, 3), true],
    [4, new IntRange(0, 10, 3), false],
    [toFloat(3), new IntRange(0, 10, 3), true],
    [1, new Set([true]), true],
    ['a', new DictView({ a: 1 }, 'keys'), true],
    [1, new DictView({ a: 1 }, 'values'), true],
    [1, new Undefined(), false],
    ['a', new URLSearchParams('a=1'), true],
    [new Set([1]), new Set([1]), false],
    [97, Uint8Array.of(97), true],
    [Uint8Array.of(2, 3), Uint8Array.of(1, 2, 3), true],
    [Uint8Array.of(1, 3), Uint8Array.of(1, 2, 3), false],
  ])('%s in %s is %s', (item, container, result) => {
    expect(contains(container, item)).toBe(result)
  })

  it.each<readonly [item: unknown, container: unknown, message: string]>([
    [1, 'abc', "'in <string>' requires string as left operand, not int"],
    [1, null, "argument of type 'NoneType' is not iterable"],
    [1, 5, "argument of type 'int' is not iterable"],
    [[], {}, "unhashable type: 'list'"],
    [new Set(), new Map(), "unhashable type: 'set'"],
    [1.5, Uint8Array.of(1), "a bytes-like object is required, not 'float'"],
  ])('%s in %s raises', (item, container, message) => {
    expect(() => contains(container, item)).toThrow(new TypeError(message))
  })

  it('refuses strict undefined values', () => {
    expect(() => contains(new StrictUndefined(null, undefined, 'x'), 1)).toThrow("'x' is undefined")
  })
})
