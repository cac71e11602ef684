import { isMarkup, Markup } from '@phial/markup'

/** A value as the case files write it. */
export type Json = null | boolean | number | string | Json[] | JsonObject

export interface JsonObject {
  [key: string]: Json
}

/** What a case expects: a value, or an error. */
export interface Expectation {
  ok?: Json
  raises?: Json
}

/** One recorded case. Cases of `routing` have `map`, `bind` and `call`, all others `fn` and `args`. */
export interface ConformanceCase {
  readonly id: string
  readonly area: string
  readonly fn?: string
  readonly args?: JsonObject
  readonly map?: JsonObject
  readonly bind?: JsonObject
  readonly call?: JsonObject
  readonly expect: Expectation
  /** What the released versions do, where the recorded ones do something else. It counts. */
  readonly expect_in_3_1?: Expectation
}

/** Does what a case's function does and returns (or throws) what came of it. `args` are decoded. */
export type Adapter = (args: Record<string, unknown>, test: ConformanceCase) => unknown | Promise<unknown>

/** A UUID. JavaScript has no class for it; where a string is returned, it is compared as one. */
export class Uuid {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** A day without a time. */
export class PlainDate {
  /** As in `2024-02-29`. */
  readonly iso: string

  constructor(iso: string) {
    this.iso = iso
  }

  /** Midnight of the day in UTC. */
  toDate(): Date {
    return new Date(`${this.iso}T00:00:00Z`)
  }

  toString(): string {
    return this.iso
  }
}

/** A duration. */
export class Seconds {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  valueOf(): number {
    return this.value
  }
}

/** The pairs of a mapping with several values per key, the values of one key together. */
export class Pairs implements Iterable<[key: unknown, value: unknown]> {
  readonly kind: 'multidict' = 'multidict'
  readonly pairs: readonly [key: unknown, value: unknown][]

  constructor(pairs: readonly [key: unknown, value: unknown][]) {
    this.pairs = pairs
  }

  [Symbol.iterator](): Iterator<[key: unknown, value: unknown]> {
    return this.pairs[Symbol.iterator]()
  }
}

/** A JSON value of a case file as the value that it stands for. */
export function decode(json: Json): unknown {
  if (json === null || typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map(decode)
  const form = formOf(json)
  if (form === null)
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, decode(value)]))
  const reader = READERS.get(form)
  if (reader === undefined) {
    throw new TypeError(`The form ${form} is unknown. Known forms: ${[...READERS.keys()].join(', ')}.`)
  }
  return reader(json[form]!)
}

/** The reverse of {@link decode}: a value as the case files write it. An error becomes `{"raises": ..}`. */
export function encode(value: unknown): Json {
  switch (typeof value) {
    case 'undefined':
      return null
    case 'boolean':
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? value : { $float: floatName(value) }
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: String(value) }
    case 'object':
      return value === null ? null : encodeObject(value)
    default:
      throw new TypeError(`A ${typeof value} cannot be compared with a recorded value.`)
  }
}

/** An error as `raises` describes it: its class and the data that are compared. */
export function encodeError(error: unknown): JsonObject {
  if (!(error instanceof Error)) return { type: `${typeof error} (not an Error)`, message: String(error) }
  const data: JsonObject = { type: error.name, message: error.message }
  for (const [recorded, member] of ERROR_DATA) {
    const value = (error as unknown as Record<string, unknown>)[member]
    if (value !== undefined) data[recorded] = encodeErrorMember(value)
  }
  return data
}

/** The `$` name of an object that stands for another value, or null for a mapping. */
export function formOf(json: JsonObject): string | null {
  const keys = Object.keys(json)
  return keys.length === 1 && keys[0]!.startsWith('$') ? keys[0]! : null
}

/** The data of errors: the name in the case files and the member of the error. */
const ERROR_DATA: readonly (readonly [recorded: string, member: string])[] = [
  ['code', 'code'],
  ['new_url', 'newUrl'],
  ['valid_methods', 'validMethods'],
  ['endpoint', 'endpoint'],
  ['method', 'method'],
  ['existing', 'existing'],
  ['duplicate', 'duplicate'],
  ['payload', 'payload'],
  ['date_signed', 'dateSigned'],
]

const READERS: ReadonlyMap<string, (json: Json) => unknown> = new Map<string, (json: Json) => unknown>([
  ['$bytes', (text) => bytesOfBase64(text as string)],
  ['$bytes_runs', (runs) => bytesOfRuns(runs as [string, number][])],
  ['$str_runs', (runs) => (runs as [string, number][]).map(([text, count]) => text.repeat(count)).join('')],
  ['$tuple', (items) => (items as Json[]).map(decode)],
  ['$set', (items) => new Set((items as Json[]).map(decode))],
  ['$int', (text) => BigInt(text as string)],
  ['$float', (text) => floatOfName(text as string)],
  ['$uuid', (text) => new Uuid(text as string)],
  ['$datetime', (text) => dateOfIso(text as string)],
  ['$date', (text) => new PlainDate(text as string)],
  ['$seconds', (value) => new Seconds(value as number)],
  ['$markup', (text) => new Markup(text as string)],
  ['$multidict', (pairs) => new Pairs(decodePairs(pairs))],
  ['$headers', (pairs) => decodePairs(pairs)],
  ['$dict', (pairs) => new Map(decodePairs(pairs))],
])

function encodeObject(value: object): Json {
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (value instanceof ArrayBuffer) return encodeObject(new Uint8Array(value))
  if (value instanceof Date) return { $datetime: value.toISOString() }
  if (value instanceof Uuid) return { $uuid: value.text }
  if (value instanceof PlainDate) return { $date: value.iso }
  if (value instanceof Seconds) return { $seconds: encode(value.value) }
  if (value instanceof Pairs)
    return { $multidict: value.pairs.map(([key, item]) => [encode(key), encode(item)]) }
  if (value instanceof Set) return { $set: [...value].map(encode) }
  if (value instanceof Map) return encodeMapping([...value])
  if (value instanceof Error) return { raises: encodeError(value) }
  if (isMarkup(value)) return { $markup: String(value) }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) {
    const entries = Object.entries(value)
    if (entries.length === 1 && READERS.has(entries[0]![0])) return encodeForm(entries[0]![0], entries[0]![1])
    return encodeMapping(entries)
  }
  throw new TypeError(
    `An instance of ${value.constructor.name} cannot be compared with a recorded value. Let the adapter return plain data, or a form such as { $multidict: [[key, value]] }.`,
  )
}

/** A form that an adapter wrote by hand: what lies in it may still be values. */
function encodeForm(form: string, content: unknown): JsonObject {
  return { [form]: Array.isArray(content) ? content.map(encode) : encode(content) }
}

function encodeMapping(entries: readonly [unknown, unknown][]): JsonObject {
  const plain = entries.every(([key]) => typeof key === 'string' && !key.startsWith('$'))
  if (!plain) return { $dict: entries.map(([key, value]) => [encode(key), encode(value)]) }
  return Object.fromEntries(entries.map(([key, value]) => [key as string, encode(value)]))
}

function decodePairs(json: Json): [unknown, unknown][] {
  return (json as [Json, Json][]).map(([key, value]) => [decode(key), decode(value)])
}

function bytesOfBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

function bytesOfRuns(runs: readonly [string, number][]): Uint8Array {
  const pieces = runs.map(([text, count]) => {
    const piece = Buffer.from(text, 'base64')
    return Buffer.alloc(piece.length * count, piece)
  })
  return new Uint8Array(Buffer.concat(pieces))
}

function dateOfIso(text: string): Date {
  // Python writes microseconds; without an offset the time is UTC.
  const cut = text.replace(/(\.\d{3})\d+/, '$1').replace(' ', 'T')
  const date = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(cut) ? cut : `${cut}Z`)
  if (Number.isNaN(date.getTime())) throw new RangeError(`${JSON.stringify(text)} is not a date and time.`)
  return date
}

function floatName(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  return value > 0 ? 'inf' : '-inf'
}

function floatOfName(name: string): number {
  if (name === 'nan') return Number.NaN
  if (name === 'inf') return Number.POSITIVE_INFINITY
  return name === '-inf' ? Number.NEGATIVE_INFINITY : Number(name)
}

function encodeErrorMember(value: unknown): Json {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return encode(value)
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, encode)
  // Of a rule, its text and its endpoint are recorded.
  if ('rule' in value && 'endpoint' in value)
    return { rule: encode(value.rule), endpoint: encode(value.endpoint) }
  return encode(value)
}
