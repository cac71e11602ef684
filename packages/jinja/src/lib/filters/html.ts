import { isMarkup, Markup } from '@phial/markup/core'
import type { EvalContextView } from '../runtime-interface.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { AttributeError, ValueError } from '../values/python-errors.ts'
import { repr } from '../values/python-text.ts'
import { escapeText, escapeValue, ownText, plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { isUndefined, refuseUndefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { alias, define } from './define.ts'

const escapes = define('escape(s)', escapeValue)

/** Filters between text and HTML. */
export const htmlFilters: readonly Row[] = [
  escapes,
  alias('e', escapes),
  define('do_forceescape(value)', (value: unknown) => new Markup(escapeText(ownText(value)))),
  alias(
    'safe',
    define('do_mark_safe(value)', (value: unknown) =>
      isMarkup(value) ? value : new Markup(typeof value === 'string' ? value : ownText(value)),
    ),
  ),
  define('do_xmlattr(d, autospace?)', attributesOf, 'evalContext'),
]

/** What would end the name of an attribute. See https://html.spec.whatwg.org/#attribute-name-state. */
const BREAKS_NAME = /[ \t-\r/>=]/

/**
 * The items of a mapping as attributes: ` class="a" id="b"`. Values are escaped; those that are missing or `None` are
 * left out.
 */
function attributesOf(
  { autoescape }: EvalContextView,
  mapping: unknown,
  autospace: unknown = true,
): string | Markup {
  if (!isMapping(mapping)) {
    refuseUndefined(mapping)
    throw new AttributeError(`'${typeName(mapping)}' object has no attribute 'items'`)
  }
  let out = ''
  for (const [key, value] of mappingItems(mapping)) {
    if (value === null || isUndefined(value)) continue
    const name = plainTextOf(key)
    if (name === undefined)
      throw new TypeError(`expected string or bytes-like object, got '${typeName(key)}'`)
    if (BREAKS_NAME.test(name)) throw new ValueError(`Invalid character in attribute name: ${repr(key)}`)
    out += `${out === '' ? '' : ' '}${escapeText(key)}="${escapeText(value)}"`
  }
  if (out !== '' && isTrue(autospace)) out = ` ${out}`
  return autoescape ? new Markup(out) : out
}
