import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { repr } from '../values/python-text.ts'
import { parseLiteral } from './literal-parser.ts'

/** What Python 3.11's `repr(ast.literal_eval(text))` gives; null where it gives an error. */
const literals: readonly (readonly [string, string | null])[] = [
  ['0', '0'],
  ['00', '0'],
  ['0_0', '0'],
  ['007', null],
  ['0_7', null],
  ['01.5', '1.5'],
  ['1__0', null],
  ['1_', null],
  ['1_000', '1000'],
  ['1.', '1.0'],
  ['.5', '0.5'],
  ['1_000.', '1000.0'],
  ['1._5', null],
  ['1e5', '100000.0'],
  ['1.e5', '100000.0'],
  ['1_0.0_1e1_0', '100100000000.0'],
  ['1e', null],
  ['1e999', 'inf'],
  ['0x', null],
  ['0x_1', '1'],
  ['0X1f', '31'],
  ['0b12', null],
  ['0b101', '5'],
  ['0o8', null],
  ['0o17', '15'],
  ['1.5.5', null],
  ['5.real', null],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['-0', '0'],
  ['-0.0', '-0.0'],
  ['-5', '-5'],
  ['- 5', '-5'],
  ['+5', '5'],
  ['-(5)', '-5'],
  ['-((5))', '-5'],
  ['(-1)', '-1'],
  ['--5', null],
  ['- -5', null],
  ['-True', null],
  ['-[1]', null],
  ['1-1', null],
  ['None', 'None'],
  ['True', 'True'],
  ['none', null],
  ['nan', null],
  ['Nones', null],
  ['x', null],
  ['', null],
  ['5 # x', '5'],
  ['# 5', null],
  ['\n5', '5'],
  ['\n 5', null],
  [' 5', null],
  ['\t5', null],
  ['\f5', '5'],
  [' \n5', '5'],
  ['\n#c\n5', '5'],
  ['  # c\n5', '5'],
  ['5\n', '5'],
  ['5\r\n', '5'],
  ['5\n\n# c', '5'],
  ['5\n  ', null],
  ['5\n6', null],
  ['5\\\n', null],
  ['\\\n5', '5'],
  ['5;', null],
  ['1 2', null],
  ['\ufeff5', null],
  ['5\0', null],
  ['1,2', '(1, 2)'],
  ['1,', '(1,)'],
  ['True,', '(True,)'],
  ['(1)', '1'],
  ['(1,)', '(1,)'],
  ['((1))', '1'],
  ['()', '()'],
  ['(', null],
  [')', null],
  ['(1)(2)', null],
  ['(\n5)', '5'],
  ['[]', '[]'],
  ['[1,\n2]', '[1, 2]'],
  ['[1, 2,]', '[1, 2]'],
  ['[1,,2]', null],
  ['[,]', null],
  ['[1', null],
  ['[1)', null],
  ['[*x]', null],
  ['[-1, [2.5, (3,)]]', '[-1, [2.5, (3,)]]'],
  ['{}', '{}'],
  ['{1: 2}', '{1: 2}'],
  ['{1:2,}', '{1: 2}'],
  ['{1: 2, 1.0: 3}', '{1: 3}'],
  ["{'a': {'b': None}}", "{'a': {'b': None}}"],
  ['{1:2,3}', null],
  ['{1,2:3}', null],
  ['{**{}}', null],
  ['{1}', '{1}'],
  ['{1,}', '{1}'],
  ['{1,1.0,True}', '{1}'],
  ['{,}', null],
  ['set()', 'set()'],
  ['set ( )', 'set()'],
  ['set', null],
  ['set(1)', null],
  ['setx()', null],
  ["'a'", "'a'"],
  ['"a"', "'a'"],
  ["u'x'", "'x'"],
  ["r'\\n'", "'\\\\n'"],
  ["ur'x'", null],
  ["f'x'", null],
  ['\'a\' "b"', "'ab'"],
  ["'a' b'b'", null],
  ["b'a' b'b'", "b'ab'"],
  ["'''a'''", "'a'"],
  ["''''''", "''"],
  ["''''a'''", '"\'a"'],
  ["'a''", null],
  ["'a", null],
  ["'a\nb'", null],
  ["'''a\nb'''", "'a\\nb'"],
  ["'a\\\nb'", "'ab'"],
  ["'\\d'", "'\\\\d'"],
  ["'\\\\'", "'\\\\'"],
  ["'\\x41\\u00e9\\U0001F600'", "'Aé😀'"],
  ["'\\x4'", null],
  ["'\\U00110000'", null],
  ["'\\101\\0'", "'A\\x00'"],
  ["'\\777'", "'ǿ'"],
  ["'\\8'", "'\\\\8'"],
  ["b'\\777\\u'", "b'\\xff\\\\u'"],
  ["rb'\\n'", "b'\\\\n'"],
  ["Rb'x'", "b'x'"],
  ["b'é'", null],
  ['__import__("os")', null],
  ['(lambda: 1)()', null],
  ['[].__class__', null],
]

describe('parseLiteral', () => {
  test.each(literals)('%j', (text, expected) => {
    const literal = parseLiteral(text)
    expect(literal === undefined ? null : repr(literal.value)).toBe(expected)
  })

  test('what has no value here is no literal', () => {
    for (const text of ['1j', '1+2j', '...', "'\\N{DASH}'", '{[1]}', '{{}: 1}']) {
      expect(parseLiteral(text), text).toBeUndefined()
    }
  })

  test('as many brackets and digits as Python reads', () => {
    expect(parseLiteral('['.repeat(200) + ']'.repeat(200))).toBeDefined()
    expect(parseLiteral('['.repeat(201) + ']'.repeat(201))).toBeUndefined()
    expect(parseLiteral('1'.repeat(4300))).toBeDefined()
    expect(parseLiteral('1'.repeat(4301))).toBeUndefined()
  })

  test('keys that mean something to JavaScript are data', () => {
    const value = parseLiteral("{'__proto__': 1, 'constructor': 2}")!.value as Map<unknown, unknown>
    expect([...value]).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ])
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })

  test('reads what repr writes', () => {
    const leaf = fc.oneof(fc.integer(), fc.bigInt(), fc.string(), fc.boolean(), fc.constant(null))
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 })),
    }))
    fc.assert(
      fc.property(value, (data) => {
        expect(repr(parseLiteral(repr(data))!.value)).toBe(repr(data))
      }),
    )
  })

  test('never fails', () => {
    const text = fc.array(fc.constantFrom(...'()[]{},:+-0x1_.e\'"\\br\n #uNoneset'), { maxLength: 40 })
    fc.assert(fc.property(text, (parts) => void parseLiteral(parts.join(''))))
  })

  test.each([
    ['lists', (n: number) => `[${'1, '.repeat(n)}]`],
    ['floats in a set', (n: number) => `{${Array.from({ length: n }, (_, i) => `${i}.0`).join()}}`],
    ['a long string', (n: number) => `'${'\\x41a'.repeat(n)}'`],
    ['an open string', (n: number) => `'''${"''a".repeat(n)}`],
    ['strings behind each other', (n: number) => "'a' ".repeat(n)],
    ['line breaks', (n: number) => '\n'.repeat(n)],
    ['digits', (n: number) => '1_'.repeat(n)],
    ['brackets', (n: number) => '('.repeat(n)],
  ])('takes time in proportion to the length: %s', (_, make) => {
    expect(growthOf((n) => void parseLiteral(make(n)))).toBeLessThan(1.7)
  })
})
