import { escapeToString, htmlFormatSymbol, htmlOf, ownHtmlOf } from './escape.ts'
import type { FormatValues } from './format/brace-format.ts'
import { braceFormat } from './format/brace-format.ts'
import { FormatError } from './format/format-error.ts'
import { reprOf } from './format/format-hooks.ts'
import { formatValue } from './format/format-spec.ts'
import { percentFormat } from './format/percent-format.ts'
import { capitalize, caseFold, swapCase, title } from './text/case.ts'
import { center, expandTabs, ljust, rjust, zfill } from './text/pad.ts'
import { replace, translate } from './text/replace.ts'
import { partition, rpartition, rsplit, split, splitLines } from './text/split.ts'
import { lstrip, removePrefix, removeSuffix, rstrip, strip } from './text/strip.ts'

/** What stands before a separator, the separator, and what stands behind it. */
export type MarkupParts = [before: Markup, separator: Markup, after: Markup]

/**
 * Text that is HTML already and is not escaped again. Everything that is put *into* it is escaped, unless it is
 * `Markup` too. It is immutable.
 *
 * The methods are those of Python's `str`, as in MarkupSafe. JavaScript's `+` cannot be taught to escape: it gives
 * plain text. Use `concat` or the `html` template. Widths count characters, `length` and `slice` the units of
 * JavaScript strings.
 *
 * ```ts
 * new Markup('<em>%s</em>').mod('<user>').toString() // <em>&lt;user&gt;</em>
 * ```
 */
export class Markup {
  // A private member, and not a property: no data from outside can look like Markup.
  readonly #text: string

  static {
    // What the console of Node, Bun and Deno shows. Without it, that would be an empty object.
    // By `this`: compilers rename a class that names itself in a static block.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value(this: Markup): string {
        return `Markup(${reprOf(this.#text)})`
      },
    })
  }

  /**
   * Declares text to be safe HTML. Never do that with text from outside: use `escape`.
   *
   * @param value An object with its own HTML gives that; other values give their text. Default: empty.
   */
  constructor(value: unknown = '') {
    this.#text = typeof value === 'string' ? value : (ownHtmlOf(value) ?? String(value))
  }

  /** Whether a value is Markup. */
  static isMarkup(value: unknown): value is Markup {
    return typeof value === 'object' && value !== null && #text in value
  }

  /** The value as Markup, escaped unless it is HTML already. */
  static escape(value: unknown): Markup {
    return Markup.isMarkup(value) ? value : new Markup(htmlOf(value))
  }

  toString(): string {
    return this.#text
  }

  valueOf(): string {
    return this.#text
  }

  toJSON(): string {
    return this.#text
  }

  [Symbol.toPrimitive](): string {
    return this.#text
  }

  /** The characters, as plain text. */
  [Symbol.iterator](): StringIterator<string> {
    return this.#text[Symbol.iterator]()
  }

  /** The HTML, for everything that asks an object for it. */
  __html__(): string {
    return this.#text
  }

  /** The HTML for a field of a format string. Takes no specification. */
  __html_format__(spec: string): Markup {
    if (spec !== '')
      throw new FormatError(`Markup takes no format specification, got ${JSON.stringify(spec)}.`)
    return this
  }

  /** How many UTF-16 code units the HTML has. */
  get length(): number {
    return this.#text.length
  }

  /** Whether another value has the same text. */
  equals(other: unknown): boolean {
    return Markup.isMarkup(other) ? other.#text === this.#text : other === this.#text
  }

  /** This and the values behind it, escaped. */
  concat(...values: readonly unknown[]): Markup {
    let out = this.#text
    for (const value of values) out += htmlOf(value)
    return new Markup(out)
  }

  repeat(count: number): Markup {
    return new Markup(count > 0 ? this.#text.repeat(count) : '')
  }

  /** The items, escaped, with this between them. */
  join(items: Iterable<unknown>): Markup {
    return new Markup(Array.from(items, htmlOf).join(this.#text))
  }

  /** Part of the HTML; may cut a tag or an entity. As `String.prototype.slice`. */
  slice(start?: number, end?: number): Markup {
    return new Markup(this.#text.slice(start, end))
  }

  /**
   * Fills in `%s`, `%d`, `%(name)s` and so on, escaped. See `percentFormat`.
   *
   * @param values An array of values, or an object or `Map` with named ones, or the only value.
   */
  mod(values: unknown): Markup {
    return new Markup(percentFormat(this.#text, values, percentHooks))
  }

  /**
   * Fills in `{}`, `{0}`, `{name}` and so on, escaped. See `braceFormat`.
   *
   * @param values The values by place; the fields by name are taken from the last one, if it is a plain object.
   */
  format(...values: readonly unknown[]): Markup {
    const last = values.at(-1)
    return this.#formatWith({ positional: values, named: isPlainObject(last) ? last : {} })
  }

  /** Like {@link format}, with values by name only. */
  formatMap(values: FormatValues['named']): Markup {
    return this.#formatWith({ positional: [], named: values })
  }

  #formatWith(values: FormatValues): Markup {
    return new Markup(braceFormat(this.#text, values, { repr: reprOfAny, formatField: formatEscaped }))
  }

  /**
   * Replaces plain text.
   *
   * @param replacement Escaped before it is put in.
   * @param count How many to replace, from the left. Default: all.
   */
  replace(old: string, replacement: unknown, count?: number): Markup {
    return new Markup(replace(this.#text, old, htmlOf(replacement), count))
  }

  /** The parts between separators; at runs of white space by default. */
  split(separator?: string | null, maxSplit?: number): Markup[] {
    return split(this.#text, separator, maxSplit).map(trust)
  }

  rsplit(separator?: string | null, maxSplit?: number): Markup[] {
    return rsplit(this.#text, separator, maxSplit).map(trust)
  }

  splitlines(keepEnds?: boolean): Markup[] {
    return splitLines(this.#text, keepEnds).map(trust)
  }

  partition(separator: string): MarkupParts {
    return partition(this.#text, separator).map(trust) as MarkupParts
  }

  rpartition(separator: string): MarkupParts {
    return rpartition(this.#text, separator).map(trust) as MarkupParts
  }

  strip(characters?: string | null): Markup {
    return new Markup(strip(this.#text, characters))
  }

  lstrip(characters?: string | null): Markup {
    return new Markup(lstrip(this.#text, characters))
  }

  rstrip(characters?: string | null): Markup {
    return new Markup(rstrip(this.#text, characters))
  }

  removePrefix(prefix: string): Markup {
    return new Markup(removePrefix(this.#text, prefix))
  }

  removeSuffix(suffix: string): Markup {
    return new Markup(removeSuffix(this.#text, suffix))
  }

  upper(): Markup {
    return new Markup(this.#text.toUpperCase())
  }

  lower(): Markup {
    return new Markup(this.#text.toLowerCase())
  }

  capitalize(): Markup {
    return new Markup(capitalize(this.#text))
  }

  title(): Markup {
    return new Markup(title(this.#text))
  }

  swapcase(): Markup {
    return new Markup(swapCase(this.#text))
  }

  casefold(): Markup {
    return new Markup(caseFold(this.#text))
  }

  /** @param fill One character that needs no escaping. Default: a blank. */
  center(width: number, fill: unknown = ' '): Markup {
    return new Markup(center(this.#text, width, htmlOf(fill)))
  }

  ljust(width: number, fill: unknown = ' '): Markup {
    return new Markup(ljust(this.#text, width, htmlOf(fill)))
  }

  rjust(width: number, fill: unknown = ' '): Markup {
    return new Markup(rjust(this.#text, width, htmlOf(fill)))
  }

  zfill(width: number): Markup {
    return new Markup(zfill(this.#text, width))
  }

  expandtabs(tabSize?: number): Markup {
    return new Markup(expandTabs(this.#text, tabSize))
  }

  /** Replaces single characters; the replacements are trusted. See `translate`. */
  translate(table: ReadonlyMap<number, string | number | null>): Markup {
    return new Markup(translate(this.#text, table))
  }
}

/** Whether a value is Markup. */
export function isMarkup(value: unknown): value is Markup {
  return Markup.isMarkup(value)
}

/** The value as Markup: HTML as it is, everything else as its text, escaped. */
export function escapeValue(value: unknown): Markup {
  return Markup.escape(value)
}

/** Like {@link escapeValue}, but empty for `null` and `undefined`. */
export function escapeSilent(value: unknown): Markup {
  return value === null || value === undefined ? new Markup() : escapeValue(value)
}

/** The value as text, unless it is Markup: that stays, so that it is not escaped later. */
export function softStr(value: unknown): string | Markup {
  return isMarkup(value) ? value : String(value)
}

const percentHooks = {
  text: htmlOf,
  repr: (value: unknown): string => escapeToString(reprOfAny(value)),
}

function reprOfAny(value: unknown): string {
  return isMarkup(value) ? `Markup(${reprOf(String(value))})` : reprOf(value)
}

function trust(text: string): Markup {
  return new Markup(text)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** A field of {@link Markup.format}. HTML with a specification needs a method that knows what to do with it. */
function formatEscaped(value: unknown, spec: string, hooks: { text(value: unknown): string }): string {
  if (typeof value === 'object' && value !== null) {
    const { [htmlFormatSymbol]: symbolic, __html_format__: named } = value as Record<PropertyKey, unknown>
    const method = typeof symbolic === 'function' ? symbolic : named
    if (typeof method === 'function') return htmlOf(method.call(value, spec))
    const own = ownHtmlOf(value)
    if (own !== undefined) {
      if (spec === '') return own
      throw new FormatError(
        `The field has the specification ${JSON.stringify(spec)}, but its value has only __html__(). Give it the method Symbol.for('htmlFormat') too.`,
      )
    }
  }
  return escapeToString(formatValue(value, spec, hooks))
}
