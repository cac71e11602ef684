import type { RequestDict } from '../body/request-dict.ts'
import { firstHeader, joinedHeader } from '../headers/header-list.ts'
import { Headers } from '../headers/headers.ts'
import { getHost } from '../url/host.ts'
import { uriToIri } from '../url/iri.ts'
import { percentDecode } from '../url/percent.ts'
import { parseQuery } from '../url/query.ts'
import { ChangedSource, type RequestSource, type SourceChanges } from './request-source.ts'

/**
 * The line and headers of a request: where it goes and who sent it. Each part is computed when it is asked for, once,
 * and everyone reads that one result.
 */
export class RequestBase {
  /** Where the request comes from. Gateways and middleware use it; views have no need to. */
  readonly source: RequestSource
  /** The method as sent, in upper case for all methods of HTTP. */
  readonly method: string
  /** Path and query as on the wire, percent-encoded: `/a%20b?x=1`. */
  readonly target: string

  /**
   * The hosts that may be named in the `Host` header, or null for any. A name that starts with a dot stands for
   * itself and its subdomains. Others raise `SecurityError` (400) where {@link host} is used.
   */
  trustedHosts: readonly string[] | null = null

  #headers: Headers | null = null
  #queryAt = -2
  #path: string | null = null
  #args: RequestDict | null = null
  #host: string | null = null

  constructor(source: RequestSource) {
    this.source = source
    this.method = source.method
    this.target = source.target
  }

  /** The headers, read-only, in the order and spelling in which they came. */
  get headers(): Headers {
    this.#headers ??= Headers.over(this.source.rawHeaders, { readonly: true })
    return this.#headers
  }

  /** The values of one header joined by `, `, or null. Cheaper than `headers.get` on a request seen once. */
  header(name: string): string | null {
    return joinedHeader(this.source.rawHeaders, name)
  }

  /** `http` or `https`; `ws` or `wss` for a WebSocket. */
  get scheme(): string {
    return this.source.scheme
  }

  /** Whether the request came over TLS. */
  get isSecure(): boolean {
    const { scheme } = this.source
    return scheme === 'https' || scheme === 'wss'
  }

  /** The path below {@link rootPath} as on the wire, percent-encoded, without the query. The router matches it. */
  get rawPath(): string {
    const at = this.#queryStart()
    return at < 0 ? this.target : this.target.slice(0, at)
  }

  /**
   * The decoded path below {@link rootPath}; it starts with one `/`, so that it can be no other host where it is used
   * as a URL. Bytes that are no UTF-8 stay as they are sent.
   */
  get path(): string {
    this.#path ??= percentDecode(withOneSlash(this.rawPath))
    return this.#path
  }

  /** {@link path} with `?` and the query, the `?` even if there is none. */
  get fullPath(): string {
    return `${this.path}?${this.queryString}`
  }

  /** The query as on the wire, without `?`. */
  get queryString(): string {
    const at = this.#queryStart()
    return at < 0 ? '' : this.target.slice(at + 1)
  }

  /** The query's arguments. Over 1,000 of them, or 8 KiB, is an error 400. */
  get args(): RequestDict {
    this.#args ??= parseQuery(this.queryString)
    return this.#args
  }

  /** The path under which the application is mounted, without a slash at its end: Python's `SCRIPT_NAME`. */
  get rootPath(): string {
    return this.source.rootPath
  }

  /**
   * The host and port that the client asked for, without a port that is the scheme's own. Empty if the `Host` header
   * is no valid host.
   *
   * @throws SecurityError (400) if it is none of {@link trustedHosts}.
   */
  get host(): string {
    this.checkHost()
    if (this.#host === null) {
      const { scheme, rawHeaders, server } = this.source
      this.#host = getHost(scheme, firstHeader(rawHeaders, 'Host'), server)
    }
    return this.#host
  }

  /** @throws SecurityError (400) if the host is none of {@link trustedHosts}. */
  checkHost(): void {
    const { trustedHosts } = this
    if (trustedHosts === null) return
    const { scheme, rawHeaders, server } = this.source
    getHost(scheme, firstHeader(rawHeaders, 'Host'), server, trustedHosts)
  }

  /** Scheme and host: `https://example.com/`. */
  get hostUrl(): string {
    return `${this.scheme}://${this.host}/`
  }

  /** The URL of the application's root: {@link hostUrl} and {@link rootPath}, with `/` at its end. */
  get rootUrl(): string {
    return `${this.scheme}://${this.host}${this.rootPath}/`
  }

  /** The URL without the query, percent-encoded. */
  get baseUrl(): string {
    return `${this.scheme}://${this.host}${this.rootPath}${withOneSlash(this.rawPath)}`
  }

  /** The whole URL, percent-encoded (Fetch). `..` in the path is not resolved. */
  get url(): string {
    return `${this.scheme}://${this.host}${this.rootPath}${withOneSlash(this.target)}`
  }

  /** {@link url} for people: non-ASCII characters are shown as themselves. */
  get iri(): string {
    return uriToIri(this.url)
  }

  /** The address of the peer, or null where the runtime does not tell. Behind a proxy, see `proxyFix`. */
  get remoteAddr(): string | null {
    return this.source.remoteAddr
  }

  /** The addresses that `X-Forwarded-For` claims, client first; else the peer's. Not to be trusted without a proxy. */
  get accessRoute(): string[] {
    const forwarded = this.header('X-Forwarded-For')
    if (forwarded !== null) {
      const hops = forwarded.split(',', 33).map((hop) => hop.trim())
      return hops.slice(0, 32).filter((hop) => hop !== '')
    }
    return this.remoteAddr === null ? [] : [this.remoteAddr]
  }

  /** The address and port that the server listens on, or null. */
  get server(): readonly [host: string, port: number | null] | null {
    return this.source.server
  }

  /** Bindings of the runtime (Workers), else undefined. */
  get env(): unknown {
    return this.source.env
  }

  /** The runtime's context of this event, else undefined. */
  get executionContext(): unknown {
    return this.source.executionContext
  }

  /** Aborts when the client goes away. */
  get signal(): AbortSignal {
    return this.source.signal
  }

  /** The same request with some parts replaced; the body is shared. For middleware. */
  with(changes: SourceChanges): this {
    const { constructor: Own } = this as unknown as { constructor: new (source: RequestSource) => unknown }
    const changed = new Own(new ChangedSource(this.source, changes)) as this
    changed.trustedHosts = this.trustedHosts
    return changed
  }

  #queryStart(): number {
    if (this.#queryAt === -2) this.#queryAt = this.target.indexOf('?')
    return this.#queryAt
  }
}

/** A path that starts with `//` would be read as a host. */
function withOneSlash(path: string): string {
  return path.charCodeAt(1) === 47 ? path.replace(/^\/+/, '/') : path
}
