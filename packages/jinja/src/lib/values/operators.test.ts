import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { Dict } from './dict.ts'
import { toFloat } from './number.ts'
import {
  add,
  concat,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  positive,
  power,
  subtract,
} from './operators.ts'
import { repr } from './python-text.ts'
import { IntRange } from './range.ts'
import { tupleOf } from './tuple.ts'
import { ChainableUndefined, Undefined } from './undefined.ts'

const f = toFloat
const t = (...items: unknown[]) => tupleOf(items)
const MOST = Number.MAX_SAFE_INTEGER
const missing = new Undefined(null, undefined, 'x')

type Case = readonly [left: unknown, right: unknown, result: string]

function check(operation: (left: unknown, right: unknown) => unknown, cases: readonly Case[]): void {
  it.each(cases)('%s and %s give %s', (left, right, result) => {
    expect(repr(operation(left, right))).toBe(result)
  })
}

describe('+', () => {
  check(add, [
    [1, 2, '3'],
    [1, f(2), '3.0'],
    [0.1, 0.2, '0.30000000000000004'],
    [MOST, 1, '9007199254740992'],
    [2n ** 64n, -(2n ** 64n), '0'],
    [true, true, '2'],
    [true, 0.5, '1.5'],
    ['a', 'b', "'ab'"],
    [new Markup('<b>'), '<', "Markup('<b>&lt;')"],
    ['<', new Markup('<b>'), "Markup('&lt;<b>')"],
    [[1], [2, 3], '[1, 2, 3]'],
    [t(1), t(2), '(1, 2)'],
    [Uint8Array.of(1), Uint8Array.of(65), "b'\\x01A'"],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'nan'],
  ])
})

describe('-', () => {
  check(subtract, [
    [1, 2, '-1'],
    [f(1), 1, '0.0'],
    [-MOST, 2, '-9007199254740993'],
    [true, 2, '-1'],
    [new Set([1, 2, 3]), new Set([2]), '{1, 3}'],
  ])
})

describe('*', () => {
  check(multiply, [
    [6, 7, '42'],
    [0, -5, '0'],
    [MOST, 2, '18014398509481982'],
    [f(2), 3, '6.0'],
    ['ab', 3, "'ababab'"],
    [2, 'ab', "'abab'"],
    ['ab', -1, "''"],
    ['ab', true, "'ab'"],
    [[1, 2], 2, '[1, 2, 1, 2]'],
    [t(1), 2, '(1, 1)'],
    [new Markup('<br>'), 2, "Markup('<br><br>')"],
  ])

  it('does not take all memory', () => {
    expect(() => multiply('a', 2 ** 40)).toThrow(RangeError)
    expect(() => multiply([1], 2000, 1000)).toThrow(/limit of 1000/)
    expect(repr(multiply('', 2 ** 40))).toBe("''")
  })
})

describe('/', () => {
  check(divide, [
    [4, 2, '2.0'],
    [1, 3, '0.3333333333333333'],
    [-7, 2, '-3.5'],
    [10n ** 400n, 10n ** 399n, '10.0'],
    [10n ** 30n + 1n, 3, '3.333333333333333e+29'],
    [true, 2, '0.5'],
  ])
})

describe('//', () => {
  check(floorDivide, [
    [7, 2, '3'],
    [-7, 2, '-4'],
    [7, -2, '-4'],
    [f(7), 2, '3.0'],
    [-7.5, 2, '-4.0'],
    [6.9, 0.1, '68.0'],
    [0.3, 0.1, '2.0'],
    [10n ** 20n, 3, '33333333333333333333'],
  ])
})

describe('%', () => {
  check(modulo, [
    [7, 3, '1'],
    [-7, 3, '2'],
    [7, -3, '-2'],
    [-6, 3, '0'],
    [5.5, 2, '1.5'],
    [-5.5, 2, '0.5'],
    [5, Number.NEGATIVE_INFINITY, '-inf'],
    [-(10n ** 20n), 7, '5'],
    ['%s is %d', t('x', 3), "'x is 3'"],
  ])
})

describe('**', () => {
  check(power, [
    [2, 10, '1024'],
    [2, 64, '18446744073709551616'],
    [2, -1, '0.5'],
    [10, -5, '1e-05'],
    [1.1, 10, '2.5937424601000023'],
    [-42, -42, '6.660852295672145e-69'],
    [0.5, 1074, '5e-324'],
    [f(2), -1074, '5e-324'],
    [f(2), 3, '8.0'],
    [4, 0.5, '2.0'],
    [-2, 3, '-8'],
    [0, 0, '1'],
    [-1, Number.POSITIVE_INFINITY, '1.0'],
  ])

  it('does not compute for minutes', () => {
    expect(() => power(10, 10 ** 9)).toThrow(/bits/)
  })
})

describe('a sign', () => {
  it.each([
    [negate, 5, '-5'],
    [negate, 0, '0'],
    [negate, f(0), '-0.0'],
    [negate, true, '-1'],
    [negate, 2n ** 63n, '-9223372036854775808'],
    [positive, true, '1'],
    [positive, -2.5, '-2.5'],
  ] as const)('%o of %s gives %s', (operation, value, result) => {
    expect(repr(operation(value))).toBe(result)
  })
})

describe('what has no result', () => {
  it.each<readonly [operation: () => unknown, error: string]>([
    [() => add('a', 1), 'TypeError: can only concatenate str (not "int") to str'],
    [() => add([1], t(1)), 'TypeError: can only concatenate list (not "tuple") to list'],
    [() => add(1, 'a'), "TypeError: unsupported operand type(s) for +: 'int' and 'str'"],
    [() => add(null, 1), "TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'"],
    [
      () => add(new IntRange(0, 3), new IntRange(0, 2)),
      "TypeError: unsupported operand type(s) for +: 'range' and 'range'",
    ],
    [() => subtract('a', 'b'), "TypeError: unsupported operand type(s) for -: 'str' and 'str'"],
    [() => multiply('a', 1.5), "TypeError: can't multiply sequence by non-int of type 'float'"],
    [() => multiply(new Dict(), 2), "TypeError: unsupported operand type(s) for *: 'dict' and 'int'"],
    [() => divide(1, 0), 'ZeroDivisionError: division by zero'],
    [() => divide(1.5, 0), 'ZeroDivisionError: float division by zero'],
    [() => divide(10n ** 400n, 3), 'OverflowError: integer division result too large for a float'],
    [() => floorDivide(1, 0), 'ZeroDivisionError: integer division or modulo by zero'],
    [() => modulo(1, 0), 'ZeroDivisionError: integer modulo by zero'],
    [() => power(f(2), 2000), "OverflowError: (34, 'Numerical result out of range')"],
    [() => power(0, -1), 'ZeroDivisionError: 0.0 cannot be raised to a negative power'],
    [() => power('a', 2), "TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'"],
    [() => negate([]), "TypeError: bad operand type for unary -: 'list'"],
    [() => positive('a'), "TypeError: bad operand type for unary +: 'str'"],
    [() => add(missing, 1), "UndefinedError: 'x' is undefined"],
    [() => add('a', new ChainableUndefined(null, undefined, 'x')), "UndefinedError: 'x' is undefined"],
    [() => add(missing, new Markup('a')), "UndefinedError: 'x' is undefined"],
    [() => multiply(missing, new Markup('a')), "UndefinedError: 'x' is undefined"],
    [() => multiply('', 10n ** 30n), "OverflowError: cannot fit 'int' into an index-sized integer"],
    [
      () => multiply(new Markup('a'), missing),
      "TypeError: 'Undefined' object cannot be interpreted as an integer",
    ],
    [() => multiply(2, missing), "UndefinedError: 'x' is undefined"],
  ])('%o raises %s', (operation, error) => {
    expect(() => operation()).toThrow(expect.objectContaining({ name: error.split(':')[0] }))
    expect(operation).toThrow(error.slice(error.indexOf(':') + 2))
  })
})

describe('~', () => {
  it.each([
    [['a', 1, null, true], false, "'a1NoneTrue'"],
    [['<', new Markup('<b>')], false, "'<<b>'"],
    [['<', new Markup('<b>'), 1], true, "Markup('&lt;<b>1')"],
    [['<', 1], true, "'<1'"],
    [['<', new ChainableUndefined()], true, "'<'"],
    [[], true, "''"],
  ])('joins %j, automatic escaping %s, to %s', (values, autoescape, result) => {
    expect(repr(concat(values, autoescape))).toBe(result)
  })
})
