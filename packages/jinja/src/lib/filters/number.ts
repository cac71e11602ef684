import { isFloat, numericValue, toFloat } from '../values/number.ts'
import { floatOf, toInteger } from '../values/number-conversion.ts'
import { typeName } from '../values/type-name.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** Filters that give numbers. */
export const numberFilters: readonly Row[] = [
  define('abs(x, /)', (value: unknown) => {
    const number = numericValue(value)
    if (number === undefined) throw new TypeError(`bad operand type for abs(): '${typeName(value)}'`)
    if (typeof number === 'bigint') return number < 0n ? -number : number
    return isFloat(value) ? toFloat(Math.abs(number)) : Math.abs(number)
  }),
  define('do_int(value, default?, base?)', toInteger),
  define('do_float(value, default?)', (value: unknown, fallback: unknown = toFloat(0)) =>
    typeof value === 'number' ? toFloat(value) : (floatOf(value) ?? fallback),
  ),
]
