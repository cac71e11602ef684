import { CallbackMap } from '../collections/callback-map.ts'
import { inspectAsText } from '../collections/inspect.ts'
import { dumpDictHeader, parseDictHeader } from './dict-header.ts'

/** The directives of a `Cache-Control` header; one without a value has the value null. */
export type CacheDirectives = Iterable<readonly [string, string | null]>

/**
 * A `Cache-Control` header: a map of its directives, with the known ones as properties. Properties of a wrong form,
 * like `max-age=abc`, are null.
 *
 * @see RFC 9111 §5.2
 */
abstract class CacheControl extends CallbackMap<string | null> {
  static {
    inspectAsText(CacheControl)
  }

  /** Whether there was such a header, be it empty of directives. */
  readonly provided: boolean

  constructor(directives: CacheDirectives | null, onUpdate: (() => void) | null) {
    super(directives, onUpdate)
    this.provided = directives !== null
  }

  get noStore(): boolean {
    return this.has('no-store')
  }

  set noStore(value: boolean) {
    this.setFlag('no-store', value)
  }

  /** In seconds. */
  get maxAge(): number | null {
    return this.seconds('max-age')
  }

  set maxAge(value: number | null) {
    this.setSeconds('max-age', value)
  }

  get noTransform(): boolean {
    return this.has('no-transform')
  }

  set noTransform(value: boolean) {
    this.setFlag('no-transform', value)
  }

  /** In seconds (RFC 5861 §4). */
  get staleIfError(): number | null {
    return this.seconds('stale-if-error')
  }

  set staleIfError(value: number | null) {
    this.setSeconds('stale-if-error', value)
  }

  /** The value of the header. */
  toHeader(): string {
    return dumpDictHeader(this)
  }

  override toString(): string {
    return this.toHeader()
  }

  protected seconds(directive: string): number | null {
    return integer(this.get(directive))
  }

  protected setSeconds(directive: string, value: number | null): void {
    if (value === null) {
      this.delete(directive)
      return
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`${directive} of Cache-Control takes a number of seconds or null, got ${value}.`)
    }
    this.set(directive, String(Math.trunc(value)))
  }

  protected setFlag(directive: string, value: boolean): void {
    if (value) this.set(directive, null)
    else this.delete(directive)
  }
}

/** The `Cache-Control` header of a request: what the client wants of caches. It cannot be changed. */
export class RequestCacheControl extends CacheControl {
  constructor(directives: CacheDirectives | null = []) {
    super(directives, null)
  }

  /** Reads a header; null and the empty text are no directives. */
  static fromHeader(header: string | null): RequestCacheControl {
    return new RequestCacheControl(header === null ? null : parseDictHeader(header))
  }

  get noCache(): boolean {
    return this.has('no-cache')
  }

  /** In seconds, or true for a response of any age. */
  get maxStale(): number | true | null {
    return this.get('max-stale') === null ? true : this.seconds('max-stale')
  }

  /** In seconds. */
  get minFresh(): number | null {
    return this.seconds('min-fresh')
  }

  get onlyIfCached(): boolean {
    return this.has('only-if-cached')
  }

  override set(): never {
    throw immutable()
  }

  override delete(): never {
    throw immutable()
  }

  override clear(): never {
    throw immutable()
  }
}

function immutable(): TypeError {
  return new TypeError('The Cache-Control header of a request cannot be changed.')
}

/**
 * The `Cache-Control` header of a response: what caches may do with it.
 *
 * ```ts
 * response.cacheControl.public = true
 * response.cacheControl.maxAge = 3600
 * ```
 */
export class ResponseCacheControl extends CacheControl {
  /** @param onUpdate called after each change, to write the header back. */
  constructor(
    directives: CacheDirectives | null = [],
    onUpdate: ((cacheControl: ResponseCacheControl) => void) | null = null,
  ) {
    super(directives, onUpdate === null ? null : () => onUpdate(this))
  }

  /** Reads a header; null and the empty text are no directives. */
  static fromHeader(
    header: string | null,
    onUpdate: ((cacheControl: ResponseCacheControl) => void) | null = null,
  ): ResponseCacheControl {
    return new ResponseCacheControl(header === null ? null : parseDictHeader(header), onUpdate)
  }

  /** True, or the names of the header fields that it concerns. */
  get noCache(): string | true | null {
    return this.#textOrTrue('no-cache')
  }

  set noCache(value: string | boolean | null) {
    this.#setText('no-cache', value)
  }

  get public(): boolean {
    return this.has('public')
  }

  set public(value: boolean) {
    this.setFlag('public', value)
  }

  /** True, or the names of the header fields that it concerns. */
  get private(): string | true | null {
    return this.#textOrTrue('private')
  }

  set private(value: string | boolean | null) {
    this.#setText('private', value)
  }

  get mustRevalidate(): boolean {
    return this.has('must-revalidate')
  }

  set mustRevalidate(value: boolean) {
    this.setFlag('must-revalidate', value)
  }

  get proxyRevalidate(): boolean {
    return this.has('proxy-revalidate')
  }

  set proxyRevalidate(value: boolean) {
    this.setFlag('proxy-revalidate', value)
  }

  /** In seconds, for shared caches. */
  get sMaxage(): number | null {
    return this.seconds('s-maxage')
  }

  set sMaxage(value: number | null) {
    this.setSeconds('s-maxage', value)
  }

  /** RFC 8246. */
  get immutable(): boolean {
    return this.has('immutable')
  }

  set immutable(value: boolean) {
    this.setFlag('immutable', value)
  }

  get mustUnderstand(): boolean {
    return this.has('must-understand')
  }

  set mustUnderstand(value: boolean) {
    this.setFlag('must-understand', value)
  }

  /** In seconds (RFC 5861 §3). */
  get staleWhileRevalidate(): number | null {
    return this.seconds('stale-while-revalidate')
  }

  set staleWhileRevalidate(value: number | null) {
    this.setSeconds('stale-while-revalidate', value)
  }

  #textOrTrue(directive: string): string | true | null {
    const value = this.get(directive)
    if (value === undefined) return null
    return value === null ? true : value
  }

  #setText(directive: string, value: string | boolean | null): void {
    if (value === null || value === false) this.delete(directive)
    else this.set(directive, value === true ? null : value)
  }
}

/** As {@link RequestCacheControl.fromHeader}. */
export function parseRequestCacheControl(header: string | null): RequestCacheControl {
  return RequestCacheControl.fromHeader(header)
}

/** As {@link ResponseCacheControl.fromHeader}. */
export function parseResponseCacheControl(
  header: string | null,
  onUpdate: ((cacheControl: ResponseCacheControl) => void) | null = null,
): ResponseCacheControl {
  return ResponseCacheControl.fromHeader(header, onUpdate)
}

/** An integer as Python reads one, or null. */
function integer(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null
  const digits = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text
  if (digits === '') return null
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i)
    if (code < 48 || code > 57) return null
  }
  return Number(text)
}
