import type { ConverterClass } from './base-converter.ts'
import { DEFAULT_CONVERTERS } from './converters.ts'
import { asciiHost } from './host-name.ts'
import { type BindOptions, MapAdapter } from './map-adapter.ts'
import { Matcher } from './matcher.ts'
import type { QuerySortKey } from './query.ts'
import type { Rule, RuleContext, RuleFactory } from './rule.ts'
import { RuleIndex } from './rule-index.ts'

/** The settings of a map. Compare `werkzeug.routing.Map`. */
export interface UrlMapOptions {
  /** Subdomain of rules that name none. Default empty. */
  readonly defaultSubdomain?: string
  /** Redirect `/page` to `/page/` when that is the rule; `/page/` to a rule `/page` is not found. Default true. */
  readonly strictSlashes?: boolean
  /** Redirect paths with doubled slashes to those with single ones. Default true. */
  readonly mergeSlashes?: boolean
  /** Redirect values that are the defaults of a shorter rule to that rule, and aliases. Default true. */
  readonly redirectDefaults?: boolean
  /** Converters by name, added to the built-in ones. */
  readonly converters?: Readonly<Record<string, ConverterClass>>
  /** Sort the query of built URLs. Default false. */
  readonly sortParameters?: boolean
  /** What to sort the query by. Default: name, then value. */
  readonly sortKey?: QuerySortKey | null
  /** Match the whole host (`host` of rules) instead of subdomains. Default false. */
  readonly hostMatching?: boolean
  /** Match subdomains; if false, `subdomain` of rules is ignored. Default true. */
  readonly subdomainMatching?: boolean
  /**
   * Keep paths with `.` or `..` segments away from `path` parameters and other ones that cross slashes: such
   * requests are not found. Default false, as in Werkzeug; turn it on where such values become file names.
   */
  readonly rejectDotSegments?: boolean
  /** Throw DuplicateRuleError for a rule that answers the same requests as an earlier one. Default false. */
  readonly rejectDuplicates?: boolean
}

/** What `bindToRequest` reads of a request. */
export interface RoutableRequest {
  /** `http` or `https`. */
  readonly scheme: string
  /** Host of the request, checked, without the usual port; empty when it is not known. */
  readonly host: string
  /** Path under which the application lies; empty or `/` for none. */
  readonly rootPath: string
  /** Path below `rootPath`, percent-encoded. */
  readonly path: string
  /** Query, without `?`. */
  readonly queryString: string
  readonly method: string
  /** Whether the request asks for a WebSocket. Default false. */
  readonly isWebsocket?: boolean
}

/** All URL rules of an application and the settings that they share. */
export class UrlMap<Endpoint = string> implements RuleContext {
  readonly defaultSubdomain: string
  readonly strictSlashes: boolean
  readonly mergeSlashes: boolean
  readonly redirectDefaults: boolean
  readonly sortParameters: boolean
  readonly sortKey: QuerySortKey | null
  readonly hostMatching: boolean
  readonly subdomainMatching: boolean
  /** Converters by name. Add to it before the rules that use them. */
  readonly converters: Map<string, ConverterClass>
  /** The rules by endpoint. */
  readonly rules: RuleIndex<Endpoint> = new RuleIndex()
  /** Finds rules without being bound to a request: `matcher.match(path, method)`. */
  readonly matcher: Matcher<Endpoint>

  constructor(rules: Iterable<RuleFactory<Endpoint>> = [], options: UrlMapOptions = {}) {
    this.defaultSubdomain = options.defaultSubdomain ?? ''
    this.strictSlashes = options.strictSlashes ?? true
    this.mergeSlashes = options.mergeSlashes ?? true
    this.redirectDefaults = options.redirectDefaults ?? true
    this.sortParameters = options.sortParameters ?? false
    this.sortKey = options.sortKey ?? null
    this.hostMatching = options.hostMatching ?? false
    this.subdomainMatching = options.subdomainMatching ?? true
    this.converters = new Map(Object.entries({ ...DEFAULT_CONVERTERS, ...options.converters }))
    const { mergeSlashes, redirectDefaults } = this
    this.matcher = new Matcher<Endpoint>(
      {
        mergeSlashes,
        redirectDefaults,
        rejectDots: options.rejectDotSegments ?? false,
        rejectDuplicates: options.rejectDuplicates ?? false,
      },
      (rule, values, method) => this.rules.defaultsFor(rule, values, method),
    )
    for (const factory of rules) this.add(factory)
  }

  /**
   * Adds a rule or a group of rules.
   *
   * @throws RuleSyntaxError for a rule that cannot be understood.
   * @throws DuplicateRuleError with `rejectDuplicates`.
   */
  add(factory: RuleFactory<Endpoint>): void {
    for (const rule of factory.getRules()) {
      rule.bind(this)
      if (!rule.buildOnly) this.matcher.add(rule)
      const siblings = this.rules.add(rule)
      if (siblings.length > 1 && siblings.some((sibling) => sibling.defaults !== null)) {
        for (const sibling of siblings) this.matcher.lookForDefaults(sibling)
      }
    }
  }

  /** All rules, or those of an endpoint in the order in which URLs are built from them. */
  iterRules(endpoint?: Endpoint): Iterable<Rule<Endpoint>> {
    return endpoint === undefined ? this.rules.all() : this.rules.of(endpoint)
  }

  /** Whether a rule of the endpoint has all these parameters. An unknown endpoint has none. */
  isEndpointExpecting(endpoint: Endpoint, ...names: string[]): boolean {
    return this.rules.of(endpoint).some((rule) => names.every((name) => rule.arguments.has(name)))
  }

  /**
   * Binds the map to a server, for matching and for building absolute URLs.
   *
   * @param serverName host, with its port if it is not the usual one. Other scripts become `xn--…`.
   * @throws BadHost for a name that cannot be a host.
   * @throws TypeError for a subdomain with host matching.
   */
  bind(serverName: string, options: BindOptions = {}): MapAdapter<Endpoint> {
    let subdomain = options.subdomain ?? null
    if (this.hostMatching) {
      if (subdomain !== null) throw new TypeError(`'subdomain' cannot be given: the map has 'hostMatching'`)
    } else if (!this.subdomainMatching) subdomain = null
    else subdomain ??= this.defaultSubdomain
    return new MapAdapter(this, serverName === '' ? '' : asciiHost(serverName), { ...options, subdomain })
  }

  /**
   * Binds the map to a request. With `serverName`, what the host has in front of it is the subdomain; a
   * host that does not end with it gets the subdomain `<invalid>`, which no fixed subdomain matches.
   *
   * @throws BadHost for a name that cannot be a host.
   */
  bindToRequest(
    request: RoutableRequest,
    options: { readonly serverName?: string | null; readonly subdomain?: string | null } = {},
  ): MapAdapter<Endpoint> {
    const secure = request.scheme === 'https' || request.scheme === 'wss'
    const urlScheme = request.isWebsocket === true ? (secure ? 'wss' : 'ws') : request.scheme
    const host = request.host.toLowerCase()
    const serverName = withoutUsualPort(options.serverName?.toLowerCase() ?? host, secure)
    let subdomain = options.subdomain ?? null
    if (this.hostMatching) {
      if (subdomain !== null) throw new TypeError(`'subdomain' cannot be given: the map has 'hostMatching'`)
    } else if (!this.subdomainMatching) subdomain = ''
    else subdomain ??= subdomainOf(host, serverName)
    return new MapAdapter(this, serverName === '' ? '' : asciiHost(serverName), {
      rootPath: request.rootPath === '' ? '/' : request.rootPath,
      subdomain,
      urlScheme,
      defaultMethod: request.method,
      path: request.path,
      queryArgs: request.queryString,
    })
  }
}

function withoutUsualPort(serverName: string, secure: boolean): string {
  const port = secure ? ':443' : ':80'
  return serverName.endsWith(port) ? serverName.slice(0, -port.length) : serverName
}

function subdomainOf(host: string, serverName: string): string {
  if (host === serverName) return ''
  return host.endsWith(`.${serverName}`)
    ? host.slice(0, -serverName.length - 1).replace(/^\.+/, '')
    : '<invalid>'
}
