import { Markup } from '@phial/markup'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dictOf } from './dict.ts'
import { DictView } from './dict-view.ts'
import { toFloat } from './number.ts'
import { asciiRepr, repr, toText } from './python-text.ts'
import { IntRange } from './range.ts'
import { tupleOf } from './tuple.ts'
import { Undefined } from './undefined.ts'

describe('numbers', () => {
  it.each<readonly [value: unknown, text: string]>([
    [0, '0'],
    [-0, '0'],
    [toFloat(0), '0.0'],
    [toFloat(-0), '-0.0'],
    [toFloat(1), '1.0'],
    [1.5, '1.5'],
    [0.1, '0.1'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [toFloat(123456789), '123456789.0'],
    [1e15 + 0.5, '1000000000000000.5'],
    [1e16, '1e+16'],
    [1.2345678901234568e17, '1.2345678901234568e+17'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
    [Number.NaN, 'nan'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [2n ** 64n, '18446744073709551616'],
    [true, 'True'],
    [null, 'None'],
  ])('%s prints as %s', (value, text) => {
    expect(toText(value)).toBe(text)
    expect(repr(value)).toBe(text)
  })

  it('print so that they can be read again', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(toText(toFloat(value)))).toBe(value)
      }),
    )
  })

  it('have a limit of digits', () => {
    expect(() => toText(10n ** 4300n)).toThrow(/Exceeds the limit \(4300 digits\)/)
    expect(toText(10n ** 4299n)).toHaveLength(4300)
  })
})

describe('repr', () => {
  it.each<readonly [value: unknown, text: string]>([
    ['a', "'a'"],
    ["it's", '"it\'s"'],
    ['"', "'\"'"],
    ['\'"', "'\\'\"'"],
    ['a\\b\n\t\r', "'a\\\\b\\n\\t\\r'"],
    ['\0\x1f\x7f\x80\u00a0\u2028', "'\\x00\\x1f\\x7f\\x80\\xa0\\u2028'"],
    ['é😀', "'é😀'"],
    ['\ud800', "'\\ud800'"],
    [new Markup('<b>'), "Markup('<b>')"],
    [[1, 'a', null], "[1, 'a', None]"],
    [tupleOf([]), '()'],
    [tupleOf([1]), '(1,)'],
    [tupleOf([1, [2]]), '(1, [2])'],
    [{ a: 1, b: { c: true } }, "{'a': 1, 'b': {'c': True}}"],
    [dictOf([1, 2, tupleOf([1]), null]), '{1: 2, (1,): None}'],
    [new Map<unknown, unknown>([[toFloat(1), 'x']]), "{1.0: 'x'}"],
    [new Set(), 'set()'],
    [new Set([1, 'a']), "{1, 'a'}"],
    [new IntRange(0, 3), 'range(0, 3)'],
    [new IntRange(0, 9, 2), 'range(0, 9, 2)'],
    [new DictView({ a: 1 }, 'items'), "dict_items([('a', 1)])"],
    [Uint8Array.of(0, 39, 65, 255), 'b"\\x00\'A\\xff"'],
    [new Undefined(null, undefined, 'x'), 'Undefined'],
    [new Date(Date.UTC(2024, 1, 29, 12, 30)), 'datetime.datetime(2024, 2, 29, 12, 30)'],
  ])('of %o is %s', (value, text) => {
    expect(repr(value)).toBe(text)
  })

  it('stops at containers that hold themselves', () => {
    const list: unknown[] = [1]
    list.push(list)
    expect(repr(list)).toBe('[1, [...]]')
    const dict = dictOf([])
    dict.set('self', dict)
    expect(repr(dict)).toBe("{'self': {...}}")
  })

  it('can be in ASCII', () => {
    expect(asciiRepr('é😀')).toBe("'\\xe9\\U0001f600'")
  })
})

describe('what is printed', () => {
  class Named {
    toString(): string {
      return 'its name'
    }
  }

  class Bare {}

  it.each<readonly [value: unknown, text: string]>([
    ['a', 'a'],
    [undefined, ''],
    [new Undefined(), ''],
    [["a'b"], '["a\'b"]'],
    [new Markup('<b>'), '<b>'],
    [new Named(), 'its name'],
    [new Bare(), '<Bare object>'],
    [{ toString: 'data' }, "{'toString': 'data'}"],
    [new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 6)), '2024-01-02 03:04:05.006000'],
  ])('for %o is %s', (value, text) => {
    expect(toText(value)).toBe(text)
  })
})
