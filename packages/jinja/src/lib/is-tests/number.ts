import type { Row } from '../filters/define.ts'
import { define } from '../filters/define.ts'
import { equals } from '../values/compare.ts'
import { modulo } from '../values/operators.ts'
import { test } from './define.ts'

/** Tests that divide. */
export const numberTests: readonly Row[] = [
  test('odd', (value) => equals(modulo(value, 2), 1)),
  test('even', (value) => equals(modulo(value, 2), 0)),
  define('test_divisibleby(value, num)', (value: unknown, divisor: unknown) =>
    equals(modulo(value, divisor), 0),
  ),
]
