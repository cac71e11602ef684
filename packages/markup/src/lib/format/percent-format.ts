import { textWidth } from '../text/pad.ts'
import { toAscii } from '../text/quote.ts'
import { FormatError } from './format-error.ts'
import type { FormatHooks } from './format-hooks.ts'
import { itemOf, reprOf, textOf } from './format-hooks.ts'
import { checkWidth, firstCharacters } from './format-spec.ts'
import type { NumberForm } from './number-form.ts'
import { assembleNumber, floatForm, integerForm, isWhole } from './number-form.ts'

/** What percent formatting needs to know about values. */
export type PercentHooks = Pick<FormatHooks, 'text' | 'repr' | 'getItem'>

/** One `%…` of a format string. */
interface Directive {
  flags: string
  width: number
  precision: number | undefined
  type: string
}

/**
 * Fills in a format string, as Python's `%` operator: `%s`, `%r`, `%d`, `%05.2f`, `%x`, `%(name)s`, `%%`.
 *
 * @param values An array: one value for each directive. A plain object or a `Map`: by name. Anything else: the only
 * value.
 * @throws {FormatError} if the format string is malformed, or there are too few or too many values.
 */
export function percentFormat(template: string, values: unknown, hooks: Partial<PercentHooks> = {}): string {
  return new PercentFormatter(template, values, {
    text: textOf,
    repr: reprOf,
    getItem: itemOf,
    ...hooks,
  }).run()
}

/** Whether a value stands for values by name. */
export function isNamedValues(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Map) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

class PercentFormatter {
  readonly #template: string
  readonly #named: unknown
  readonly #list: readonly unknown[]
  readonly #hooks: PercentHooks
  #used = 0
  #at = 0

  constructor(template: string, values: unknown, hooks: PercentHooks) {
    this.#template = template
    this.#named = isNamedValues(values) ? values : undefined
    this.#list = Array.isArray(values) ? values : [values]
    this.#hooks = hooks
  }

  run(): string {
    const template = this.#template
    let out = ''
    for (;;) {
      const start = template.indexOf('%', this.#at)
      out += template.slice(this.#at, start < 0 ? template.length : start)
      if (start < 0) break
      this.#at = start + 1
      out += this.#directive(start)
    }
    if (this.#used < this.#list.length && this.#named === undefined) {
      throw new FormatError(
        `The format string takes ${this.#used} values, but ${this.#list.length} were given.`,
      )
    }
    return out
  }

  #directive(start: number): string {
    const template = this.#template
    const key = this.#readKey()
    const flags = this.#readAll('#0- +')
    let width = this.#readWidth()
    let precision: number | undefined
    let leftFlag = ''
    if (width < 0) {
      leftFlag = '-'
      width = -width
    }
    if (template[this.#at] === '.') {
      this.#at += 1
      precision = Math.max(0, this.#readWidth())
    }
    this.#readAll('hlL')
    const type = template[this.#at]
    if (type === undefined)
      throw new FormatError(`The directive at position ${start} of the format string is cut off.`)
    this.#at += 1
    if (type === '%') return '%'
    const value = key === undefined ? this.#next() : this.#hooks.getItem(this.#named, key)
    return this.#format(value, { flags: flags + leftFlag, width, precision, type })
  }

  #readKey(): string | undefined {
    if (this.#template[this.#at] !== '(') return undefined
    if (this.#named === undefined)
      throw new FormatError('A name in the format string needs values by name: an object or a Map.')
    const from = this.#at + 1
    let depth = 0
    for (; this.#at < this.#template.length; this.#at++) {
      const character = this.#template[this.#at]
      if (character === '(') depth += 1
      else if (character === ')' && --depth === 0) {
        this.#at += 1
        return this.#template.slice(from, this.#at - 1)
      }
    }
    throw new FormatError('A name in the format string does not close: expected ")".')
  }

  #readAll(accepted: string): string {
    const from = this.#at
    while (this.#at < this.#template.length && accepted.includes(this.#template[this.#at]!)) this.#at += 1
    return this.#template.slice(from, this.#at)
  }

  /** Digits, or `*` for the next value. */
  #readWidth(): number {
    if (this.#template[this.#at] !== '*') return checkWidth(Number(this.#readAll('0123456789')))
    this.#at += 1
    const value = this.#next()
    if (!isWhole(value))
      throw new FormatError(`Expected a whole number for "*", got ${this.#hooks.repr(value)}.`)
    const width = Number(value)
    checkWidth(Math.abs(width))
    return width
  }

  #next(): unknown {
    if (this.#named !== undefined) {
      // All named values are the one value of a directive without a name.
      if (this.#used++ === 0) return this.#named
    } else if (this.#used < this.#list.length) {
      return this.#list[this.#used++]
    }
    throw new FormatError(
      `The format string takes more than the ${this.#list.length} values that were given.`,
    )
  }

  #format(value: unknown, directive: Directive): string {
    const { type, flags } = directive
    switch (type) {
      case 's':
        return this.#pad(this.#cut(this.#hooks.text(value), directive), directive)
      case 'r':
        return this.#pad(this.#cut(this.#hooks.repr(value), directive), directive)
      case 'a':
        return this.#pad(this.#cut(toAscii(this.#hooks.repr(value)), directive), directive)
      case 'c':
        return this.#pad(this.#hooks.text(characterOf(value)), directive)
      case 'd':
      case 'i':
      case 'u':
        return this.#number(
          withDigits(integerForm(truncated(value), 'd', false), directive.precision),
          directive,
        )
      case 'x':
      case 'X':
      case 'o':
        if (!isWhole(value))
          throw new FormatError(`%${type} formats whole numbers, got ${this.#hooks.repr(value)}.`)
        return this.#number(
          withDigits(integerForm(value, type, flags.includes('#')), directive.precision),
          directive,
        )
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return this.#number(
          floatForm(numberOf(value), type, directive.precision ?? 6, flags.includes('#')),
          directive,
        )
      default:
        throw new FormatError(
          `Expected one of d i o u x X e E f F g G c r s a % after "%", got ${JSON.stringify(type)}.`,
        )
    }
  }

  #cut(text: string, directive: Directive): string {
    return directive.precision === undefined ? text : firstCharacters(text, directive.precision)
  }

  #number(form: NumberForm, directive: Directive): string {
    const { flags, width } = directive
    const zero = flags.includes('0') && !flags.includes('-')
    const { sign, digits } = assembleNumber(form, {
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
      zeroWidth: zero ? width : 0,
      group: '',
      groupSize: 3,
    })
    return this.#pad(sign + digits, directive)
  }

  #pad(text: string, { width, flags }: Directive): string {
    const missing = width - textWidth(text)
    if (missing <= 0) return text
    return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
  }
}

function withDigits(form: NumberForm, precision: number | undefined): NumberForm {
  return precision === undefined ? form : { ...form, whole: form.whole.padStart(precision, '0') }
}

function numberOf(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value)
  throw new FormatError(`Expected a number, got ${value === null ? 'null' : typeof value}.`)
}

function truncated(value: unknown): number | bigint {
  if (typeof value === 'bigint') return value
  const number = Math.trunc(numberOf(value))
  if (!Number.isFinite(number)) throw new FormatError(`Expected a finite number, got ${String(value)}.`)
  return number
}

function characterOf(value: unknown): string {
  if (typeof value === 'string' && textWidth(value) === 1) return value
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x10ffff) {
    return String.fromCodePoint(value)
  }
  throw new FormatError('%c formats a code point or one character.')
}
