import { BaseConverter, type ConverterClass } from './base-converter.ts'
import type { ConverterArguments } from './converter-arguments.ts'
import { BigIntConverter, FloatConverter, IntegerConverter } from './number-converters.ts'
import { quotePath } from './percent.ts'

/**
 * `<string:name>` and the default `<name>`: text within one segment.
 *
 * Arguments: `minlength` (default 1), `maxlength` (default none), `length` (exact), in code points.
 */
export class StringConverter extends BaseConverter {
  constructor(args?: ConverterArguments) {
    super()
    const options = args?.read({ minlength: 'integer', maxlength: 'integer', length: 'integer' }) ?? {}
    const min = options.length ?? options.minlength ?? 1
    const max = options.length ?? options.maxlength ?? Infinity
    if (max < min) throw new TypeError(`'maxlength' (${max}) is below 'minlength' (${min})`)
    this.setPattern({ kind: 'text', min, max })
  }
}

/** `<path:name>`: text that may contain slashes, but does not start with one. */
export class PathConverter extends BaseConverter {
  override weight = 200

  constructor(_args?: ConverterArguments) {
    super()
    this.setPattern({ kind: 'path' })
  }
}

/** `<any(about, help, "a,b"):name>`: one of the given words or quoted strings. */
export class AnyConverter extends BaseConverter {
  /** The possible values, in the order of the rule. */
  readonly items: readonly string[]

  constructor(args?: ConverterArguments) {
    super()
    const tokens = args?.tokens ?? []
    for (const token of tokens) {
      if (token.name !== null) throw new TypeError(`any() takes no named arguments, got '${token.name}'`)
      if (!token.quoted && /^(?:True|False|None)$/.test(token.source)) {
        throw new TypeError(`any() takes words and quoted strings; write "${token.source}" in quotes`)
      }
    }
    this.items = tokens.map((token) => token.source)
    this.setPattern({ kind: 'choice', items: this.items })
  }

  override toUrl(value: unknown): string {
    const text = String(value)
    if (this.items.includes(text)) return quotePath(text)
    throw new RangeError(
      `'${text}' is not one of ${[...this.items]
        .sort()
        .map((item) => `'${item}'`)
        .join(', ')}`,
    )
  }
}

/** `<uuid:name>`: a UUID, given to the view as text in lower case. */
export class UuidConverter extends BaseConverter {
  constructor(_args?: ConverterArguments) {
    super()
    this.setPattern({ kind: 'uuid' })
  }

  override toJs(value: string): string {
    return value.toLowerCase()
  }
}

/** The converters that every `UrlMap` knows. */
export const DEFAULT_CONVERTERS: Readonly<Record<string, ConverterClass>> = {
  default: StringConverter,
  string: StringConverter,
  any: AnyConverter,
  path: PathConverter,
  int: IntegerConverter,
  bigint: BigIntConverter,
  float: FloatConverter,
  uuid: UuidConverter,
}
