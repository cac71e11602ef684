import { isMarkup } from '@phial/markup/core'
import { center, splitLines } from '@phial/markup/text'
import type { EnvironmentView } from '../runtime-interface.ts'
import { isGreaterOrEqual, isLessOrEqual } from '../values/compare.ts'
import { lengthOf } from '../values/iterate.ts'
import { widthArgument } from '../values/methods/arguments.ts'
import { add, multiply, subtract } from '../values/operators.ts'
import { AssertionError, AttributeError } from '../values/python-errors.ts'
import { toText } from '../values/python-text.ts'
import { getSlice } from '../values/slice.ts'
import type { Text } from '../values/text-value.ts'
import { escapeValue, isText, onText } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { Tuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { refuseUndefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'
import { wordWrap } from './word-wrap.ts'

/** Filters that fit text into a width. */
export const layoutFilters: readonly Row[] = [
  define('do_center(value, width?)', (value: unknown, width: unknown = 80) =>
    onText(value, (text) => center(text, widthArgument(width))),
  ),
  define('do_truncate(s, length?, killwords?, end?, leeway?)', truncate, 'environment'),
  define('do_indent(s, width?, first?, blank?)', indent),
  define('do_wordwrap(s, width?, break_long_words?, wrapstring?, break_on_hyphens?)', wrap, 'environment'),
]

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
  if (isTrue(killWords)) return add(cut, end)
  if (!isText(cut)) throw new AttributeError(`'${typeName(cut)}' object has no attribute 'rsplit'`)
  const at = cut.toString().lastIndexOf(' ')
  return add(at < 0 ? cut : onText(cut, (text) => text.slice(0, at)), end)
}

/** Lines behind the first are moved to the right. A width that is text is put in front of them, and escaped in Markup. */
function indent(value: unknown, width: unknown = 4, first: unknown = false, blank: unknown = false): Text {
  const space = isText(width) ? width : (multiply(' ', width) as string)
  if (!isText(value)) {
    refuseUndefined(value)
    if (value instanceof Tuple) throw new TypeError('can only concatenate tuple (not "str") to tuple')
    throw Array.isArray(value)
      ? new AttributeError(`'${typeName(value)}' object has no attribute 'splitlines'`)
      : new TypeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`)
  }
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
  if (!isText(separator)) throw new AttributeError(`'${typeName(separator)}' object has no attribute 'join'`)
  const lines = splitLines(value.toString()).map((line) =>
    wordWrap(line, width, isTrue(breakLongWords), breakOnHyphens),
  )
  if (!isMarkup(separator)) return lines.map((wrapped) => wrapped.join(separator)).join(separator)
  return separator.join(lines.map((wrapped) => separator.join(wrapped)))
}
