import { BaseConverter } from './base-converter.ts'
import type { ConverterArguments } from './converter-arguments.ts'
import { ValidationError } from './errors.ts'

/** More digits than this do not match `<bigint:n>`: the work grows with their square. */
const MAX_DIGITS = 4300

/** Base of the number converters: their options and the checks of their values. */
export class NumberConverter<Value extends number | bigint> extends BaseConverter<Value> {
  override weight = 50
  /** Number of characters that the text must have; 0 for any. */
  readonly fixedDigits: number
  /** Smallest value, null for none. */
  readonly min: number | null
  /** Largest value, null for none. */
  readonly max: number | null
  /** Whether a `-` may stand before the digits. */
  readonly signed: boolean

  constructor(options: { fixedDigits?: number; min?: number; max?: number; signed?: boolean }) {
    super()
    this.fixedDigits = options.fixedDigits ?? 0
    this.min = options.min ?? null
    this.max = options.max ?? null
    this.signed = options.signed ?? false
  }

  /** Whether a value lies between `min` and `max`. */
  isInRange(value: Value): boolean {
    return (this.min === null || value >= this.min) && (this.max === null || value <= this.max)
  }
}

/**
 * `<int:name>`: ASCII digits, a `number` up to 2^53 − 1; larger numbers do not match (use `bigint`).
 *
 * Arguments: `fixed_digits`, `min`, `max`, `signed` (default False: no minus sign).
 */
export class IntegerConverter extends NumberConverter<number> {
  constructor(args?: ConverterArguments) {
    super(integerOptions(args))
    this.setPattern({ kind: 'digits', signed: this.signed, limited: true })
  }

  override toJs(value: string): number {
    // `+ 0` turns -0 into 0.
    const number = Number(value) + 0
    if (
      !Number.isSafeInteger(number) ||
      (this.fixedDigits > 0 && value.length !== this.fixedDigits) ||
      !this.isInRange(number)
    ) {
      throw new ValidationError(`'${value}' is not an integer in the range of this rule`)
    }
    return number
  }

  override toUrl(value: unknown): string {
    return zeroFilled(integerText(value), this.fixedDigits)
  }
}

/** `<bigint:name>`: ASCII digits, a `bigint`; at most 4,300 digits. Arguments: those of `int`. */
export class BigIntConverter extends NumberConverter<bigint> {
  constructor(args?: ConverterArguments) {
    super(integerOptions(args))
    this.setPattern({ kind: 'digits', signed: this.signed, limited: false })
  }

  override toJs(value: string): bigint {
    if (value.length > MAX_DIGITS) throw new ValidationError(`more than ${MAX_DIGITS} digits`)
    const number = BigInt(value)
    if ((this.fixedDigits > 0 && value.length !== this.fixedDigits) || !this.isInRange(number)) {
      throw new ValidationError(`'${value}' is not an integer in the range of this rule`)
    }
    return number
  }

  override toUrl(value: unknown): string {
    return zeroFilled(integerText(value), this.fixedDigits)
  }
}

/** `<float:name>`: ASCII digits, a dot, ASCII digits; a `number`. Arguments: `min`, `max`, `signed`. */
export class FloatConverter extends NumberConverter<number> {
  constructor(args?: ConverterArguments) {
    super(args?.read({ min: 'number', max: 'number', signed: 'boolean' }) ?? {})
    this.setPattern({ kind: 'decimal', signed: this.signed })
  }

  override toJs(value: string): number {
    const number = Number(value)
    if (!Number.isFinite(number) || !this.isInRange(number)) {
      throw new ValidationError(`'${value}' is not a number in the range of this rule`)
    }
    return number
  }

  override toUrl(value: unknown): string {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'bigint') return `${number}.0`
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      throw new TypeError(`expected a finite number, got ${described(value)}`)
    }
    return floatText(number)
  }
}

function integerOptions(args: ConverterArguments | undefined): {
  fixedDigits?: number
  min?: number
  max?: number
  signed?: boolean
} {
  const { fixed_digits, ...rest } =
    args?.read({ fixed_digits: 'integer', min: 'number', max: 'number', signed: 'boolean' }) ?? {}
  return fixed_digits === undefined ? rest : { ...rest, fixedDigits: fixed_digits }
}

/** A number, a bigint or the text of an integer, in digits; fractions are cut off. */
function integerText(value: unknown): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(BigInt(Math.trunc(value)))
  if (typeof value === 'string' && /^[+-]?[0-9]{1,4300}$/.test(value.trim()))
    return String(BigInt(value.trim().replace(/^\+/, '')))
  throw new TypeError(`expected an integer, got ${described(value)}`)
}

/** Fills up with zeros after the sign, to `length` characters. */
function zeroFilled(text: string, length: number): string {
  return text.startsWith('-') ? `-${text.slice(1).padStart(length - 1, '0')}` : text.padStart(length, '0')
}

/** The shortest text that reads back as the number, always with a dot or an exponent, as Python writes it. */
function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1)
  return `${negative ? '-' : ''}${whole}.${fraction === '' ? '0' : fraction}`
}

function described(value: unknown): string {
  return typeof value === 'string'
    ? `'${value.slice(0, 40)}'`
    : value === null
      ? 'null'
      : String(typeof value)
}
