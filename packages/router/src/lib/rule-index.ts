import type { Rule } from './rule.ts'

/** The rules of a map by endpoint, in the order in which URLs are built from them. */
export class RuleIndex<Endpoint = string> {
  readonly #rules = new Map<Endpoint, Rule<Endpoint>[]>()
  readonly #unsorted = new Set<Rule<Endpoint>[]>()

  /** Adds a rule and returns all of its endpoint. */
  add(rule: Rule<Endpoint>): readonly Rule<Endpoint>[] {
    const rules = this.#rules.get(rule.endpoint) ?? []
    if (rules.length === 0) this.#rules.set(rule.endpoint, rules)
    rules.push(rule)
    this.#unsorted.add(rules)
    return rules
  }

  /** The rules of an endpoint: canonical ones first, then those with more parameters, with more defaults. */
  of(endpoint: Endpoint): readonly Rule<Endpoint>[] {
    this.#sort()
    return this.#rules.get(endpoint) ?? []
  }

  has(endpoint: Endpoint): boolean {
    return this.#rules.has(endpoint)
  }

  /** All rules, endpoint by endpoint. */
  *all(): Iterable<Rule<Endpoint>> {
    this.#sort()
    for (const rules of this.#rules.values()) yield* rules
  }

  /** A rule that comes before `rule` and has these values as defaults; null for none. */
  defaultsFor(
    rule: Rule<Endpoint>,
    values: Readonly<Record<string, unknown>>,
    method: string,
  ): Rule<Endpoint> | null {
    for (const other of this.of(rule.endpoint)) {
      if (other === rule) return null
      if (other.providesDefaultsFor(rule) && other.suitableFor(values, method)) return other
    }
    return null
  }

  #sort(): void {
    for (const rules of this.#unsorted) rules.sort(compareForBuilding)
    this.#unsorted.clear()
  }
}

function compareForBuilding(a: Rule<never> | Rule<unknown>, b: Rule<never> | Rule<unknown>): number {
  const [first, second] = [a.buildCompareKey(), b.buildCompareKey()]
  return first[0] - second[0] || first[1] - second[1] || first[2] - second[2]
}
