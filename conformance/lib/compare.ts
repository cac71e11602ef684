import { differenceOfHeaders, type HeaderPair } from './compare-headers.ts'
import { type Expectation, formOf, type Json, type JsonObject } from './values.ts'

/** What came of a case, encoded. */
export type Outcome = { readonly ok: Json } | { readonly raises: JsonObject }

/** Where two values part, in words: `.headers: expected .., got ..`. */
export type Difference = string

/**
 * Classes of the language, for which any error will do. All others are classes of the framework, whose name and data
 * must agree.
 */
const LANGUAGE_ERRORS: ReadonlySet<string> = new Set([
  'ArithmeticError',
  'AssertionError',
  'AttributeError',
  'EOFError',
  'Exception',
  'FileNotFoundError',
  'IndexError',
  'IsADirectoryError',
  'JSONDecodeError',
  'KeyError',
  'LookupError',
  'NameError',
  'NotADirectoryError',
  'NotImplementedError',
  'OSError',
  'OverflowError',
  'PermissionError',
  'RecursionError',
  'RuntimeError',
  'StopIteration',
  'SyntaxError',
  'TypeError',
  'UnicodeDecodeError',
  'UnicodeEncodeError',
  'UnicodeError',
  'ValueError',
  'ZeroDivisionError',
])

/** Members of a recorded error that are for information. */
const INFORMATION: ReadonlySet<string> = new Set(['type', 'message', 'suggested_endpoint'])

/** The first difference between what was expected and what came, or null. */
export function compareOutcome(expected: Expectation, outcome: Outcome): Difference | null {
  if (expected.raises !== undefined) {
    if ('raises' in outcome) return differenceOfErrors(expected.raises, outcome.raises, 'error')
    return `expected the error ${shorten(expected.raises)}, got ${shorten(outcome.ok)}`
  }
  if (expected.ok === undefined) throw new TypeError('The case has neither expect.ok nor expect.raises.')
  if ('raises' in outcome) {
    return `expected ${shorten(expected.ok)}, got the error ${shorten(outcome.raises)}`
  }
  return differenceOf(expected.ok, outcome.ok)
}

/** The first difference between two encoded values, or null. */
export function differenceOf(expected: Json, actual: Json, path: string = ''): Difference | null {
  const want = resolve(expected)
  const got = resolve(actual)
  const differ = (): Difference =>
    `${path === '' ? '' : `${path}: `}expected ${shorten(expected)}, got ${shorten(actual)}`
  // A UUID is a string in JavaScript.
  if (want.kind === 'uuid' && got.kind === 'string') return want.content === got.content ? null : differ()
  if (want.kind !== got.kind) return differ()
  switch (want.kind) {
    case 'list':
    case 'multidict':
      return differenceOfLists(want.content as Json[], got.content as Json[], path, differ)
    case 'set':
      return isSameSet(want.content as Json[], got.content as Json[]) ? null : differ()
    case 'mapping':
      return differenceOfMappings(want.content as Entries, got.content as Entries, path, differ)
    default:
      return Object.is(want.content, got.content) ? null : differ()
  }
}

/** A JSON text for people, cut to `limit` characters. */
export function shorten(value: unknown, limit: number = 240): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`
}

type Entries = [key: Json, value: Json][]

/** A value with the ways of writing it taken away: what is left is compared kind by kind. */
interface Resolved {
  readonly kind: string
  readonly content: unknown
}

function resolve(json: Json): Resolved {
  if (json === null) return { kind: 'null', content: null }
  if (typeof json === 'number') return resolveNumber(json)
  if (typeof json !== 'object') return { kind: typeof json, content: json }
  if (Array.isArray(json)) return { kind: 'list', content: json }
  const form = formOf(json)
  if (form === null) return { kind: 'mapping', content: Object.entries(json) }
  return resolveForm(form, json[form]!)
}

function resolveForm(form: string, content: Json): Resolved {
  switch (form) {
    case '$tuple':
    case '$headers':
      return { kind: 'list', content }
    case '$dict':
      return { kind: 'mapping', content }
    case '$int':
      return resolveNumber(BigInt(content as string))
    case '$float':
      return resolveNumber(floatOf(content as string))
    case '$bytes_runs':
      return { kind: 'bytes', content: hexOfRuns(content as [string, number][]) }
    case '$bytes':
      return { kind: 'bytes', content: Buffer.from(content as string, 'base64').toString('hex') }
    case '$str_runs':
      return {
        kind: 'string',
        content: (content as [string, number][]).map(([text, count]) => text.repeat(count)).join(''),
      }
    case '$seconds':
      return { kind: 'seconds', content: resolve(content).content }
    case '$uuid':
      return { kind: 'uuid', content: (content as string).toLowerCase() }
    case '$datetime':
      return { kind: 'datetime', content: instantOf(content as string) }
    case '$set':
    case '$multidict':
    case '$date':
    case '$markup':
      return { kind: form.slice(1), content }
    default:
      throw new TypeError(`The form ${form} is unknown.`)
  }
}

function resolveNumber(value: number | bigint): Resolved {
  // 1 and 1.0 are equal, and so are 0 and -0; a whole number is compared exactly.
  const content = typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(value) : value
  return { kind: 'number', content }
}

function differenceOfLists(
  expected: readonly Json[],
  actual: readonly Json[],
  path: string,
  differ: () => Difference,
): Difference | null {
  if (expected.length !== actual.length) return differ()
  for (const [index, item] of expected.entries()) {
    const difference = differenceOf(item, actual[index]!, `${path}[${index}]`)
    if (difference !== null) return difference
  }
  return null
}

function differenceOfMappings(
  expected: Entries,
  actual: Entries,
  path: string,
  differ: () => Difference,
): Difference | null {
  const rest = [...actual]
  for (const [key, value] of expected) {
    const index = rest.findIndex(([other]) => differenceOf(key, other) === null)
    if (index < 0) return differ()
    const [[, other]] = rest.splice(index, 1) as [[Json, Json]]
    const difference = differenceOfMembers(key, value, other, `${path}.${textOf(key)}`)
    if (difference !== null) return difference
  }
  return rest.length === 0 ? null : differ()
}

/** Members of some names are compared by what HTTP says about them. */
function differenceOfMembers(key: Json, expected: Json, actual: Json, path: string): Difference | null {
  if (key === 'headers') {
    const [want, got] = [pairsOf(expected), pairsOf(actual)]
    if (want !== null && got !== null) return differenceOfHeaders(want, got, path)
  }
  if (key === 'status' && isStatus(expected) && isStatus(actual)) {
    if (parseInt(String(expected), 10) === parseInt(String(actual), 10)) return null
    return `${path}: expected ${shorten(expected)}, got ${shorten(actual)}`
  }
  if (key === 'raises' || key === 'returned_exception') return differenceOfErrors(expected, actual, path)
  return differenceOf(expected, actual, path)
}

/** `expected` may be the name of the class alone. */
function differenceOfErrors(expected: Json, actual: Json, path: string): Difference | null {
  const want = typeof expected === 'string' ? { type: expected } : (expected as JsonObject)
  const got = typeof actual === 'string' ? { type: actual } : (actual as JsonObject | null)
  const type = want['type'] as string
  if (typeof got?.['type'] !== 'string') return `${path}: expected ${shorten(want)}, got ${shorten(actual)}`
  if (LANGUAGE_ERRORS.has(type)) return null
  if (type !== got['type']) return `${path}: expected the class ${type}, got ${shorten(got)}`
  for (const [name, value] of Object.entries(want)) {
    if (INFORMATION.has(name)) continue
    const difference = differenceOfErrorData(name, value, got[name] ?? null, `${path}.${name}`)
    if (difference !== null) return difference
  }
  return null
}

function differenceOfErrorData(name: string, expected: Json, actual: Json, path: string): Difference | null {
  if (name === 'valid_methods' && Array.isArray(expected) && Array.isArray(actual)) {
    return differenceOf({ $set: expected }, { $set: actual }, path)
  }
  // Where text was signed, the payload is given back as text.
  if (name === 'payload' && typeof actual === 'string') {
    return differenceOf(expected, { $bytes: Buffer.from(actual, 'utf8').toString('base64') }, path)
  }
  return differenceOf(expected, actual, path)
}

function isSameSet(expected: readonly Json[], actual: readonly Json[]): boolean {
  if (expected.length !== actual.length) return false
  const rest = [...actual]
  return expected.every((item) => {
    const index = rest.findIndex((other) => differenceOf(item, other) === null)
    if (index >= 0) rest.splice(index, 1)
    return index >= 0
  })
}

/** A header list, or null for anything else. */
function pairsOf(json: Json): HeaderPair[] | null {
  const { kind, content } = resolve(json)
  if (kind !== 'list') return null
  const pairs = (content as Json[]).map((item) => resolve(item).content)
  const isPair = (item: unknown): boolean =>
    Array.isArray(item) && item.length === 2 && item.every((part) => typeof part === 'string')
  return pairs.every(isPair) ? (pairs as HeaderPair[]) : null
}

function isStatus(json: Json): boolean {
  return /^[1-9]\d\d(?: |$)/.test(String(json))
}

function textOf(key: Json): string {
  return typeof key === 'string' ? key : JSON.stringify(key)
}

function hexOfRuns(runs: readonly [string, number][]): string {
  return runs.map(([text, count]) => Buffer.from(text, 'base64').toString('hex').repeat(count)).join('')
}

function floatOf(name: string): number {
  if (name === 'inf') return Number.POSITIVE_INFINITY
  if (name === '-inf') return Number.NEGATIVE_INFINITY
  return Number(name)
}

/** Milliseconds since 1970: finer parts of a second do not exist in JavaScript. Without an offset the time is UTC. */
function instantOf(text: string): number {
  const cut = text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(cut) ? cut : `${cut}Z`)
}
