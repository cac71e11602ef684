/** The parts of a URL reference as they are written. Absent parts are empty. */
export interface SplitUrl {
  /** In lower case, without `:`. */
  scheme: string
  /** Whether there was `//`, be the rest empty or not. */
  hasAuthority: boolean
  /** The user and password as written, or null if there is no `@`. */
  userinfo: string | null
  /** In lower case (but for what follows a `%`); IPv6 addresses without brackets. */
  host: string
  /** The text behind `:`. */
  port: string
  path: string
  query: string
  fragment: string
}

/**
 * Splits a URL reference at its delimiters (RFC 3986, appendix B): nothing is decoded, resolved or checked.
 * Spaces and controls at the front, and tabs and line ends anywhere, are taken out (WHATWG URL).
 */
export function splitUrl(url: string): SplitUrl {
  let start = 0
  while (start < url.length && url.charCodeAt(start) <= 32) start++
  let rest = url.slice(start)
  if (/[\t\r\n]/.test(rest)) rest = rest.replace(/[\t\r\n]/g, '')

  const hash = rest.indexOf('#')
  const fragment = hash < 0 ? '' : rest.slice(hash + 1)
  if (hash >= 0) rest = rest.slice(0, hash)
  const mark = rest.indexOf('?')
  const query = mark < 0 ? '' : rest.slice(mark + 1)
  if (mark >= 0) rest = rest.slice(0, mark)

  const schemeEnd = scanScheme(rest)
  const scheme = rest.slice(0, Math.max(schemeEnd, 0)).toLowerCase()
  if (schemeEnd >= 0) rest = rest.slice(schemeEnd + 1)
  const hasAuthority = rest.startsWith('//')
  if (!hasAuthority) {
    return { scheme, hasAuthority, userinfo: null, host: '', port: '', path: rest, query, fragment }
  }
  const slash = rest.indexOf('/', 2)
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  return { scheme, hasAuthority, ...splitAuthority(authority), path, query, fragment }
}

/** The position of the colon behind a scheme, or -1. */
function scanScheme(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const lower = code | 32
    if (lower >= 97 && lower <= 122) continue
    if (i > 0 && code === 58) return i
    const mayFollow = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46
    if (i === 0 || !mayFollow) return -1
  }
  return -1
}

function splitAuthority(authority: string): Pick<SplitUrl, 'userinfo' | 'host' | 'port'> {
  const at = authority.lastIndexOf('@')
  const userinfo = at < 0 ? null : authority.slice(0, at)
  const hostAndPort = authority.slice(at + 1)
  if (hostAndPort.startsWith('[')) {
    const close = hostAndPort.indexOf(']')
    if (close > 0) {
      const behind = hostAndPort.slice(close + 1)
      const port = behind.startsWith(':') ? behind.slice(1) : ''
      return { userinfo, host: lowerHost(hostAndPort.slice(1, close)), port }
    }
  }
  const colon = hostAndPort.indexOf(':')
  if (colon < 0) return { userinfo, host: lowerHost(hostAndPort), port: '' }
  return { userinfo, host: lowerHost(hostAndPort.slice(0, colon)), port: hostAndPort.slice(colon + 1) }
}

/** In lower case up to a `%`, behind which the zone of an IPv6 address stands. */
function lowerHost(host: string): string {
  const percent = host.indexOf('%')
  return percent < 0 ? host.toLowerCase() : host.slice(0, percent).toLowerCase() + host.slice(percent)
}

/** Puts the parts together again. */
export function joinUrl(parts: SplitUrl): string {
  const { scheme, host, port, path, query, fragment, userinfo } = parts
  let authority = host.includes(':') ? `[${host}]` : host
  if (port !== '') authority += `:${port}`
  if (userinfo !== null && userinfo !== '') authority = `${userinfo}@${authority}`
  let url = scheme === '' ? '' : `${scheme}:`
  if (authority !== '' || (scheme !== '' && parts.hasAuthority)) url += `//${authority}${path}`
  // Browsers take all of `///evil.example` for a host; a path begins with one slash.
  else url += path.startsWith('//') ? path.replace(/^\/+/, '/') : path
  if (query !== '') url += `?${query}`
  if (fragment !== '') url += `#${fragment}`
  return url
}
