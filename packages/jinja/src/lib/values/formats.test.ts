import { Markup } from '@phial/markup'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import type { EnvironmentView } from '../runtime-interface.ts'
import { braceFormat } from './brace-format.ts'
import { guardedFields } from './field-lookup.ts'
import { formatField } from './format-field.ts'
import { getAttribute, getItem } from './lookup.ts'
import { toFloat } from './number.ts'
import { percentFormat } from './percent-format.ts'
import { IntRange } from './range.ts'
import { tupleOf } from './tuple.ts'

const f = toFloat
const t = (...items: unknown[]) => tupleOf(items)

describe('%', () => {
  it.each<readonly [format: string, values: unknown, text: string]>([
    ['%s', 'a', 'a'],
    ['%s', [1, 2], '[1, 2]'],
    ['%s and %r', t('a', 'b'), "a and 'b'"],
    ['%d', 3.7, '3'],
    ['%d', -3.7, '-3'],
    ['%i', true, '1'],
    ['%5d|%-5d|%05d', t(42, 42, 42), '   42|42   |00042'],
    ['%+d % d', t(5, 5), '+5  5'],
    ['%x %X %#x %o %#o', t(255, 255, 255, 8, 8), 'ff FF 0xff 10 0o10'],
    ['%e %E', t(12345.678, f(1)), '1.234568e+04 1.000000E+00'],
    ['%f %.2f %.0f', t(f(1), 2.675, 2.5), '1.000000 2.67 2'],
    ['%g %g %g', t(0.0001, 1e10, f(100)), '0.0001 1e+10 100'],
    ['%08.3f', -2.71234, '-002.712'],
    ['%c%c', t(65, '😀'), 'A😀'],
    ['%.2s|%5s|%-5s|', t('abc', 'ab', 'ab'), 'ab|   ab|ab   |'],
    ['%*d', t(5, 42), '   42'],
    ['%-*d|', t(5, 42), '42   |'],
    ['%(a)s %(b)03d', { a: 'x', b: 7 }, 'x 007'],
    ['%(a)s', new Map([['a', 1]]), '1'],
    ['100%%', t(), '100%'],
    ['%a', 'é', "'\\xe9'"],
    ['%d', 10n ** 30n, '1000000000000000000000000000000'],
    ['%s', null, 'None'],
    ['nothing', {}, 'nothing'],
    ['nothing', new IntRange(0, 2, 1), 'nothing'],
    ['%f', Number.NaN, 'nan'],
    ['%5.1f', Number.POSITIVE_INFINITY, '  inf'],
  ])('%s by %o is %s', (format, values, text) => {
    expect(percentFormat(format, values)).toBe(text)
  })

  it('escapes what is put into Markup', () => {
    expect(String(percentFormat(new Markup('<b>%s</b>%s'), t('<', new Markup('<i>'))))).toBe('<b>&lt;</b><i>')
    expect(String(percentFormat(new Markup('%r'), '<'))).toBe('&#39;&lt;&#39;')
  })

  it('takes numbers from texts in Markup', () => {
    expect(String(percentFormat(new Markup('%d %.1f'), t('5', '2.55')))).toBe('5 2.5')
    expect(() => percentFormat(new Markup('%d'), 'x')).toThrow("invalid literal for int() with base 10: 'x'")
    expect(() => percentFormat(new Markup('%f'), 'x')).toThrow("could not convert string to float: 'x'")
  })

  it.each<readonly [format: string, values: unknown, error: string]>([
    ['%5%', 1, "ValueError: unsupported format character '%' (0x25) at index 2"],
    ['%s %s', 'a', 'TypeError: not enough arguments for format string'],
    ['%s', t(1, 2), 'TypeError: not all arguments converted during string formatting'],
    ['a', 1, 'TypeError: not all arguments converted during string formatting'],
    ['%d', 'a', 'TypeError: %d format: a real number is required, not str'],
    ['%x', 1.5, 'TypeError: %x format: an integer is required, not float'],
    ['%f', 'a', 'TypeError: must be real number, not str'],
    ['%c', 'ab', 'TypeError: %c requires int or char'],
    ['%(a)s', 1, 'TypeError: format requires a mapping'],
    ['%(a)s %s', { a: 1 }, 'TypeError: not enough arguments for format string'],
    ['%(a)s', {}, "KeyError: 'a'"],
    ['%', 1, 'ValueError: incomplete format'],
    ['%q', 1, "ValueError: unsupported format character 'q' (0x71) at index 1"],
    ['%99999999d', 1, 'ValueError: the width or precision 99999999 is above the limit of 65536'],
  ])('%j by %j raises %s', (format, values, error) => {
    const [name, message] = [error.split(': ')[0], error.slice(error.indexOf(': ') + 2)]
    expect(() => percentFormat(format, values)).toThrow(expect.objectContaining({ name, message }))
  })

  it('takes linear time', () => {
    expect(growthOf((n) => percentFormat('%%'.repeat(n), t()))).toBeLessThan(1.7)
    expect(
      growthOf((n) =>
        percentFormat(`%(${'('.repeat(n)}${')'.repeat(n)})s`, { [`${'('.repeat(n)}${')'.repeat(n)}`]: 1 }),
      ),
    ).toBeLessThan(1.7)
  })
})

const lookup = guardedFields({
  sandboxed: false,
  getattr: (value: unknown, name: string) => getAttribute(value, name),
  getitem: (value: unknown, key: unknown) => getItem(value, key),
} as EnvironmentView)

describe('format()', () => {
  it.each<readonly [format: string, args: readonly unknown[], named: Record<string, unknown>, text: string]>([
    ['{} {}', ['a', 1], {}, 'a 1'],
    ['{1} {0}', ['a', 'b'], {}, 'b a'],
    ['{x}', [], { x: 5 }, '5'],
    ['{{{}}}', [1], {}, '{1}'],
    ['{0.a} {0[b]} {1[0]}', [{ a: 1, b: 2 }, [3]], {}, '1 2 3'],
    ['{!r} {!s} {!a}', ['é', 'é', 'é'], {}, "'é' é '\\xe9'"],
    ['{:>5}|{:<5}|{:^5}|{:*^5}', ['a', 'a', 'a', 'a'], {}, '    a|a    |  a  |**a**'],
    ['{:{}}', ['a', 3], {}, 'a  '],
    ['{:.2f} {:,} {:x} {:%}', [2.675, 1234567, 255, 0.5], {}, '2.67 1,234,567 ff 50.000000%'],
  ])('%j of %j and %j is %j', (format, args, named, text) => {
    expect(braceFormat(format, args, named, lookup)).toBe(text)
  })

  it('escapes what is put into Markup', () => {
    const text = braceFormat(new Markup('<b>{}{}</b>'), ['<', new Markup('<i>')], {}, lookup)
    expect(String(text)).toBe('<b>&lt;<i></b>')
  })

  it.each<readonly [format: string, args: readonly unknown[], error: string]>([
    ['{}', [], 'IndexError: Replacement index 0 out of range for positional args tuple'],
    ['{x}', [], "KeyError: 'x'"],
    ['{', [1], "ValueError: Single '{' encountered in format string"],
    ['}', [1], "ValueError: Single '}' encountered in format string"],
    ['{} {0}', [1], 'ValueError: cannot switch from automatic field numbering to manual field specification'],
    ['{!x}', [1], 'ValueError: Unknown conversion specifier x'],
    ['{:{:{}}}', [1, 2, 3], 'ValueError: Max string recursion exceeded'],
    ['{0[a]}', ['x'], "TypeError: string indices must be integers, not 'str'"],
    ['{0[a]}', [[1]], 'TypeError: list indices must be integers or slices, not str'],
    ['{0[5]}', [[1]], 'IndexError: list index out of range'],
    ['{0[5]}', [5], "TypeError: 'int' object is not subscriptable"],
    ['{0[a]}', [{}], "KeyError: 'a'"],
  ])('%j of %j raises %s', (format, args, error) => {
    const [name, message] = [error.split(': ')[0], error.slice(error.indexOf(': ') + 2)]
    expect(() => braceFormat(format, args, {}, lookup)).toThrow(expect.objectContaining({ name, message }))
  })

  it('takes linear time', () => {
    expect(growthOf((n) => braceFormat('{0}'.repeat(n), ['a'], {}, lookup))).toBeLessThan(1.7)
    expect(growthOf((n) => braceFormat('{{}}'.repeat(n), [], {}, lookup))).toBeLessThan(1.7)
  })
})

describe('a field', () => {
  it.each<readonly [value: unknown, spec: string, text: string]>([
    [1.5, '', '1.5'],
    [f(3), '5', '  3.0'],
    [f(3), '.1f', '3.0'],
    [1e16, '25', '                    1e+16'],
    [42, '08.3f', '0042.000'],
    [42, '+', '+42'],
    [-42, '=6d', '-   42'],
    [255, '#b', '0b11111111'],
    [1234567, '_', '1_234_567'],
    ['abc', '.2', 'ab'],
    [true, 'd', '1'],
    [true, '', 'True'],
    [new Date(Date.UTC(2024, 0, 2)), '%d.%m.%Y', '02.01.2024'],
  ])('%s as %j is %j', (value, spec, text) => {
    expect(formatField(value, spec)).toBe(text)
  })

  it('takes no letter of another type', () => {
    expect(() => formatField(1.5, 'd')).toThrow("Unknown format code 'd' for object of type 'float'")
    expect(() => formatField([], '5')).toThrow('unsupported format string passed to list.__format__')
  })

  it.each<readonly [value: unknown, spec: string, message: string]>([
    ['a', 'f', "Unknown format code 'f' for object of type 'str'"],
    ['a', '+', 'Sign not allowed in string format specifier'],
    ['a', '=5', "'=' alignment not allowed in string format specifier"],
    ['a', '#', 'Alternate form (#) not allowed in string format specifier'],
    ['a', ',', "Cannot specify ',' with 's'."],
    [1, 's', "Unknown format code 's' for object of type 'int'"],
    [1, ',x', "Cannot specify ',' with 'x'."],
    [1, '.', 'Format specifier missing precision'],
    [1, '<y>', "Invalid format specifier '<y>' for object of type 'int'"],
  ])('%s as %j is refused', (value, spec, message) => {
    expect(() => formatField(value, spec)).toThrow(expect.objectContaining({ name: 'ValueError', message }))
  })

  it('knows where characters end', () => {
    expect(formatField(65, '3c')).toBe('  A')
    expect(() => formatField(-1, 'c')).toThrow(expect.objectContaining({ name: 'OverflowError' }))
  })

  it('rounds as toFixed does where that is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (value, digits) => {
        // Never halfway between two results: there the two differ.
        const float = value / 64 + 1 / 1024
        expect(formatField(float, `.${digits}f`)).toBe(float.toFixed(digits))
      }),
    )
  })
})
