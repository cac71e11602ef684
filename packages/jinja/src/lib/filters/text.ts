import { isMarkup, Markup } from '@phial/markup/core'
import { capitalize, center, replace, splitLines, strip } from '@phial/markup/text'
import type { EnvironmentView, EvalContextView } from '../runtime-interface.ts'
import { isGreaterOrEqual, isLessOrEqual } from '../values/compare.ts'
import { lengthOf } from '../values/iterate.ts'
import { charsArgument, countArgument, widthArgument } from '../values/methods/arguments.ts'
import { add, multiply, subtract } from '../values/operators.ts'
import { AssertionError, AttributeError } from '../values/python-errors.ts'
import { toText } from '../values/python-text.ts'
import { getSlice } from '../values/slice.ts'
import type { Text } from '../values/text-value.ts'
import { escapeValue, hasHtml, isText, softText } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { refuseUndefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'
import { wordWrap } from './word-wrap.ts'

/** Filters that make text from text. Markup stays Markup, as in Python. */
export const textFilters: readonly Row[] = [
  define('upper', 'do_upper(s)', (value: unknown) =>
    typeof value === 'string' ? value.toUpperCase() : onText(value, (text) => text.toUpperCase()),
  ),
  define('lower', 'do_lower(s)', (value: unknown) =>
    typeof value === 'string' ? value.toLowerCase() : onText(value, (text) => text.toLowerCase()),
  ),
  define('capitalize', 'do_capitalize(s)', (value: unknown) => onText(value, capitalize)),
  define('title', 'do_title(s)', (value: unknown) => titleCase(softText(value).toString())),
  define('string', 'soft_str(s)', softText),
  define('trim', 'do_trim(value, chars?)', (value: unknown, chars: unknown) => {
    if (typeof value === 'string' && chars === undefined) return strip(value)
    return onText(value, (text) => strip(text, charsArgument(chars, 'strip')))
  }),
  define('center', 'do_center(value, width?)', (value: unknown, width: unknown = 80) =>
    onText(value, (text) => center(text, widthArgument(width))),
  ),
  define('replace', 'do_replace(s, old, new, count?)', replaceText, 'evalContext'),
  define('wordcount', 'do_wordcount(s)', (value: unknown) => countWords(softText(value).toString())),
  define('truncate', 'do_truncate(s, length?, killwords?, end?, leeway?)', truncate, 'environment'),
  define('indent', 'do_indent(s, width?, first?, blank?)', indent),
  define(
    'wordwrap',
    'do_wordwrap(s, width?, break_long_words?, wrapstring?, break_on_hyphens?)',
    wrap,
    'environment',
  ),
]

/** A change of the text of any value. Markup gives Markup. */
function onText(value: unknown, change: (text: string) => string): Text {
  if (typeof value === 'string') return change(value)
  return isMarkup(value) ? new Markup(change(value.toString())) : change(toText(value))
}

/** Where words begin: behind white space, dashes and opening brackets. */
const WORD = /[^-({[<\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu

function titleCase(text: string): string {
  return text.replace(WORD, (word) => {
    const first = word.codePointAt(0)! > 0xffff ? word.slice(0, 2) : word[0]!
    return first.toUpperCase() + word.slice(first.length).toLowerCase()
  })
}

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

function truncate(
  environment: EnvironmentView,
  value: unknown,
  length: unknown = 255,
  killWords: unknown = false,
  end: unknown = '...',
  leeway: unknown = null,
): unknown {
  if (
    typeof value === 'string' &&
    typeof length === 'number' &&
    length >= 3 &&
    end === '...' &&
    leeway === null
  ) {
    if (value.length <= length) return value
  }
  const margin = leeway ?? environment.policies['truncate.leeway']
  const endLength = lengthOf(end)
  if (!isGreaterOrEqual(length, endLength)) {
    throw new AssertionError(`expected length >= ${endLength}, got ${toText(length)}`)
  }
  if (!isGreaterOrEqual(margin, 0)) throw new AssertionError(`expected leeway >= 0, got ${toText(margin)}`)
  if (isLessOrEqual(lengthOf(value), add(length, margin))) return value
  const cut = getSlice(value, null, subtract(length, endLength), null)
  if (isTrue(killWords) || !isText(cut)) return add(cut, end)
  const at = cut.toString().lastIndexOf(' ')
  return add(at < 0 ? cut : onText(cut, (text) => text.slice(0, at)), end)
}

/** Lines behind the first are moved to the right. A width that is text is put in front of them, and escaped in Markup. */
function indent(value: unknown, width: unknown = 4, first: unknown = false, blank: unknown = false): Text {
  if (!isText(value)) {
    refuseUndefined(value)
    throw Array.isArray(value)
      ? new AttributeError(`'${typeName(value)}' object has no attribute 'splitlines'`)
      : new TypeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`)
  }
  const space = isText(width) ? width : (multiply(' ', width) as string)
  const indention = isMarkup(value) ? escapeValue(space).toString() : space.toString()
  return onText(value, (text) => {
    const lines = splitLines(`${text}\n`)
    let out = (isTrue(first) ? indention : '') + lines[0]!
    for (let index = 1; index < lines.length; index++) {
      const line = lines[index]!
      out += line === '' && !isTrue(blank) ? '\n' : `\n${indention}${line}`
    }
    return out
  })
}

function wrap(
  environment: EnvironmentView,
  value: unknown,
  width: unknown = 79,
  breakLongWords: unknown = true,
  wrapString: unknown = null,
  breakOnHyphens: unknown = true,
): Text {
  if (!isText(value)) {
    refuseUndefined(value)
    throw new AttributeError(`'${typeName(value)}' object has no attribute 'splitlines'`)
  }
  const separator = wrapString ?? environment.newlineSequence
  const lines = splitLines(value.toString()).map((line) =>
    wordWrap(line, width, isTrue(breakLongWords), breakOnHyphens),
  )
  if (!isMarkup(separator))
    return lines.map((wrapped) => wrapped.join(toText(separator))).join(toText(separator))
  return separator.join(lines.map((wrapped) => separator.join(wrapped)))
}
