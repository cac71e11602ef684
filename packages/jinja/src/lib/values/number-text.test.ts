import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { readFloat, readInt } from './number-text.ts'
import { repr } from './python-text.ts'
import { roundFloat, roundInt } from './round.ts'

describe('readInt', () => {
  it.each<readonly [text: string, base: number, value: number | bigint | undefined]>([
    ['42', 10, 42],
    [' -42\n', 10, -42],
    ['+7', 10, 7],
    ['1_000', 10, 1000],
    ['1__0', 10, undefined],
    ['_1', 10, undefined],
    ['1_', 10, undefined],
    ['٣٤', 10, 34],
    ['९', 10, 9],
    ['ff', 16, 255],
    ['0xff', 16, 255],
    ['0x_ff', 16, 255],
    ['0xff', 10, undefined],
    ['0xff', 0, 255],
    ['0b101', 2, 5],
    ['0b1', 16, 0xb1],
    ['0o17', 8, 15],
    ['z', 36, 35],
    ['8', 8, undefined],
    ['010', 0, undefined],
    ['00', 0, 0],
    ['1', 1, undefined],
    ['1', 37, undefined],
    ['', 10, undefined],
    ['1.5', 10, undefined],
    ['1e3', 10, undefined],
    ['9007199254740993', 10, 9007199254740993n],
    ['9'.repeat(4301), 10, undefined],
  ])('%j in base %d is %s', (text, base, value) => {
    expect(readInt(text, base)).toBe(value)
  })

  it('reads what is printed, in every base', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.integer({ min: 2, max: 36 }),
        (value, base) => {
          expect(BigInt(readInt(value.toString(base), base)!)).toBe(value)
        },
      ),
    )
  })
})

describe('readFloat', () => {
  it.each<readonly [text: string, value: string | undefined]>([
    ['1', '1.0'],
    ['1.', '1.0'],
    ['.5', '0.5'],
    [' -1.5e3 ', '-1500.0'],
    ['1_0.2_5', '10.25'],
    ['1e400', 'inf'],
    ['-inf', '-inf'],
    ['Infinity', 'inf'],
    ['NaN', 'nan'],
    ['٣.٥', '3.5'],
    ['.', undefined],
    ['1e', undefined],
    ['0x1', undefined],
    ['1 2', undefined],
    ['infin', undefined],
    ['', undefined],
  ])('%j is %s', (text, value) => {
    const float = readFloat(text)
    expect(float === undefined ? float : repr(float)).toBe(value)
  })

  it('takes linear time', () => {
    expect(growthOf((n) => readFloat(`${'1_'.repeat(n)}x`))).toBeLessThan(1.7)
    expect(growthOf((n) => readInt(`${' '.repeat(n)}x${' '.repeat(n)}`))).toBeLessThan(1.7)
  })
})

describe('rounding', () => {
  it.each<readonly [value: number, digits: number, result: string]>([
    [0.5, 0, '0.0'],
    [1.5, 0, '2.0'],
    [2.5, 0, '2.0'],
    [-2.5, 0, '-2.0'],
    [-0.4, 0, '-0.0'],
    [2.675, 2, '2.67'],
    [1.005, 2, '1.0'],
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [42.55, 1, '42.5'],
    [1234.5, -2, '1200.0'],
    [1250.5, -2, '1300.0'],
    [-1250.0001, -2, '-1300.0'],
    [5.5e20, -20, '6e+20'],
    [1e300, 5, '1e+300'],
    [1.5, 400, '1.5'],
    [1.5, -400, '0.0'],
    [Number.NaN, 1, 'nan'],
    [5e-324, 323, '0.0'],
  ])('the float %s to %s digits gives %s', (value, digits, result) => {
    expect(repr(roundFloat(value, digits))).toBe(result)
  })

  it.each<readonly [value: number | bigint, digits: number, result: number | bigint]>([
    [15, 0, 15],
    [15, -1, 20],
    [25, -1, 20],
    [-25, -1, -20],
    [55, -2, 100],
    [50, -2, 0],
    [5, -10_000_000, 0],
    [10n ** 20n + 5n, -1, 10n ** 20n],
    [15, 3, 15],
  ])('the int %s to %s digits gives %s', (value, digits, result) => {
    expect(roundInt(value, digits)).toBe(result)
  })

  it('leaves what has no more digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 5 }), (value, digits) => {
        const float = value / 10 ** digits
        expect(Number(roundFloat(float, digits))).toBe(float)
      }),
    )
  })
})
