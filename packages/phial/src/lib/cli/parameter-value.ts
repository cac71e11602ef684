import { InvalidArgumentError } from 'commander'
import type { OptionOptions, ParameterOptions } from '../commands/command-values.ts'
import type { ValueType } from '../commands/usage.ts'

/**
 * What a text of the command line or of a variable stands for.
 *
 * @throws InvalidArgumentError that says what is expected.
 */
export function readParameter(text: string, type: ValueType, options: ParameterOptions): unknown {
  const { parse, choices } = options
  if (choices !== undefined && !choices.includes(text)) {
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  }
  if (parse !== undefined) return callParser(parse, text)
  return type === 'string' ? text : readNumber(text, type, options)
}

function readNumber(text: string, type: 'int' | 'float', { min, max }: ParameterOptions): number {
  const pattern = type === 'int' ? /^[+-]?\d+$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
  const value = pattern.test(text) ? Number(text) : Number.NaN
  const isInside = value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY)
  const isExact = type === 'float' ? Number.isFinite(value) : Number.isSafeInteger(value)
  if (isExact && isInside) return value
  throw new InvalidArgumentError(
    `It must be ${type === 'int' ? 'a whole number' : 'a number'}${range(min, max)}.`,
  )
}

function range(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, ${min} or more`
  return max === undefined ? '' : `, ${max} or less`
}

function callParser(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

/** What the help says of an argument or an option. The parser adds the choices. */
export function describeParameter(options: OptionOptions): string {
  const notes = []
  if (options.min !== undefined || options.max !== undefined) {
    notes.push(`range: ${options.min ?? ''}..${options.max ?? ''}`)
  }
  if (options.env !== undefined) notes.push(`env: ${options.env}`)
  if (options.default !== undefined && options.default !== null) {
    notes.push(`default: ${JSON.stringify(options.default) ?? String(options.default)}`)
  }
  if (options.required === true) notes.push('required')
  if (options.prompt !== undefined && options.prompt !== false) notes.push('asked for')
  const help = options.help ?? ''
  return notes.length === 0 ? help : `${help} (${notes.join('; ')})`.trimStart()
}
