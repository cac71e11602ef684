import { FilterArgumentError } from '../errors.ts'
import { indexArgument } from '../values/methods/arguments.ts'
import { isFloat, isNumber, numericValue } from '../values/number.ts'
import { toInteger } from '../values/number-conversion.ts'
import { divide, multiply, power } from '../values/operators.ts'
import { ValueError } from '../values/python-errors.ts'
import { roundFloat, roundInt } from '../values/round.ts'
import { plainTextOf } from '../values/text-value.ts'
import { typeName } from '../values/type-name.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** `round`, by itself as it computes exactly. */
export const roundFilters: readonly Row[] = [define('do_round(value, precision?, method?)', round)]

const METHODS: ReadonlyMap<unknown, (value: number) => number> = new Map([
  ['common', Math.round],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
])

/** To the nearest, halfway to the even one; or up or down. Ints stay ints when they are rounded to the nearest. */
function round(value: unknown, precision: unknown = 0, method: unknown = 'common'): unknown {
  const name = plainTextOf(method)
  const direction = METHODS.get(name)
  if (direction === undefined) throw new FilterArgumentError('method must be common, ceil or floor')
  if (name === 'common') {
    const number = numericValue(value)
    if (number === undefined) throw new TypeError(`type ${typeName(value)} doesn't define __round__ method`)
    if (precision === null) return isFloat(value) ? toInteger(roundFloat(Number(number), 0)) : number
    const digits = indexArgument(precision)
    return isFloat(value) ? roundFloat(Number(number), digits) : roundInt(number, digits)
  }
  const factor = power(10, precision)
  return divide(towards(multiply(value, factor), direction), factor)
}

function towards(value: unknown, direction: (value: number) => number): unknown {
  if (!isNumber(value)) throw new TypeError(`must be real number, not ${typeName(value)}`)
  const number = numericValue(value)!
  if (typeof number === 'bigint' || !isFloat(value)) return number
  if (Number.isNaN(number)) throw new ValueError('cannot convert float NaN to integer')
  return toInteger(direction(number))
}
