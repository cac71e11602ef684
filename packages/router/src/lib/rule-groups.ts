import type { Rule, RuleFactory, RuleOptions } from './rule.ts'

/** Puts rules under a path: `new Submount('/blog', [new Rule('/', …)])` gives `/blog/`. */
export class Submount<Endpoint = string> implements RuleFactory<Endpoint> {
  /** The path, without a slash at its end. */
  readonly path: string
  readonly #rules: readonly RuleFactory<Endpoint>[]

  constructor(path: string, rules: Iterable<RuleFactory<Endpoint>>) {
    let end = path.length
    while (path[end - 1] === '/') end--
    this.path = path.slice(0, end)
    this.#rules = [...rules]
  }

  *getRules(): Iterable<Rule<Endpoint>> {
    for (const rule of allRules(this.#rules)) yield rule.empty(this.path + rule.rule)
  }
}

/** Gives rules a subdomain, which may have parameters. */
export class Subdomain<Endpoint = string> implements RuleFactory<Endpoint> {
  readonly subdomain: string
  readonly #rules: readonly RuleFactory<Endpoint>[]

  constructor(subdomain: string, rules: Iterable<RuleFactory<Endpoint>>) {
    this.subdomain = subdomain
    this.#rules = [...rules]
  }

  *getRules(): Iterable<Rule<Endpoint>> {
    for (const rule of allRules(this.#rules)) yield rule.empty(rule.rule, { subdomain: this.subdomain })
  }
}

/** Puts text before the endpoints of rules, which must be strings. */
export class EndpointPrefix implements RuleFactory {
  readonly prefix: string
  readonly #rules: readonly RuleFactory[]

  constructor(prefix: string, rules: Iterable<RuleFactory>) {
    this.prefix = prefix
    this.#rules = [...rules]
  }

  *getRules(): Iterable<Rule> {
    for (const rule of allRules(this.#rules))
      yield rule.empty(rule.rule, { endpoint: this.prefix + rule.endpoint })
  }
}

/** Values for the `$name` places of a template. */
export type TemplateValues = Readonly<Record<string, string | number>>

/** Makes groups of rules from values: `template({ name: 'user' })`. */
export type RuleTemplate = (values: TemplateValues) => RuleFactory

/**
 * Rules with `$name` or `${name}` places in their text, endpoint, subdomain and string defaults; `$$` is a
 * dollar sign.
 *
 * ```ts
 * const resource = ruleTemplate([new Rule('/$name/<int:id>', { endpoint: '$name.show' })])
 * const map = new UrlMap([resource({ name: 'user' }), resource({ name: 'page' })])
 * ```
 */
export function ruleTemplate(rules: Iterable<RuleFactory>): RuleTemplate {
  const templates = [...rules]
  return (values) => ({
    *getRules(): Iterable<Rule> {
      for (const rule of allRules(templates)) yield filledRule(rule, values)
    },
  })
}

function filledRule(rule: Rule, values: TemplateValues): Rule {
  const options: { -readonly [Key in keyof RuleOptions]: RuleOptions[Key] } = {}
  if (typeof rule.endpoint === 'string') options.endpoint = fill(rule.endpoint, values)
  if (rule.subdomain !== null) options.subdomain = fill(rule.subdomain, values)
  if (rule.defaults !== null) {
    options.defaults = Object.fromEntries(
      Object.entries(rule.defaults).map(([name, value]) => [
        name,
        typeof value === 'string' ? fill(value, values) : value,
      ]),
    )
  }
  return rule.empty(fill(rule.rule, values), options)
}

function fill(text: string, values: TemplateValues): string {
  return text.replace(/\$(?:\$|\{([a-zA-Z_]\w*)\}|([a-zA-Z_]\w*)|)/g, (place, braced, bare) => {
    if (place === '$$') return '$'
    const name: string | undefined = braced ?? bare
    if (name === undefined)
      throw new SyntaxError(`'${text}': a '$' must be followed by a name; write '$$' for a dollar sign`)
    if (!Object.hasOwn(values, name)) {
      throw new TypeError(
        `'${text}': no value for '$${name}' (given: ${Object.keys(values).join(', ') || 'none'})`,
      )
    }
    return String(values[name])
  })
}

function* allRules<Endpoint>(factories: readonly RuleFactory<Endpoint>[]): Iterable<Rule<Endpoint>> {
  for (const factory of factories) yield* factory.getRules()
}
