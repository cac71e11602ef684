import type { RequestContext } from '../context/context.ts'
import { requireRequestContext } from '../context/current.ts'
import type { HookScope } from '../scaffold.ts'

/** Directives of a content security policy with their sources; `NONCE` stands for the nonce of the response. */
export type ContentSecurityPolicyDirectives = Readonly<Record<string, readonly (string | typeof NONCE)[]>>

/** In a policy: the nonce of the response, which scripts and styles in the page have ({@link cspNonce}). */
export const NONCE: unique symbol = Symbol('nonce')

export interface SecureHeadersOptions {
  /** Which content pages may load, or null for no policy. Default: none. */
  contentSecurityPolicy?: ContentSecurityPolicyDirectives | null
  /** Only report what the policy would refuse. Default false. */
  reportOnly?: boolean
  /** Who may show pages in a frame, or null. Default `SAMEORIGIN`. */
  frameOptions?: 'DENY' | 'SAMEORIGIN' | null
  /** What other sites learn of the page that a visitor comes from, or null. Default `strict-origin-when-cross-origin`. */
  referrerPolicy?: string | null
  /** Keep others from opening this site's windows and reading from them, or null. Default `same-origin`. */
  crossOriginOpenerPolicy?: string | null
  /**
   * Seconds for which browsers use HTTPS only, sent over HTTPS. Null for none; without a way back, so it is not sent by
   * itself. Default null.
   */
  strictTransportSecurity?: number | null
}

const nonces = new WeakMap<RequestContext, string>()

/**
 * Sends headers that make browsers careful, with all responses of an application or a blueprint. Headers that a response
 * has already stay.
 *
 * ```ts
 * setSecureHeaders(app, {
 *   contentSecurityPolicy: { 'default-src': ["'self'"], 'script-src': ["'self'", NONCE] },
 * })
 * ```
 */
export function setSecureHeaders(scope: HookScope, options: SecureHeadersOptions = {}): void {
  const { contentSecurityPolicy = null, reportOnly = false, strictTransportSecurity = null } = options
  const fixed: [string, string][] = [['X-Content-Type-Options', 'nosniff']]
  const add = (name: string, value: string | null): void => {
    if (value !== null) fixed.push([name, value])
  }
  add('X-Frame-Options', options.frameOptions === undefined ? 'SAMEORIGIN' : options.frameOptions)
  add(
    'Referrer-Policy',
    options.referrerPolicy === undefined ? 'strict-origin-when-cross-origin' : options.referrerPolicy,
  )
  add(
    'Cross-Origin-Opener-Policy',
    options.crossOriginOpenerPolicy === undefined ? 'same-origin' : options.crossOriginOpenerPolicy,
  )
  const policyHeader = reportOnly ? 'Content-Security-Policy-Report-Only' : 'Content-Security-Policy'
  if (contentSecurityPolicy !== null) checkPolicy(contentSecurityPolicy)

  scope.afterRequest((response, context) => {
    const { headers } = response
    for (const [name, value] of fixed) if (!headers.has(name)) headers.set(name, value)
    if (strictTransportSecurity !== null && context.request.isSecure) {
      headers.set('Strict-Transport-Security', `max-age=${strictTransportSecurity}; includeSubDomains`)
    }
    if (contentSecurityPolicy === null || headers.has(policyHeader)) return
    headers.set(policyHeader, writePolicy(contentSecurityPolicy, context))
    // A page with a nonce must not be kept: its nonce would be known.
    if (nonces.has(context) && !headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  })
}

/** The nonce of this response, for `<script nonce="…">`; the policy has it at {@link NONCE}. */
export function cspNonce(): string {
  return nonceOf(requireRequestContext())
}

function nonceOf(context: RequestContext): string {
  let nonce = nonces.get(context)
  if (nonce === undefined) {
    nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
    nonces.set(context, nonce)
  }
  return nonce
}

function writePolicy(directives: ContentSecurityPolicyDirectives, context: RequestContext): string {
  return Object.entries(directives)
    .map(([name, sources]) => {
      // A nonce that no script asked for would only keep the page from being cached.
      const written = sources.flatMap((source) => {
        if (source !== NONCE) return [source]
        return nonces.has(context) ? [`'nonce-${nonceOf(context)}'`] : []
      })
      return [name, ...written].join(' ')
    })
    .join('; ')
}

function checkPolicy(directives: ContentSecurityPolicyDirectives): void {
  for (const [name, sources] of Object.entries(directives)) {
    for (const part of [name, ...sources]) {
      if (typeof part === 'string' && /[;,\s]/.test(part)) {
        throw new TypeError(
          `A directive of a content security policy has single sources, got ${JSON.stringify(part)}. ` +
            'Write each source by itself in the list.',
        )
      }
    }
  }
}
