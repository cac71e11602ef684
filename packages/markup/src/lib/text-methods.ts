import { escapeToString, htmlFormatSymbol, htmlOf, ownHtmlOf } from './escape.ts'
import type { FormatValues } from './format/brace-format.ts'
import { braceFormat } from './format/brace-format.ts'
import { FormatError } from './format/format-error.ts'
import { reprOf } from './format/format-hooks.ts'
import { formatValue } from './format/format-spec.ts'
import { percentFormat } from './format/percent-format.ts'
import { isMarkup, Markup } from './markup.ts'
import { capitalize, caseFold, swapCase, title } from './text/case.ts'
import { center, expandTabs, ljust, rjust, zfill } from './text/pad.ts'
import { replace, translate } from './text/replace.ts'
import { partition, rpartition, rsplit, split, splitLines } from './text/split.ts'
import { lstrip, removePrefix, removeSuffix, rstrip, strip } from './text/strip.ts'

/*
 * The methods of Python's `str` for Markup. They are put on the class when this module is loaded, and not written in it:
 * a page with precompiled templates uses none of them, and no bundler takes a method out of a class.
 */

/** What stands before a separator, the separator, and what stands behind it. */
export type MarkupParts = [before: Markup, separator: Markup, after: Markup]

/**
 * The methods of Python's `str`, as in MarkupSafe. Widths count characters.
 *
 * ```ts
 * new Markup('<em>%s</em>').mod('<user>').toString() // <em>&lt;user&gt;</em>
 * ```
 */
export interface TextMethods {
  /**
   * Fills in `%s`, `%d`, `%(name)s` and so on, escaped. See `percentFormat`.
   *
   * @param values An array of values, or an object or `Map` with named ones, or the only value.
   */
  mod(values: unknown): Markup
  /**
   * Fills in `{}`, `{0}`, `{name}` and so on, escaped. See `braceFormat`.
   *
   * @param values The values by place; the fields by name are taken from the last one, if it is a plain object.
   */
  format(...values: readonly unknown[]): Markup
  /** Like {@link format}, with values by name only. */
  formatMap(values: FormatValues['named']): Markup
  /**
   * Replaces plain text.
   *
   * @param replacement Escaped before it is put in.
   * @param count How many to replace, from the left. Default: all.
   */
  replace(old: string, replacement: unknown, count?: number): Markup
  /** The parts between separators; at runs of white space by default. */
  split(separator?: string | null, maxSplit?: number): Markup[]
  rsplit(separator?: string | null, maxSplit?: number): Markup[]
  splitlines(keepEnds?: boolean): Markup[]
  partition(separator: string): MarkupParts
  rpartition(separator: string): MarkupParts
  strip(characters?: string | null): Markup
  lstrip(characters?: string | null): Markup
  rstrip(characters?: string | null): Markup
  removePrefix(prefix: string): Markup
  removeSuffix(suffix: string): Markup
  upper(): Markup
  lower(): Markup
  capitalize(): Markup
  title(): Markup
  swapcase(): Markup
  casefold(): Markup
  /** @param fill One character that needs no escaping. Default: a blank. */
  center(width: number, fill?: unknown): Markup
  ljust(width: number, fill?: unknown): Markup
  rjust(width: number, fill?: unknown): Markup
  zfill(width: number): Markup
  expandtabs(tabSize?: number): Markup
  /** Replaces single characters; the replacements are trusted. See `translate`. */
  translate(table: ReadonlyMap<number, string | number | null>): Markup
}

declare module './markup.ts' {
  interface Markup extends TextMethods {}
}

const methods: TextMethods & ThisType<Markup> = {
  mod(values) {
    return new Markup(percentFormat(this.toString(), values, percentHooks))
  },
  format(...values) {
    const last = values.at(-1)
    return formatWith(this, { positional: values, named: isPlainObject(last) ? last : {} })
  },
  formatMap(values) {
    return formatWith(this, { positional: [], named: values })
  },
  replace(old, replacement, count) {
    return new Markup(replace(this.toString(), old, htmlOf(replacement), count))
  },
  split(separator, maxSplit) {
    return split(this.toString(), separator, maxSplit).map(trust)
  },
  rsplit(separator, maxSplit) {
    return rsplit(this.toString(), separator, maxSplit).map(trust)
  },
  splitlines(keepEnds) {
    return splitLines(this.toString(), keepEnds).map(trust)
  },
  partition(separator) {
    return partition(this.toString(), separator).map(trust) as MarkupParts
  },
  rpartition(separator) {
    return rpartition(this.toString(), separator).map(trust) as MarkupParts
  },
  strip(characters) {
    return new Markup(strip(this.toString(), characters))
  },
  lstrip(characters) {
    return new Markup(lstrip(this.toString(), characters))
  },
  rstrip(characters) {
    return new Markup(rstrip(this.toString(), characters))
  },
  removePrefix(prefix) {
    return new Markup(removePrefix(this.toString(), prefix))
  },
  removeSuffix(suffix) {
    return new Markup(removeSuffix(this.toString(), suffix))
  },
  upper() {
    return new Markup(this.toString().toUpperCase())
  },
  lower() {
    return new Markup(this.toString().toLowerCase())
  },
  capitalize() {
    return new Markup(capitalize(this.toString()))
  },
  title() {
    return new Markup(title(this.toString()))
  },
  swapcase() {
    return new Markup(swapCase(this.toString()))
  },
  casefold() {
    return new Markup(caseFold(this.toString()))
  },
  center(width, fill = ' ') {
    return new Markup(center(this.toString(), width, htmlOf(fill)))
  },
  ljust(width, fill = ' ') {
    return new Markup(ljust(this.toString(), width, htmlOf(fill)))
  },
  rjust(width, fill = ' ') {
    return new Markup(rjust(this.toString(), width, htmlOf(fill)))
  },
  zfill(width) {
    return new Markup(zfill(this.toString(), width))
  },
  expandtabs(tabSize) {
    return new Markup(expandTabs(this.toString(), tabSize))
  },
  translate(table) {
    return new Markup(translate(this.toString(), table))
  },
}

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(Markup.prototype, name, { value, writable: true, configurable: true })
}

function formatWith(format: Markup, values: FormatValues): Markup {
  return new Markup(braceFormat(format.toString(), values, { repr: reprOfAny, formatField: formatEscaped }))
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

/** A field of {@link TextMethods.format}. HTML with a specification needs a method that knows what to do with it. */
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
