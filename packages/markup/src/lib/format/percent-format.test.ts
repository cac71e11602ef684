import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { FormatError, percentFormat } from '../../text.ts'

describe('percentFormat', () => {
  it.each<[template: string, values: unknown, text: string]>([
    ['100%%', [], '100%'],
    ['%s and %s', ['a', 1], 'a and 1'],
    ['%s', 'only', 'only'],
    ['%s', [['x']], 'x'],
    ['%(a)s %(b.c)s', { a: 1, 'b.c': 2 }, '1 2'],
    ['%(a)s', new Map([['a', 1]]), '1'],
    ['no directive', { a: 1 }, 'no directive'],
    ['%5s|%-5s|', ['a', 'b'], '    a|b    |'],
    ['%.2s', 'abc', 'ab'],
    ['%r %a', ['a\n', 'é'], "'a\\n' '\\xe9'"],
    ['%d %i %u', [3.9, -3.9, 10n ** 20n], '3 -3 100000000000000000000'],
    ['%05d %+d % d %-5d|', [42, 42, 42, 42], '00042 +42  42 42   |'],
    ['%.5d', -42, '-00042'],
    ['%x %X %#o', [255, 255, 8], 'ff FF 0o10'],
    ['%.2f %e %g %G', [0.125, 1234.5, 1e-5, 1e-5], '0.12 1.234500e+03 1e-05 1E-05'],
    ['%*d|%-*d|%.*f', [5, 1, 5, 2, 1, 2.25], '    1|2    |2.2'],
    ['%*d|', [-5, 1], '1    |'],
    ['%ld', 5, '5'],
    ['%c%c', [65, '😀'], 'A😀'],
  ])('%j with %o is %j', (template, values, text) => {
    expect(percentFormat(template, values)).toBe(text)
  })

  it.each<[template: string, values: unknown, message: string]>([
    ['%s %s', ['a'], 'takes more than the 1 values'],
    ['%s', ['a', 'b'], 'takes 1 values, but 2 were given'],
    ['', 'a', 'takes 0 values, but 1 were given'],
    ['%', [], 'cut off'],
    ['%5', [1], 'cut off'],
    ['%y', [1], 'got "y"'],
    ['%(a)s', ['a'], 'needs values by name'],
    ['%(a', { a: 1 }, 'does not close'],
    ['%(b)s', { a: 1 }, '"b"'],
    ['%d', ['1'], 'Expected a number, got string'],
    ['%x', [1.5], '%x formats whole numbers, got 1.5'],
    ['%d', [Number.NaN], 'Expected a finite number'],
    ['%c', ['ab'], '%c formats'],
    ['%*d', ['a', 1], 'Expected a whole number for "*"'],
    ['%99999999d', [1], 'above the limit'],
    ['%*d', [1e9, 1], 'above the limit'],
  ])('refuses %j with %o', (template, values, message) => {
    expect(() => percentFormat(template, values)).toThrow(message)
    expect(() => percentFormat(template, values)).toThrow(FormatError)
  })

  it('sees own members only (S73)', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(() => percentFormat(`%(${name})s`, {})).toThrow(FormatError)
    }
  })

  it('throws nothing but format errors', () => {
    const pieces = fc.constantFrom('%', '(', ')', 'a', 's', 'd', '*', '.', '0', '5', '-', 'r', 'f')
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 10 }),
        fc.array(fc.oneof(fc.integer(), fc.string())),
        (parts, values) => {
          try {
            percentFormat(parts.join(''), values)
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError)
          }
        },
      ),
    )
  })

  it.each(['%%', '%', '%(', '%0', '%(a)s', '%('])('takes linear time for %j repeated', (piece) => {
    const run = (n: number): void => {
      try {
        percentFormat(piece.repeat(n / 2), { a: 'x' })
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
      }
    }
    expect(growthOf(run)).toBeLessThan(1.7)
  })
})
