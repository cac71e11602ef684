import { isMarkup, Markup } from '@phial/markup/core'
import { FilterArgumentError } from '../errors.ts'
import type { ContextView, EnvironmentView, EvalContextView } from '../runtime-interface.ts'
import { codePoints } from '../values/code-points.ts'
import { DictView } from '../values/dict-view.ts'
import { GeneratorValue } from '../values/generator-value.ts'
import { isIterable, iterate, lengthOf, toArray, toList } from '../values/iterate.ts'
import { readItem } from '../values/lookup.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { KeyError } from '../values/python-errors.ts'
import { toText } from '../values/python-text.ts'
import { IntRange } from '../values/range.ts'
import { escapeText, escapeValue, hasHtml, isText, sameKind, softText } from '../values/text-value.ts'
import { typeName } from '../values/type-name.ts'
import { isUndefined, Undefined } from '../values/undefined.ts'
import { collecting, collectingFirst } from './async.ts'
import { attributeGetter, itself } from './attribute.ts'
import type { Row } from './define.ts'
import { alias, define } from './define.ts'

const length = alias('length', define('len(obj, /)', lengthOf))

/** Filters over the items of a sequence. */
export const sequenceFilters: readonly Row[] = [
  collecting(length),
  alias('count', length),
  collectingFirst(
    define(
      'sync_do_first(seq)',
      (environment: EnvironmentView, value: unknown) => {
        const step = Array.isArray(value)
          ? { done: value.length === 0, value: value[0] }
          : iterate(value).next()
        return step.done ? environment.makeUndefined('No first item, sequence was empty.') : step.value
      },
      'environment',
    ),
  ),
  collecting(define('do_last(seq)', last, 'environment')),
  collecting(define('do_random(seq)', random, 'context')),
  collecting(define('sync_do_list(value)', toList)),
  collecting(define('do_reverse(value)', reverse)),
  collecting(define('sync_do_join(value, d?, attribute?)', join, 'evalContext')),
  collecting(define('do_items(value)', items)),
]

/** The items from the last on, where a value has an end; `undefined` for all others. */
function reversed(value: unknown): readonly unknown[] | undefined {
  const isReversible =
    isText(value) ||
    Array.isArray(value) ||
    isMapping(value) ||
    value instanceof IntRange ||
    value instanceof DictView ||
    value instanceof Uint8Array ||
    value instanceof Undefined
  if (!isReversible) return undefined
  // Backwards, the characters of Markup are Markup.
  return (isMarkup(value) ? toList(value).map((character) => new Markup(character)) : toList(value)).reverse()
}

function last(environment: EnvironmentView, value: unknown): unknown {
  let found = value
  let isEmpty = false
  if (Array.isArray(value)) {
    isEmpty = value.length === 0
    found = value.at(-1)
  } else {
    const back = reversed(value)
    if (back === undefined) throw new TypeError(`'${typeName(value)}' object is not reversible`)
    isEmpty = back.length === 0
    found = back[0]
  }
  return isEmpty ? environment.makeUndefined('No last item, sequence was empty.') : found
}

function random({ environment }: ContextView, value: unknown): unknown {
  const size = lengthOf(value)
  if (size === 0) return environment.makeUndefined('No random item, sequence was empty.')
  const index = Math.floor(environment.random() * size)
  const item = readItem(value, index)
  if (item === undefined && isMapping(value)) throw new KeyError(String(index))
  if (item === undefined) throw new TypeError(`'${typeName(value)}' object is not subscriptable`)
  return item
}

function reverse(value: unknown): unknown {
  if (isText(value)) return sameKind(value, codePoints(value.toString()).reverse().join(''))
  const back = reversed(value)
  if (back !== undefined) return new GeneratorValue(() => back, itself)
  if (!isIterable(value)) throw new FilterArgumentError('argument must be iterable')
  return toList(value).reverse()
}

function join(
  { autoescape, environment }: EvalContextView,
  value: unknown,
  separator: unknown = '',
  attribute: unknown = null,
): string | Markup {
  let items = toArray(value)
  if (attribute !== null) items = items.map(attributeGetter(environment, attribute))
  if (autoescape && (hasHtml(separator) || items.some(hasHtml))) {
    // What has HTML of its own but is not Markup counts as plain text where the separator decides.
    const text = hasHtml(separator) ? softText(separator) : escapeValue(separator)
    if (!isMarkup(text)) return joinTexts(items, text, toText)
    return new Markup(joinTexts(items, text.toString(), hasHtml(separator) ? escapeSoft : escapeText))
  }
  return joinTexts(items, toText(separator), toText)
}

function escapeSoft(value: unknown): string {
  return escapeText(softText(value))
}

function joinTexts(items: readonly unknown[], separator: string, text: (item: unknown) => string): string {
  let out = ''
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    if (index > 0) out += separator
    out += text(item)
  }
  return out
}

function items(value: unknown): GeneratorValue {
  return new GeneratorValue(() => {
    if (isUndefined(value)) return []
    if (!isMapping(value)) throw new TypeError('Can only get item pairs from a mapping.')
    return mappingItems(value)
  }, itself)
}
