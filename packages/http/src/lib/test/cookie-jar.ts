import { type CookieOptions, dumpCookie } from '../cookies/dump-cookie.ts'
import { parseCookie } from '../cookies/parse-cookie.ts'
import { parseDate } from '../grammar/date.ts'

/** A cookie as a test client keeps it. */
export interface Cookie {
  /** The name as a client sees it. */
  readonly key: string
  /** The value as a client sees it. */
  readonly value: string
  /** The name as the application sees it. */
  readonly decodedKey: string
  /** The value as the application sees it. */
  readonly decodedValue: string
  readonly expires: Date | null
  /** In seconds from when the cookie was set. */
  readonly maxAge: number | null
  /** The `Domain` of the cookie, or the host that set it; in lower case. */
  readonly domain: string
  /** Whether it goes to exactly this host: it was set without `Domain`. */
  readonly originOnly: boolean
  /** The `Path` of the cookie, or the directory of the path that set it. */
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: string | null
}

/** Which cookie is meant. */
export interface CookieKey {
  /** Default: the client's host. */
  domain?: string
  /** Default `/`. */
  path?: string
}

export interface SetTestCookieOptions extends Omit<CookieOptions, 'domain'> {
  /** The host that sets it. Default: the client's host. */
  domain?: string
  /** Whether the cookie goes to exactly this host, and not to those below it. Default true. */
  originOnly?: boolean
}

/** Where a request goes, as far as cookies are concerned. */
export interface CookieTarget {
  /** Without port, in lower case. */
  readonly host: string
  /** The whole path on the server. */
  readonly path: string
  readonly secure: boolean
}

/**
 * The cookies of a test client, by domain, path and name. It follows `Domain`, `Path`, `Secure` and deletion
 * (`Max-Age=0`, or `Expires` at the epoch) as browsers do (RFC 6265 §5); cookies do not grow old in it.
 */
export class CookieJar implements Iterable<Cookie> {
  readonly #cookies = new Map<string, Cookie>()

  /** The cookie of that name, domain and path, or null. */
  get(key: string, domain: string, path = '/'): Cookie | null {
    return this.#cookies.get(storageKey(domain, path, key)) ?? null
  }

  /** Sets a cookie as a response of its domain would. */
  set(key: string, value: string, options: SetTestCookieOptions & { domain: string }): void {
    const { originOnly = true, domain, ...rest } = options
    const header = dumpCookie(key, value, { path: '/', ...rest })
    const cookie = parseSetCookie(header, { host: domain.toLowerCase(), path: '/', secure: true })
    if (cookie !== null) this.#store({ ...cookie, originOnly })
  }

  delete(key: string, domain: string, path = '/'): void {
    this.#cookies.delete(storageKey(domain, path, key))
  }

  clear(): void {
    this.#cookies.clear()
  }

  /** The `Cookie` header for a request there; `''` if no cookie goes there. Longer paths come first (RFC 6265 §5.4). */
  headerFor(target: CookieTarget): string {
    return [...this]
      .filter((cookie) => matches(cookie, target))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ key, value }) => `${key}=${value}`)
      .join('; ')
  }

  /** Takes the `Set-Cookie` headers of the response to a request that went to `target`. */
  receive(headers: Iterable<string>, target: CookieTarget): void {
    for (const header of headers) {
      const cookie = parseSetCookie(header, target)
      if (cookie !== null) this.#store(cookie)
    }
  }

  [Symbol.iterator](): IterableIterator<Cookie> {
    return this.#cookies.values()
  }

  #store(cookie: Cookie): void {
    const key = storageKey(cookie.domain, cookie.path, cookie.decodedKey)
    const isDeletion = (cookie.maxAge !== null && cookie.maxAge <= 0) || cookie.expires?.getTime() === 0
    if (isDeletion) this.#cookies.delete(key)
    else this.#cookies.set(key, cookie)
  }
}

/** Reads a `Set-Cookie` header as the client that asked `target` does; null if it holds no cookie. */
export function parseSetCookie(header: string, target: CookieTarget): Cookie | null {
  const [pair = '', ...attributes] = header.split(';')
  const [decoded] = parseCookie(pair, { maxLength: null }).items()
  const equals = pair.indexOf('=')
  if (decoded === undefined || equals < 0) return null
  const values = new Map<string, string>()
  for (const attribute of attributes) {
    const at = attribute.indexOf('=')
    const name = (at < 0 ? attribute : attribute.slice(0, at)).trim().toLowerCase()
    values.set(name, at < 0 ? '' : attribute.slice(at + 1).trim())
  }
  const domain = values.get('domain')?.replace(/^\./, '').toLowerCase() || null
  const path = values.get('path')
  const maxAge = values.get('max-age')
  return {
    key: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    decodedKey: decoded[0],
    decodedValue: decoded[1],
    expires: parseDate(values.get('expires') ?? null),
    maxAge: maxAge !== undefined && /^-?[0-9]{1,15}$/.test(maxAge) ? Number(maxAge) : null,
    domain: domain ?? target.host,
    originOnly: domain === null,
    path: path?.startsWith('/') ? path : directoryOf(target.path),
    secure: values.has('secure'),
    httpOnly: values.has('httponly'),
    sameSite: values.get('samesite') ?? null,
  }
}

function matches(cookie: Cookie, { host, path, secure }: CookieTarget): boolean {
  if (cookie.secure && !secure) return false
  if (host !== cookie.domain && (cookie.originOnly || !host.endsWith(`.${cookie.domain}`))) return false
  if (path === cookie.path) return true
  return path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`)
}

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

function storageKey(domain: string, path: string, key: string): string {
  return JSON.stringify([domain.toLowerCase(), path, key])
}
