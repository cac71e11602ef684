import { BaseConverter, isIsolating } from './base-converter.ts'
import { ValidationError } from './errors.ts'
import { IntegerConverter } from './number-converters.ts'
import { replaceEncodedSlashes } from './percent.ts'
import type { Rule } from './rule.ts'

/** Converted URL values by parameter name. */
export type RouteValues = Record<string, unknown>

/** A plain object; made by a constructor, it gets its properties a sixth faster than from `{}`. */
const PlainValues = function PlainValues() {} as unknown as new () => RouteValues
PlainValues.prototype = Object.prototype

const TEXT = 0
const INTEGER = 1
const CONVERTED = 2

/** A parameter of a rule, ready for converting. */
interface Parameter {
  readonly name: string
  readonly kind: 0 | 1 | 2
  readonly converter: BaseConverter<unknown>
  /** Whether the value may hold slashes: an encoded slash then stays `%2F`. */
  readonly crossesSlashes: boolean
}

/** A rule at the end of its way through the machine, with what turning captures into values needs. */
export class MatchTarget {
  readonly rule: Rule<unknown>
  /** Whether a match is the answer as it stands: no alias, no redirect to look for. */
  plain: boolean
  readonly #parameters: readonly Parameter[]
  readonly #names: readonly string[]
  /** Whether no code of a converter runs, and there are no defaults. */
  readonly #isSimple: boolean
  /** Whether in addition all values are text. */
  readonly #isText: boolean

  constructor(rule: Rule<unknown>, converters: ReadonlyMap<string, BaseConverter<unknown>>) {
    this.rule = rule
    this.plain = !rule.alias && rule.redirectTo === null
    this.#parameters = [...converters].map(([name, converter]) => parameter(name, converter))
    this.#names = this.#parameters.map((entry) => entry.name)
    this.#isSimple = this.#parameters.every((entry) => entry.kind !== CONVERTED) && rule.defaults === null
    this.#isText = this.#isSimple && this.#parameters.every((entry) => entry.kind === TEXT)
  }

  /**
   * The values of a match: a new object each time. `captures` holds start and end of each parameter in
   * `text`. Null when a converter refuses its text.
   */
  values(text: string, captures: readonly number[]): RouteValues | null {
    if (!this.#isSimple) return this.convert(sliced(text, captures, this.#parameters.length))
    const values = new PlainValues()
    if (this.#isText) {
      const names = this.#names
      for (let index = 0; index < names.length; index++) {
        values[names[index]!] = text.slice(captures[2 * index], captures[2 * index + 1])
      }
      return values
    }
    const parameters = this.#parameters
    for (let index = 0; index < parameters.length; index++) {
      const entry = parameters[index]!
      const value = read(entry, text, captures[2 * index]!, captures[2 * index + 1]!)
      if (value === undefined) return null
      values[entry.name] = value
    }
    return values
  }

  /** The values of the decoded texts of the parameters, in order. Null when a converter refuses one. */
  convert(texts: readonly string[]): RouteValues | null {
    const values: RouteValues = {}
    for (let index = 0; index < this.#parameters.length; index++) {
      const { name, converter, crossesSlashes } = this.#parameters[index]!
      const text = replaceEncodedSlashes(texts[index] ?? '', crossesSlashes ? '%2F' : '/')
      try {
        values[name] = converter.toJs(text)
      } catch (error) {
        if (error instanceof ValidationError) return null
        throw error
      }
    }
    return this.rule.defaults === null ? values : Object.assign(values, this.rule.defaults)
  }
}

function parameter(name: string, converter: BaseConverter<unknown>): Parameter {
  let kind: Parameter['kind'] = CONVERTED
  if (converter.toJs === BaseConverter.prototype.toJs) kind = TEXT
  else if (converter.toJs === IntegerConverter.prototype.toJs) kind = INTEGER
  return { name, kind, converter, crossesSlashes: !isIsolating(converter) }
}

/** The value of a text or integer parameter; undefined when the integer is out of range. */
function read(entry: Parameter, text: string, start: number, end: number): unknown {
  if (entry.kind === TEXT) return text.slice(start, end)
  const converter = entry.converter as IntegerConverter
  const length = end - start
  if (converter.fixedDigits > 0 && length !== converter.fixedDigits) return undefined
  let number = 0
  if (length > 15 || text.charCodeAt(start) === 0x2d) {
    number = Number(text.slice(start, end)) + 0
    if (!Number.isSafeInteger(number)) return undefined
  } else {
    for (let at = start; at < end; at++) number = number * 10 + (text.charCodeAt(at) - 0x30)
  }
  return converter.isInRange(number) ? number : undefined
}

function sliced(text: string, captures: readonly number[], count: number): string[] {
  const texts: string[] = []
  for (let index = 0; index < count; index++)
    texts.push(text.slice(captures[2 * index], captures[2 * index + 1]))
  return texts
}
