import { isHopByHopHeader } from '../headers/header-classes.ts'
import type { Request } from '../request/request.ts'
import { Response } from '../response/response.ts'
import { type FetchApp, type FetchHandler, toHandler } from './fetch-app.ts'

/** Where a path is passed on to. */
export interface ProxyTarget {
  /** Scheme and host of the other server, and a path to put before the rest: `http://127.0.0.1:3000`. */
  target: string
  /** Whether the prefix is cut off the path. Default false. */
  removePrefix?: boolean
  /** The `Host` that the other server sees. Default: its own. `'client'` passes the client's on. */
  host?: string
  /** Further headers for the other server. */
  headers?: Readonly<Record<string, string>>
  /** Whether the client's cookies and credentials are passed on. Default false. */
  credentials?: boolean
}

export interface HttpProxyOptions {
  /** Milliseconds until the other server must have answered. Default 10,000. */
  timeout?: number
}

/**
 * Passes some paths on to other servers, all others to the application. Redirects of the other server go to the
 * client; headers that belong to one connection are dropped both ways.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/http_proxy/
 */
export function httpProxy(
  app: FetchApp | FetchHandler,
  targets: Readonly<Record<string, ProxyTarget>>,
  options: HttpProxyOptions = {},
): FetchHandler {
  const handler = toHandler(app)
  const prefixes = Object.entries(targets).map(([prefix, target]): [string, ProxyTarget] => {
    if (!prefix.startsWith('/') || !prefix.endsWith('/')) {
      throw new TypeError(
        `A path of httpProxy() starts and ends with a slash, as in '/api/'; got ${JSON.stringify(prefix)}.`,
      )
    }
    return [prefix, { ...target, target: checkOrigin(target.target) }]
  })
  // The longest prefix wins.
  prefixes.sort(([a], [b]) => b.length - a.length)
  return (request, env, executionContext) => {
    const found = prefixes.find(([prefix]) => request.rawPath.startsWith(prefix))
    if (found === undefined) return handler(request, env, executionContext)
    // URLs are normalised on their way out, and `..` would lead out of the prefix.
    if (hasDotSegment(request.rawPath)) return new Response('400 Bad Request', { status: 400 })
    return passOn(request, found[0], found[1], options.timeout ?? 10_000)
  }
}

async function passOn(
  request: Request,
  prefix: string,
  target: ProxyTarget,
  timeout: number,
): Promise<Response> {
  const rest = target.removePrefix === true ? request.target.slice(prefix.length - 1) : request.target
  const init: RequestInit & { duplex?: 'half' } = {
    method: request.method,
    headers: forwardedHeaders(request, target),
    redirect: 'manual',
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]),
  }
  if (request.body !== null) {
    init.body = request.body
    init.duplex = 'half'
  }
  let answer: globalThis.Response
  try {
    answer = await fetch(target.target + rest, init)
  } catch {
    return new Response('502 Bad Gateway', { status: 502 })
  }
  const response = new Response(answer.body, { status: answer.status, statusText: answer.statusText })
  response.headers.clear()
  const named = connectionNames(answer.headers.get('Connection'))
  for (const [name, value] of answer.headers) {
    // The runtime has decoded the content, so its encoding and length are no longer true.
    if (name === 'content-encoding' || name === 'content-length') continue
    if (!isHopByHopHeader(name) && !named.has(name)) response.headers.add(name, value)
  }
  return response
}

function forwardedHeaders(request: Request, target: ProxyTarget): globalThis.Headers {
  const headers = new globalThis.Headers()
  const named = connectionNames(request.header('Connection'))
  for (const [name, value] of request.headers.toList()) {
    const lower = name.toLowerCase()
    if (isHopByHopHeader(lower) || named.has(lower) || lower === 'host' || lower === 'content-length')
      continue
    if (target.credentials !== true && (lower === 'cookie' || lower === 'authorization')) continue
    headers.append(name, value)
  }
  if (target.host === 'client') headers.set('Host', request.host)
  else if (target.host !== undefined) headers.set('Host', target.host)
  for (const [name, value] of Object.entries(target.headers ?? {})) headers.set(name, value)
  return headers
}

/** The headers that `Connection` names: they are meant for the next hop alone (RFC 9110 §7.6.1). */
function connectionNames(value: string | null): ReadonlySet<string> {
  return new Set((value ?? '').split(',').map((name) => name.trim().toLowerCase()))
}

function hasDotSegment(rawPath: string): boolean {
  return rawPath.split(/[/\\]/).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))
}

function checkOrigin(target: string): string {
  const url = new URL(target)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`httpProxy() passes on to http and https servers, got ${JSON.stringify(target)}.`)
  }
  return target.replace(/\/+$/, '')
}
