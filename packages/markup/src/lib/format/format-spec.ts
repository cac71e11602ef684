import { textWidth } from '../text/pad.ts'
import { FormatError } from './format-error.ts'
import type { FormatHooks } from './format-hooks.ts'
import type { NumberForm } from './number-form.ts'
import { assembleNumber, floatForm, integerForm, isWhole } from './number-form.ts'

/**
 * The largest width and precision. Format strings may come from people who write templates: without a limit, ten
 * characters take all memory.
 */
export const MAX_WIDTH = 65536

/** A format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
interface FormatSpec {
  fill: string
  align: '' | '<' | '>' | '^' | '='
  sign: string
  noNegativeZero: boolean
  alternate: boolean
  zero: boolean
  width: number
  group: string
  precision: number | undefined
  type: string
}

/** Reads a specification. See "Format Specification Mini-Language" in Python's library reference. */
function parseSpec(spec: string): FormatSpec {
  const characters = [...spec]
  let at = 0
  const take = (accepted: string): string => {
    const character = characters[at]
    return character !== undefined && accepted.includes(character) ? characters[at++]! : ''
  }
  const takeNumber = (): number | undefined => {
    let digits = ''
    for (let digit = take('0123456789'); digit !== ''; digit = take('0123456789')) digits += digit
    if (digits === '') return undefined
    return checkWidth(Number(digits))
  }
  let fill = ''
  if (characters.length > 1 && '<>^='.includes(characters[1]!)) fill = characters[at++]!
  const align = take('<>^=') as FormatSpec['align']
  const sign = take('+- ')
  const noNegativeZero = take('z') !== ''
  const alternate = take('#') !== ''
  const zero = fill === '' && take('0') !== ''
  const width = takeNumber() ?? 0
  const group = take(',_')
  let precision: number | undefined
  if (take('.') !== '') {
    precision = takeNumber()
    if (precision === undefined)
      throw new FormatError(`Expected a number after "." in the format ${JSON.stringify(spec)}.`)
  }
  const type = take('bcdeEfFgGnosxX%')
  if (at < characters.length) {
    throw new FormatError(
      `Cannot read the format ${JSON.stringify(spec)} from ${JSON.stringify(characters.slice(at).join(''))} on. Expected [[fill]align][sign][z][#][0][width][grouping][.precision][type].`,
    )
  }
  return { fill, align, sign, noNegativeZero, alternate, zero, width, group, precision, type }
}

/** @throws {FormatError} if a width or precision is above {@link MAX_WIDTH}. */
export function checkWidth(width: number): number {
  if (width > MAX_WIDTH)
    throw new FormatError(`The width or precision ${width} is above the limit of ${MAX_WIDTH}.`)
  return width
}

/**
 * A value as a format specification says. Numbers without a fraction count as integers. Other values than text,
 * numbers and booleans take no specification.
 *
 * @throws {FormatError} if the specification cannot be read or does not fit the value.
 */
export function formatValue(
  value: unknown,
  spec: string,
  hooks: Pick<FormatHooks, 'text' | 'isFloat'>,
): string {
  if (spec === '') return hooks.text(value)
  if (typeof value === 'string') return formatText(value, parseSpec(spec))
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return formatNumber(value, parseSpec(spec), hooks)
  }
  throw new FormatError(
    `The format ${JSON.stringify(spec)} is for text and numbers, got ${value === null ? 'null' : typeof value}.`,
  )
}

function formatText(text: string, spec: FormatSpec): string {
  if (spec.type !== '' && spec.type !== 's') {
    throw new FormatError(`The type ${JSON.stringify(spec.type)} formats numbers, got text.`)
  }
  if (spec.sign !== '' || spec.alternate || spec.group !== '' || spec.noNegativeZero || spec.align === '=') {
    throw new FormatError('A sign, "z", "#", "=" and grouping are for numbers, got text.')
  }
  const cut = spec.precision === undefined ? text : firstCharacters(text, spec.precision)
  return align(cut, spec.width, spec.align || '<', spec.fill || (spec.zero ? '0' : ' '))
}

function formatNumber(
  value: number | bigint | boolean,
  spec: FormatSpec,
  hooks: Pick<FormatHooks, 'text' | 'isFloat'>,
): string {
  if (spec.type === 'c') return formatCharacter(value, spec)
  const form = numberForm(value, spec, hooks)
  const alignment = spec.align || (spec.zero ? '=' : '>')
  const fill = spec.fill || (spec.zero ? '0' : ' ')
  const { sign, digits } = assembleNumber(form, {
    sign: spec.sign || '-',
    zeroWidth: fill === '0' && alignment === '=' ? spec.width : 0,
    group: spec.group,
    groupSize: 'boxX'.includes(spec.type) && spec.type !== '' ? 4 : 3,
  })
  if (alignment !== '=') return align(sign + digits, spec.width, alignment, fill)
  return sign + align(digits, spec.width - sign.length, '>', fill)
}

function numberForm(
  value: number | bigint | boolean,
  spec: FormatSpec,
  hooks: Pick<FormatHooks, 'text' | 'isFloat'>,
): NumberForm {
  const { type, precision } = spec
  if ('bdoxX'.includes(type) && type !== '') {
    if (!isWhole(value))
      throw new FormatError(`The type "${type}" formats whole numbers, got ${String(value)}.`)
    if (precision !== undefined) throw new FormatError(`The type "${type}" takes no precision.`)
    if (spec.group === ',' && type !== 'd')
      throw new FormatError(`The type "${type}" groups with "_", not ",".`)
    return integerForm(value, type, spec.alternate)
  }
  if (type === 's') throw new FormatError('The type "s" formats text, got a number.')
  // Larger numbers print in scientific form without a specification too.
  const isInteger = typeof value !== 'number' || (Number.isSafeInteger(value) && hooks.isFloat !== true)
  if ((type === '' || type === 'n') && precision === undefined && isInteger) {
    return integerForm(value, 'd', spec.alternate)
  }
  const number = Number(value)
  if (type === '' && precision === undefined) {
    const text = hooks.text(Math.abs(number))
    const end = text.search(/[^0-9]/)
    return {
      negative: number < 0,
      prefix: '',
      whole: end < 0 ? text : text.slice(0, end),
      rest: end < 0 ? '' : text.slice(end),
    }
  }
  const shown = type === 'n' || (type === '' && isInteger) ? 'g' : type
  const form = floatForm(number, shown, precision ?? 6, spec.alternate)
  const isZero = !/[1-9a-df-z]/i.test(form.whole + form.rest.replace(/e.*/i, ''))
  return spec.noNegativeZero && isZero ? { ...form, negative: false } : form
}

function formatCharacter(value: number | bigint | boolean, spec: FormatSpec): string {
  const code = Number(value)
  if (!Number.isInteger(code) || code < 0 || code > 0x10ffff) {
    throw new FormatError(`The type "c" formats a code point, got ${String(value)}.`)
  }
  return align(String.fromCodePoint(code), spec.width, spec.align || '>', spec.fill || ' ')
}

function align(text: string, width: number, alignment: string, fill: string): string {
  const missing = width - textWidth(text)
  if (missing <= 0) return text
  if (alignment === '<') return text + fill.repeat(missing)
  if (alignment === '^') return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1))
  return fill.repeat(missing) + text
}

/** The first characters of a text, a pair of surrogates counting as one. */
export function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text
  let end = 0
  for (let i = 0; i < count && end < text.length; i++) end += text.codePointAt(end)! > 0xffff ? 2 : 1
  return text.slice(0, end)
}
