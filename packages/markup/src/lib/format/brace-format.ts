import { toAscii } from '../text/quote.ts'
import { FormatError } from './format-error.ts'
import type { FormatHooks } from './format-hooks.ts'
import { attributeOf, itemOf, reprOf, textOf } from './format-hooks.ts'
import { formatValue } from './format-spec.ts'

/** Values of a format string: `{0}` and `{}` by place, `{name}` by name. */
export interface FormatValues {
  readonly positional: readonly unknown[]
  readonly named: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>
}

/**
 * Fills in a format string, as Python's `str.format`: `{}`, `{0}`, `{name}`, `{a.b[c]}`, `{!r}`, `{:>10.2f}`, `{{`.
 * Names are looked up among own members only; see {@link FormatHooks} to change that.
 *
 * @throws {FormatError} if the format string is malformed or does not fit the values.
 */
export function braceFormat(
  template: string,
  values: FormatValues,
  hooks: Partial<FormatHooks> = {},
): string {
  return new BraceFormatter(values, {
    text: textOf,
    repr: reprOf,
    getItem: itemOf,
    getAttribute: attributeOf,
    formatField: formatValue,
    ...hooks,
  }).format(template, 2)
}

class BraceFormatter {
  readonly #values: FormatValues
  readonly #hooks: FormatHooks
  #nextIndex: number | undefined = 0

  constructor(values: FormatValues, hooks: FormatHooks) {
    this.#values = values
    this.#hooks = hooks
  }

  /** @param depth How deep fields may still be nested: specifications may have fields, but these no more. */
  format(template: string, depth: number): string {
    let out = ''
    let from = 0
    for (let at = 0; at < template.length; at++) {
      const character = template[at]
      if (character !== '{' && character !== '}') continue
      out += template.slice(from, at)
      if (template[at + 1] === character) {
        out += character
        at += 1
      } else if (character === '}') {
        throw new FormatError(
          `Found a single "}" at position ${at} of the format string. Write "}}" for the character.`,
        )
      } else {
        if (depth === 0) throw new FormatError('Fields of a format string are nested too deep.')
        const end = endOfField(template, at)
        out += this.#field(template.slice(at + 1, end), depth)
        at = end
      }
      from = at + 1
    }
    return out + template.slice(from)
  }

  #field(field: string, depth: number): string {
    const nameEnd = endOfName(field)
    const name = field.slice(0, nameEnd)
    let at = nameEnd
    let conversion = ''
    if (field[at] === '!') {
      conversion = field[at + 1] ?? ''
      at += 2
      if (at < field.length && field[at] !== ':') {
        throw new FormatError(`Expected ":" after the conversion in the field ${JSON.stringify(field)}.`)
      }
    }
    const hasConversion = at > nameEnd
    const value = this.#convert(this.#lookUp(name), hasConversion ? conversion : undefined)
    const spec = at < field.length ? this.format(field.slice(at + 1), depth - 1) : ''
    return this.#hooks.formatField(value, spec, this.#hooks)
  }

  #convert(value: unknown, conversion: string | undefined): unknown {
    switch (conversion) {
      case undefined:
        return value
      case 's':
        return this.#hooks.text(value)
      case 'r':
        return this.#hooks.repr(value)
      case 'a':
        return toAscii(this.#hooks.repr(value))
      default:
        throw new FormatError(
          `Expected the conversion "s", "r" or "a" after "!", got ${JSON.stringify(conversion)}.`,
        )
    }
  }

  #lookUp(name: string): unknown {
    const end = name.search(/[.[]/)
    const first = end < 0 ? name : name.slice(0, end)
    let value = this.#first(first)
    for (let at = first.length; at < name.length; ) {
      if (name[at] === '[') {
        const close = name.indexOf(']', at)
        if (close < 0) throw new FormatError(`Expected "]" in the field name ${JSON.stringify(name)}.`)
        const key = name.slice(at + 1, close)
        if (key === '')
          throw new FormatError(`Expected a key between "[" and "]" in ${JSON.stringify(name)}.`)
        value = this.#hooks.getItem(value, isIndex(key) ? Number(key) : key)
        at = close + 1
      } else if (name[at] === '.') {
        const next = name.slice(at + 1).search(/[.[]/)
        const stop = next < 0 ? name.length : at + 1 + next
        if (stop === at + 1) throw new FormatError(`Expected a name after "." in ${JSON.stringify(name)}.`)
        value = this.#hooks.getAttribute(value, name.slice(at + 1, stop))
        at = stop
      } else {
        throw new FormatError(`Expected "." or "[" after "]" in the field name ${JSON.stringify(name)}.`)
      }
    }
    return value
  }

  #first(name: string): unknown {
    const { positional, named } = this.#values
    if (name !== '' && !isIndex(name)) {
      if (named instanceof Map ? named.has(name) : Object.hasOwn(named, name)) {
        return named instanceof Map ? named.get(name) : (named as Readonly<Record<string, unknown>>)[name]
      }
      throw new FormatError(`The format string wants the value ${JSON.stringify(name)}, which was not given.`)
    }
    let index: number
    if (name === '') {
      if (this.#nextIndex === undefined) throw mixedNumbering()
      index = this.#nextIndex++
    } else {
      if (this.#nextIndex !== undefined && this.#nextIndex > 0) throw mixedNumbering()
      this.#nextIndex = undefined
      index = Number(name)
    }
    if (index >= positional.length) {
      throw new FormatError(
        `The format string wants value ${index + 1}, but ${positional.length} were given.`,
      )
    }
    return positional[index]
  }
}

function mixedNumbering(): FormatError {
  return new FormatError('The format string mixes "{}" with numbered fields such as "{0}". Use one of them.')
}

function isIndex(text: string): boolean {
  return /^[0-9]+$/.test(text)
}

/** Where the field that opens at `open` closes. Braces nest; inside `[...]` of the name they are plain. */
function endOfField(template: string, open: number): number {
  let depth = 1
  let inKey = false
  let inName = true
  for (let at = open + 1; at < template.length; at++) {
    const character = template[at]
    if (inKey) {
      if (character === ']') inKey = false
    } else if (character === '[' && inName) inKey = true
    else if (character === ':' || character === '!') inName = false
    else if (character === '{') {
      if (inName)
        throw new FormatError(`Found "{" inside the field name at position ${at} of the format string.`)
      depth += 1
    } else if (character === '}') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  throw new FormatError(
    `The field that opens at position ${open} of the format string does not close. Write "{{" for the character.`,
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
