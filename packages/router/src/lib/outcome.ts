import type { RouteValues } from './match-target.ts'
import type { Rule } from './rule.ts'

/** A rule matched: its endpoint is to be called with the values. */
export interface Matched<Endpoint = unknown> {
  readonly kind: 'match'
  readonly rule: Rule<Endpoint>
  /** Converted values by parameter name, with the defaults of the rule. The object belongs to the caller. */
  readonly values: RouteValues
}

/** The path exists under another spelling; `MapAdapter.redirectUrl` makes the URL. */
export type Redirected<Endpoint = unknown> =
  /** A slash is missing at the end, or slashes are doubled: `path` is the right one, percent-encoded. */
  | { readonly kind: 'redirect'; readonly reason: 'path'; readonly path: string }
  /**
   * `alias`: another rule of the endpoint is the canonical one. `defaults`: `rule` has these values as
   * defaults. `target`: the rule has `redirectTo`.
   */
  | {
      readonly kind: 'redirect'
      readonly reason: 'alias' | 'defaults' | 'target'
      readonly rule: Rule<Endpoint>
      readonly values: RouteValues
    }

/** Rules match the path, but not the method. */
export interface MethodMismatch {
  readonly kind: 'methodNotAllowed'
  /** The methods of those rules, sorted. */
  readonly allowed: readonly string[]
}

/** What a path comes to. */
export type MatchOutcome<Endpoint = unknown> =
  | Matched<Endpoint>
  | Redirected<Endpoint>
  | MethodMismatch
  | { readonly kind: 'notFound' }
  | { readonly kind: 'websocketMismatch' }

/** Nothing matches. */
export const NOT_FOUND: { readonly kind: 'notFound' } = Object.freeze({ kind: 'notFound' })

/** Rules match the path, but for the other kind of connection. */
export const WEBSOCKET_MISMATCH: { readonly kind: 'websocketMismatch' } = Object.freeze({
  kind: 'websocketMismatch',
})
