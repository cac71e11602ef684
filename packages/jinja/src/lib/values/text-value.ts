import { escapeToString, htmlOf, htmlSymbol, isMarkup, Markup } from '@phial/markup/core'
import { toText } from './python-text.ts'

/** A value that counts as a Python `str`. `Markup` is one that is safe HTML. */
export type Text = string | Markup

export function isText(value: unknown): value is Text {
  return typeof value === 'string' || isMarkup(value)
}

/** The text of a value that counts as `str`, else `undefined`. */
export function plainTextOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return isMarkup(value) ? value.toString() : undefined
}

/** `str(value)` of text is the text; Markup keeps its brand (MarkupSafe's `soft_str`). */
export function softText(value: unknown): Text {
  return typeof value === 'string' || isMarkup(value) ? value : toText(value)
}

/** Whether an object gives its own HTML: `Markup`, and objects with a method `__html__` or `Symbol.for('html')`. */
export function hasHtml(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (isMarkup(value)) return true
  const candidate = value as { __html__?: unknown; [htmlSymbol]?: unknown }
  return typeof candidate.__html__ === 'function' || typeof candidate[htmlSymbol] === 'function'
}

/** What a value prints where automatic escaping is on. */
export function escapeText(value: unknown): string {
  // Short, so that engines write it where it is called.
  return typeof value === 'string' ? escapeToString(value) : escapeOther(value)
}

function escapeOther(value: unknown): string {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'bigint':
      return toText(value)
    default:
      return hasHtml(value) ? htmlOf(value) : escapeToString(toText(value))
  }
}

/** The value as Markup: HTML as it is, everything else escaped. */
export function escapeValue(value: unknown): Markup {
  return isMarkup(value) ? value : new Markup(escapeText(value))
}

/** Gives the result of a text operation the kind of the text it was made from. */
export function sameKind(original: unknown, text: string): Text {
  return typeof original === 'string' ? text : new Markup(text)
}

/** A change of the text of any value. Markup gives Markup. */
export function onText(value: unknown, change: (text: string) => string): Text {
  if (typeof value === 'string') return change(value)
  return isMarkup(value) ? new Markup(change(value.toString())) : change(toText(value))
}

/** The HTML that a value has for itself, else its text. */
export function ownText(value: unknown): string {
  return hasHtml(value) ? htmlOf(value) : toText(value)
}
