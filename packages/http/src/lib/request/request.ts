import { inherit } from '#fetch-classes'
import type { HeaderSet } from '../collections/header-set.ts'
import type { MultiDict } from '../collections/multi-dict.ts'
import { parseCookie } from '../cookies/parse-cookie.ts'
import { parseDate } from '../grammar/date.ts'
import {
  type Accept,
  type CharsetAccept,
  type LanguageAccept,
  type MimeAccept,
  parseAccept,
  parseCharsetAccept,
  parseLanguageAccept,
  parseMimeAccept,
} from '../headers/accept.ts'
import { type Authorization, parseAuthorization } from '../headers/authorization.ts'
import { parseRequestCacheControl, type RequestCacheControl } from '../headers/cache-control.ts'
import { type ETags, parseETags } from '../headers/etags.ts'
import { type IfRange, parseIfRange } from '../headers/if-range.ts'
import { parseRange, type Range } from '../headers/range.ts'
import { parseSetHeader } from '../headers/set-header.ts'
import { UserAgent } from '../headers/user-agent.ts'
import { FetchSource, type FetchSourceOptions } from './fetch-source.ts'
import { RequestBase } from './request-base.ts'
import { RequestWithBody } from './request-body.ts'
import type { RequestSource } from './request-source.ts'

/** Where a browser says that a request comes from (Fetch Metadata). */
export type FetchSite = 'cross-site' | 'same-origin' | 'same-site' | 'none'

const FETCH_SITES: ReadonlySet<string> = new Set<FetchSite>([
  'cross-site',
  'same-origin',
  'same-site',
  'none',
])

/**
 * A request: the members of the Fetch `Request` with their meaning, and those of Werkzeug's, with its headers as typed
 * values.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/wrappers/#werkzeug.wrappers.Request
 */
export class Request extends RequestWithBody {
  #cookies: MultiDict | null = null

  /** A request of the runtime as one of this class; one of this class is given back as it is. */
  static from<Made extends Request>(
    this: new (
      source: RequestSource,
    ) => Made,
    request: globalThis.Request | Request,
    options?: FetchSourceOptions,
  ): Made {
    if (request instanceof this) return request
    if (request instanceof Request) return new this(request.source)
    return new this(new FetchSource(request, options))
  }

  /** The cookies. Where one name comes twice, the first counts. */
  get cookies(): MultiDict {
    this.#cookies ??= parseCookie(this.header('Cookie'))
    return this.#cookies
  }

  /** The media types that the client wants: `request.acceptMimetypes.bestMatch(['text/html', 'application/json'])`. */
  get acceptMimetypes(): MimeAccept {
    return parseMimeAccept(this.header('Accept'))
  }

  get acceptCharsets(): CharsetAccept {
    return parseCharsetAccept(this.header('Accept-Charset'))
  }

  get acceptEncodings(): Accept {
    return parseAccept(this.header('Accept-Encoding'))
  }

  get acceptLanguages(): LanguageAccept {
    return parseLanguageAccept(this.header('Accept-Language'))
  }

  /** The credentials of the `Authorization` header; null if there are none, or they cannot be read. */
  get authorization(): Authorization | null {
    return parseAuthorization(this.header('Authorization'))
  }

  get cacheControl(): RequestCacheControl {
    return parseRequestCacheControl(this.header('Cache-Control'))
  }

  get ifMatch(): ETags {
    return parseETags(this.header('If-Match'))
  }

  get ifNoneMatch(): ETags {
    return parseETags(this.header('If-None-Match'))
  }

  get ifModifiedSince(): Date | null {
    return parseDate(this.header('If-Modified-Since'))
  }

  get ifUnmodifiedSince(): Date | null {
    return parseDate(this.header('If-Unmodified-Since'))
  }

  get ifRange(): IfRange {
    return parseIfRange(this.header('If-Range'))
  }

  /** The part of the content that is asked for; null if all of it is, or the header is bad. */
  get range(): Range | null {
    return parseRange(this.header('Range'))
  }

  get date(): Date | null {
    return parseDate(this.header('Date'))
  }

  /** How many more proxies may pass the request on (TRACE, OPTIONS); null if nothing is said. */
  get maxForwards(): number | null {
    const value = this.header('Max-Forwards')
    return value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null
  }

  /** The URL of the page that led here, as the `Referer` header says, or null. */
  get referrer(): string | null {
    return this.header('Referer')
  }

  get origin(): string | null {
    return this.header('Origin')
  }

  get pragma(): HeaderSet {
    return parseSetHeader(this.header('Pragma'))
  }

  get contentEncoding(): string | null {
    return this.header('Content-Encoding')
  }

  get userAgent(): UserAgent {
    return new UserAgent(this.header('User-Agent') ?? '')
  }

  /** The headers that a browser asks leave to send from another origin (CORS preflight). */
  get accessControlRequestHeaders(): HeaderSet {
    return parseSetHeader(this.header('Access-Control-Request-Headers'))
  }

  /** The method that a browser asks leave to use from another origin (CORS preflight). */
  get accessControlRequestMethod(): string | null {
    return this.header('Access-Control-Request-Method')
  }

  /** Whether the request comes from this origin, as the browser says; null if it does not, or says something else. */
  get secFetchSite(): FetchSite | null {
    const value = this.header('Sec-Fetch-Site')
    return value !== null && FETCH_SITES.has(value) ? (value as FetchSite) : null
  }

  /** What kind of request the browser makes, as in `navigate` or `cors`. */
  get secFetchMode(): string | null {
    return this.header('Sec-Fetch-Mode')
  }

  /** Whether the client wants to switch to the WebSocket protocol. */
  get isWebSocket(): boolean {
    const upgrade = this.header('Upgrade')
    if (upgrade === null || upgrade.toLowerCase() !== 'websocket') return false
    return (this.header('Connection') ?? '').toLowerCase().includes('upgrade')
  }

  // What Fetch tells of requests that a page sends has one value on a server.
  get cache(): RequestCache {
    return 'default'
  }

  get credentials(): RequestCredentials {
    return 'same-origin'
  }

  get destination(): RequestDestination {
    return ''
  }

  get integrity(): string {
    return ''
  }

  get keepalive(): boolean {
    return false
  }

  get mode(): RequestMode {
    return 'cors'
  }

  get redirect(): RequestRedirect {
    return 'follow'
  }

  get referrerPolicy(): ReferrerPolicy {
    return ''
  }

  /** The same request once more (Fetch). Both share the body, which is read once and kept. */
  clone(): this {
    return this.with({})
  }

  /** This request as one of the runtime's own class, for APIs that take no other. It takes the body with it. */
  toFetch(): globalThis.Request {
    const headers = new globalThis.Headers()
    for (const [name, value] of this.headers.toList()) headers.append(name, value)
    const init: RequestInit & { duplex?: 'half' } = { method: this.method, headers, signal: this.signal }
    if (this.body !== null) {
      init.body = this.body
      init.duplex = 'half'
    }
    return new globalThis.Request(this.url, init)
  }
}

// `value instanceof globalThis.Request` holds, so code written for Fetch takes ours; every member is our own.
inherit(RequestBase.prototype, 'Request')
