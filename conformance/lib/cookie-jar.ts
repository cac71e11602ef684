interface Cookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  /** Whether it goes to exactly this host. */
  readonly hostOnly: boolean
  readonly path: string
  readonly secure: boolean
}

/** Where a request goes. */
export interface CookieTarget {
  readonly host: string
  readonly scheme: string
  /** The path of the mount and the path of the request, without the query. */
  readonly path: string
}

/** The cookies of one client: domain, path, `Secure` and deletion by `Max-Age=0` count; cookies do not grow old. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  /** The `Cookie` header of a request there; `''` if no cookie goes there. */
  headerFor(target: CookieTarget): string {
    const fitting = [...this.#cookies.values()].filter((cookie) => goesTo(cookie, target))
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  /** Takes the `Set-Cookie` headers of an answer. */
  receive(headers: readonly (readonly [name: string, value: string])[], target: CookieTarget): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() === 'set-cookie') this.#set(value, target)
    }
  }

  #set(header: string, target: CookieTarget): void {
    const [pair = '', ...rest] = header.split(';')
    const attributes = new Map(rest.map((part) => splitAttribute(part, false)))
    const [name, value] = splitAttribute(pair, true)
    const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase()
    const path = attributes.get('path')
    const cookie: Cookie = {
      name,
      value,
      domain: domain || hostnameOf(target.host),
      hostOnly: !domain,
      path: path?.startsWith('/') ? path : directoryOf(target.path),
      secure: attributes.has('secure'),
    }
    const key = JSON.stringify([cookie.domain, cookie.path, cookie.name])
    const maxAge = attributes.get('max-age')
    if (maxAge !== undefined && Number(maxAge) <= 0) this.#cookies.delete(key)
    else this.#cookies.set(key, cookie)
  }
}

function goesTo(cookie: Cookie, { host, scheme, path }: CookieTarget): boolean {
  const hostname = hostnameOf(host)
  if (cookie.secure && scheme !== 'https') return false
  if (hostname !== cookie.domain && (cookie.hostOnly || !hostname.endsWith(`.${cookie.domain}`))) return false
  return path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`)
}

function splitAttribute(text: string, keepCase: boolean): [name: string, value: string] {
  const equals = text.indexOf('=')
  const name = (equals < 0 ? text : text.slice(0, equals)).trim()
  const value = equals < 0 ? '' : text.slice(equals + 1).trim()
  return [keepCase ? name : name.toLowerCase(), value]
}

function hostnameOf(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase()
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}
