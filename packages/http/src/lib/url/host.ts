import { SecurityError } from '../exceptions/client-errors.ts'
import { hostToAscii } from './idna.ts'

/** The address that a server listens on; the port is null for a Unix socket. */
export type ServerAddress = readonly [host: string, port: number | null]

/** A host as it is written, and its port, -1 if there is none. */
interface HostParts {
  /** IPv6 addresses have their brackets. */
  readonly name: string
  readonly port: number
}

/** Reads `name`, `name:port`, `[ipv6]` or `[ipv6]:port`; null if that is not its form. */
function parseHost(host: string): HostParts | null {
  let end = 0
  if (host.charCodeAt(0) === 91) {
    end = host.indexOf(']') + 1
    if (end === 0 || !isIpv6(host, 1, end - 1)) return null
  } else {
    while (isNameCode(host.charCodeAt(end))) end++
    if (end === 0) return null
  }
  if (end === host.length) return { name: host, port: -1 }
  if (host.charCodeAt(end) !== 58 || end + 1 === host.length) return null
  let port = 0
  for (let i = end + 1; i < host.length; i++) {
    const digit = host.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return null
    port = Math.min(port * 10 + digit, 65_536)
  }
  return { name: host.slice(0, end), port }
}

/** Letters, digits, `.` and `-`. */
function isNameCode(code: number): boolean {
  const lower = code | 32
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46
}

/** Hexadecimal digits, colons and dots, of which the first that is no digit is a colon. */
function isIpv6(text: string, start: number, end: number): boolean {
  let colons = 0
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    const lower = code | 32
    if (code === 58) colons++
    else if (code === 46 && colons > 0) continue
    else if (!((code >= 48 && code <= 57) || (lower >= 97 && lower <= 102))) return false
  }
  return colons > 0 && end - start > 1
}

/** Whether a text has the form of a host with or without a port, and the port is one from 1 to 65535. */
export function isValidHost(host: string): boolean {
  const parts = parseHost(host)
  return parts !== null && isPossiblePort(parts.port)
}

function isPossiblePort(port: number): boolean {
  return port !== 0 && port <= 65_535
}

/**
 * Whether a host (with or without a port) is made of characters that hosts have and, where a list is given, is on it.
 * A name of the list that starts with a dot also stands for its subdomains; ports do not count; names outside of ASCII
 * are compared as Punycode.
 */
export function hostIsTrusted(host: string | null, trustedHosts: readonly string[] | null = null): boolean {
  const parts = host === null ? null : parseHost(host)
  if (parts === null) return false
  if (trustedHosts === null || trustedHosts.length === 0) return true
  return trustedHosts.some((trusted) => matches(parts.name, trusted))
}

function matches(name: string, trusted: string): boolean {
  const withSubdomains = trusted.startsWith('.')
  const reference = withSubdomains ? trusted.slice(1) : trusted
  let ascii: string
  try {
    ascii = hostToAscii(withoutPort(reference))
  } catch {
    return false
  }
  return name === ascii || (withSubdomains && name.endsWith(`.${ascii}`))
}

function withoutPort(host: string): string {
  const end = host.startsWith('[') ? host.indexOf(']') + 1 : 0
  const colon = host.indexOf(':', end)
  return colon < 0 ? host : host.slice(0, colon)
}

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['ws', 80],
  ['https', 443],
  ['wss', 443],
])

/**
 * The host of a request: that of the `Host` header, else the server's address. The scheme's own port is left out.
 * Empty if there is none, or it has characters or a port that no host has.
 *
 * @throws SecurityError (400) if `trustedHosts` is given and the host is none of them (see {@link hostIsTrusted}).
 */
export function getHost(
  scheme: string,
  hostHeader: string | null,
  server: ServerAddress | null = null,
  trustedHosts: readonly string[] | null = null,
): string {
  const host = hostHeader ?? serverHost(server)
  if (host === null) return ''
  const parts = parseHost(host)
  const shown = parts !== null && parts.port === DEFAULT_PORTS.get(scheme) ? parts.name : host
  const isTrusted = trustedHosts === null || trustedHosts.length === 0 || hostIsTrusted(host, trustedHosts)
  if (!isTrusted) throw new SecurityError(`Host '${shown}' is not trusted.`)
  return parts === null || !isPossiblePort(parts.port) ? '' : shown
}

function serverHost(server: ServerAddress | null): string | null {
  if (server === null || server[1] === null) return null
  const [name, port] = server
  return name.includes(':') && !name.startsWith('[') ? `[${name}]:${port}` : `${name}:${port}`
}
