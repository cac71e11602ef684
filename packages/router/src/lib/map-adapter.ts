import type { BuildOptions, BuildValues } from './build-options.ts'
import { buildUrl, hostOf, type UrlBase } from './build-url.ts'
import { MethodNotAllowed, NotFound, RequestRedirect, RoutingError, WebsocketMismatch } from './errors.ts'
import type { RouteValues } from './match-target.ts'
import type { Matcher } from './matcher.ts'
import type { MatchOutcome, Redirected } from './outcome.ts'
import { quotePath } from './percent.ts'
import { encodeQuery, type QueryValues, queryPairs } from './query.ts'
import type { Rule } from './rule.ts'
import type { RuleIndex } from './rule-index.ts'

/** The request that a map is bound to. */
export interface BindOptions {
  /** Path under which the application lies. Default `/`. */
  readonly rootPath?: string | null
  /** Subdomain of the request. Default: `defaultSubdomain` of the map. Not with host matching. */
  readonly subdomain?: string | null
  /** `http`, `https`, `ws` or `wss`; the last two match WebSocket rules. Default `http`. */
  readonly urlScheme?: string
  /** Method of the request. Default `GET`. */
  readonly defaultMethod?: string
  /** Path of the request, percent-encoded. Default `/`. */
  readonly path?: string | null
  /** Query of the request, kept by redirects. Default none. */
  readonly queryArgs?: string | QueryValues | null
}

/** What may be asked of a match. */
export interface MatchOptions {
  /** Method. Default: that of the request. */
  readonly method?: string | null
  /** Query for the URL of a redirect. Default: that of the request. */
  readonly queryArgs?: string | QueryValues | null
  /** Match WebSocket rules or the others. Default: by the scheme of the request. */
  readonly websocket?: boolean | null
}

/** What an adapter needs of its map. */
export interface BoundMap<Endpoint = string> {
  readonly hostMatching: boolean
  readonly matcher: Matcher<Endpoint>
  readonly rules: RuleIndex<Endpoint>
}

/** A match: what to call, with which values. */
export interface RouteMatch<Endpoint = string> {
  readonly endpoint: Endpoint
  readonly rule: Rule<Endpoint>
  readonly values: RouteValues
}

/** A map bound to a request: matches its path and builds URLs as seen from it. */
export class MapAdapter<Endpoint = string> implements UrlBase {
  readonly map: BoundMap<Endpoint>
  readonly serverName: string
  readonly rootPath: string
  readonly subdomain: string | null
  readonly urlScheme: string
  readonly path: string
  readonly defaultMethod: string
  readonly queryArgs: string | QueryValues | null
  /** Whether the request opens a WebSocket. */
  readonly websocket: boolean

  constructor(map: BoundMap<Endpoint>, serverName: string, options: BindOptions = {}) {
    this.map = map
    this.serverName = serverName
    const rootPath = options.rootPath ?? '/'
    this.rootPath = rootPath.endsWith('/') ? rootPath : `${rootPath}/`
    this.subdomain = options.subdomain ?? null
    this.urlScheme = options.urlScheme ?? 'http'
    this.path = options.path ?? '/'
    this.defaultMethod = options.defaultMethod ?? 'GET'
    this.queryArgs = options.queryArgs ?? null
    this.websocket = this.urlScheme === 'ws' || this.urlScheme === 'wss'
  }

  get hostMatching(): boolean {
    return this.map.hostMatching
  }

  /** What a path comes to, as a value. Default: the path of the request. */
  outcome(path: string | null = null, options: MatchOptions = {}): MatchOutcome<Endpoint> {
    const host = this.hostMatching ? this.serverName : (this.subdomain ?? '')
    const method = (options.method ?? this.defaultMethod).toUpperCase()
    return this.map.matcher.match(path ?? this.path, method, host, options.websocket ?? this.websocket)
  }

  /**
   * The rule of a path and its values.
   *
   * @param path percent-encoded. Default: the path of the request.
   * @throws NotFound, MethodNotAllowed, RequestRedirect, WebsocketMismatch
   */
  match(path: string | null = null, options: MatchOptions = {}): RouteMatch<Endpoint> {
    const outcome = this.outcome(path, options)
    switch (outcome.kind) {
      case 'match':
        return { endpoint: outcome.rule.endpoint, rule: outcome.rule, values: outcome.values }
      case 'redirect':
        throw new RequestRedirect(this.redirectUrl(outcome, options))
      case 'methodNotAllowed':
        throw new MethodNotAllowed(outcome.allowed)
      case 'websocketMismatch':
        throw new WebsocketMismatch()
      case 'notFound':
        throw new NotFound()
    }
  }

  /** Whether a path has a rule, a redirect to one included. */
  test(path: string | null = null, method: string | null = null): boolean {
    const { kind } = this.outcome(path, { method })
    return kind === 'match' || kind === 'redirect'
  }

  /** The methods that a path answers to; empty when it answers to all or to none. */
  allowedMethods(path: string | null = null): readonly string[] {
    const outcome = this.outcome(path, { method: '--' })
    return outcome.kind === 'methodNotAllowed' ? outcome.allowed : []
  }

  /**
   * Matches and calls `view` with endpoint and values. A redirect is returned, not thrown.
   *
   * @throws the errors of `match`, unless `catchErrors` has them returned as well.
   */
  dispatch<Result>(
    view: (endpoint: Endpoint, values: RouteValues) => Result,
    path: string | null = null,
    options: MatchOptions & { readonly catchErrors?: boolean } = {},
  ): Result | RoutingError {
    try {
      const { endpoint, values } = this.match(path, options)
      return view(endpoint, values)
    } catch (error) {
      if (error instanceof RequestRedirect || (options.catchErrors && error instanceof RoutingError))
        return error
      throw error
    }
  }

  /**
   * The URL of an endpoint. Values that are not parameters become the query; lists repeat the key, `null`
   * is left out.
   *
   * @throws BuildError when no rule fits; it says what may be meant or missing.
   */
  build(endpoint: Endpoint, values: BuildValues = {}, options: BuildOptions = {}): string {
    return buildUrl(this.map.rules, this, endpoint, values, options)
  }

  /** The host of a URL with this subdomain (with host matching: host); null for that of the request. */
  getHost(hostPart: string | null = null): string {
    return hostOf(this, hostPart)
  }

  /** The absolute URL that a redirect outcome leads to. */
  redirectUrl(outcome: Redirected<Endpoint>, options: MatchOptions = {}): string {
    const query = this.#query(options.queryArgs ?? this.queryArgs)
    if (outcome.reason === 'path') return this.#absolute(outcome.path, null) + query
    const { rule, values } = outcome
    const method = options.method ?? this.defaultMethod
    if (outcome.reason === 'alias') {
      return this.build(rule.endpoint, values, { method, appendUnknown: false, forceExternal: true }) + query
    }
    if (outcome.reason === 'defaults') {
      const [host, path] = rule.build(values) ?? ['', '/']
      return this.#absolute(path, host) + query
    }
    return this.#target(rule, values)
  }

  #absolute(path: string, hostPart: string | null): string {
    const root = this.rootPath.replace(/^\/+|\/+$/g, '')
    const rest = path.replace(/^\/+/, '')
    return `${this.urlScheme || 'http'}://${this.getHost(hostPart)}/${root === '' ? '' : `${root}/`}${rest}`
  }

  #query(args: string | QueryValues | null): string {
    const query = args === null || typeof args === 'string' ? args : encodeQuery(queryPairs(args))
    return query ? `?${query}` : ''
  }

  /** The URL of `redirectTo`. Values are quoted, and never decide about scheme or host. */
  #target(rule: Rule<Endpoint>, values: RouteValues): string {
    const { redirectTo } = rule
    const host = this.subdomain ? `${this.subdomain}.${this.serverName}` : this.serverName
    const origin = `${this.urlScheme || 'http'}://${host}`
    const isTemplate = typeof redirectTo === 'string'
    const target = isTemplate ? filledTarget(redirectTo, rule, values) : (redirectTo?.(this, values) ?? '/')
    const decides = isTemplate ? redirectTo : target
    if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(decides)) return target
    if (decides.startsWith('//')) return `${this.urlScheme || 'http'}:${target}`
    const path = target.startsWith('/') ? target.replace(/^\/+/, '/') : this.rootPath + target
    return origin + withoutDots(path)
  }
}

function filledTarget(template: string, rule: Rule<never> | Rule<unknown>, values: RouteValues): string {
  return template.replace(/<([^>]+)>/g, (_place, name: string) => {
    if (!Object.hasOwn(values, name)) {
      throw new TypeError(`redirectTo '${template}' of rule '${rule.rule}' needs a value for '${name}'`)
    }
    return rule.converters.get(name)?.toUrl(values[name]) ?? quotePath(String(values[name]))
  })
}

/** Resolves `.` and `..` segments of a path (RFC 3986, section 5.2.4); a query stays. */
function withoutDots(target: string): string {
  const end = target.search(/[?#]/)
  const path = end === -1 ? target : target.slice(0, end)
  if (!path.includes('/.')) return target
  const kept: string[] = []
  const segments = path.slice(1).split('/')
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment)
    if (isLast && (segment === '..' || segment === '.')) kept.push('')
  }
  return `/${kept.join('/')}${end === -1 ? '' : target.slice(end)}`
}
