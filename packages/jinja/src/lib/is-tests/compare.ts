import type { Row } from '../filters/define.ts'
import { alias, define } from '../filters/define.ts'
import {
  contains,
  equals,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  notEquals,
} from '../values/compare.ts'

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
  const row = define(`${name}(a, b, /)`, compare)
  return [row, ...others.split(' ').map((other) => alias(other, row))]
})

/** Tests that compare a value with another one. */
export const compareTests: readonly Row[] = [
  ...comparisons,
  define('test_sameas(value, other)', isSame),
  define('test_in(value, seq)', (value: unknown, container: unknown) => contains(container, value)),
]

/** One object, as `is` in Python; numbers and text by value. */
function isSame(value: unknown, other: unknown): boolean {
  return value === other || (Number.isNaN(value) && Number.isNaN(other))
}
