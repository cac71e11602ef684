import { HttpException } from '@phial/http'
import { BuildError, type MapAdapter, Rule, type RuleOptions, type RuleParams, UrlMap } from '@phial/router'
import { appScope, blueprintNames, createScope, type Scope } from './blueprints/scope.ts'
import type { RegisterBlueprintOptions, RegisteredBlueprint } from './blueprints/setup-state.ts'
import type { Config } from './config.ts'
import type { RequestContext, RouteOutcome } from './context/context.ts'
import type { Middleware } from './middleware.ts'
import { preparedView } from './prepared-view.ts'
import type { Request } from './request.ts'
import { defaultEndpoint, routeMethods, type UrlRuleOptions, viewProperties } from './route-options.ts'
import { EndpointConflictError } from './routing-errors.ts'
import { Scaffold } from './scaffold.ts'
import type { View, ViewHandle } from './typing.ts'
import type { UrlBuildErrorHandler, UrlValues } from './url-for.ts'

export interface RoutingOptions {
  /** Rules match the host too. Default false. */
  hostMatching?: boolean
  /** Rules match the subdomain below `SERVER_NAME` too. Default false. */
  subdomainMatching?: boolean
}

/** Which URL leads to which view: rules, views and blueprints, and the way back from an endpoint to its URL. */
export abstract class Routing extends Scaffold {
  abstract readonly config: Config
  /** Whether the application has begun to handle requests; nothing can be registered any more. */
  abstract get started(): boolean
  /** The rules. */
  readonly urlMap: UrlMap<string>
  /** The views by endpoint. */
  readonly viewFunctions: ReadonlyMap<string, View<never>>
  /** The blueprints by the names under which they are registered, in that order. */
  readonly blueprints: ReadonlyMap<string, RegisteredBlueprint>
  /** Called in turn for a URL that cannot be built. */
  readonly urlBuildErrorHandlers: UrlBuildErrorHandler[] = []

  #hasWebSockets = false
  readonly #views = new Map<string, View<never>>()
  readonly #blueprints = new Map<string, RegisteredBlueprint>()
  readonly #automaticOptions = new WeakSet<Rule<string>>()
  readonly #routeMiddleware = new Map<Rule<string>, readonly Middleware[]>()
  readonly #appScope: Scope = appScope(this)
  readonly #scopes = new Map<string, Scope>()
  /** The blueprints that own what lies below a path, by that path. */
  readonly #owners = new Map<string, string>()

  constructor({ hostMatching = false, subdomainMatching = false }: RoutingOptions) {
    super()
    this.viewFunctions = this.#views
    this.blueprints = this.#blueprints
    this.urlMap = new UrlMap<string>([], {
      hostMatching,
      subdomainMatching,
      // A `path` value with `..` in it would lead out of whatever folder it is joined to.
      rejectDotSegments: true,
    })
  }

  /** Whether there are routes for WebSockets, of mounted applications too; servers get ready for them. */
  get hasWebSockets(): boolean {
    return this.#hasWebSockets
  }

  // ---- Setting up ----

  override addUrlRule<const Path extends string, const Defaults extends object = object>(
    rule: Path,
    options: UrlRuleOptions<Path, Defaults>,
  ): ViewHandle<RuleParams<Path> & Defaults> {
    this.checkSetup('addUrlRule')
    const { endpoint: given, methods: givenMethods, provideAutomaticOptions, ...others } = options
    const { view, params, query, json, form, files, provide, onInvalid, middleware, ...rest } = others
    const properties = viewProperties(view)
    const methods = routeMethods(givenMethods, view)
    const endpoint = given ?? defaultEndpoint(rule, methods, view)
    const automatic =
      provideAutomaticOptions ??
      properties.provideAutomaticOptions ??
      (!methods.has('OPTIONS') && this.config.PROVIDE_AUTOMATIC_OPTIONS)
    if (automatic) methods.add('OPTIONS')
    if (view !== undefined) {
      const preparation = { params, query, json, form, files, provide, onInvalid }
      this.#addView(endpoint, preparedView(view as View<never>, preparation))
    }
    const made = new Rule<string>(rule, { ...rest, endpoint, methods: [...methods] } as RuleOptions<string>)
    this.urlMap.add(made)
    if (made.websocket) this.#hasWebSockets = true
    if (automatic) this.#automaticOptions.add(made)
    if (middleware !== undefined && middleware.length > 0) this.#routeMiddleware.set(made, middleware)
    return Object.freeze({ endpoint, rule, view: view as View<RuleParams<Path> & Defaults> })
  }

  /** Gives an endpoint its view, for rules that were registered without one. */
  endpoint(name: string, view: View<never>): void {
    this.checkSetup('endpoint')
    this.#addView(name, view)
  }

  /**
   * Registers a blueprint: its routes, hooks and error handlers become part of the application. Options take the place
   * of those of the blueprint.
   *
   * @throws TypeError if the name is taken; `{ name }` gives another.
   */
  abstract registerBlueprint(blueprint: RegisteredBlueprint, options?: RegisterBlueprintOptions): void

  /**
   * Takes a blueprint in under a name; `blueprint.register` calls this.
   *
   * @param ownedPrefix the path below which it answers for unknown URLs.
   */
  addBlueprint(name: string, blueprint: RegisteredBlueprint, ownedPrefix: string | null = null): void {
    this.checkSetup('registerBlueprint')
    const present = this.#blueprints.get(name)
    if (present !== undefined) {
      const which = present === blueprint ? 'this' : 'another'
      throw new TypeError(
        `The name ${JSON.stringify(name)} is already registered for ${which} blueprint. ` +
          "Give this one its own: app.registerBlueprint(blueprint, { name: 'other_name' }).",
      )
    }
    this.#blueprints.set(name, blueprint)
    if (ownedPrefix !== null) this.#owners.set(ownedPrefix.replace(/\/+$/, ''), name)
  }

  // ---- Matching ----

  /** What applies to a request: by its endpoint, or by its path if it leads to none. */
  scopeOfRequest(request: Request, endpoint: string | null): Scope {
    if (endpoint !== null) return this.scopeOf(endpoint)
    if (this.#owners.size === 0) return this.#appScope
    const owner = this.#ownerOf(request.path)
    // Any endpoint of the blueprint has its scope.
    return owner === null ? this.#appScope : this.scopeOf(`${owner}.`)
  }

  /** The blueprint that owns a path: that of the longest prefix. */
  #ownerOf(path: string): string | null {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const owner = this.#owners.get(path.slice(0, end))
      if (owner !== undefined) return owner
    }
    return null
  }

  /** What applies to an endpoint. */
  scopeOf(endpoint: string): Scope {
    if (this.#blueprints.size === 0) return this.#appScope
    const known = this.#scopes.get(endpoint)
    if (known !== undefined) return known
    const names = blueprintNames(endpoint, this.#blueprints)
    const scope = names.length === 0 ? this.#appScope : createScope(this, names, this.#blueprints)
    // Hooks may still be added before the first request. Endpoints that are not there may be any text, without end.
    const isKnown = this.#views.has(endpoint) || this.#blueprints.has(endpoint.slice(0, -1))
    if (this.started && isKnown) this.#scopes.set(endpoint, scope)
    return scope
  }

  /** Where the URL of a request leads. An HTTP error that matching raises is an outcome too: hooks run for it. */
  protected matchRequest(request: Request): RouteOutcome {
    const { urlMap } = this
    try {
      // An untrusted host is an error before anything else is.
      if (request.trustedHosts !== null) request.checkHost()
      if (urlMap.hostMatching || urlMap.subdomainMatching) return this.createUrlAdapter(request)!.outcome()
      return urlMap.matcher.match(request.rawPath, request.method, '', request.isWebSocket)
    } catch (error) {
      if (error instanceof HttpException) return { kind: 'error', error }
      throw error
    }
  }

  /** Whether the application answers OPTIONS for this rule by itself. */
  protected hasAutomaticOptions(rule: Rule<string>): boolean {
    return this.#automaticOptions.has(rule)
  }

  /** The middlewares for a request, the outermost first. */
  protected middlewareOf({ scope, route }: RequestContext): readonly Middleware[] {
    if (this.#routeMiddleware.size === 0 || route === null) return scope.middleware
    const own = this.#routeMiddleware.get(route)
    return own === undefined ? scope.middleware : [...scope.middleware, ...own]
  }

  // ---- Building URLs ----

  /**
   * Matches and builds URLs as seen from a request, or from outside of one by `SERVER_NAME`; null where that is not
   * set. If it is, URLs have this host in requests too, unless the application matches hosts.
   */
  createUrlAdapter(request: Request | null): MapAdapter<string> | null {
    const { SERVER_NAME, APPLICATION_ROOT, PREFERRED_URL_SCHEME } = this.config
    if (request === null) {
      if (SERVER_NAME === null) return null
      // As if a request for the root had come.
      return this.urlMap.bindToRequest(
        {
          scheme: PREFERRED_URL_SCHEME,
          host: SERVER_NAME,
          rootPath: APPLICATION_ROOT,
          path: '/',
          queryString: '',
          method: 'GET',
        },
        { serverName: SERVER_NAME },
      )
    }
    return this.urlMap.bindToRequest(
      {
        scheme: request.scheme,
        host: request.host,
        rootPath: request.rootPath,
        path: request.rawPath,
        queryString: request.queryString,
        method: request.method,
        isWebsocket: request.isWebSocket,
      },
      // The client chooses the host that it asks for; where hosts are matched, that is what counts.
      { serverName: this.urlMap.hostMatching ? null : SERVER_NAME },
    )
  }

  /** Adds what the `urlDefaults` hooks of the application and of the endpoint's blueprints know. */
  injectUrlDefaults(endpoint: string, values: Record<string, unknown>): void {
    for (const hook of this.scopeOf(endpoint).urlDefaults) hook(endpoint, values)
  }

  /** Gives `urlBuildErrorHandlers` their turn; throws the error if none makes a URL. */
  handleUrlBuildError(error: BuildError, endpoint: string, values: UrlValues): string {
    let last = error
    for (const handler of this.urlBuildErrorHandlers) {
      try {
        const url = handler(last, endpoint, values)
        if (url !== null && url !== undefined) return url
      } catch (thrown) {
        if (!(thrown instanceof BuildError)) throw thrown
        last = thrown
      }
    }
    throw last
  }

  #addView(endpoint: string, view: View<never>): void {
    const present = this.#views.get(endpoint)
    if (present !== undefined && present !== view) throw new EndpointConflictError(endpoint)
    this.#views.set(endpoint, view)
  }
}
