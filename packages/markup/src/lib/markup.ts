import { htmlOf, ownHtmlOf } from './escape.ts'
import { FormatError } from './format/format-error.ts'
import { quote } from './text/quote.ts'

/**
 * Text that is HTML already and is not escaped again. Everything that is put *into* it is escaped, unless it is
 * `Markup` too. It is immutable.
 *
 * JavaScript's `+` cannot be taught to escape: it gives plain text. Use `concat` or the `html` template. `length` and
 * `slice` count the units of JavaScript strings. `@phial/markup` gives the class the methods of Python's `str` too, see
 * {@link TextMethods}; `@phial/markup/core` has it without them, for small bundles.
 *
 * ```ts
 * new Markup('<br>').join(['a', '<']).toString() // a<br>&lt;
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
        return `Markup(${quote(this.#text)})`
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
