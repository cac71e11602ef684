import { escapeToString, isMarkup, Markup } from '@phial/markup/core'
import { toText } from '../values/python-text.ts'
import { escapeText } from '../values/text-value.ts'
import { typeName } from '../values/type-name.ts'
import type { Context } from './context.ts'

/** What a value prints where it is not known before the template runs whether values are escaped. */
export function escapeIf(context: Context, value: unknown): string {
  return context.evalContext.autoescape ? escapeText(value) : toText(value)
}

/** What a macro or block printed, as a value: safe HTML where printed values are escaped. */
export function marked(context: Context, text: unknown): unknown {
  return markSafeIf(context, text)
}

/** What printing the text of a macro or a block prints, in a part that escapes. */
export function printMarked(context: Context, text: unknown): string {
  if (typeof text !== 'string') return escapeText(text)
  return context.evalContext.autoescape ? text : escapeToString(text)
}

/**
 * What a filter block or call block prints: text, as it is.
 *
 * @throws {TypeError} if the value is none.
 */
export function textPiece(value: unknown): string {
  if (typeof value === 'string') return value
  if (isMarkup(value)) return value.toString()
  throw new TypeError(`sequence item 0: expected str instance, ${typeName(value)} found`)
}

/** Marks a value as safe HTML. */
export function markSafe(value: unknown): Markup {
  return isMarkup(value) ? value : new Markup(typeof value === 'string' ? value : toText(value))
}

/** Marks a value as safe HTML where printed values are escaped. */
export function markSafeIf(context: Context, value: unknown): unknown {
  return context.evalContext.autoescape ? markSafe(value) : value
}
