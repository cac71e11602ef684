import type { Context, TemplateFunction } from '../context.ts'
import { makeMacro } from '../keyword-args.ts'
import { readMember } from '../member.ts'
import { isSafe, SafeString, textOf } from '../safe-string.ts'
import { reverseText } from './text.ts'

export function batch(items: ArrayLike<unknown>, count: number, fill?: unknown): unknown[][] {
  const rows: unknown[][] = []
  for (let index = 0; index < items.length; index++) {
    if (index % count === 0) rows.push([])
    rows.at(-1)?.push(items[index])
  }
  const last = rows.at(-1)
  if (fill && last !== undefined) while (last.length < count) last.push(fill)
  return rows
}

export function slice(items: unknown[], slices: number, fill?: unknown): unknown[][] {
  const length = Math.floor(items.length / slices)
  const extra = items.length % slices
  let from = 0
  return Array.from({ length: Math.max(0, Math.floor(slices) || 0) }, (_, index) => {
    const to = from + length + (index < extra ? 1 : 0)
    const part = items.slice(from, to)
    if (fill && index >= extra) part.push(fill)
    from = to
    return part
  })
}

export function first(items: ArrayLike<unknown>): unknown {
  return items[0]
}

export function last(items: ArrayLike<unknown>): unknown {
  return items[items.length - 1]
}

export function random(items: ArrayLike<unknown>): unknown {
  return items[Math.floor(Math.random() * items.length)]
}

export function length(value: unknown): unknown {
  if (value === null || value === undefined || value === false) return 0
  if (value instanceof Map || value instanceof Set) return value.size
  if (isSafe(value)) return textOf(value).length
  if (isPlain(value)) return Object.keys(value).length
  return (value as ArrayLike<unknown>).length
}

export function list(value: unknown): unknown {
  if (typeof value === 'string' || value instanceof SafeString) return String(value).split('')
  if (Array.isArray(value)) return value
  if (value instanceof Map || value instanceof Set) return Array.from(value as Iterable<unknown>)
  if (isPlain(value)) return Object.entries(value).map(([key, item]) => ({ key, value: item }))
  throw new Error('list filter: type not iterable')
}

export function join(items: unknown[], separator: string = '', attribute?: string): string {
  const values = attribute ? items.map((item) => readMember(item, attribute)) : items
  return values.join(separator || '')
}

export function reverse(value: unknown): unknown {
  if (typeof value === 'string' || value instanceof SafeString) return reverseText(value)
  return Array.from(value as Iterable<unknown>).reverse()
}

export function sum(items: unknown[], attribute?: string, start: number = 0): number {
  const values = attribute ? items.map((item) => readMember(item, attribute)) : items
  return start + (values as number[]).reduce((total, each) => total + each, 0)
}

/** `select(test, argument)` and `reject`: the items that pass a test, or those that do not. */
function chosenBy(expected: boolean): TemplateFunction {
  return function (this: Context, items: ArrayLike<unknown>, name: string = 'truthy', argument?: unknown) {
    const test = this.env.getTest(name)
    return Array.from(items ?? []).filter((item) => Reflect.apply(test, this, [item, argument]) === expected)
  }
}

export const select: TemplateFunction = chosenBy(true)
export const reject: TemplateFunction = chosenBy(false)

export function selectattr(items: unknown[], attribute: string): unknown[] {
  return items.filter((item) => Boolean(readMember(item, attribute)))
}

export function rejectattr(items: unknown[], attribute: string): unknown[] {
  return items.filter((item) => !readMember(item, attribute))
}

export function groupby(
  this: Context,
  items: ArrayLike<unknown>,
  attribute: unknown,
): Record<string, unknown[]> {
  const keyOf =
    typeof attribute === 'function'
      ? (attribute as (item: unknown, index: number) => unknown)
      : attributeGetter(attribute)
  const groups: Record<string, unknown[]> = {}
  Array.from(items).forEach((item, index) => {
    const key = keyOf(item, index)
    if (key === undefined && this.env.opts.throwOnUndefined) {
      throw new TypeError(`groupby: attribute "${String(attribute)}" resolved to undefined`)
    }
    const name = String(key)
    if (!Object.hasOwn(groups, name)) {
      Object.defineProperty(groups, name, { value: [], writable: true, enumerable: true, configurable: true })
    }
    groups[name]!.push(item)
  })
  return groups
}

export const sort: TemplateFunction = makeMacro(
  ['value', 'reverse', 'case_sensitive', 'attribute'],
  function (
    this: Context,
    items: ArrayLike<unknown>,
    reversed?: unknown,
    isCaseSensitive?: unknown,
    attribute?: unknown,
  ) {
    const attributeOf = attribute ? attributeGetter(attribute) : (item: unknown): unknown => item
    const { throwOnUndefined } = this.env.opts
    return Array.from(items ?? []).sort((a, b) => {
      const [left, right] = [attributeOf(a), attributeOf(b)]
      if (throwOnUndefined && attribute && (left === undefined || right === undefined)) {
        throw new TypeError(`sort: attribute "${String(attribute)}" resolved to undefined`)
      }
      const order = compare(left, right, Boolean(isCaseSensitive))
      return reversed ? -order : order
    })
  },
)

export function dictsort(value: unknown, caseSensitive?: unknown, by: unknown = 'key'): [string, unknown][] {
  if (!isPlain(value)) throw new Error('dictsort filter: val must be an object')
  if (by !== 'key' && by !== 'value') {
    throw new Error('dictsort filter: You can only sort by either key or value')
  }
  const at = by === 'key' ? 0 : 1
  return Object.entries(value).sort((a, b) => {
    const [left, right] = [folded(a[at], caseSensitive), folded(b[at], caseSensitive)] as [number, number]
    return left > right ? 1 : left === right ? 0 : -1
  })
}

function folded(value: unknown, caseSensitive: unknown): unknown {
  return typeof value === 'string' && !caseSensitive ? value.toUpperCase() : value
}

function compare(a: unknown, b: unknown, isCaseSensitive: boolean): number {
  const isText = typeof a === 'string' && typeof b === 'string' && !isCaseSensitive
  const [left, right] = (isText ? [a.toLowerCase(), b.toLowerCase()] : [a, b]) as [number, number]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Reads own members only, through dots. */
function attributeGetter(attribute: unknown): (item: unknown) => unknown {
  const parts = typeof attribute === 'string' ? attribute.split('.') : [String(attribute)]
  return (item) => {
    let value: unknown = item
    for (const part of parts) {
      if (value === undefined || value === null || !Object.hasOwn(value as object, part)) return undefined
      value = readMember(value, part)
    }
    return value
  }
}

/** Whether a value is an object and no list, text or function. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]'
}
