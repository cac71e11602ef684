import { inherit } from '#fetch-classes'
import {
  allHeaders,
  assertHeaderName,
  assertHeaderValue,
  findHeader,
  firstHeader,
  joinedHeader,
  removeHeader,
  setHeader,
} from './header-list.ts'
import { dumpOptionsHeader } from './options-header.ts'

/** What a header value may be given as; numbers are written in decimal. */
export type HeaderValue = string | number

/** Everything that {@link Headers} can be made from. An array as a record's value becomes several headers. */
export type HeadersInit =
  | Iterable<readonly [string, HeaderValue]>
  | Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>

/** Parameters of a header value: `{ filename: 'a b.txt' }` becomes `; filename="a b.txt"`, and `_` in a name `-`. */
export type HeaderParameters = Readonly<Record<string, string | number | null | undefined>>

/**
 * An ordered list of headers: names keep their spelling, are compared without case, and may repeat.
 *
 * It has the members of the Fetch `Headers` with their meaning (`get` joins repeated values with `, `; iteration is
 * sorted and in lower case) and those of Werkzeug's `Headers` (`add` and `set` with parameters, `getAll`, `toList`
 * in the order of arrival, `setDefault`, `extend`, `update`).
 *
 * Names must be tokens (RFC 9110 §5.1). Values may not hold CR, LF, NUL or other controls (§5.5), nor characters
 * above U+00FF. Both throw a `TypeError` that names the header, and nothing is stored.
 */
export class Headers {
  #list: string[] = []
  #readonly = false

  constructor(init?: HeadersInit | null) {
    if (init !== undefined && init !== null) this.extend(init)
  }

  /**
   * A view of a flat list `[name, value, name, value, …]`. The list is trusted and not copied: a change of one shows
   * in the other. Gateways and responses keep such lists so that no object is built that nobody looks at.
   */
  static over(list: string[], options: { readonly?: boolean } = {}): Headers {
    const headers = new Headers()
    headers.#list = list
    headers.#readonly = options.readonly === true
    return headers
  }

  /** How many headers there are; repeated names count each time. */
  get size(): number {
    return this.#list.length / 2
  }

  /** All values of `name` joined with `, `, or null. */
  get(name: string): string | null {
    return joinedHeader(this.#list, name)
  }

  /** The first value of `name`, or null. */
  getFirst(name: string): string | null {
    return firstHeader(this.#list, name)
  }

  /** All values of `name` in order. */
  getAll(name: string): string[] {
    return allHeaders(this.#list, name)
  }

  /** All `Set-Cookie` values in order (Fetch). */
  getSetCookie(): string[] {
    return allHeaders(this.#list, 'set-cookie')
  }

  has(name: string): boolean {
    return findHeader(this.#list, name) >= 0
  }

  /** Replaces all values of `name` by one. */
  set(name: string, value: HeaderValue, parameters?: HeaderParameters): void {
    setHeader(this.#writable(), name, checked(name, value, parameters))
  }

  /** Adds one more value of `name`. */
  add(name: string, value: HeaderValue, parameters?: HeaderParameters): void {
    this.#writable().push(name, checked(name, value, parameters))
  }

  /** As {@link add}; Fetch's name for it. */
  append(name: string, value: HeaderValue): void {
    this.add(name, value)
  }

  /** Replaces all values of `name` by these. */
  setAll(name: string, values: Iterable<HeaderValue>): void {
    const list = this.#writable()
    const texts = Array.from(values, (value) => checked(name, value))
    if (texts.length === 0) {
      removeHeader(list, name)
      return
    }
    setHeader(list, name, texts[0]!)
    for (let i = 1; i < texts.length; i++) list.push(name, texts[i]!)
  }

  /** The value of `name`; if there is none, `value` is stored first. */
  setDefault(name: string, value: HeaderValue): string {
    const present = this.getFirst(name)
    if (present !== null) return present
    this.set(name, value)
    return String(value)
  }

  /** Removes all values of `name`. */
  delete(name: string): void {
    removeHeader(this.#writable(), name)
  }

  /** Removes all values of `name` and gives the first, or `fallback`. */
  pop(name: string, fallback: string | null = null): string | null {
    const value = this.getFirst(name)
    this.delete(name)
    return value ?? fallback
  }

  /** Adds all of `init`. */
  extend(init: HeadersInit): void {
    for (const [name, value] of pairsOf(init)) this.add(name, value)
  }

  /** Replaces the headers named in `init`; several values of one name all stay. */
  update(init: HeadersInit): void {
    const byName = new Map<string, { name: string; values: HeaderValue[] }>()
    for (const [name, value] of pairsOf(init)) {
      const key = name.toLowerCase()
      const entry = byName.get(key)
      if (entry === undefined) byName.set(key, { name, values: [value] })
      else entry.values.push(value)
    }
    for (const { name, values } of byName.values()) this.setAll(name, values)
  }

  clear(): void {
    this.#writable().length = 0
  }

  /** All headers in order, as they are spelt. */
  toList(): [name: string, value: string][] {
    const pairs: [string, string][] = []
    for (let i = 0; i < this.#list.length; i += 2) pairs.push([this.#list[i]!, this.#list[i + 1]!])
    return pairs
  }

  /** A changeable copy. */
  copy(): Headers {
    return Headers.over([...this.#list])
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    for (const [name, value] of this) callback.call(thisArg, value, name, this)
  }

  /** Sorted by name in lower case, repeated values joined, each `Set-Cookie` alone (Fetch). */
  *entries(): IterableIterator<[string, string]> {
    const names = new Set<string>()
    for (let i = 0; i < this.#list.length; i += 2) names.add(this.#list[i]!.toLowerCase())
    for (const name of [...names].sort()) {
      if (name === 'set-cookie') for (const value of this.getSetCookie()) yield [name, value]
      else yield [name, this.get(name)!]
    }
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries()
  }

  get [Symbol.toStringTag](): string {
    return 'Headers'
  }

  /** The headers as they are written in a message. */
  toString(): string {
    return this.toList()
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
  }

  toJSON(): [string, string][] {
    return this.toList()
  }

  #writable(): string[] {
    if (this.#readonly) {
      throw new TypeError('The headers of a request cannot be changed. Copy them with headers.copy() first.')
    }
    return this.#list
  }
}

function checked(name: string, value: HeaderValue, parameters?: HeaderParameters): string {
  assertHeaderName(name)
  let text = typeof value === 'string' ? value : String(value)
  if (parameters !== undefined) {
    const dashed = new Map<string, string | null>()
    for (const [key, parameter] of Object.entries(parameters)) {
      dashed.set(
        key.replaceAll('_', '-'),
        parameter === null || parameter === undefined ? null : String(parameter),
      )
    }
    text = dumpOptionsHeader(text, dashed)
  }
  assertHeaderValue(name, text)
  return text
}

function* pairsOf(init: HeadersInit): Generator<readonly [string, HeaderValue]> {
  if (init instanceof Headers) {
    // Not its iterator: that sorts and joins.
    yield* init.toList()
  } else if (Symbol.iterator in init) {
    yield* init as Iterable<readonly [string, HeaderValue]>
  } else {
    for (const [name, value] of Object.entries(init)) {
      if (value === null || value === undefined) {
        throw new TypeError(
          `The header ${JSON.stringify(name)} has no value, but ${value}. Leave it out, or give text.`,
        )
      }
      if (typeof value === 'object') for (const item of value) yield [name, item]
      else yield [name, value as HeaderValue]
    }
  }
}

// `value instanceof globalThis.Headers` holds, so code written for Fetch takes ours; every member is our own.
inherit(Headers.prototype, 'Headers')
