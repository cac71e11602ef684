import { httpDate } from '../grammar/date.ts'
import { assertNoControls } from '../grammar/field-value.ts'
import { isTokenCode } from '../grammar/token.ts'
import { hostToAscii } from '../url/idna.ts'
import { percentEncode, safeCharacters } from '../url/percent.ts'

/** Whether a cookie is sent along with requests that come from other sites. */
export type SameSite = 'Strict' | 'Lax' | 'None' | 'strict' | 'lax' | 'none'

export interface CookieOptions {
  /** Seconds for which the cookie is kept; 0 or less takes it back. Default: until the browser is closed. */
  maxAge?: number | null
  /** When the cookie ends: a date, seconds since 1970, or the text itself. Default: as `maxAge` says. */
  expires?: Date | number | string | null
  /** The path below which it is sent; null for that of the request. Default `/`. */
  path?: string | null
  /** The domain that, with its subdomains, gets it. Default: this host alone. */
  domain?: string | null
  /** Send it over HTTPS only. Default false; `partitioned` implies it. */
  secure?: boolean
  /** Hide it from JavaScript. Default false. */
  httpOnly?: boolean
  /** Default: the browser's choice, mostly `Lax`. `None` needs `secure`. */
  sameSite?: SameSite | null
  /** Keep it apart for each site that embeds this one (CHIPS). Default false. */
  partitioned?: boolean
  /** Write `Expires` for `maxAge` too, for old browsers. Default true. */
  syncExpires?: boolean
  /** Bytes over which `onWarning` is called; 0 for never. Default 4,093, over which browsers drop a cookie. */
  maxSize?: number
  /** Told of a cookie that is too large. */
  onWarning?: (message: string) => void
}

const MAX_SIZE = 4093
const MAX_HEADER = 8192
const PATH = safeCharacters("%!$&'()*+,/:=@")

// What stands in a value as it is; other values are quoted. A superset of RFC 6265's: as Werkzeug.
const VALUE_CHARACTERS = safeCharacters("!#$%&'()*+/:<=>?@[]^`{|}")

/**
 * Writes a `Set-Cookie` header.
 *
 * @param value text of any kind. What cookies cannot hold is quoted as Python does: `"\303\274"`.
 * @throws TypeError if name, path, domain or expires would break the header; for a `SameSite` that is none of the
 *   three; for `SameSite=None` without `secure` and `partitioned` with `secure: false`; if a name that begins with
 *   `__Secure-` or `__Host-` lacks what browsers demand of it (RFC 6265bis §4.1.3).
 * @throws RangeError if the cookie is longer than 8 KiB, `maxAge` is no number or `expires` no date.
 * @see https://werkzeug.palletsprojects.com/en/stable/http/#werkzeug.http.dump_cookie
 */
export function dumpCookie(name: string, value: string = '', options: CookieOptions = {}): string {
  assertCookieName(name)
  const { httpOnly = false, partitioned = false, maxSize = MAX_SIZE } = options
  const secure = options.secure ?? partitioned
  const path = dumpPath(options.path === undefined ? '/' : options.path)
  const domain = dumpDomain(options.domain ?? null)
  const sameSite = dumpSameSite(options.sameSite ?? null)
  const maxAge = dumpMaxAge(options.maxAge ?? null)
  const expires = dumpExpires(options, maxAge)
  if (!secure && sameSite === 'None') throw needsSecure(name, 'SameSite=None')
  if (!secure && partitioned) throw needsSecure(name, 'Partitioned')
  assertPrefix(name, secure, path, domain)

  const shownValue = quoteCookieValue(value)
  let header = `${toBytes(name)}=${shownValue}`
  if (domain !== null) header += `; Domain=${domain}`
  if (expires !== null) header += `; Expires=${expires}`
  if (maxAge !== null) header += `; Max-Age=${maxAge}`
  if (secure) header += '; Secure'
  if (httpOnly) header += '; HttpOnly'
  if (path !== null) header += `; Path=${path}`
  if (sameSite !== null) header += `; SameSite=${sameSite}`
  if (partitioned) header += '; Partitioned'

  if (header.length > MAX_HEADER) {
    throw new RangeError(
      `The cookie ${JSON.stringify(name)} has ${header.length} bytes, and servers take ${MAX_HEADER} at most. Store the data on the server, and its key in the cookie.`,
    )
  }
  if (maxSize > 0 && header.length > maxSize) {
    options.onWarning?.(
      `The cookie ${JSON.stringify(name)} is too large: its value has ${shownValue.length} bytes and the rest of the header ${header.length - shownValue.length}, ${header.length} in all, and the limit is ${maxSize}. Browsers may ignore it.`,
    )
  }
  return header
}

function assertCookieName(name: string): void {
  let isName = name !== ''
  // Other bytes than ASCII are no token, but clients send them back.
  for (let i = 0; i < name.length && isName; i++)
    isName = isTokenCode(name.charCodeAt(i)) || name.charCodeAt(i) > 159
  if (!isName) {
    throw new TypeError(
      `A cookie's name may hold letters, digits and !#$%&'*+-.^_\`|~, and must not be empty; got ${JSON.stringify(name)}.`,
    )
  }
}

/** Headers hold a character per byte. */
function toBytes(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

function quoteCookieValue(value: string): string {
  let plain = 0
  while (plain < value.length && VALUE_CHARACTERS[value.charCodeAt(plain)] === 1) plain++
  if (plain === value.length) return value
  let quoted = '"'
  for (const byte of new TextEncoder().encode(value)) {
    // Quote, backslash; controls, comma, semicolon and what is not ASCII.
    if (byte === 34 || byte === 92) quoted += `\\${String.fromCharCode(byte)}`
    else if (byte < 32 || byte === 44 || byte === 59 || byte > 126)
      quoted += `\\${byte.toString(8).padStart(3, '0')}`
    else quoted += String.fromCharCode(byte)
  }
  return `${quoted}"`
}

function dumpPath(path: string | null): string | null {
  return path === null ? null : percentEncode(path, PATH)
}

function dumpDomain(domain: string | null): string | null {
  if (domain === null || domain === '') return domain
  const colon = domain.indexOf(':')
  const host = (colon < 0 ? domain : domain.slice(0, colon)).replace(/^\.+/, '')
  const ascii = hostToAscii(host)
  if (!/^[0-9A-Za-z._-]*$/.test(ascii)) {
    throw new TypeError(
      `A cookie's domain must be a host name like 'example.com', got ${JSON.stringify(domain)}.`,
    )
  }
  return ascii
}

function dumpSameSite(sameSite: SameSite | null): 'Strict' | 'Lax' | 'None' | null {
  switch (sameSite?.toLowerCase()) {
    case undefined:
      return null
    case 'strict':
      return 'Strict'
    case 'lax':
      return 'Lax'
    case 'none':
      return 'None'
    default:
      throw new TypeError(
        `A cookie's sameSite must be 'Strict', 'Lax' or 'None', got ${JSON.stringify(sameSite)}.`,
      )
  }
}

function dumpMaxAge(maxAge: number | null): number | null {
  if (maxAge === null) return null
  if (!Number.isFinite(maxAge)) {
    throw new RangeError(`A cookie's maxAge must be a number of seconds, got ${maxAge}.`)
  }
  return Math.trunc(maxAge)
}

function dumpExpires(options: CookieOptions, maxAge: number | null): string | null {
  const { expires = null, syncExpires = true } = options
  if (typeof expires === 'string') {
    assertNoControls("a cookie's expires", expires)
    if (expires.includes(';')) {
      throw new TypeError(`A cookie's expires must be a date, got ${JSON.stringify(expires)}.`)
    }
    return expires
  }
  if (expires !== null) return httpDate(expires)
  if (maxAge === null || !syncExpires) return null
  return httpDate(Date.now() / 1000 + maxAge)
}

function needsSecure(name: string, attribute: string): TypeError {
  return new TypeError(
    `Browsers refuse ${attribute} without Secure. Set the cookie ${JSON.stringify(name)} with { secure: true }.`,
  )
}

function assertPrefix(name: string, secure: boolean, path: string | null, domain: string | null): void {
  // Browsers compare without case.
  const lower = name.slice(0, 9).toLowerCase()
  if (!lower.startsWith('__')) return
  const isHost = lower.startsWith('__host-')
  if (!isHost && lower !== '__secure-') return
  if (!secure)
    throw new TypeError(
      `Browsers refuse the cookie ${JSON.stringify(name)} without Secure, as its prefix demands that. Set { secure: true }.`,
    )
  if (isHost && (path !== '/' || domain !== null)) {
    throw new TypeError(
      `Browsers refuse the cookie ${JSON.stringify(name)} with a domain or another path than '/', as its prefix demands that.`,
    )
  }
}
