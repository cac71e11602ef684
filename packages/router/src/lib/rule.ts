import { type BaseConverter, type ConverterClass, converterPattern } from './base-converter.ts'
import { type BuildOperation, buildOperations, fillOperations } from './build-operations.ts'
import type { BuildOptions, BuildValues } from './build-options.ts'
import { RuleSyntaxError, ValidationError } from './errors.ts'
import { parseRule, type RuleToken } from './parse-rule.ts'
import { encodeQuery, type QuerySortKey, queryPairs, sortPairs } from './query.ts'
import { type RulePart, ruleParts } from './rule-parts.ts'
import { closestName } from './suggest.ts'

/** What a `redirectTo` function may ask for: URLs, as seen from the request. */
export interface RedirectUrls<Endpoint = string> {
  build(endpoint: Endpoint, values?: BuildValues, options?: BuildOptions): string
}

/** A URL with `<name>` places, or a function that makes one from the values of the match. */
export type RedirectTarget<Endpoint = string> =
  | string
  | ((urls: RedirectUrls<Endpoint>, values: Readonly<Record<string, unknown>>) => string)

/** What a rule may be told. Compare `werkzeug.routing.Rule`. */
export interface RuleOptions<Endpoint = string> {
  /** What the rule leads to: the name that URLs are built from. Default null. */
  readonly endpoint?: Endpoint
  /** Values for parameters that the rule does not have; a longer rule of the endpoint redirects here. Default none. */
  readonly defaults?: Readonly<Record<string, unknown>> | null
  /** Methods that the rule answers to, in any case; HEAD comes with GET. Default null: all. */
  readonly methods?: Iterable<string> | null
  /** Subdomain, may have parameters. Default: `defaultSubdomain` of the map. */
  readonly subdomain?: string | null
  /** Host, may have parameters; needs `hostMatching` of the map. Default null. */
  readonly host?: string | null
  /** The rule never matches, it only builds URLs. Default false. */
  readonly buildOnly?: boolean
  /** Redirect to the slash that the rule ends with, or insist on there being none. Default: that of the map. */
  readonly strictSlashes?: boolean | null
  /** Redirect paths with doubled slashes. Default: that of the map. */
  readonly mergeSlashes?: boolean | null
  /** Redirect requests: a URL with `<name>` places, or a function that makes one. Default null. */
  readonly redirectTo?: RedirectTarget<Endpoint> | null
  /** Redirect to the canonical rule of the endpoint. Default false. */
  readonly alias?: boolean
  /** Match WebSocket requests and no others. Default false. */
  readonly websocket?: boolean
}

/** What a rule asks of the map that it belongs to. */
export interface RuleContext {
  readonly converters: ReadonlyMap<string, ConverterClass>
  readonly hostMatching: boolean
  readonly subdomainMatching: boolean
  readonly defaultSubdomain: string
  readonly strictSlashes: boolean
  readonly mergeSlashes: boolean
  readonly sortParameters: boolean
  readonly sortKey: QuerySortKey | null
}

/** Something that gives rules: a rule itself, or a group of rules. */
export interface RuleFactory<Endpoint = string> {
  /** The rules, not yet bound to a map. */
  getRules(): Iterable<Rule<Endpoint>>
}

/** One URL pattern: `/users/<int:id>`. */
export class Rule<Endpoint = string> implements RuleFactory<Endpoint> {
  /** The text of the rule. */
  readonly rule: string
  readonly endpoint: Endpoint
  readonly defaults: Readonly<Record<string, unknown>> | null
  /** Upper-case methods, null for all. */
  readonly methods: ReadonlySet<string> | null
  readonly host: string | null
  readonly buildOnly: boolean
  readonly redirectTo: RedirectTarget<Endpoint> | null
  readonly alias: boolean
  readonly websocket: boolean
  /** Names of the parameters, those of `defaults` too. */
  readonly arguments: ReadonlySet<string>
  readonly #options: RuleOptions<Endpoint>
  readonly #arguments: Set<string>
  #context: RuleContext | null = null
  #subdomain: string | null
  #strictSlashes: boolean | null
  #mergeSlashes: boolean | null
  #converters = new Map<string, BaseConverter<unknown>>()
  #parts: readonly RulePart[] = []
  #hostOperations: readonly BuildOperation[] = []
  #pathOperations: readonly BuildOperation[] = []
  #tokens: readonly (readonly RuleToken[])[] = []

  constructor(rule: string, options: RuleOptions<Endpoint> = {}) {
    if (!rule.startsWith('/')) {
      throw new RuleSyntaxError(`URL rule '${rule}' must start with a slash`, rule, 0)
    }
    this.rule = rule
    this.#options = options
    this.endpoint = (options.endpoint ?? null) as Endpoint
    this.defaults = isEmpty(options.defaults) ? null : { ...options.defaults }
    this.websocket = options.websocket ?? false
    this.methods = methodSet(options.methods ?? null, this.websocket)
    this.host = options.host ?? null
    this.buildOnly = options.buildOnly ?? false
    this.redirectTo = options.redirectTo ?? null
    this.alias = options.alias ?? false
    this.#subdomain = options.subdomain ?? null
    this.#strictSlashes = options.strictSlashes ?? null
    this.#mergeSlashes = options.mergeSlashes ?? null
    this.#arguments = new Set(Object.keys(this.defaults ?? {}))
    this.arguments = this.#arguments
  }

  /** Subdomain; null before the rule is bound, if it was not given. */
  get subdomain(): string | null {
    return this.#subdomain
  }

  /** Whether slashes at the end are strict; once bound, the map's setting if the rule has none. */
  get strictSlashes(): boolean {
    return this.#strictSlashes ?? this.#context?.strictSlashes ?? true
  }

  /** Whether doubled slashes are merged; once bound, the map's setting if the rule has none. */
  get mergeSlashes(): boolean {
    return this.#mergeSlashes ?? this.#context?.mergeSlashes ?? true
  }

  /** Whether the rule does not end with a slash. */
  get isLeaf(): boolean {
    return !this.isBranch
  }

  /** Whether the rule ends with a slash. */
  get isBranch(): boolean {
    return this.rule.endsWith('/')
  }

  /** Whether the rule belongs to a map. */
  get isBound(): boolean {
    return this.#context !== null
  }

  /** The converters of the parameters, in the order of host and path. Empty before the rule is bound. */
  get converters(): ReadonlyMap<string, BaseConverter<unknown>> {
    return this.#converters
  }

  /** The pieces that a matcher works with; the first is the host. Empty before the rule is bound. */
  get parts(): readonly RulePart[] {
    return this.#parts
  }

  *getRules(): Iterable<Rule<Endpoint>> {
    yield this
  }

  /** An unbound copy, with other text or options. */
  empty(rule: string = this.rule, options: RuleOptions<Endpoint> = {}): Rule<Endpoint> {
    return new (this.constructor as typeof Rule<Endpoint>)(rule, { ...this.getEmptyOptions(), ...options })
  }

  /** The options of copies. Subclasses with options of their own add them. */
  getEmptyOptions(): RuleOptions<Endpoint> {
    return this.#options
  }

  /**
   * Makes the rule part of a map and compiles it. Maps call this.
   *
   * @throws RuleSyntaxError for a rule that cannot be understood, with a caret under the place.
   * @throws Error when the rule belongs to a map already.
   */
  bind(context: RuleContext, rebind: boolean = false): void {
    if (this.#context !== null && !rebind) {
      throw new Error(`${String(this)} belongs to a map already. Add a copy to the other one: rule.empty()`)
    }
    this.#context = context
    this.#subdomain ??= context.defaultSubdomain
    this.#compile(context)
  }

  /** Compiles the rule again, after something that it depends on was changed. */
  refresh(): void {
    if (this.#context !== null) this.bind(this.#context, true)
  }

  /** The converter of a parameter. Subclasses may choose another. */
  getConverter(token: RuleToken & { kind: 'parameter' }, context: RuleContext): BaseConverter<unknown> {
    const Converter = context.converters.get(token.converter)
    if (Converter === undefined) {
      const known = [...context.converters.keys()]
      const hint = closestName(token.converter, known)
      throw new TypeError(
        `the converter '${token.converter}' does not exist. ${
          hint === null ? `Known ones: ${known.join(', ')}` : `Did you mean '${hint}'?`
        }`,
      )
    }
    return new Converter(token.arguments)
  }

  /** Whether this rule has the values of another one as defaults, so that the other redirects here. */
  providesDefaultsFor(rule: Rule<Endpoint>): boolean {
    return (
      !this.buildOnly &&
      this.defaults !== null &&
      this.endpoint === rule.endpoint &&
      this.#trace() !== rule.#trace() &&
      this.arguments.size === rule.arguments.size &&
      [...this.arguments].every((name) => rule.arguments.has(name))
    )
  }

  /** Whether the values are enough to build a URL of this rule for the method (null: any). */
  suitableFor(values: Readonly<Record<string, unknown>>, method: string | null = null): boolean {
    if (method !== null && this.methods !== null && !this.methods.has(method)) return false
    for (const name of this.arguments) {
      const isDefault = this.defaults !== null && Object.hasOwn(this.defaults, name)
      if (!Object.hasOwn(values, name)) {
        if (!isDefault) return false
      } else if (isDefault && !isSameValue(this.defaults?.[name], values[name])) return false
    }
    return true
  }

  /** Sorts the rules of an endpoint for building: canonical ones, those with more parameters, with more defaults. */
  buildCompareKey(): readonly [number, number, number] {
    return [this.alias ? 1 : 0, -this.arguments.size, -Object.keys(this.defaults ?? {}).length]
  }

  /**
   * Host part and path of a URL with these values, both percent-encoded; null when a converter refuses
   * one of them. Values that are not parameters become the query with `appendUnknown`.
   *
   * @throws TypeError for a value that its converter cannot write, naming the parameter.
   */
  build(
    values: Readonly<Record<string, unknown>>,
    appendUnknown: boolean = true,
  ): readonly [string, string] | null {
    try {
      const host = fillOperations(this.#hostOperations, this.#converters, values, this.rule)
      const path = fillOperations(this.#pathOperations, this.#converters, values, this.rule)
      return [host, path + (appendUnknown ? this.#unknownQuery(values) : '')]
    } catch (error) {
      if (error instanceof ValidationError) return null
      throw error
    }
  }

  toString(): string {
    const methods = this.methods === null ? '' : ` (${[...this.methods].join(', ')})`
    const host = this.host ?? this.#subdomain ?? ''
    return `<Rule '${host === '' ? '' : `${host}|`}${this.rule}'${methods} -> ${String(this.endpoint)}>`
  }

  #compile(context: RuleContext): void {
    this.#converters = new Map()
    const subdomain = context.subdomainMatching ? this.#subdomain : ''
    const hostText = (context.hostMatching ? this.host : subdomain) ?? ''
    const pathText = this.mergeSlashes ? this.rule.replace(/\/{2,}/g, '/') : this.rule
    const host = this.#parse(hostText, context)
    const path = this.#parse(pathText, context)
    const convert = (token: RuleToken & { kind: 'parameter' }): BaseConverter<unknown> =>
      this.#converters.get(token.name)!
    const hostParts: RulePart[] = host.length === 0 ? [{ static: true, text: '' }] : ruleParts(host, convert)
    this.#parts = [...hostParts, ...ruleParts(path, convert)]
    this.#hostOperations = buildOperations(host, this.#converters, this.defaults)
    this.#pathOperations = buildOperations(path, this.#converters, this.defaults)
    this.#tokens = [host, path]
  }

  /** Equal for rules of the same text and parameters, whatever their converters. */
  #trace(): string {
    return JSON.stringify(this.#tokens.map((tokens) => tokens.map(traceOf)))
  }

  #parse(text: string, context: RuleContext): RuleToken[] {
    const tokens = parseRule(text)
    for (const token of tokens) {
      if (token.kind !== 'parameter') continue
      if (this.#converters.has(token.name)) {
        throw new RuleSyntaxError(`The parameter '${token.name}' is used twice`, text, token.index)
      }
      this.#arguments.add(token.name)
      try {
        const converter = this.getConverter(token, context)
        converterPattern(converter)
        this.#converters.set(token.name, converter)
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        throw new RuleSyntaxError(
          `Cannot convert the parameter '${token.name}': ${problem}`,
          text,
          token.index,
          {
            cause: error,
          },
        )
      }
    }
    return tokens
  }

  #unknownQuery(values: Readonly<Record<string, unknown>>): string {
    const unknown = Object.entries(values).filter(([name]) => !this.arguments.has(name))
    if (unknown.length === 0) return ''
    const pairs = queryPairs(unknown)
    const { sortParameters = false, sortKey = null } = this.#context ?? {}
    const query = encodeQuery(sortParameters ? sortPairs(pairs, sortKey) : pairs)
    return query === '' ? '' : `?${query}`
  }
}

function methodSet(methods: Iterable<string> | null, websocket: boolean): ReadonlySet<string> | null {
  if (methods === null) return null
  if (typeof methods === 'string') {
    throw new TypeError(
      `'methods' must be a list of strings, got the string '${methods}': write ['${methods}']`,
    )
  }
  const set = new Set([...methods].map((method) => method.toUpperCase()))
  if (set.has('GET')) set.add('HEAD')
  if (websocket) {
    for (const method of set) {
      if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') {
        throw new TypeError(`A WebSocket rule can have the methods GET, HEAD and OPTIONS, got ${method}`)
      }
    }
  }
  return set
}

function traceOf(token: RuleToken): unknown {
  if (token.kind === 'slash') return '/'
  return token.kind === 'static' ? ['text', token.text] : ['parameter', token.name]
}

/** Equal as a URL sees it: `1` and `1n` are. */
function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'bigint') return isSameValue(b, a)
  if (typeof a === 'bigint' && typeof b === 'number') return Number.isInteger(b) && a === BigInt(b)
  return a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b))
}

function isEmpty(value: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return value === null || value === undefined || Object.keys(value).length === 0
}
