import { isMarkup, Markup } from '@phial/markup/core'
import type { JsonDumpsOptions } from '../policies.ts'
import type { EvalContextView } from '../runtime-interface.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { Float, isNumber } from '../values/number.ts'
import { multiply } from '../values/operators.ts'
import { ValueError } from '../values/python-errors.ts'
import { floatText, toText } from '../values/python-text.ts'
import { sorted } from '../values/sort.ts'
import { isText, plainTextOf } from '../values/text-value.ts'
import type { Tuple } from '../values/tuple.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { define } from './define.ts'

/** JSON for pages. */
export const jsonFilters: readonly Row[] = [define('do_tojson(value, indent?)', toJson, 'evalContext')]

/** The filter `tojson`: JSON that is safe in HTML, in `<script>` and in attributes with single quotes. */
export function toJson(
  { environment: { policies } }: EvalContextView,
  value: unknown,
  indent: unknown = null,
): Markup {
  if (policies['json.dumps_function'] === null) {
    if (typeof value === 'string' && HARMLESS.test(value)) return new Markup(`"${value}"`)
    if (Number.isSafeInteger(value)) return new Markup(String(value))
  }
  const settings = policies['json.dumps_kwargs']
  const options = indent === null ? settings : { ...settings, indent: indent as number | string }
  const json = (policies['json.dumps_function'] ?? dumpsJson)(value, options)
  return new Markup(UNSAFE.test(json) ? json.replace(UNSAFE_ALL, escapeUnit) : json)
}

/** Text that stands in JSON and in HTML as it is. */
const HARMLESS = /^[ !#-%(-;=?-[\]-~]*$/
const UNSAFE = /[<>&']/
const UNSAFE_ALL = /[<>&']/g

/**
 * JSON as Python's `json.dumps` writes it. Objects with a method `toJSON` give what that returns; members of plain
 * objects that are `undefined` are left out, as `JSON.stringify` does.
 *
 * @throws {TypeError} for values that have no JSON, {@link ValueError} for one that contains itself.
 */
export function dumpsJson(value: unknown, options: JsonDumpsOptions = {}): string {
  const { indent = null, separators = null } = options
  const [item, key] = separators ?? (indent === null ? [', ', ': '] : [',', ': '])
  const writer: Writer = {
    indent: indent === null ? null : isText(indent) ? indent.toString() : (multiply(' ', indent) as string),
    item,
    key,
    sortKeys: options.sort_keys ?? false,
    special: (options.ensure_ascii ?? true) ? ASCII_SPECIAL : SPECIAL,
    open: [],
  }
  return write(value, writer, '\n')
}

const ASCII_SPECIAL = /["\\]|[^ -~]/g
const SPECIAL = /[\0-\x1f"\\]/g

interface Writer {
  readonly indent: string | null
  readonly item: string
  readonly key: string
  readonly sortKeys: boolean
  /** What a text needs escapes for. */
  readonly special: RegExp
  /** The containers that are being written. */
  readonly open: unknown[]
}

/** @param newline A line break and the indention of the container that the value stands in. */
function write(value: unknown, writer: Writer, newline: string): string {
  switch (typeof value) {
    case 'string':
      return writeText(value, writer)
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : writeFloat(value)
    case 'bigint':
      return toText(value)
    case 'boolean':
      return String(value)
    case 'object':
      return value === null ? 'null' : writeObject(value, writer, newline)
  }
  throw new TypeError(`Object of type ${typeName(value)} is not JSON serializable`)
}

function writeFloat(value: number): string {
  if (Number.isFinite(value)) return floatText(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
}

function writeObject(value: object, writer: Writer, newline: string): string {
  if (value instanceof Float) return floatText(value.valueOf())
  if (isMarkup(value)) return writeText(value.toString(), writer)
  if (Array.isArray(value)) {
    return writeItems(value, writer, newline, '[]', (item, inner) =>
      write(item === undefined ? null : item, writer, inner),
    )
  }
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function' && !(value instanceof Undefined))
    return write(toJSON.call(value), writer, newline)
  if (!isMapping(value)) throw new TypeError(`Object of type ${typeName(value)} is not JSON serializable`)
  let items: unknown[] = mappingItems(value).filter((pair) => pair[1] !== undefined)
  if (writer.sortKeys)
    items = sorted(
      items,
      items.map((pair) => (pair as Tuple)[0]),
    )
  return writeItems(
    items,
    writer,
    newline,
    '{}',
    (pair, inner) => {
      const [key, item] = pair as Tuple
      return writeText(keyText(key), writer) + writer.key + write(item, writer, inner)
    },
    value,
  )
}

function writeItems(
  items: readonly unknown[],
  writer: Writer,
  newline: string,
  brackets: string,
  writeItem: (item: unknown, newline: string) => string,
  owner: unknown = items,
): string {
  if (items.length === 0) return brackets
  if (writer.open.includes(owner)) throw new ValueError('Circular reference detected')
  writer.open.push(owner)
  const isFlat = writer.indent === null
  const inner = isFlat ? '' : newline + writer.indent
  let out = brackets[0]! + inner
  for (let index = 0; index < items.length; index++) {
    if (index > 0) out += writer.item + inner
    out += writeItem(items[index], isFlat ? newline : inner)
  }
  writer.open.pop()
  return out + (isFlat ? '' : newline) + brackets[1]!
}

function keyText(key: unknown): string {
  const text = plainTextOf(key)
  if (text !== undefined) return text
  if (typeof key === 'boolean' || key === null) return String(key)
  if (typeof key === 'number' && !Number.isSafeInteger(key)) return writeFloat(key)
  if (isNumber(key)) return toText(key)
  throw new TypeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

function writeText(text: string, { special }: Writer): string {
  return `"${text.replace(special, escapeSpecial)}"`
}

function escapeSpecial(unit: string): string {
  const escaped = JSON.stringify(unit).slice(1, -1)
  return escaped === unit ? escapeUnit(unit) : escaped
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
