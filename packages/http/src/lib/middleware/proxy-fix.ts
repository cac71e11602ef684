import { allHeaders, removeHeader, setHeader } from '../headers/header-list.ts'
import type { Request } from '../request/request.ts'
import type { SourceChanges } from '../request/request-source.ts'
import { getHost } from '../url/host.ts'
import { type FetchApp, type FetchHandler, toHandler } from './fetch-app.ts'

/**
 * How many proxies in front of the application set each header. Only as many values are believed, counted from the
 * right: what stands further left was sent by the client.
 */
export interface ProxyFixOptions {
  /** Proxies that set `X-Forwarded-For`, the client's address. Default 1. */
  for?: number
  /** Proxies that set `X-Forwarded-Proto`, the scheme. Default 1. */
  proto?: number
  /** Proxies that set `X-Forwarded-Host`. Default 0. */
  host?: number
  /** Proxies that set `X-Forwarded-Port`. Default 0. */
  port?: number
  /** Proxies that set `X-Forwarded-Prefix`, the path under which the application is mounted. Default 0. */
  prefix?: number
}

/**
 * Tells an application behind proxies what the client asked for.
 *
 * Set the number of proxies for each header that they set, and no more: a header that no proxy sets is what the client
 * wishes it to be. Values that are no scheme, host, port or path are ignored.
 *
 * @throws RangeError for a number that is no whole number from 0 up.
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/
 */
export function proxyFix(app: FetchApp | FetchHandler, options: ProxyFixOptions = {}): FetchHandler {
  const hops = {
    for: checkHops('for', options.for ?? 1),
    proto: checkHops('proto', options.proto ?? 1),
    host: checkHops('host', options.host ?? 0),
    port: checkHops('port', options.port ?? 0),
    prefix: checkHops('prefix', options.prefix ?? 0),
  }
  const handler = toHandler(app)
  return (request, env, executionContext) => handler(fixRequest(request, hops), env, executionContext)
}

function fixRequest(request: Request, hops: Required<ProxyFixOptions>): Request {
  const { rawHeaders } = request.source
  const address = trusted(rawHeaders, 'X-Forwarded-For', hops.for)
  const proto = trusted(rawHeaders, 'X-Forwarded-Proto', hops.proto)?.toLowerCase() ?? null
  const host = trusted(rawHeaders, 'X-Forwarded-Host', hops.host)
  const port = trusted(rawHeaders, 'X-Forwarded-Port', hops.port)
  const prefix = trusted(rawHeaders, 'X-Forwarded-Prefix', hops.prefix)

  const changes: { -readonly [Name in keyof SourceChanges]: SourceChanges[Name] } = {}
  if (address !== null) changes.remoteAddr = address
  if (proto !== null && isScheme(proto)) changes.scheme = proto
  if (prefix !== null && isPrefix(prefix)) changes.rootPath = prefix.replace(/\/+$/, '')

  let server = request.server
  let hostHeader = request.header('Host')
  if (host !== null && getHost('http', host, null) !== '') {
    hostHeader = host
    const [name, ownPort] = splitPort(host)
    server = [name, ownPort ?? server?.[1] ?? null]
  }
  if (port !== null && isPort(port)) {
    if (hostHeader !== null) hostHeader = `${splitPort(hostHeader)[0]}:${port}`
    server = [server?.[0] ?? '', Number(port)]
  }
  if (server !== request.server) changes.server = server
  if (hostHeader !== null && hostHeader !== request.header('Host')) {
    const list = [...rawHeaders]
    removeHeader(list, 'Host')
    setHeader(list, 'Host', hostHeader)
    changes.rawHeaders = list
  }
  return request.with(changes)
}

/** The value that the outermost of `count` proxies set, or null if there are not that many. */
function trusted(rawHeaders: readonly string[], name: string, count: number): string | null {
  if (count === 0) return null
  const values = allHeaders(rawHeaders, name).join(',').split(',', 33).slice(0, 32)
  if (values.length < count) return null
  const value = values[values.length - count]!.trim()
  return value === '' ? null : value
}

function checkHops(name: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(
      `proxyFix() needs the number of proxies that set X-Forwarded-${name}, from 0 up; got ${count}.`,
    )
  }
  return count
}

function isScheme(text: string): boolean {
  return text === 'http' || text === 'https' || text === 'ws' || text === 'wss'
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
}

// A path from the root that cannot be read as another host.
function isPrefix(text: string): boolean {
  return text.startsWith('/') && !text.includes('//') && !/[\\\x00-\x20\x7f?#]/.test(text)
}

/** A host and its port; the colons of an IPv6 address are none. */
function splitPort(host: string): [name: string, port: number | null] {
  const colon = host.lastIndexOf(':')
  if (colon < 0 || host.endsWith(']')) return [host, null]
  return [host.slice(0, colon), Number(host.slice(colon + 1))]
}
