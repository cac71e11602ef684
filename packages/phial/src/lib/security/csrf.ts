import { constantTimeEqual } from '@phial/signer'
import type { RequestContext } from '../context/context.ts'
import { requireRequestContext } from '../context/current.ts'
import type { HookScope } from '../scaffold.ts'
import { CsrfError } from './csrf-error.ts'

export interface CsrfOptions {
  /** Other origins whose pages may send requests, as in `https://admin.example.com`. Default none. */
  trustedOrigins?: readonly string[]
  /** Where a form has the token. Default `csrf_token`. */
  fieldName?: string
  /** Headers that may have the token. Default `X-CSRFToken` and `X-CSRF-Token`. */
  headerNames?: readonly string[]
  /** Endpoints that are not checked: those that no browser calls with a cookie, such as webhooks. Default none. */
  exempt?: readonly string[]
}

/** The entry of the session that the token is made of. */
const SESSION_KEY = 'csrf_token'
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/**
 * Refuses requests that other sites make their visitors send. For all methods but GET, HEAD, OPTIONS and TRACE of an
 * application or a blueprint, with an error 403.
 *
 * A browser says where a request comes from: by `Sec-Fetch-Site`, else by `Origin`. Where it says neither, the request
 * needs the token of the session: in a form field ({@link csrfToken}) or a header. A request without cookies and without
 * credentials has nothing that another site could use, and passes.
 *
 * ```ts
 * protectFromCsrf(app)
 * ```
 */
export function protectFromCsrf(scope: HookScope, options: CsrfOptions = {}): void {
  const trusted = new Set((options.trustedOrigins ?? []).map(checkOrigin))
  const exempt = new Set(options.exempt ?? [])
  const field = options.fieldName ?? 'csrf_token'
  const headers = options.headerNames ?? ['X-CSRFToken', 'X-CSRF-Token']

  scope.beforeRequest((context) => {
    const { request, endpoint } = context
    if (SAFE_METHODS.has(request.method) || (endpoint !== null && exempt.has(endpoint))) return
    const origin = request.header('Origin')
    const site = request.header('Sec-Fetch-Site')
    if (site !== null) {
      if (site === 'same-origin' || site === 'none') return
      if (origin !== null && trusted.has(origin)) return
      throw new CsrfError(`The request comes from another site (Sec-Fetch-Site: ${site}).`)
    }
    if (origin !== null) {
      if (origin === originOf(context) || trusted.has(origin)) return
      throw new CsrfError(`The request comes from ${origin}, which is not this site.`)
    }
    if (request.header('Cookie') === null && request.header('Authorization') === null) return
    return checkToken(context, field, headers)
  })
}

/**
 * The token of the session for a form, masked anew each time so that compression does not give it away:
 * `<input type="hidden" name="csrf_token" value="…">`. Only needed for browsers that send neither `Sec-Fetch-Site` nor
 * `Origin` with forms.
 */
export function csrfToken(): string {
  const { session } = requireRequestContext()
  let secret = session.get(SESSION_KEY)
  if (typeof secret !== 'string' || !/^[0-9a-f]{64}$/.test(secret)) {
    secret = toHex(crypto.getRandomValues(new Uint8Array(32)))
    session.set(SESSION_KEY, secret)
  }
  const mask = crypto.getRandomValues(new Uint8Array(32))
  return toHex(mask) + toHex(combine(fromHex(secret as string), mask))
}

function checkToken(
  context: RequestContext,
  field: string,
  headers: readonly string[],
): void | Promise<undefined> {
  const { request } = context
  for (const name of headers) {
    const token = request.header(name)
    if (token !== null) return compare(context, token)
  }
  const form = request.readForm()
  if (!(form instanceof Promise)) return compare(context, form.get(field))
  return form.then((later) => {
    compare(context, later.get(field))
    return undefined
  })
}

function compare({ session }: RequestContext, token: string | null): void {
  if (token === null) throw new CsrfError('The CSRF token is missing.')
  const secret = session.get(SESSION_KEY)
  if (typeof secret !== 'string') throw new CsrfError('The session has no CSRF token.')
  const unmasked = /^[0-9a-f]{128}$/.test(token)
    ? toHex(combine(fromHex(token.slice(0, 64)), fromHex(token.slice(64))))
    : ''
  const encoder = new TextEncoder()
  if (!constantTimeEqual(encoder.encode(unmasked), encoder.encode(secret))) {
    throw new CsrfError('The CSRF token is not that of the session.')
  }
}

function originOf({ request }: RequestContext): string {
  return `${request.scheme}://${request.host}`
}

function checkOrigin(origin: string): string {
  if (!/^https?:\/\/[^/\s]+$/.test(origin)) {
    throw new TypeError(
      `A trusted origin is a scheme and a host, as in 'https://example.com', got ${JSON.stringify(origin)}.`,
    )
  }
  return origin
}

function combine(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, index) => byte ^ b[index]!)
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
