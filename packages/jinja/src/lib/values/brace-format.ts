import { isMarkup } from '@phial/markup/core'
import { formatField } from './format-field.ts'
import { isMapping, mappingGet, mappingHas } from './mapping.ts'
import { IndexError, KeyError, ValueError } from './python-errors.ts'
import { asciiRepr, repr, toText } from './python-text.ts'
import type { Text } from './text-value.ts'
import { escapeText, hasHtml, sameKind } from './text-value.ts'

/** How the fields `{0.name}` and `{0[key]}` reach members: by the rules of the environment, guarded as all others. */
export interface FieldLookup {
  getAttribute(value: unknown, name: string): unknown
  getItem(value: unknown, key: string | number): unknown
}

/**
 * `format.format(*args, **named)`. Values put into Markup are escaped.
 *
 * @param args `null` if there are none by position, as in `format_map`.
 * @param named A mapping, or with `format_map` anything.
 * @throws {ValueError} if the format cannot be read, {@link KeyError} or {@link IndexError} for a missing value.
 */
export function braceFormat(
  format: Text,
  args: readonly unknown[] | null,
  named: unknown,
  lookup: FieldLookup,
): Text {
  return sameKind(format, new BraceFormat(args, named, lookup, isMarkup(format)).format(format.toString(), 2))
}

class BraceFormat {
  readonly #args: readonly unknown[] | null
  readonly #named: unknown
  readonly #lookup: FieldLookup
  readonly #escapes: boolean
  #nextIndex = 0
  #numbering: 'automatic' | 'manual' | undefined

  constructor(args: readonly unknown[] | null, named: unknown, lookup: FieldLookup, escapes: boolean) {
    this.#args = args
    this.#named = named
    this.#lookup = lookup
    this.#escapes = escapes
  }

  /** @param depth Fields may hold fields in their specification, and those no more. */
  format(format: string, depth: number): string {
    if (depth === 0) throw new ValueError('Max string recursion exceeded')
    let out = ''
    let from = 0
    for (let at = 0; at < format.length; at++) {
      const character = format[at]
      if (character !== '{' && character !== '}') continue
      out += format.slice(from, at)
      if (format[at + 1] === character) {
        out += character
        at += 1
      } else if (character === '}') {
        throw new ValueError("Single '}' encountered in format string")
      } else {
        const end = endOfField(format, at)
        out += this.#field(format.slice(at + 1, end), depth)
        at = end
      }
      from = at + 1
    }
    return out + format.slice(from)
  }

  #field(field: string, depth: number): string {
    const nameEnd = endOfName(field)
    let value = this.#value(field.slice(0, nameEnd))
    let at = nameEnd
    if (field[at] === '!') {
      const conversion = field[at + 1]
      if (conversion === undefined)
        throw new ValueError('end of string while looking for conversion specifier')
      at += 2
      if (at < field.length && field[at] !== ':')
        throw new ValueError("expected ':' after conversion specifier")
      value = convert(value, conversion)
    }
    const spec = at < field.length ? this.#spec(field.slice(at + 1), depth) : ''
    return this.#escapes ? formatHtml(value, spec) : formatField(value, spec)
  }

  #spec(spec: string, depth: number): string {
    return spec.includes('{') || spec.includes('}') ? this.format(spec, depth - 1) : spec
  }

  #value(name: string): unknown {
    const end = memberStart(name)
    let value = this.#first(name.slice(0, end))
    for (let at = end; at < name.length; ) {
      if (name[at] === '[') {
        const close = name.indexOf(']', at)
        if (close < 0) throw new ValueError("Missing ']' in format string")
        const key = name.slice(at + 1, close)
        if (key === '') throw new ValueError('Empty attribute in format string')
        value = this.#lookup.getItem(value, isIndex(key) ? Number(key) : key)
        at = close + 1
      } else if (name[at] === '.') {
        const length = memberStart(name.slice(at + 1))
        if (length === 0) throw new ValueError('Empty attribute in format string')
        value = this.#lookup.getAttribute(value, name.slice(at + 1, at + 1 + length))
        at += 1 + length
      } else {
        throw new ValueError("Only '.' or '[' may follow ']' in format field specifier")
      }
    }
    return value
  }

  #first(name: string): unknown {
    if (name !== '' && !isIndex(name)) {
      if (!isMapping(this.#named)) return this.#lookup.getItem(this.#named, name)
      if (mappingHas(this.#named, name)) return mappingGet(this.#named, name)
      throw new KeyError(repr(name))
    }
    if (this.#args === null) throw new ValueError('Format string contains positional fields')
    const numbering = name === '' ? 'automatic' : 'manual'
    if (this.#numbering !== undefined && this.#numbering !== numbering) {
      throw new ValueError(
        numbering === 'automatic'
          ? 'cannot switch from manual field specification to automatic field numbering'
          : 'cannot switch from automatic field numbering to manual field specification',
      )
    }
    this.#numbering = numbering
    const index = name === '' ? this.#nextIndex++ : Number(name)
    if (index >= this.#args.length) {
      throw new IndexError(`Replacement index ${index} out of range for positional args tuple`)
    }
    return this.#args[index]
  }
}

function convert(value: unknown, conversion: string): unknown {
  switch (conversion) {
    case 's':
      return toText(value)
    case 'r':
      return repr(value)
    case 'a':
      return asciiRepr(value)
    default:
      throw new ValueError(`Unknown conversion specifier ${conversion}`)
  }
}

/** A field of a Markup format. HTML takes no specification: it could cut a tag. */
function formatHtml(value: unknown, spec: string): string {
  if (!hasHtml(value)) return escapeText(formatField(value, spec))
  if (spec !== '') throw new ValueError('Unsupported format specification for Markup.')
  return escapeText(value)
}

/** Where a field that opens at `open` closes. Braces nest; between `[` and `]` of the name they are plain. */
function endOfField(format: string, open: number): number {
  let depth = 1
  let inKey = false
  let inName = true
  for (let at = open + 1; at < format.length; at++) {
    const character = format[at]
    if (inKey) inKey = character !== ']'
    else if (character === '[' && inName) inKey = true
    else if (character === ':' || character === '!') inName = false
    else if (character === '{') {
      if (inName) throw new ValueError("unexpected '{' in field name")
      depth += 1
    } else if (character === '}' && --depth === 0) return at
  }
  throw new ValueError(
    open === format.length - 1
      ? "Single '{' encountered in format string"
      : "expected '}' before end of string",
  )
}

function endOfName(field: string): number {
  let inKey = false
  for (let at = 0; at < field.length; at++) {
    const character = field[at]
    if (inKey) inKey = character !== ']'
    else if (character === '[') inKey = true
    else if (character === '!' || character === ':') return at
  }
  return field.length
}

function memberStart(name: string): number {
  const at = name.search(/[.[]/)
  return at < 0 ? name.length : at
}

function isIndex(text: string): boolean {
  return /^[0-9]+$/.test(text)
}
