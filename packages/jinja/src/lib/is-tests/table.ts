import type { Row } from '../filters/define.ts'
import { alias, define } from '../filters/define.ts'
import type { EnvironmentView, TemplateFunction } from '../runtime-interface.ts'
import { isCallable } from '../values/call.ts'
import { isLower, isUpper } from '../values/character-tests.ts'
import {
  contains,
  equals,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  notEquals,
} from '../values/compare.ts'
import { isIterable } from '../values/iterate.ts'
import { isMapping } from '../values/mapping.ts'
import { isFloat, isInt, isNumber } from '../values/number.ts'
import { modulo } from '../values/operators.ts'
import { toText } from '../values/python-text.ts'
import { IntRange } from '../values/range.ts'
import { hasHtml, isText, plainTextOf } from '../values/text-value.ts'
import { isUndefined, Undefined } from '../values/undefined.ts'

const comparisons: readonly Row[] = (
  [
    ['eq', equals, '== equalto'],
    ['ne', notEquals, '!='],
    ['gt', isGreater, '> greaterthan'],
    ['ge', isGreaterOrEqual, '>='],
    ['lt', isLess, '< lessthan'],
    ['le', isLessOrEqual, '<='],
  ] as const
).flatMap(([name, compare, others]) => {
  const row = define(name, `${name}(a, b)`, compare)
  return [row, ...others.split(' ').map((other) => alias(other, row))]
})

/** The tests of Jinja, by their names in templates. */
export const builtInTests: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...comparisons,
  test('odd', (value) => equals(modulo(value, 2), 1)),
  test('even', (value) => equals(modulo(value, 2), 0)),
  define('divisibleby', 'test_divisibleby(value, num)', (value: unknown, divisor: unknown) =>
    equals(modulo(value, divisor), 0),
  ),
  test('defined', (value) => !isUndefined(value)),
  test('undefined', isUndefined),
  registered('filter', ({ filters }) => filters),
  registered('test', ({ tests }) => tests),
  test('none', (value) => value === null),
  test('boolean', (value) => typeof value === 'boolean'),
  test('false', (value) => value === false),
  test('true', (value) => value === true),
  test('integer', isInt),
  test('float', isFloat),
  test('number', (value) => isNumber(value) || typeof value === 'boolean'),
  test('lower', (value) => isLower(toText(value))),
  test('upper', (value) => isUpper(toText(value))),
  test('string', isText),
  test('mapping', isMapping),
  test('sequence', isSequence),
  test('iterable', (value) => {
    if (value instanceof Undefined) value.toItems()
    return isIterable(value)
  }),
  define('callable', 'callable(obj)', isCallable),
  test('escaped', hasHtml),
  define('sameas', 'test_sameas(value, other)', isSame),
  define('in', 'test_in(value, seq)', (value: unknown, container: unknown) => contains(container, value)),
])

function test(name: string, fn: (value: unknown) => boolean): Row {
  return define(name, `test_${name}(value)`, fn)
}

/** Whether a filter or test of a name exists. */
function registered(
  name: string,
  registryOf: (environment: EnvironmentView) => ReadonlyMap<string, TemplateFunction>,
): Row {
  return define(
    name,
    `test_${name}(value)`,
    (environment: EnvironmentView, value: unknown) => registryOf(environment).has(plainTextOf(value)!),
    'environment',
  )
}

/** Has a length and items by position or key. */
function isSequence(value: unknown): boolean {
  if (value instanceof Undefined) {
    try {
      value.size()
      return true
    } catch {
      return false
    }
  }
  return (
    isText(value) ||
    Array.isArray(value) ||
    isMapping(value) ||
    value instanceof IntRange ||
    value instanceof Uint8Array
  )
}

/** One object, as `is` in Python; numbers and text by value. */
function isSame(value: unknown, other: unknown): boolean {
  return value === other || (Number.isNaN(value) && Number.isNaN(other))
}
