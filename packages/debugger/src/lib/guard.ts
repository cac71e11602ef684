/** The head of a request, as runtimes and frameworks have it. */
export interface RequestHead {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null }
  /** The address of the peer; undefined where it is not known. */
  readonly remoteAddr?: string | null
}

/**
 * How much of an error a client gets: everything; the stack with its source but no values and no console; or nothing,
 * as in production.
 */
export type Access = 'all' | 'stack' | 'nothing'

export interface AccessRules {
  /** Whether the server listens where other machines reach it. */
  readonly isPublic: boolean
  /** Hosts besides those of this machine under which developers reach the server: `app.test`, `.app.test`. */
  readonly trustedHosts: readonly string[]
}

/** What a client may see, and why no more. */
export interface AccessDecision {
  readonly access: Access
  readonly reason: string | null
}

/** The largest call to the debugger, in bytes. */
export const MAX_CALL_BYTES: number = 64 * 1024

/** Headers that only a proxy adds: behind one, every client seems to come from this machine. */
const PROXY_HEADERS: readonly string[] = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-server',
  'x-real-ip',
  'x-client-ip',
  'x-original-forwarded-for',
  'via',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'ngrok-skip-browser-warning',
]

/** Decides by the head of a request what its client may see of an error. */
export function decideAccess(request: RequestHead, rules: AccessRules): AccessDecision {
  const proxy = PROXY_HEADERS.find((name) => request.headers.get(name) !== null)
  if (proxy !== undefined) {
    return { access: 'nothing', reason: `The request came through a proxy: it has the header ${proxy}.` }
  }
  const host = request.headers.get('host')
  const isOwnHost = host !== null && isTrustedHost(host, rules.trustedHosts)
  if (rules.isPublic) {
    // Names of others may be made to point here; an address is what somebody typed.
    if (!isOwnHost && !(host !== null && isAddress(host)))
      return { access: 'nothing', reason: foreignHost(host) }
    return { access: 'stack', reason: 'The server listens where other machines reach it.' }
  }
  if (!isOwnHost) return { access: 'nothing', reason: foreignHost(host) }
  if (request.remoteAddr === undefined || request.remoteAddr === null) {
    return { access: 'stack', reason: 'It is not known which machine the request came from.' }
  }
  if (!isLoopbackAddress(request.remoteAddr)) {
    return { access: 'nothing', reason: `The request came from another machine (${request.remoteAddr}).` }
  }
  return { access: 'all', reason: null }
}

/** Why a call is refused. */
export interface Refusal {
  readonly status: number
  readonly message: string
}

/**
 * Checks the head of a call that the page sends: from this machine, to this machine, from a page of the same origin, in
 * a form that other sites cannot send without being asked first. Secret and PIN come after it.
 */
export function refuseCall(request: RequestHead, rules: AccessRules): Refusal | null {
  const { access, reason } = decideAccess(request, rules)
  if (access !== 'all') return { status: isForeignHost(request, rules) ? 400 : 403, message: reason! }
  if (request.method !== 'POST') return { status: 405, message: 'Calls of the debugger are sent with POST.' }
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json(?:$|[ \t]*;)/i.test(type)) {
    return { status: 415, message: 'Calls of the debugger are application/json.' }
  }
  const origin = request.headers.get('origin')
  if (origin === null || !isSameOrigin(origin, request.headers.get('host')!)) {
    return { status: 403, message: 'The call did not come from a page of this server.' }
  }
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') {
    return { status: 403, message: `The call came from another site (${site}).` }
  }
  const length = request.headers.get('content-length')
  if (length === null || !/^\d{1,9}$/.test(length))
    return { status: 411, message: 'The call has no Content-Length.' }
  if (Number(length) > MAX_CALL_BYTES) {
    return { status: 413, message: `A call has at most ${MAX_CALL_BYTES} bytes, got ${length}.` }
  }
  return null
}

/** Whether a page of the debugger may be opened: by hand, by a link of this server, or by a program. */
export function refusePage(request: RequestHead, rules: AccessRules): Refusal | null {
  const { access, reason } = decideAccess(request, rules)
  if (access !== 'all') return { status: isForeignHost(request, rules) ? 400 : 403, message: reason! }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, message: 'The page is read with GET.' }
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    return { status: 403, message: `The page is not for other sites (${site}).` }
  }
  return null
}

function isForeignHost(request: RequestHead, { trustedHosts }: AccessRules): boolean {
  const host = request.headers.get('host')
  return host === null || !isTrustedHost(host, trustedHosts)
}

function foreignHost(host: string | null): string {
  return `The request names the host ${host === null ? '(none)' : JSON.stringify(host.slice(0, 100))}, which is not this machine.`
}

/** Whether a `Host` header names this machine: `localhost`, `*.localhost`, a loopback address, or a trusted host. */
export function isTrustedHost(header: string, trusted: readonly string[]): boolean {
  const host = hostName(header)
  if (host === null) return false
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host === '127.0.0.1')
    return true
  return trusted.some((each) => {
    const wanted = each.toLowerCase()
    return wanted.startsWith('.') ? host === wanted.slice(1) || host.endsWith(wanted) : host === wanted
  })
}

/** The name in `name:port`, in lower case; null if it is none. */
function hostName(header: string): string | null {
  const found = /^(\[[\da-f:.]+\]|[\da-z._-]+)(?::\d{1,5})?$/i.exec(header)
  return found === null ? null : found[1]!.toLowerCase()
}

function isAddress(header: string): boolean {
  const host = hostName(header)
  return host !== null && (host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host))
}

/** Whether an address is one of this machine's own network: 127.0.0.0/8, ::1, also as IPv4 in IPv6. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '')
  return plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain)
}

function isSameOrigin(origin: string, host: string): boolean {
  const found = /^https?:\/\/([^/?#@]+)$/i.exec(origin)
  return found !== null && found[1]!.toLowerCase() === host.toLowerCase()
}
