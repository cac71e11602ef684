import type { Rule } from './rule.ts'
import { similarity } from './suggest.ts'

/**
 * No URL can be built for an endpoint with these values. The message names the endpoint that may be
 * meant, the values that are missing, or the methods that would do.
 */
export class BuildError<Endpoint = unknown> extends Error {
  override name = 'BuildError'
  readonly endpoint: Endpoint
  /** The values that were given. */
  readonly values: Readonly<Record<string, unknown>>
  /** The method that was asked for, null for any. */
  readonly method: string | null
  /** The rule that comes nearest, null when there are no rules. */
  readonly suggested: Rule<Endpoint> | null

  constructor(
    endpoint: Endpoint,
    values: Readonly<Record<string, unknown>>,
    method: string | null,
    rules: Iterable<Rule<Endpoint>> = [],
  ) {
    const suggested = closestRule(endpoint, values, method, rules)
    super(problem(endpoint, values, method) + advice(endpoint, values, method, suggested))
    this.endpoint = endpoint
    this.values = values
    this.method = method
    this.suggested = suggested
  }
}

function problem(
  endpoint: unknown,
  values: Readonly<Record<string, unknown>>,
  method: string | null,
): string {
  const withMethod = method === null ? '' : ` ('${method}')`
  const names = Object.keys(values)
  const withValues = names.length === 0 ? '' : ` with values ${listed(names)}`
  return `Could not build URL for endpoint '${String(endpoint)}'${withMethod}${withValues}.`
}

function advice<Endpoint>(
  endpoint: Endpoint,
  values: Readonly<Record<string, unknown>>,
  method: string | null,
  rule: Rule<Endpoint> | null,
): string {
  if (rule === null) return ''
  if (rule.endpoint !== endpoint) return ` Did you mean '${String(rule.endpoint)}' instead?`
  let text = ''
  if (method !== null && rule.methods !== null && !rule.methods.has(method)) {
    text += ` Did you mean to use methods ${listed(rule.methods)}?`
  }
  const missing = [...rule.arguments].filter((name) => !Object.hasOwn(values, name))
  if (missing.length > 0) text += ` Did you forget to specify values ${listed(missing)}?`
  return text
}

function closestRule<Endpoint>(
  endpoint: Endpoint,
  values: Readonly<Record<string, unknown>>,
  method: string | null,
  rules: Iterable<Rule<Endpoint>>,
): Rule<Endpoint> | null {
  let best: Rule<Endpoint> | null = null
  let bestScore = -1
  for (const rule of rules) {
    const fitsValues = Object.keys(values).every((name) => rule.arguments.has(name))
    const fitsMethod = method !== null && rule.methods?.has(method) === true
    const likeness = similarity(String(rule.endpoint), String(endpoint))
    const score = 0.98 * likeness + (fitsValues ? 0.01 : 0) + (fitsMethod ? 0.01 : 0)
    if (score > bestScore) [best, bestScore] = [rule, score]
  }
  return best
}

function listed(names: Iterable<string>): string {
  return [...names]
    .sort()
    .map((name) => `'${name}'`)
    .join(', ')
}
