import { quote } from '@phial/markup/text'
import type { TemplateFunction } from '../runtime-interface.ts'
import { Kwargs } from './kwargs.ts'
import { typeName } from './type-name.ts'

/** What a function gets as its first argument, before those of the call. */
export type Pass = 'context' | 'evalContext' | 'environment'

/**
 * How a function takes its arguments. Functions without a signature, or without `parameters` in it, are plain
 * JavaScript: they get the positional arguments, and the keyword arguments as one object at the end.
 */
export interface Signature {
  /** The name in error messages. */
  readonly name: string
  /** First argument of the function, before the parameters. */
  readonly pass?: Pass
  /** The names of the parameters, for keyword arguments. What is left out arrives as `undefined`. */
  readonly parameters?: readonly string[]
  /** How many of the parameters must be given. Default: 0. */
  readonly required?: number
  /** Whether more positional arguments are allowed: they arrive as one array behind the parameters. */
  readonly varargs?: boolean
  /** Whether other keyword arguments are allowed: they arrive as one {@link Kwargs}, last. */
  readonly keywords?: boolean
  /** Whether the parameters cannot be given by name. */
  readonly positionalOnly?: boolean
}

/**
 * A signature from the way it is written in Python: `do_center(value, width?)`. A question mark stands for a default,
 * `*` and `**` for more arguments; a slash says that none can be given by name.
 */
export function readSignature(text: string, pass?: Pass): Signature {
  const [name, list] = text.slice(0, -1).split('(') as [string, string]
  const names = list === '' ? [] : list.split(', ')
  const parameters = names.filter((parameter) => !/^[*/]/.test(parameter))
  return {
    name,
    parameters: parameters.map((parameter) => parameter.replace('?', '')),
    required: parameters.filter((parameter) => !parameter.endsWith('?')).length,
    varargs: names.includes('*'),
    keywords: names.includes('**'),
    positionalOnly: names.includes('/'),
    ...(pass === undefined ? {} : { pass }),
  }
}

const signatureKey = Symbol.for('phial.jinja.signature')

interface Signed {
  [signatureKey]?: Signature
}

/** Gives a function a signature, and gives it back. */
export function withSignature<Fn extends TemplateFunction>(signature: Signature, fn: Fn): Fn {
  Object.defineProperty(fn, signatureKey, { value: signature, configurable: true })
  return fn
}

/** Gives a function a signature as {@link readSignature} takes it, and gives the function back. */
export function signed<Fn extends TemplateFunction>(signature: string, fn: Fn, pass?: Pass): Fn {
  return withSignature(readSignature(signature, pass), fn)
}

/** The signature of a function, or `undefined` if it is plain JavaScript. */
export function signatureOf(fn: unknown): Signature | undefined {
  return (fn as Signed)[signatureKey]
}

/**
 * The arguments of a call in the order of the parameters.
 *
 * @throws {TypeError} as Python's, if the arguments do not fit.
 */
export function bindArguments(
  signature: Signature,
  args: readonly unknown[],
  kwargs: ReadonlyMap<string, unknown> | null,
): readonly unknown[] {
  const { parameters = [], required = 0 } = signature
  const given = args.length
  if (signature.positionalOnly === true) checkPositional(signature, given, kwargs)
  if (given > parameters.length && signature.varargs !== true) throw tooMany(signature, given)
  const isPlain = signature.varargs !== true && signature.keywords !== true
  if (isPlain && (kwargs === null || kwargs.size === 0)) {
    if (given < required) throw missing(signature, parameters.slice(given, required))
    return args
  }
  const bound: unknown[] = new Array(parameters.length).fill(undefined)
  for (let index = 0; index < given && index < parameters.length; index++) bound[index] = args[index]
  let others: Kwargs | null = null
  if (kwargs !== null) {
    for (const [name, value] of kwargs) {
      const index = signature.positionalOnly === true ? -1 : parameters.indexOf(name)
      if (index >= 0) {
        if (index < given)
          throw new TypeError(`${signature.name}() got multiple values for argument ${quote(name)}`)
        // A missing value must not look like an argument that was left out, so it is kept as it is.
        bound[index] = value
      } else if (signature.keywords === true) {
        others ??= new Kwargs()
        others.set(name, value)
      } else {
        throw new TypeError(`${signature.name}() got an unexpected keyword argument ${quote(name)}`)
      }
    }
  }
  const absent: string[] = []
  for (let index = given; index < required; index++) {
    if (kwargs?.has(parameters[index]!) !== true) absent.push(parameters[index]!)
  }
  if (absent.length > 0) throw missing(signature, absent)
  if (signature.varargs === true) bound.push(args.slice(parameters.length))
  if (signature.keywords === true) bound.push(others ?? new Kwargs())
  return bound
}

/**
 * Looks at the number of arguments of what is written in C in Python.
 *
 * @param self What a method belongs to.
 * @throws {TypeError} with the words that Python has there.
 */
export function checkPositional(
  { name, parameters = [], required = 0, varargs, keywords }: Signature,
  given: number,
  kwargs: ReadonlyMap<string, unknown> | null,
  self?: unknown,
): void {
  const most = parameters.length
  const isNamed = kwargs !== null && kwargs.size > 0 && keywords !== true
  if (!isNamed && given >= required && (given <= most || varargs === true)) return
  const call = `${self === undefined ? '' : `${typeName(self)}.`}${name}()`
  if (isNamed) throw new TypeError(`${call} takes no keyword arguments`)
  if (most === 0) throw new TypeError(`${call} takes no arguments (${given} given)`)
  if (most === 1 && required === 1) throw new TypeError(`${call} takes exactly one argument (${given} given)`)
  const bound = given < required ? required : most
  const limit = required === most ? '' : given < required ? 'at least ' : 'at most '
  throw new TypeError(`${name} expected ${limit}${bound} argument${bound === 1 ? '' : 's'}, got ${given}`)
}

function tooMany({ name, pass, parameters = [], required = 0 }: Signature, given: number): TypeError {
  if (parameters.length === 0) return new TypeError(`${name}() takes no arguments (${given} given)`)
  // Python counts what is passed by itself too.
  const passed = pass === undefined ? 0 : 1
  const most = parameters.length + passed
  const count = required === parameters.length ? `${most}` : `from ${required + passed} to ${most}`
  const plural = count === '1' ? '' : 's'
  return new TypeError(
    `${name}() takes ${count} positional argument${plural} but ${given + passed} were given`,
  )
}

function missing({ name }: Signature, names: readonly string[]): TypeError {
  const quoted = names.map(quote)
  const last = quoted.pop()!
  const list = quoted.length === 0 ? last : `${quoted.join(', ')}${quoted.length > 1 ? ',' : ''} and ${last}`
  const plural = names.length === 1 ? '' : 's'
  return new TypeError(`${name}() missing ${names.length} required positional argument${plural}: ${list}`)
}
