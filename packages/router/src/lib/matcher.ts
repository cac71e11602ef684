import { MatchTarget, type RouteValues } from './match-target.ts'
import { type MatchOutcome, NOT_FOUND, WEBSOCKET_MISMATCH } from './outcome.ts'
import { decodeSegment, quoteSegment } from './percent.ts'
import type { Rule } from './rule.ts'
import type { RulePart } from './rule-parts.ts'
import { addParts, addTarget, State } from './state-machine.ts'
import { TextTable } from './text-table.ts'
import { captures, pickTarget, SLASH_REQUIRED, UNCERTAIN, walkPath } from './walk-path.ts'
import { type WalkContext, walkSegments } from './walk-segments.ts'

/** How a matcher treats paths. */
export interface MatcherOptions {
  /** Redirect paths with doubled slashes. */
  readonly mergeSlashes: boolean
  /** Redirect aliases, and values that are the defaults of another rule. */
  readonly redirectDefaults: boolean
  /** Keep `.` and `..` segments away from parameters that cross slashes. */
  readonly rejectDots: boolean
  /** Throw for rules that answer the same requests. */
  readonly rejectDuplicates: boolean
}

/** Finds the rule for a path. It knows rules, hosts and methods; URLs are the adapter's business. */
export class Matcher<Endpoint = unknown> {
  readonly options: MatcherOptions
  readonly #root = new State()
  /** For all-fixed rules without a host: the state at the end of a path. */
  readonly #fixed = new TextTable<State>()
  readonly #targets = new Map<Rule<unknown>, MatchTarget>()
  readonly #findDefaults: DefaultsFinder<Endpoint>
  /** The state behind an empty host and the first slash. */
  #hostless: State | null = null
  #hasHostEdges = false

  constructor(options: MatcherOptions, findDefaults: DefaultsFinder<Endpoint>) {
    this.options = options
    this.#findDefaults = findDefaults
  }

  /** Adds a compiled rule. */
  add(rule: Rule<Endpoint>): void {
    const target = new MatchTarget(rule, rule.converters)
    const { parts } = rule
    const state = addParts(this.#root, parts, this.options.rejectDots)
    addTarget(state, target, this.options.rejectDuplicates)
    this.#targets.set(rule, target)
    this.#hasHostEdges = this.#root.edges.length !== 0
    this.#hostless = this.#root.slash?.slash ?? null
    if (parts[0]?.static && parts[0].text === '') this.#addFixed(parts.slice(1), state)
  }

  /** Notes that another rule of the endpoint may have the values of this one as defaults. */
  lookForDefaults(rule: Rule<Endpoint>): void {
    const target = this.#targets.get(rule)
    if (target !== undefined) target.plain = false
  }

  /**
   * What a path comes to. Never throws on account of the path.
   *
   * @param path the path as sent, percent-encoded, without query.
   * @param method the method, in upper case.
   * @param host the subdomain, or the host with host matching; empty for neither.
   * @param websocket whether the request opens a WebSocket.
   */
  match(path: string, method: string, host: string = '', websocket: boolean = false): MatchOutcome<Endpoint> {
    const start = host === '' ? this.#hostless : (this.#root.statics.get(host)?.next.slash ?? null)
    if (start === null || path.charCodeAt(0) !== 0x2f) return this.#carefully(path, method, host, websocket)
    if (host === '') {
      // Of all rules those of fixed text come first.
      const state = this.#fixed.find(path, 0, path.length)
      if (state !== null) {
        const target = pickTarget(state, method, websocket)
        const values = target?.values(path, captures)
        if (target && values) return this.#matched(target, values, method)
      }
    }
    const found = walkPath(start, path, method, websocket)
    if (found === null) {
      if (!this.#hasHostEdges) return NOT_FOUND
    } else if (found !== SLASH_REQUIRED && found !== UNCERTAIN) {
      const values = found.values(path, captures)
      if (values !== null) return this.#matched(found, values, method)
    }
    return this.#carefully(path, method, host, websocket)
  }

  /** The answer for any path, at leisure: escapes, hosts with parameters, redirects, reasons for a failure. */
  #carefully(path: string, method: string, host: string, websocket: boolean): MatchOutcome<Endpoint> {
    const { mergeSlashes } = this.options
    const context: WalkContext = { method, websocket, allowed: new Set(), mismatch: false }
    const segments = pathSegments(path)
    let found = walkSegments(this.#root, [host, ...segments], 0, [], context)
    if (found === SLASH_REQUIRED) return redirectTo([...segments, ''])
    if (found === null && mergeSlashes) {
      const merged = mergedSegments(segments)
      if (merged.length === segments.length) return noMatch(context)
      found = walkSegments(this.#root, [host, ...merged], 0, [], context)
      if (found === SLASH_REQUIRED) return redirectTo([...merged, ''])
      return found?.target.rule.mergeSlashes ? redirectTo(merged) : noMatch(context)
    }
    const values = found?.target.convert(found.texts)
    return found && values ? this.#matched(found.target, values, method) : noMatch(context)
  }

  #matched(target: MatchTarget, values: RouteValues, method: string): MatchOutcome<Endpoint> {
    const rule = target.rule as Rule<Endpoint>
    if (target.plain) return { kind: 'match', rule, values }
    if (this.options.redirectDefaults) {
      if (rule.alias) return { kind: 'redirect', reason: 'alias', rule, values }
      const better = this.#findDefaults(rule, values, method)
      if (better !== null) {
        return {
          kind: 'redirect',
          reason: 'defaults',
          rule: better,
          values: { ...values, ...better.defaults },
        }
      }
    }
    if (rule.redirectTo !== null) return { kind: 'redirect', reason: 'target', rule, values }
    return { kind: 'match', rule, values }
  }

  /** Enters a rule of fixed text in the table of whole paths. */
  #addFixed(parts: readonly RulePart[], state: State): void {
    if (!parts.every((part) => part.static)) return
    const path = parts.map((part) => part.text).join('/')
    // In a path as sent `%` starts an escape, and slashes in front count as one.
    if (path.includes('%') || path === '' || path.startsWith('//')) return
    this.#fixed.add(path, state)
  }
}

/** Finds a rule of the same endpoint that has the values of a match as defaults. */
export type DefaultsFinder<Endpoint> = (
  rule: Rule<Endpoint>,
  values: RouteValues,
  method: string,
) => Rule<Endpoint> | null

/** The decoded segments of a path; slashes in front count as one. */
function pathSegments(path: string): string[] {
  if (path === '') return ['']
  let at = 0
  while (path.charCodeAt(at) === 0x2f) at++
  return ['', ...path.slice(at).split('/').map(decodeSegment)]
}

/** Without empty segments, but for the first and the last. */
function mergedSegments(segments: readonly string[]): string[] {
  const last = segments.length - 1
  return segments.filter((segment, index) => segment !== '' || index === 0 || index === last)
}

/** A redirect to a path made of its segments: one slash in front, everything else quoted. */
function redirectTo(segments: readonly string[]): MatchOutcome<never> {
  return { kind: 'redirect', reason: 'path', path: segments.map(quoteSegment).join('/') }
}

function noMatch(context: WalkContext): MatchOutcome<never> {
  if (context.allowed.size > 0) return { kind: 'methodNotAllowed', allowed: [...context.allowed].sort() }
  return context.mismatch ? WEBSOCKET_MISMATCH : NOT_FOUND
}
