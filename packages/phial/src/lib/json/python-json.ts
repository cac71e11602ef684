/** How deep arrays and objects may be nested; deeper ones would exhaust the stack of what reads them. */
const MAX_DEPTH = 100

export interface PythonJsonOptions {
  /** Spaces of indentation; null writes everything on one line. Default null. */
  indent?: number | null
  /** No blank after `,` and `:`. Default false. */
  compact?: boolean
  /** Keys by code point; otherwise as they come. Default false. */
  sortKeys?: boolean
  /** DEL and characters beyond ASCII as `\uXXXX`. Default true. */
  ensureAscii?: boolean
  /** A value that JSON does not know as one that it does. Default: throws a TypeError. */
  fallback?: (value: object) => unknown
}

interface Style {
  readonly indent: string
  readonly comma: string
  readonly colon: string
  readonly sortKeys: boolean
  readonly ensureAscii: boolean
  readonly fallback: (value: object) => unknown
}

/**
 * A value as JSON text, character by character as `json.dumps` of Python writes it. A `Map` is an object in its own
 * order, a `bigint` a number, a number that is no safe integer a float (`1e+20`). What is undefined is left out of
 * objects and `null` in arrays.
 *
 * @throws TypeError for functions, symbols, circles, and what `fallback` does not know.
 */
export function dumpPythonJson(value: unknown, options: PythonJsonOptions = {}): string {
  const { indent = null, compact = false, sortKeys = false, ensureAscii = true } = options
  const style: Style = {
    indent: ' '.repeat(indent ?? 0),
    comma: indent === null ? (compact ? ',' : ', ') : ',',
    colon: compact && indent === null ? ':' : ': ',
    sortKeys,
    ensureAscii,
    fallback: options.fallback ?? refuse,
  }
  return write(value, style, indent === null ? null : '\n', 0)
}

/** @param newline the start of the line that the value stands on, or null if all is one line. */
function write(value: unknown, style: Style, newline: string | null, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value, style.ensureAscii)
    case 'number':
      return writeNumber(value)
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      break
    default:
      throw new TypeError(`JSON cannot hold ${typeof value === 'function' ? 'a function' : String(value)}.`)
  }
  if (depth > MAX_DEPTH) {
    throw new TypeError(
      `JSON may be nested ${MAX_DEPTH} levels deep; this goes deeper, or contains itself somewhere.`,
    )
  }
  const inner = newline === null ? null : newline + style.indent
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) =>
      item === undefined ? 'null' : write(item, style, inner, depth + 1),
    )
    return enclose('[', items, ']', style, newline, inner)
  }
  const entries = entriesOf(value)
  if (entries === null) return write(style.fallback(value), style, newline, depth + 1)
  if (style.sortKeys) entries.sort(([a], [b]) => compareCodePoints(a, b))
  const members: string[] = []
  for (const [key, item] of entries) {
    if (item === undefined) continue
    members.push(quote(key, style.ensureAscii) + style.colon + write(item, style, inner, depth + 1))
  }
  return enclose('{', members, '}', style, newline, inner)
}

function enclose(
  open: string,
  items: readonly string[],
  close: string,
  style: Style,
  newline: string | null,
  inner: string | null,
): string {
  if (items.length === 0) return open + close
  if (inner === null) return open + items.join(style.comma) + close
  return `${open}${inner}${items.join(style.comma + inner)}${newline}${close}`
}

/** The members of a mapping, or null for an object of any other class. */
function entriesOf(value: object): [string, unknown][] | null {
  if (value instanceof Map) return [...value].map(([key, item]: [unknown, unknown]) => [keyOf(key), item])
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : null
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key
  if (key === null || typeof key === 'boolean' || typeof key === 'bigint') return String(key)
  if (typeof key === 'number') return writeNumber(key)
  throw new TypeError(`The keys of a JSON object are text, numbers, booleans or null, got ${typeof key}.`)
}

function refuse(value: object): never {
  throw new TypeError(`JSON cannot hold an object of class ${value.constructor?.name ?? 'Object'}.`)
}

function quote(text: string, ensureAscii: boolean): string {
  const json = JSON.stringify(text)
  if (!ensureAscii) return json
  return json.replace(/[\x7f-\uffff]/g, escapeUnit)
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Integers as digits, all others as Python's `repr` of a float, which has an exponent from 1e16 and below 1e-4. */
function writeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0.0' : String(value)
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const size = Math.abs(value)
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
    const digits = exponent.slice(1)
    return `${mantissa}e${exponent[0]}${digits.length < 2 ? `0${digits}` : digits}`
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** Units of a surrogate pair are smaller than some other units but stand for larger code points. */
function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left === right) continue
    const leftIsSurrogate = left >= 0xd800 && left < 0xe000
    const rightIsSurrogate = right >= 0xd800 && right < 0xe000
    if (leftIsSurrogate === rightIsSurrogate) return left - right
    return leftIsSurrogate ? (right >= 0xe000 ? 1 : left - right) : left >= 0xe000 ? -1 : left - right
  }
  return a.length - b.length
}
