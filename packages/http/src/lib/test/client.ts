import { Headers } from '../headers/headers.ts'
import { type FetchApp, type FetchHandler, toHandler } from '../middleware/fetch-app.ts'
import { ClientRedirectError } from './client-redirect-error.ts'
import { type Cookie, CookieJar, type CookieKey, type SetTestCookieOptions } from './cookie-jar.ts'
import { encodeTarget, parseUrl, RequestBuilder, type RequestOptions } from './request-builder.ts'
import { receiveAnswer, type TestResponse } from './test-response.ts'

export interface ClientOptions {
  /** Keep the cookies of responses and send them back. Default true. */
  useCookies?: boolean
  /** Follow redirects to hosts below that of the request. Default false. */
  allowSubdomainRedirects?: boolean
  /** Scheme, host and mount path of all requests that do not name their own. Default `http://localhost`. */
  baseUrl?: string
  /** Options of all requests that do not say otherwise; headers are added to theirs. */
  defaults?: RequestOptions
}

export interface OpenOptions extends RequestOptions {
  /** Follow redirects; {@link TestResponse.history} then has the responses on the way. Default false. */
  followRedirects?: boolean
  /** Further cookies of this request alone, sent as they stand; false sends none at all, not the client's either. */
  cookies?: Readonly<Record<string, string>> | false
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 305, 307, 308])
/** As many as Fetch follows. */
const MAX_REDIRECTS = 20

/**
 * Sends requests to an application without a server, keeps its cookies and reads its answers.
 *
 * ```ts
 * const client = new Client(app)
 * const response = await client.post('/login', { form: { user: 'bob' }, followRedirects: true })
 * response.status   // 200
 * response.text     // 'Hello, bob!'
 * ```
 *
 * What the application throws, the request throws.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/test/#werkzeug.test.Client
 */
export class Client {
  readonly #handler: FetchHandler
  readonly #jar: CookieJar | null
  readonly #allowSubdomainRedirects: boolean
  readonly #defaults: RequestOptions
  readonly #host: string

  constructor(app: FetchApp | FetchHandler, options: ClientOptions = {}) {
    this.#handler = toHandler(app)
    this.#jar = options.useCookies === false ? null : new CookieJar()
    this.#allowSubdomainRedirects = options.allowSubdomainRedirects ?? false
    const baseUrl = options.baseUrl ?? options.defaults?.baseUrl ?? 'http://localhost'
    this.#defaults = { ...options.defaults, baseUrl }
    this.#host = hostname(parseUrl(baseUrl).host)
  }

  get(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'GET' })
  }

  post(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'POST' })
  }

  put(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'PUT' })
  }

  patch(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'PATCH' })
  }

  delete(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'DELETE' })
  }

  head(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'HEAD' })
  }

  options(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'OPTIONS' })
  }

  trace(path: string, options?: OpenOptions): Promise<TestResponse> {
    return this.open(path, { ...options, method: 'TRACE' })
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param path the path, sent as it stands, with or without a query; or a whole URL; or a request made before.
   * @throws ClientRedirectError for a redirect that is not followed though it should: in a loop, or to another host.
   */
  async open(path: string | RequestBuilder, options: OpenOptions = {}): Promise<TestResponse> {
    const { followRedirects = false, cookies = {}, ...rest } = options
    const builder = typeof path === 'string' ? this.build(path, rest) : path
    const history: TestResponse[] = []
    const seen = new Set<string>()
    for (;;) {
      const response = await this.#send(builder, cookies, [...history])
      const { location, status } = response
      if (!followRedirects || !REDIRECTS.has(status) || location === null) return response
      if (seen.has(`${status} ${location}`)) {
        throw new ClientRedirectError(
          `Loop detected: a ${status} redirect to ${location} was already followed.`,
        )
      }
      if (history.length >= MAX_REDIRECTS) {
        throw new ClientRedirectError(`More than ${MAX_REDIRECTS} redirects; the last was to ${location}.`)
      }
      seen.add(`${status} ${location}`)
      history.push(response)
      this.#redirect(builder, location, status)
    }
  }

  /** The request that {@link open} would send, for changes that options do not cover. */
  build(path: string, options: RequestOptions = {}): RequestBuilder {
    const headers = new Headers(this.#defaults.headers)
    if (options.headers !== undefined) headers.update(options.headers)
    return new RequestBuilder(path, { ...this.#defaults, ...options, headers })
  }

  /**
   * The cookie of that name, or null.
   *
   * @throws TypeError if the client keeps no cookies; so do the other methods for cookies.
   */
  getCookie(key: string, { domain = this.#host, path = '/' }: CookieKey = {}): Cookie | null {
    return this.cookies.get(key, domain, path)
  }

  /** Sets a cookie as a response would. */
  setCookie(key: string, value = '', options: SetTestCookieOptions = {}): void {
    this.cookies.set(key, value, { domain: this.#host, ...options })
  }

  /** Removes a cookie, if it is there. */
  deleteCookie(key: string, { domain = this.#host, path = '/' }: CookieKey = {}): void {
    this.cookies.delete(key, domain, path)
  }

  /** All cookies of the client. */
  get cookies(): CookieJar {
    if (this.#jar === null) {
      throw new TypeError('This client keeps no cookies. Create it with { useCookies: true }.')
    }
    return this.#jar
  }

  async #send(
    builder: RequestBuilder,
    cookies: Readonly<Record<string, string>> | false,
    history: readonly TestResponse[],
  ): Promise<TestResponse> {
    const target = { host: builder.hostname, path: builder.fullPath, secure: builder.scheme === 'https' }
    const kept = builder.headers.getFirst('Cookie')
    if (cookies !== false) {
      const sent = [
        kept ?? '',
        this.#jar?.headerFor(target) ?? '',
        ...Object.entries(cookies).map(writeCookie),
      ]
      const header = sent.filter((part) => part !== '').join('; ')
      if (header !== '') builder.headers.set('Cookie', header)
    }
    const request = builder.toRequest()
    // The builder may send another request, with other cookies.
    if (kept === null) builder.headers.delete('Cookie')
    else builder.headers.set('Cookie', kept)
    const { source } = request
    try {
      const answer = await this.#handler(request, source.env, source.executionContext)
      const response = await receiveAnswer(answer, request, history)
      this.#jar?.receive(response.headers.getAll('Set-Cookie'), target)
      return response
    } finally {
      await source.body?.close()
    }
  }

  /** Turns a request into the one that a redirect asks for (RFC 9110 §15.4). */
  #redirect(builder: RequestBuilder, location: string, status: number): void {
    const next = resolveLocation(location, builder)
    const from = builder.hostname
    const to = hostname(next.host)
    if (to !== from) {
      if (!to.endsWith(`.${from}`)) {
        throw new ClientRedirectError(
          `The redirect to ${location} leads to another host, which is not supported.`,
        )
      }
      if (!this.#allowSubdomainRedirects) {
        throw new ClientRedirectError(
          `The redirect to ${location} leads to a subdomain. Create the client with { allowSubdomainRedirects: true }.`,
        )
      }
    }
    builder.scheme = next.scheme
    builder.host = next.host
    const { rootPath } = builder
    const rest = next.target.slice(rootPath.length)
    if (next.target.startsWith(rootPath) && /^([/?]|$)/.test(rest)) {
      builder.target = rest.startsWith('/') ? rest : `/${rest}`
    } else {
      builder.rootPath = ''
      builder.target = next.target
    }
    if (status === 307 || status === 308) return
    if (builder.method.toUpperCase() !== 'HEAD') builder.method = 'GET'
    builder.content = null
    builder.contentType = null
    for (const name of ['Content-Length', 'Transfer-Encoding', 'Content-Encoding'])
      builder.headers.delete(name)
  }
}

/** A {@link Client} for an application. */
export function createClient(app: FetchApp | FetchHandler, options: ClientOptions = {}): Client {
  return new Client(app, options)
}

function writeCookie([key, value]: readonly [string, string]): string {
  return `${key}=${value}`
}

function hostname(host: string): string {
  return host.replace(/:[0-9]*$/, '').toLowerCase()
}

/** Where a `Location` leads. Absolute paths stay as they stand; only relative ones are resolved. */
function resolveLocation(
  location: string,
  from: RequestBuilder,
): { scheme: string; host: string; target: string } {
  let url = encodeTarget(location.split('#', 1)[0]!)
  if (url.startsWith('//')) url = `${from.scheme}:${url}`
  else if (url.startsWith('/')) return { scheme: from.scheme, host: from.host, target: url }
  else if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) url = new URL(url, from.url).href
  const { scheme, host, path } = parseUrl(url)
  return { scheme, host, target: path.startsWith('/') ? path : `/${path}` }
}
