import { isMarkup } from '@phial/markup/core'
import { quote, toAscii } from '@phial/markup/text'
import { isPlainObject } from './mapping-kind.ts'
import { Float } from './number.ts'
import { isRepresentable } from './protocol.ts'
import { ValueError } from './python-errors.ts'
import { Tuple } from './tuple.ts'
import { isClass, typeName } from './type-name.ts'

/** Python converts no int of more digits than that to text, since the time grows with their square. */
const MAX_INT_DIGITS = 4300
const INT_LIMIT = 10n ** BigInt(MAX_INT_DIGITS)

/** `str(value)`: what a template prints. */
export function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isSafeInteger(value) ? String(value) : floatText(value)
    case 'boolean':
      return value ? 'True' : 'False'
    case 'undefined':
      return ''
    default:
      if (value === null) return 'None'
      if (isMarkup(value)) return value.toString()
      return value instanceof Date ? dateText(value) : objectText(value)
  }
}

/** `repr(value)`: how a value stands inside a printed list, tuple or dict. */
export function repr(value: unknown): string {
  return represent(value, [])
}

function objectText(value: unknown): string {
  if (value instanceof Promise) {
    throw new TypeError(
      'a promise cannot be printed: it comes later. Render the template with renderAsync(), which waits for it.',
    )
  }
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Map) return repr(value)
  const text: unknown = (value as { toString?: unknown }).toString
  if (typeof text !== 'function' || text === Object.prototype.toString || isPrintedByRepr(value as object))
    return repr(value)
  return String(text.call(value))
}

function isPrintedByRepr(value: object): boolean {
  return value instanceof Uint8Array || isPlainObject(value)
}

/** @param open The containers that are being written, to stop at one that contains itself. */
function represent(value: unknown, open: unknown[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
    case 'boolean':
      return toText(value)
    case 'bigint':
      return bigintText(value)
    case 'undefined':
      return 'Undefined'
    case 'symbol':
      return String(value)
    case 'function':
      if (isRepresentable(value)) return value.__repr__(repr)
      return isClass(value) ? `<class '${value.name}'>` : `<function ${value.name}>`
    default:
      return value === null ? 'None' : representObject(value as object, open)
  }
}

function representObject(value: object, open: unknown[]): string {
  if (value instanceof Float) return value.toString()
  if (isMarkup(value)) return `Markup(${quote(value.toString())})`
  if (Array.isArray(value)) return representArray(value, open)
  if (value instanceof Map) return representItems(value, value, open)
  if (isRepresentable(value)) {
    return guarded(value, open, '...', () => value.__repr__((item) => represent(item, open)))
  }
  if (isPlainObject(value)) return representItems(value, Object.entries(value), open)
  if (value instanceof Set) {
    if (value.size === 0) return 'set()'
    return guarded(value, open, 'set(...)', () => `{${representAll(value, open)}}`)
  }
  if (value instanceof Date) return dateRepr(value)
  if (value instanceof Uint8Array) return bytesRepr(value)
  const text: unknown = (value as { toString?: unknown }).toString
  if (typeof text === 'function' && text !== Object.prototype.toString) return String(text.call(value))
  return `<${typeName(value)} object>`
}

function representArray(value: readonly unknown[], open: unknown[]): string {
  const isTuple = value instanceof Tuple
  return guarded(value, open, isTuple ? '(...)' : '[...]', () => {
    const items = representAll(value, open)
    if (!isTuple) return `[${items}]`
    return value.length === 1 ? `(${items},)` : `(${items})`
  })
}

function representAll(items: Iterable<unknown>, open: unknown[]): string {
  return Array.from(items, (item) => represent(item, open)).join(', ')
}

function representItems(
  owner: object,
  items: Iterable<readonly [unknown, unknown]>,
  open: unknown[],
): string {
  return guarded(owner, open, '{...}', () => {
    const texts = Array.from(items, ([key, value]) => `${represent(key, open)}: ${represent(value, open)}`)
    return `{${texts.join(', ')}}`
  })
}

function guarded(value: object, open: unknown[], again: string, write: () => string): string {
  if (open.includes(value)) return again
  open.push(value)
  const text = write()
  open.pop()
  return text
}

/** A float as Python writes it: the shortest digits that give it back, with `.0`, and exponents from 1e+16. */
export function floatText(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const text = value.toExponential()
  const mark = text.indexOf('e') + 2
  return text.length === mark + 1 ? `${text.slice(0, mark)}0${text.slice(mark)}` : text
}

function bigintText(value: bigint): string {
  if (value >= INT_LIMIT || value <= -INT_LIMIT) {
    throw new ValueError(`Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion`)
  }
  return String(value)
}

/** `ascii(value)`: as {@link repr}, with everything beyond ASCII escaped. */
export function asciiRepr(value: unknown): string {
  return toAscii(repr(value))
}

/** Each byte as the character of its code, or escaped. */
function bytesRepr(value: Uint8Array): string {
  return `b${toAscii(quote(Array.from(value, (byte) => String.fromCharCode(byte)).join('')))}`
}

/** A date as a naive `datetime` in UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date'
  const text = date.toISOString().replace('T', ' ')
  const milliseconds = date.getUTCMilliseconds()
  return milliseconds === 0 ? text.slice(0, -5) : `${text.slice(0, -1)}000`
}

function dateRepr(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date'
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  ]
  const seconds = date.getUTCSeconds()
  const milliseconds = date.getUTCMilliseconds()
  if (seconds !== 0 || milliseconds !== 0) parts.push(seconds)
  if (milliseconds !== 0) parts.push(milliseconds * 1000)
  return `datetime.datetime(${parts.join(', ')})`
}
