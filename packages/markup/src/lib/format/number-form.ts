import { toFixedExact, toScientificExact } from './exact-decimal.ts'

/** The digits of a number, apart from its sign. */
export interface NumberForm {
  readonly negative: boolean
  /** `0x` and the like. */
  readonly prefix: string
  /** Digits before the point: what is grouped and filled with zeros. */
  readonly whole: string
  /** The point, and what stands behind it. */
  readonly rest: string
}

/** Whether a value counts as a whole number. */
export function isWhole(value: unknown): value is number | bigint | boolean {
  return (
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isInteger(value))
  )
}

/** A whole number in base 10 (`d`), 2, 8 or 16. */
export function integerForm(value: number | bigint | boolean, type: string, alternate: boolean): NumberForm {
  const big = BigInt(value)
  const negative = big < 0n
  const base = type === 'b' ? 2 : type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10
  const digits = (negative ? -big : big).toString(base)
  const upper = type === 'X'
  const prefix = alternate && base !== 10 ? `0${type}` : ''
  return { negative, prefix, whole: upper ? digits.toUpperCase() : digits, rest: '' }
}

/** A number in one of the forms of {@link floatDigits}, or in percent (`%`). */
export function floatForm(value: number, type: string, precision: number, alternate: boolean): NumberForm {
  const text =
    type === '%'
      ? `${floatDigits(value * 100, 'f', precision, alternate)}%`
      : floatDigits(value, type, precision, alternate)
  const end = text.search(/[^0-9]/)
  return {
    negative: value < 0 || Object.is(value, -0),
    prefix: '',
    whole: end < 0 ? text : text.slice(0, end),
    rest: end < 0 ? '' : text.slice(end),
  }
}

/**
 * The digits of a number without its sign in fixed (`f`), scientific (`e`) or general (`g`) form; capital letters give
 * capitals. Without a type: general, with one digit behind the point at least.
 */
export function floatDigits(value: number, type: string, precision: number, alternate: boolean): string {
  const form = type.toLowerCase()
  const digits = smallDigits(value, form, precision, alternate)
  return type === form ? digits : digits.toUpperCase()
}

function smallDigits(value: number, form: string, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : 'inf'
  switch (form) {
    case 'f':
      return toFixedExact(value, precision) + (alternate && precision === 0 ? '.' : '')
    case 'e': {
      const { digits, exponent } = toScientificExact(value, precision)
      return scientific(digits, exponent, alternate)
    }
    default:
      return general(value, precision, alternate, form === '' ? 1 : 0)
  }
}

function scientific(digits: string, exponent: number, alternate: boolean): string {
  const point = digits.length > 1 || alternate ? '.' : ''
  const sign = exponent < 0 ? '-' : '+'
  return `${digits[0]}${point}${digits.slice(1)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/**
 * As many significant digits as `precision` says, scientific for very large and small numbers, no zeros at the end.
 *
 * @param fractionDigits The least digits behind the point, 0 or 1.
 */
function general(value: number, precision: number, alternate: boolean, fractionDigits: number): string {
  const significant = precision === 0 ? 1 : precision
  const { digits, exponent } = toScientificExact(value, significant - 1)
  const kept = alternate ? digits : digits.replace(/0+$/, '') || '0'
  if (exponent < -4 || exponent >= significant - fractionDigits) return scientific(kept, exponent, alternate)
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${kept}`
  const whole = digits.slice(0, exponent + 1)
  const fraction = kept.slice(exponent + 1).padEnd(fractionDigits, '0')
  return fraction !== '' || alternate ? `${whole}.${fraction}` : whole
}

/** Puts sign, prefix, zeros and group marks around the digits. */
export function assembleNumber(
  form: NumberForm,
  options: { sign: string; zeroWidth: number; group: string; groupSize: number },
): { sign: string; digits: string } {
  const mark = form.negative ? '-' : options.sign === '-' ? '' : options.sign
  const sign = mark + form.prefix
  const width = options.zeroWidth - sign.length - form.rest.length
  // Infinity and NaN have no digits to group.
  if (form.whole === '') return { sign, digits: '0'.repeat(Math.max(0, width)) + form.rest }
  const marks = (digits: number): number =>
    options.group === '' ? 0 : Math.floor((digits - 1) / options.groupSize)
  let count = form.whole.length
  while (count + marks(count) < width) count += 1
  const grouped = group(form.whole.padStart(count, '0'), options.group, options.groupSize)
  return { sign, digits: grouped + form.rest }
}

function group(digits: string, mark: string, size: number): string {
  if (mark === '' || digits.length <= size) return digits
  const first = digits.length % size || size
  let out = digits.slice(0, first)
  for (let at = first; at < digits.length; at += size) out += mark + digits.slice(at, at + size)
  return out
}
