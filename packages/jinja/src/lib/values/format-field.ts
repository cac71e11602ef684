import { FormatError, formatValue } from '@phial/markup/text'
import { Float, isFloat } from './number.ts'
import { OverflowError, ValueError } from './python-errors.ts'
import { repr, toText } from './python-text.ts'
import { formatDate } from './strftime.ts'
import { plainTextOf } from './text-value.ts'
import { typeName } from './type-name.ts'

/**
 * `format(value, spec)`: a value by the format specification mini-language.
 *
 * @throws {ValueError} if the specification cannot be read or does not fit the value.
 */
export function formatField(value: unknown, spec: string): string {
  if (spec === '') return toText(value)
  const text = plainTextOf(value)
  if (text !== undefined) return applySpec(text, spec, false)
  if (value instanceof Date) return formatDate(value, spec)
  if (isFloat(value)) return formatFloat(Number(value), spec, value instanceof Float)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    if (/\.[0-9]+[bcdnoxX]?$/.test(spec)) {
      throw new ValueError('Precision not allowed in integer format specifier')
    }
    return applySpec(value, spec, false)
  }
  throw new TypeError(`unsupported format string passed to ${typeName(value)}.__format__`)
}

function formatFloat(value: number, spec: string, isWhole: boolean): string {
  const type = spec.at(-1)!
  if ('bcdoxX'.includes(type)) {
    throw new ValueError(`Unknown format code '${type}' for object of type 'float'`)
  }
  // Without a type and a precision, floats keep their ".0" and large ones their exponent.
  if (isWhole && !/[a-zA-Z%.]/.test(spec.slice(-1)) && !spec.includes('.'))
    return applySpec(value, `${spec}.1f`, true)
  return applySpec(value, spec, true)
}

function applySpec(value: string | number | bigint | boolean, spec: string, isFloatValue: boolean): string {
  const grouped = /([,_])(?:\.[0-9]+)?n$/.exec(spec)
  if (grouped !== null) throw new ValueError(`Cannot specify '${grouped[1]}' with 'n'.`)
  try {
    return formatValue(value, spec, { text: toText, isFloat: isFloatValue })
  } catch (error) {
    throw error instanceof FormatError ? refusal(value, spec, isFloatValue) : error
  }
}

const SPEC =
  /^(?:.?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<z>z)?(?<alternate>#)?0?\d*(?<group>[,_])?(?:\.\d+)?(?<type>[a-zA-Z%])?$/su

/** What Python says of a specification that cannot be read, or does not fit the value. */
function refusal(value: string | number | bigint | boolean, spec: string, isFloatValue: boolean): Error {
  const parts = SPEC.exec(spec)?.groups
  const name = isFloatValue ? 'float' : typeName(value)
  if (parts === undefined) {
    return new ValueError(
      /\.(?!\d)/.test(spec)
        ? 'Format specifier missing precision'
        : `Invalid format specifier ${repr(spec)} for object of type '${name}'`,
    )
  }
  const { type = '', align, sign, z, alternate, group } = parts
  if (type === 'c' && !isFloatValue && name !== 'str') {
    return new OverflowError('%c arg not in range(0x110000)')
  }
  if (name !== 'str' || (type !== '' && type !== 's')) {
    if (group !== undefined && 'boxX'.includes(type))
      return new ValueError(`Cannot specify '${group}' with '${type}'.`)
    return new ValueError(`Unknown format code '${type}' for object of type '${name}'`)
  }
  if (sign === ' ') return new ValueError('Space not allowed in string format specifier')
  if (sign !== undefined) return new ValueError('Sign not allowed in string format specifier')
  if (z !== undefined)
    return new ValueError('Negative zero coercion (z) not allowed in string format specifier')
  if (alternate !== undefined)
    return new ValueError('Alternate form (#) not allowed in string format specifier')
  if (align === '=') return new ValueError("'=' alignment not allowed in string format specifier")
  return new ValueError(`Cannot specify '${group}' with 's'.`)
}
