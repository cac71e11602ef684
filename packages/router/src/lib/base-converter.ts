import { ConverterArguments } from './converter-arguments.ts'
import { type LinearPattern, type Pattern, patternSource } from './pattern.ts'
import { quotePath } from './percent.ts'

/** A class of converters, as `UrlMap.converters` holds it. */
export type ConverterClass = new (args: ConverterArguments) => BaseConverter<unknown>

/**
 * Turns the text of a URL part into a value and back. Extend it for converters of your own:
 *
 * ```ts
 * class ListConverter extends BaseConverter<string[]> {
 *   override toJs(value: string): string[] { return value.split('+') }
 *   override toUrl(value: unknown): string { return (value as string[]).map((item) => super.toUrl(item)).join('+') }
 * }
 * const map = new UrlMap([new Rule('/tags/<list:tags>', { endpoint: 'tags' })], { converters: { list: ListConverter } })
 * ```
 *
 * Its type in views comes from `interface Converters { list: string[] }` in `@phial/router`.
 */
export class BaseConverter<Value = string> {
  /**
   * What the text must look like: the source of a regular expression (flag `u`, anchored on both sides)
   * or a RegExp without other flags. Default: anything but a slash.
   */
  regex: string | RegExp = '[^/]+'

  /** Rules with lighter parts are tried first. Default 100; numbers have 50, `path` 200. */
  weight: number = 100

  /** Whether the text lies within one segment. Default: true unless `regex` contains a slash. */
  partIsolating?: boolean

  /**
   * Longest text, in UTF-16 units, that a `regex` of your own is run on; longer text does not match. It
   * bounds the time of expressions that backtrack. Default 2,048.
   */
  maxLength: number = 2048

  /** How a built-in converter is matched without a regular expression. Set by `setPattern`. */
  linear: LinearPattern | null = { kind: 'text', min: 1, max: Infinity }

  /** @param args the arguments in the rule; converters that take none may ignore them. */
  // biome-ignore lint/complexity/noUselessConstructor: it declares the signature that subclasses override.
  constructor(_args: ConverterArguments = new ConverterArguments([])) {}

  /**
   * The value of decoded text that `regex` matched.
   *
   * @throws ValidationError when it does not fit after all: the rule then does not match (404).
   */
  toJs(value: string): Value {
    return value as Value
  }

  /**
   * The text of a value in a URL, percent-encoded.
   *
   * @throws ValidationError to let the next rule of the endpoint be tried; other errors reach the caller.
   */
  toUrl(value: unknown): string {
    if (typeof value === 'object' && value !== null && !hasOwnText(value)) {
      throw new TypeError(
        `expected a string or a number, got ${Array.isArray(value) ? 'an array' : 'an object'}`,
      )
    }
    return quotePath(String(value))
  }

  /** Replaces `regex` and `partIsolating` by a pattern of the built-in kinds. */
  protected setPattern(pattern: LinearPattern): void {
    this.linear = pattern
    this.regex = patternSource(pattern)
    this.partIsolating = pattern.kind !== 'path'
  }
}

/**
 * The pattern that a converter stands for; a subclass that changed `regex` is matched by it.
 *
 * @throws SyntaxError, TypeError for a `regex` that cannot be used.
 */
export function converterPattern(converter: BaseConverter<unknown>): Pattern {
  const { regex, linear } = converter
  if (linear !== null && regex === patternSource(linear)) return linear
  const source = regexSource(regex)
  new RegExp(`^(?:${source})$`, 'u')
  return { kind: 'regex', source, maxLength: converter.maxLength }
}

/** Whether the text of a converter lies within one segment. */
export function isIsolating(converter: BaseConverter<unknown>): boolean {
  if (converter.partIsolating !== undefined) return converter.partIsolating
  const source = regexSource(converter.regex)
  return source === '[^/]+' || !source.includes('/')
}

function regexSource(regex: string | RegExp): string {
  if (typeof regex === 'string') return regex
  if (!/^[duv]*$/.test(regex.flags)) {
    throw new TypeError(
      `${regex} has flags that cannot be kept, since it becomes part of a larger expression`,
    )
  }
  return regex.source
}

/** Objects with a text of their own (a UUID, a URL, a Temporal value) may stand in a path. */
function hasOwnText(value: object): boolean {
  return !Array.isArray(value) && value.toString !== Object.prototype.toString
}
