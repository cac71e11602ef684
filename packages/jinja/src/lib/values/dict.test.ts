import { Markup } from '@phial/markup'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equals } from './compare.ts'
import { Dict, dictOf } from './dict.ts'
import { hashKey } from './hash-key.ts'
import { toFloat } from './number.ts'
import { repr } from './python-text.ts'
import { tupleOf } from './tuple.ts'

describe('a dict', () => {
  it('has one key for values that are equal, in the form first written', () => {
    const dict = dictOf([1, 'a', true, 'b', toFloat(1), 'c', tupleOf([1]), 'd', tupleOf([toFloat(1)]), 'e'])
    expect(repr(dict)).toBe("{1: 'c', (1,): 'e'}")
    dict.delete(true)
    expect(repr(dict)).toBe("{(1,): 'e'}")
    dict.set(true, 1).set(1, 2)
    expect(repr(dict)).toBe("{(1,): 'e', True: 2}")
    dict.clear()
    expect(dict.set(1, 1).has(toFloat(1))).toBe(true)
  })

  it('keeps text and what is not text apart', () => {
    const dict = dictOf([
      tupleOf(['a']),
      1,
      '\0tstring1:a',
      2,
      new Markup('x'),
      3,
      'x',
      4,
      null,
      5,
      'null',
      6,
    ])
    expect(dict.size).toBe(5)
    expect(dict.get(tupleOf(['a']))).toBe(1)
  })

  it.each([[[]], [{}], [new Dict()], [new Set()]])('takes no %o as a key', (key) => {
    expect(() => new Dict().set(key, 1)).toThrow(/unhashable type: '/)
    expect(() => new Dict().set(tupleOf([key]), 1)).toThrow(/unhashable type: '/)
  })

  it('takes objects by identity', () => {
    const key = /x/
    const dict = new Dict().set(key, 1)
    expect([dict.get(key), dict.get(/x/)]).toEqual([1, undefined])
    expect(hashKey(tupleOf([key]))).not.toBe(hashKey(tupleOf([/x/])))
  })

  it('finds what equals a key, and nothing else', () => {
    const leaf = fc.oneof(
      fc.constantFrom(
        0,
        1,
        true,
        false,
        null,
        toFloat(1),
        1n,
        2n ** 64n,
        '',
        'a',
        '\0',
        '\0s',
        new Markup('a'),
      ),
      fc.string({ maxLength: 3 }),
    )
    const key = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 3 }).map((items) => tupleOf<unknown>(items)),
    )
    fc.assert(
      fc.property(key, key, (left, right) => {
        expect(new Dict().set(left, 1).has(right)).toBe(equals(left, right))
      }),
    )
  })
})
