import { inherit } from '#fetch-classes'
import type { HeaderSet } from '../collections/header-set.ts'
import { type CookieOptions, dumpCookie } from '../cookies/dump-cookie.ts'
import { httpDate, parseDate } from '../grammar/date.ts'
import { dumpAge, parseAge } from '../headers/age.ts'
import { parseResponseCacheControl, type ResponseCacheControl } from '../headers/cache-control.ts'
import { type ContentRange, parseContentRange } from '../headers/content-range.ts'
import { type ContentSecurityPolicy, parseContentSecurityPolicy } from '../headers/content-security-policy.ts'
import { contentTypeWithCharset } from '../headers/content-type.ts'
import { generateETag, quoteETag, unquoteETag } from '../headers/etags.ts'
import { parseOptionsHeader } from '../headers/options-header.ts'
import { parseSetHeader } from '../headers/set-header.ts'
import { parseWwwAuthenticate, type WwwAuthenticate } from '../headers/www-authenticate.ts'
import { iriToUri } from '../url/iri.ts'
import { checkLocation } from './location.ts'
import { ResponseBase } from './response-base.ts'

/** A date, or seconds since 1970. */
export type DateValue = Date | number

/** The options of a cookie that is taken back: those with which it was set. */
export type DeleteCookieOptions = Omit<CookieOptions, 'maxAge' | 'expires'>

/**
 * A response with its headers as typed values. What is read as an object is live: a change of it is written back to
 * the header at once.
 *
 * ```ts
 * response.cacheControl.maxAge = 60
 * response.vary.add('Cookie')
 * ```
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Response
 */
export class Response extends ResponseBase {
  /** Bytes of a cookie over which browsers drop it; a longer one is reported to {@link warn}. 0 for no report. */
  static maxCookieSize = 4093

  /** A JSON response (Fetch). */
  static json(value: unknown, init: { status?: number } = {}): Response {
    const text = JSON.stringify(value)
    if (text === undefined) throw new TypeError(`JSON cannot hold ${typeof value}.`)
    return new this(text, { ...init, contentType: 'application/json' })
  }

  /**
   * Sets a cookie; other cookies stay.
   *
   * @param value text of any kind; what cookies cannot hold is quoted as Python does.
   * @throws TypeError for names and attributes that would break the header, and for attributes that contradict each
   *   other, such as `SameSite=None` without `Secure`.
   */
  setCookie(name: string, value = '', options: CookieOptions = {}): void {
    const { maxCookieSize } = this.constructor as typeof Response
    this.headers.add(
      'Set-Cookie',
      dumpCookie(name, value, { maxSize: maxCookieSize, onWarning: this.warn, ...options }),
    )
  }

  /** Takes a cookie back. Path and domain must be those with which it was set. */
  deleteCookie(name: string, options: DeleteCookieOptions = {}): void {
    this.setCookie(name, '', { ...options, expires: 0, maxAge: 0 })
  }

  /** Told of things that work but not as meant. An application's responses log it. */
  protected warn(_message: string): void {}

  /** The content type without parameters. Setting it keeps no parameters but gives text its charset. */
  get mimetype(): string | null {
    const value = this.contentType
    return value === null ? null : parseOptionsHeader(value)[0].toLowerCase()
  }

  set mimetype(value: string) {
    this.headers.set('Content-Type', contentTypeWithCharset(value))
  }

  /** The parameters of the content type. */
  get mimetypeParams(): ReadonlyMap<string, string> {
    return parseOptionsHeader(this.contentType)[1]
  }

  get contentType(): string | null {
    return this.headers.getFirst('Content-Type')
  }

  set contentType(value: string | null) {
    this.#write('Content-Type', value)
  }

  get isJson(): boolean {
    const { mimetype } = this
    return mimetype === 'application/json' || (mimetype !== null && /^application\/.*\+json$/.test(mimetype))
  }

  /** The size that is announced; null where it is worked out when the response is sent. */
  get contentLength(): number | null {
    const value = this.headers.getFirst('Content-Length')
    return value === null ? null : Number(value)
  }

  set contentLength(value: number | null) {
    this.#write('Content-Length', value)
  }

  get contentEncoding(): string | null {
    return this.headers.getFirst('Content-Encoding')
  }

  set contentEncoding(value: string | null) {
    this.#write('Content-Encoding', value)
  }

  get contentLocation(): string | null {
    return this.headers.getFirst('Content-Location')
  }

  set contentLocation(value: string | null) {
    this.#write('Content-Location', value === null ? null : iriToUri(value))
  }

  /** Where the client is sent. A path or a URL; what URLs cannot hold is percent-encoded. */
  get location(): string | null {
    return this.headers.getFirst('Location')
  }

  set location(value: string | null) {
    this.#write('Location', value === null ? null : checkLocation(value))
  }

  /** Makes a relative {@link location} absolute; clients take both. @param url the URL that the response answers. */
  resolveLocation(url: string): void {
    const { location } = this
    if (location !== null) this.location = new URL(location, url).href
  }

  /** Seconds since the response was made at its origin. */
  get age(): number | null {
    return parseAge(this.headers.getFirst('Age'))
  }

  set age(value: number | null) {
    this.#write('Age', value === null ? null : dumpAge(value))
  }

  get date(): Date | null {
    return parseDate(this.headers.getFirst('Date'))
  }

  set date(value: DateValue | null) {
    this.#writeDate('Date', value)
  }

  get expires(): Date | null {
    return parseDate(this.headers.getFirst('Expires'))
  }

  set expires(value: DateValue | null) {
    this.#writeDate('Expires', value)
  }

  get lastModified(): Date | null {
    return parseDate(this.headers.getFirst('Last-Modified'))
  }

  set lastModified(value: DateValue | null) {
    this.#writeDate('Last-Modified', value)
  }

  /** When to try again. Set to seconds from now or a date; read as a date. */
  get retryAfter(): Date | null {
    const value = this.headers.getFirst('Retry-After')
    if (value === null) return null
    return /^\d{1,12}$/.test(value) ? new Date(Date.now() + Number(value) * 1000) : parseDate(value)
  }

  set retryAfter(value: number | Date | null) {
    this.#write('Retry-After', value instanceof Date ? httpDate(value) : value)
  }

  get acceptRanges(): string | null {
    return this.headers.getFirst('Accept-Ranges')
  }

  set acceptRanges(value: string | null) {
    this.#write('Accept-Ranges', value)
  }

  /** The headers of requests on which the response depends. Live. */
  get vary(): HeaderSet {
    return this.#set('Vary')
  }

  set vary(value: Iterable<string>) {
    this.#writeSet('Vary', value)
  }

  /** The methods that the URL answers to. Live. */
  get allow(): HeaderSet {
    return this.#set('Allow')
  }

  set allow(value: Iterable<string>) {
    this.#writeSet('Allow', value)
  }

  /** The languages of the content. Live. */
  get contentLanguage(): HeaderSet {
    return this.#set('Content-Language')
  }

  set contentLanguage(value: Iterable<string>) {
    this.#writeSet('Content-Language', value)
  }

  /** What caches may do. Live. */
  get cacheControl(): ResponseCacheControl {
    return parseResponseCacheControl(this.headers.get('Cache-Control'), this.#writeBack('Cache-Control'))
  }

  /** Which part of the whole this is. Live. */
  get contentRange(): ContentRange {
    return parseContentRange(this.headers.getFirst('Content-Range'), this.#writeBack('Content-Range'))
  }

  /** What the page may load and do. Live. */
  get contentSecurityPolicy(): ContentSecurityPolicy {
    return parseContentSecurityPolicy(
      this.headers.get('Content-Security-Policy'),
      this.#writeBack('Content-Security-Policy'),
    )
  }

  /** What would be reported if the page loaded or did it. Live. */
  get contentSecurityPolicyReportOnly(): ContentSecurityPolicy {
    return parseContentSecurityPolicy(
      this.headers.get('Content-Security-Policy-Report-Only'),
      this.#writeBack('Content-Security-Policy-Report-Only'),
    )
  }

  /** How the client may prove who it is. Live; set it to several for a choice. */
  get wwwAuthenticate(): WwwAuthenticate {
    return parseWwwAuthenticate(
      this.headers.getFirst('WWW-Authenticate'),
      this.#writeBack('WWW-Authenticate'),
    )
  }

  set wwwAuthenticate(value: WwwAuthenticate | readonly WwwAuthenticate[]) {
    const challenges = Array.isArray(value)
      ? (value as readonly WwwAuthenticate[])
      : [value as WwwAuthenticate]
    this.headers.setAll(
      'WWW-Authenticate',
      challenges.map((challenge) => challenge.toHeader()),
    )
  }

  /** Sets the entity tag, given without quotes. */
  setEtag(etag: string, weak = false): void {
    this.headers.set('ETag', quoteETag(etag, weak))
  }

  /** The entity tag without quotes, and whether it is weak; null if there is none. */
  getEtag(): [etag: string, weak: boolean] | null {
    return unquoteETag(this.headers.getFirst('ETag'))
  }

  /** Sets an entity tag made from the content, unless there is one. Streamed content is read to its end. */
  async addEtag(options: { overwrite?: boolean; weak?: boolean } = {}): Promise<void> {
    if (options.overwrite !== true && this.headers.has('ETag')) return
    this.setEtag(generateETag(await this.getData()), options.weak)
  }

  /** Reads streamed content to its end and gives the response a length and an entity tag, so that it can be stored. */
  async freeze(): Promise<void> {
    const data = await this.getData()
    this.headers.set('Content-Length', data.length)
    await this.addEtag()
  }

  #write(name: string, value: string | number | null): void {
    if (value === null) this.headers.delete(name)
    else this.headers.set(name, value)
  }

  #writeDate(name: string, value: DateValue | null): void {
    this.#write(name, value === null ? null : httpDate(value))
  }

  #set(name: string): HeaderSet {
    return parseSetHeader(this.headers.get(name), this.#writeBack(name))
  }

  #writeSet(name: string, value: Iterable<string>): void {
    const items = [...value]
    this.#write(name, items.length === 0 ? null : items.join(', '))
  }

  /** Writes a live value to its header; an empty one takes the header out. */
  #writeBack(name: string): (value: { toHeader(): string }) => void {
    return (value) => {
      const text = value.toHeader()
      this.#write(name, text === '' ? null : text)
    }
  }
}

// `value instanceof globalThis.Response` holds, so code written for Fetch takes ours; every member is our own.
inherit(ResponseBase.prototype, 'Response')
