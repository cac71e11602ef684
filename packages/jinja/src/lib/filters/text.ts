import { Markup } from '@phial/markup/core'
import { replace, strip } from '@phial/markup/text'
import type { EvalContextView } from '../runtime-interface.ts'
import { charsArgument, countArgument } from '../values/methods/arguments.ts'
import { toText } from '../values/python-text.ts'
import type { Text } from '../values/text-value.ts'
import { escapeValue, hasHtml, onText, softText } from '../values/text-value.ts'
import type { Row } from './define.ts'
import { alias, define } from './define.ts'

/** Filters that make text from text. Markup stays Markup, as in Python. */
export const textFilters: readonly Row[] = [
  alias('string', define('soft_str(s)', softText)),
  define('do_trim(value, chars?)', (value: unknown, chars: unknown) => {
    if (typeof value === 'string' && chars === undefined) return strip(value)
    return onText(value, (text) => strip(text, charsArgument(chars, 'strip')))
  }),
  define('do_replace(s, old, new, count?)', replaceText, 'evalContext'),
  define('do_wordcount(s)', (value: unknown) => countWords(softText(value).toString())),
]

function replaceText(
  { autoescape }: EvalContextView,
  value: unknown,
  old: unknown,
  replacement: unknown,
  count: unknown,
): Text {
  const limit = count === null ? -1 : countArgument(count)
  if (!autoescape) return replace(toText(value), toText(old), toText(replacement), limit)
  const escapes = hasHtml(old) || (hasHtml(replacement) && !hasHtml(value))
  const text = escapes ? escapeValue(value) : softText(value)
  const oldText = softText(old).toString()
  if (typeof text === 'string') return replace(text, oldText, softText(replacement).toString(), limit)
  return new Markup(replace(text.toString(), oldText, escapeValue(softText(replacement)).toString(), limit))
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0
}
