import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { braceFormat, FormatError, formatValue } from '../../text.ts'

const fill = (template: string, ...positional: unknown[]): string =>
  braceFormat(template, { positional, named: {} })
const fillNamed = (template: string, named: Record<string, unknown>): string =>
  braceFormat(template, { positional: [], named })

describe('braceFormat', () => {
  it('finds values by place and by name', () => {
    expect(fill('{} {}', 'a', 'b')).toBe('a b')
    expect(fill('{1} {0} {1}', 'a', 'b')).toBe('b a b')
    expect(fillNamed('{a}-{b}', { a: 1, b: true })).toBe('1-true')
    expect(braceFormat('{a}', { positional: [], named: new Map([['a', 1]]) })).toBe('1')
    expect(fill('{{}} {{{}}}', 1)).toBe('{} {1}')
  })

  it('goes into values', () => {
    class Point {
      get x(): number {
        return 3
      }
    }
    expect(
      fill('{0.name} {0.tags[1]} {0.map[k]} {0.point.x}', {
        name: 'n',
        tags: ['a', 'b'],
        map: new Map([['k', 'v']]),
        point: new Point(),
      }),
    ).toBe('n b v 3')
    expect(fill('{[0]} {.a}', ['x'], { a: 'y' })).toBe('x y')
    expect(fill('{0[a:b!c}d]}', { 'a:b!c}d': 1 })).toBe('1')
  })

  it('converts', () => {
    expect(fill('{!r} {!s} {!a}', "it's", 5, 'é😀\u20ac')).toBe(`"it's" 5 '\\xe9\\U0001f600\\u20ac'`)
    expect(fill('{!r:>6}', 'a')).toBe("   'a'")
  })

  it('takes the specification from values', () => {
    expect(fill('{:{}.{}f}|', 1.23456, 8, 2)).toBe('    1.23|')
  })

  it.each([
    ['{', 'does not close'],
    ['a } b', 'Found a single "}" at position 2'],
    ['{0', 'does not close'],
    ['{a{b}}', 'Found "{" inside the field name'],
    ['{0!}', 'Expected the conversion'],
    ['{0!x}', 'Expected the conversion'],
    ['{0!rx}', 'Expected ":" after the conversion'],
    ['{0[}', 'does not close'],
    ['{0[]}', 'Expected a key'],
    ['{0.}', 'Expected a name after "."'],
    ['{0[a]b}', 'Expected "." or "["'],
    ['{}{0}', 'mixes'],
    ['{0}{}', 'mixes'],
    ['{5}', 'wants value 6, but 1 were given'],
    ['{name}', 'wants the value "name"'],
    ['{:{a:{}}}', 'wants the value "a"'],
    ['{0:{0:{0}}}', 'nested too deep'],
  ])('says what is wrong with %j', (template, message) => {
    expect(() => fill(template, { a: 1 })).toThrow(message)
    expect(() => fill(template, { a: 1 })).toThrow(FormatError)
  })

  it.each([
    'constructor',
    '__proto__',
    'toString',
    '__proto__.polluted',
    'a.constructor',
    'f',
    'f.constructor',
  ])('does not reach %s of an object (S73)', (path) => {
    expect(() => fill(`{0.${path}}`, { a: {}, f: () => 1 })).toThrow(FormatError)
    expect(() => fillNamed(`{${path}}`, {})).toThrow(FormatError)
  })

  it('does not reach inherited entries (S73)', () => {
    expect(() => fill('{0[constructor]}', {})).toThrow(FormatError)
    expect(() => fill('{0[length]}', 'text')).toThrow(FormatError)
  })

  it('throws nothing but format errors', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '.',
      ':',
      '!',
      'r',
      '0',
      'a',
      '>',
      '9',
      'f',
      '{}',
      '{0}',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        try {
          fill(parts.join(''), 1, 'b')
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError)
        }
      }),
    )
  })

  it.each(['{', '}', '{{', '{0', '{:', '{0[', '{0}', '{0.a'])(
    'takes linear time for %j repeated',
    (piece) => {
      const run = (n: number): void => {
        try {
          fill(piece.repeat(n / 2), 1)
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
        }
      }
      expect(growthOf(run)).toBeLessThan(1.7)
    },
  )
})

describe('formatValue', () => {
  const format = (value: unknown, spec: string): string => formatValue(value, spec, { text: String })

  it.each<[value: unknown, spec: string, text: string]>([
    ['ab', '5', 'ab   '],
    ['ab', '>5', '   ab'],
    ['ab', '*^6', '**ab**'],
    ['abc', '.2', 'ab'],
    ['😀b', '😀^4.1s', '😀😀😀😀'],
    ['ab', '05', 'ab000'],
    [42, '', '42'],
    [42, '5', '   42'],
    [42, '<5', '42   '],
    [42, '05', '00042'],
    [-42, '05', '-0042'],
    [-42, '=6', '-   42'],
    [42, '+', '+42'],
    [42, ' d', ' 42'],
    [255, 'x', 'ff'],
    [255, '#X', '0XFF'],
    [5, '#b', '0b101'],
    [8, 'o', '10'],
    [0xdeadbeefn, '_x', 'dead_beef'],
    [1234567, ',', '1,234,567'],
    [1234567, '_d', '1_234_567'],
    [1234, '010,', '00,001,234'],
    [1234, '08,', '0,001,234'],
    [1234567.891, ',.2f', '1,234,567.89'],
    [0.5, '.0f', '0'],
    [1.5, '.0f', '2'],
    [2.5, '.0f', '2'],
    [2.675, '.2f', '2.67'],
    [1e22, '.1f', '10000000000000000000000.0'],
    [0.1, '.20f', '0.10000000000000000555'],
    [12345.678, 'e', '1.234568e+04'],
    [9.995, '.2e', '9.99e+00'],
    [9.9999, '.2E', '1.00E+01'],
    [0, 'e', '0.000000e+00'],
    [0.0001, 'g', '0.0001'],
    [0.00001, 'g', '1e-05'],
    [1234567, 'g', '1.23457e+06'],
    [100000, 'g', '100000'],
    [3.5, '#g', '3.50000'],
    [0.256, '.1%', '25.6%'],
    [9.995, '.2', '1e+01'],
    [1.23456, '.3', '1.23'],
    [-0.0001, 'z.2f', '0.00'],
    [-0.0001, '.2f', '-0.00'],
    [Number.NaN, 'f', 'nan'],
    [Number.NEGATIVE_INFINITY, 'F', '-INF'],
    [Number.POSITIVE_INFINITY, '010f', '0000000inf'],
    [65, 'c', 'A'],
    [true, 'd', '1'],
    [1e22, '>6', ' 1e+22'],
    [10n ** 30n, ',', '1,000,000,000,000,000,000,000,000,000,000'],
  ])('formats %s by %j as %j', (value, spec, text) => {
    expect(format(value, spec)).toBe(text)
  })

  it.each<[value: unknown, spec: string, message: string]>([
    ['a', 'd', 'formats numbers, got text'],
    ['a', '=5', 'are for numbers, got text'],
    ['a', '+', 'are for numbers, got text'],
    [1.5, 'd', 'formats whole numbers, got 1.5'],
    [1, '.2d', 'takes no precision'],
    [1, ',x', 'groups with "_"'],
    [1, 's', 'formats text, got a number'],
    [1, '.', 'Expected a number after "."'],
    [1, '5y', 'Cannot read the format "5y" from "y" on'],
    [-1, 'c', 'formats a code point'],
    [null, '5', 'is for text and numbers, got null'],
    [[], '5', 'is for text and numbers, got object'],
    ['a', '99999999999', 'above the limit of 65536'],
    [1, '.70000f', 'above the limit of 65536'],
  ])('refuses %s by %j', (value, spec, message) => {
    expect(() => format(value, spec)).toThrow(message)
    expect(() => format(value, spec)).toThrow(FormatError)
  })

  it('stays quick at the limit of width and precision (S73)', () => {
    const start = performance.now()
    for (const spec of ['065536,', '.65536f', '.65536g', '.65536e', '😀^65536']) format(0.1, spec)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('rounds as JavaScript reads the text back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(format(value, '.17g'))).toBe(value)
        expect(Number(format(value, '.16e'))).toBe(value)
      }),
    )
  })
})
