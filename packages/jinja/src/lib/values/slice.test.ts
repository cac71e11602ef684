import { Markup } from '@phial/markup'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repr } from './python-text.ts'
import { IntRange } from './range.ts'
import { getSlice } from './slice.ts'
import { tupleOf } from './tuple.ts'

describe('getSlice', () => {
  it.each<readonly [value: unknown, start: unknown, stop: unknown, step: unknown, result: string]>([
    [[1, 2, 3, 4, 5], 1, 3, null, '[2, 3]'],
    [[1, 2, 3, 4, 5], null, null, -1, '[5, 4, 3, 2, 1]'],
    [[1, 2, 3, 4, 5], -2, null, null, '[4, 5]'],
    [[1, 2, 3, 4, 5], 10, -10, -2, '[5, 3, 1]'],
    [[1, 2, 3], 2, 1, null, '[]'],
    [tupleOf([1, 2, 3]), 1, null, null, '(2, 3)'],
    ['hello', 1, -1, null, "'ell'"],
    ['hello', null, null, 2, "'hlo'"],
    ['a😀b', 1, null, null, "'😀b'"],
    ['a😀b', null, null, -1, "'b😀a'"],
    [new Markup('<b>'), 1, 2, null, "Markup('b')"],
    [new IntRange(0, 10), 2, 5, null, 'range(2, 5)'],
    [new IntRange(0, 10, 3), null, null, -1, 'range(9, -3, -3)'],
    [Uint8Array.of(65, 66, 67), 1, null, null, "b'BC'"],
    [[1, 2, 3], true, null, null, '[2, 3]'],
  ])('%s from %s to %s by %s is %s', (value, start, stop, step, result) => {
    expect(repr(getSlice(value, start, stop, step))).toBe(result)
  })

  it.each<readonly [value: unknown, bounds: readonly [unknown, unknown, unknown], message: string]>([
    [[1], [null, null, 0], 'slice step cannot be zero'],
    [[1], ['a', null, null], 'slice indices must be integers or None or have an __index__ method'],
    [[1], [1.5, null, null], 'slice indices must be integers or None or have an __index__ method'],
    [5, [null, null, null], "'int' object is not subscriptable"],
    [new Set(), [null, null, null], "'set' object is not subscriptable"],
  ])('%s by %j raises', (value, [start, stop, step], message) => {
    expect(() => getSlice(value, start, stop, step)).toThrow(message)
  })

  it('agrees with a slice of single items', () => {
    const bound = fc.option(fc.integer({ min: -8, max: 8 }))
    const step = fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0)
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 6 }), bound, bound, step, (items, start, stop, by) => {
        const size = items.length
        const clamp = (value: number, low: number, high: number): number =>
          Math.min(Math.max(value < 0 ? value + size : value, low), high)
        const from =
          by > 0 ? clamp(start ?? 0, 0, size) : start === null ? size - 1 : clamp(start, -1, size - 1)
        const to =
          by > 0
            ? stop === null
              ? size
              : clamp(stop, 0, size)
            : stop === null
              ? -1
              : clamp(stop, -1, size - 1)
        const expected: number[] = []
        for (let at = from; by > 0 ? at < to : at > to; at += by) expected.push(items[at]!)
        expect(getSlice(items, start, stop, by)).toEqual(expected)
        expect(getSlice(items.join(''), start, stop, by)).toBe(expected.join(''))
      }),
    )
  })
})
