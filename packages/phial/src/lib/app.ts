import {
  Aborter,
  type AbortOptions,
  HttpException,
  type HttpExceptionClass,
  type Request as HttpRequest,
  redirect,
} from '@phial/http'
import type { RequestOptions } from '@phial/http/test'
import { BuildError, type MapAdapter, Rule, type RuleOptions, type RuleParams, UrlMap } from '@phial/router'
import type { Server } from '@phial/serve'
import { type Config, createConfig } from './config.ts'
import type { PhialConfig } from './config-defaults.ts'
import { Context, RequestContext, type RouteOutcome } from './context/context.ts'
import { currentContext, runInContext } from './context/current.ts'
import { dispatch } from './dispatch.ts'
import type { TeardownAppContext } from './hooks.ts'
import { JsonProvider } from './json/provider.ts'
import { Logger } from './logging.ts'
import { fileName, folderOf, type ModuleMeta } from './module-path.ts'
import { Pipeline } from './pipeline.ts'
import { Request } from './request.ts'
import { Response } from './response.ts'
import { defaultEndpoint, routeMethods, type UrlRuleOptions } from './route-options.ts'
import { EndpointConflictError } from './routing-errors.ts'
import { type RunOptions, run } from './run.ts'
import { setupFinished } from './setup-lock.ts'
import { resolveStaticFiles, sendStaticFile } from './static-files.ts'
import type { CliRunnerOptions } from './testing/cli-result.ts'
import { CliRunner } from './testing/cli-runner.ts'
import { AppClient, type AppClientOptions } from './testing/client.ts'
import type { View, ViewHandle } from './typing.ts'
import { buildUrl, type UrlBuildErrorHandler, type UrlForOptions, type UrlValues } from './url-for.ts'

/** A fetch handler: what servers call and middleware wraps. */
export type FetchHandler = (
  request: Request,
  env?: unknown,
  executionContext?: unknown,
) => Response | Promise<Response>

/** Gives names to `phial shell`. */
export type ShellContextProcessor = () => Record<string, unknown> | Promise<Record<string, unknown>>

export interface PhialOptions {
  /** The folder of the application. Default: that of its module. */
  rootPath?: string
  /** The folder of static files, in {@link rootPath}; null for none. Default `static`. */
  staticFolder?: string | null
  /** The path under which static files are served. Default: the folder's name, as in `/static`. */
  staticUrlPath?: string
  /** The host of the static route; needed with `hostMatching` where there is a static folder. */
  staticHost?: string
  /** Rules match the host too. Default false. */
  hostMatching?: boolean
  /** Rules match the subdomain below `SERVER_NAME` too. Default false. */
  subdomainMatching?: boolean
  /** Configuration, over the defaults. */
  config?: Partial<PhialConfig> & Record<string, unknown>
  /** The class of requests; extend `Request`. */
  requestClass?: typeof Request
  /** The class of responses; extend `Response`. */
  responseClass?: typeof Response
  /** How values become JSON and back. */
  jsonProvider?: JsonProvider
  /** HTTP errors for `abort`, by status, besides the usual ones. */
  exceptions?: Iterable<readonly [number, HttpExceptionClass]>
}

/** State of extensions by their names. Extend it by declaration. */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface PhialExtensions {}

/**
 * An application: its routes, hooks, error handlers and configuration, and a fetch handler that answers requests.
 *
 * ```ts
 * const app = new Phial(import.meta)
 * app.get('/', () => 'Hello, World!')
 * export default app
 * ```
 */
export class Phial extends Pipeline {
  /** The name of the application's module; also that of its log. */
  readonly name: string
  /** The folder of the application, or null where the runtime has no files. */
  readonly rootPath: string | null
  readonly config: Config
  /** The rules. */
  readonly urlMap: UrlMap<string>
  /** The views by endpoint. */
  readonly viewFunctions: ReadonlyMap<string, View<never>>
  /** State of extensions by their names. */
  readonly extensions: PhialExtensions & Record<string, unknown> = Object.create(null) as Record<
    string,
    unknown
  >
  /** Functions that give names to `phial shell`; see {@link shellContextProcessor}. */
  readonly shellContextProcessors: ShellContextProcessor[] = []
  /** Called in turn for a URL that cannot be built. */
  readonly urlBuildErrorHandlers: UrlBuildErrorHandler[] = []
  readonly requestClass: typeof Request
  readonly responseClass: typeof Response
  readonly json: JsonProvider
  /** Raises HTTP errors for `abort`. */
  readonly aborter: Aborter
  /** The folder of static files as a path, or null. */
  readonly staticFolder: string | null
  /** The path under which static files are served, or null. */
  readonly staticUrlPath: string | null

  /**
   * Answers a request: the application as servers see it. It is bound, so `Deno.serve(app.fetch)` works too.
   *
   * @param request ours, or one of the runtime.
   * @param env bindings of the runtime; see `request.env`.
   * @param executionContext the runtime's context of the event; see `request.executionContext`.
   */
  readonly fetch: (
    request: HttpRequest | globalThis.Request,
    env?: unknown,
    executionContext?: unknown,
  ) => Response | Promise<Response>

  readonly #views = new Map<string, View<never>>()
  readonly #automaticOptions = new WeakSet<Rule<string>>()
  #handler: FetchHandler = (request) => this.handleRequest(request)
  #logger: Logger | null = null
  #started = false

  /**
   * @param module `import.meta` of the module that makes the application, or a name.
   * @throws TypeError for options that contradict each other.
   */
  constructor(module: ModuleMeta | string, options: PhialOptions = {}) {
    super()
    const meta = typeof module === 'string' ? {} : module
    this.name = typeof module === 'string' ? module : (fileName(meta) ?? 'app')
    this.rootPath = options.rootPath ?? folderOf(meta)
    this.config = createConfig(options.config)
    this.requestClass = options.requestClass ?? Request
    this.responseClass = options.responseClass ?? Response
    this.json = options.jsonProvider ?? new JsonProvider()
    this.aborter = new Aborter(options.exceptions)
    this.viewFunctions = this.#views
    this.urlMap = new UrlMap<string>([], {
      hostMatching: options.hostMatching ?? false,
      subdomainMatching: options.subdomainMatching ?? false,
      // A `path` value with `..` in it would lead out of whatever folder it is joined to.
      rejectDotSegments: true,
    })
    const { folder, urlPath } = resolveStaticFiles(this.rootPath, options)
    this.staticFolder = folder
    this.staticUrlPath = urlPath
    if (folder !== null) {
      this.addUrlRule(`${urlPath}/<path:filename>`, {
        endpoint: 'static',
        view: sendStaticFile,
        ...(options.staticHost === undefined ? {} : { host: options.staticHost }),
      })
    }
    this.fetch = (request, env, executionContext) => {
      const own =
        request instanceof this.requestClass
          ? request
          : this.requestClass.from(request, { env, executionContext })
      return this.#handler(own, env, executionContext)
    }
  }

  /** Development mode; forwards to `config.DEBUG`. */
  get debug(): boolean {
    return this.config.DEBUG
  }

  set debug(value: boolean) {
    this.config.DEBUG = value
  }

  /** Test mode; forwards to `config.TESTING`. */
  get testing(): boolean {
    return this.config.TESTING
  }

  set testing(value: boolean) {
    this.config.TESTING = value
  }

  /** The key that signs; forwards to `config.SECRET_KEY`. */
  get secretKey(): string | null {
    return this.config.SECRET_KEY
  }

  set secretKey(value: string | null) {
    this.config.SECRET_KEY = value
  }

  /** The application's log. Its level is `debug` in debug mode, else `warning`. */
  get logger(): Logger {
    this.#logger ??= new Logger(this.name, this.debug ? 'debug' : 'warning')
    return this.#logger
  }

  /** Whether the application has begun to handle requests; nothing can be registered any more. */
  get started(): boolean {
    return this.#started
  }

  // ---- Setting up ----

  override addUrlRule<const Path extends string, const Defaults extends object = object>(
    rule: Path,
    options: UrlRuleOptions<Path, Defaults>,
  ): ViewHandle<RuleParams<Path> & Defaults> {
    this.checkSetup('addUrlRule')
    const { view, endpoint: given, methods: givenMethods, provideAutomaticOptions, ...rest } = options
    const methods = routeMethods(givenMethods)
    const endpoint = given ?? defaultEndpoint(rule, methods, view)
    const automatic =
      provideAutomaticOptions ?? (!methods.has('OPTIONS') && this.config.PROVIDE_AUTOMATIC_OPTIONS)
    if (automatic) methods.add('OPTIONS')
    if (view !== undefined) this.#addView(endpoint, view as View<never>)
    const made = new Rule<string>(rule, { ...rest, endpoint, methods: [...methods] } as RuleOptions<string>)
    this.urlMap.add(made)
    if (automatic) this.#automaticOptions.add(made)
    return Object.freeze({ endpoint, rule, view: view as View<RuleParams<Path> & Defaults> })
  }

  /** Gives an endpoint its view, for rules that were registered without one. */
  endpoint(name: string, view: View<never>): void {
    this.checkSetup('endpoint')
    this.#addView(name, view)
  }

  /** Runs at the end of every context, of requests and of commands; the last registered runs first. */
  teardownAppContext(hook: TeardownAppContext): TeardownAppContext {
    this.checkSetup('teardownAppContext')
    this.hooks.teardownAppContext.unshift(hook)
    return hook
  }

  /** Gives names to `phial shell`, besides `app` and `g`: `app.shellContextProcessor(() => ({ db, User }))`. */
  shellContextProcessor(processor: ShellContextProcessor): ShellContextProcessor {
    this.checkSetup('shellContextProcessor')
    this.shellContextProcessors.push(processor)
    return processor
  }

  /**
   * Wraps the application's fetch handler in a middleware. The last one added is the first to see a request.
   *
   * ```ts
   * app.wrap((next) => (request) => next(request.with({ scheme: 'https' })))
   * ```
   */
  wrap(middleware: (next: FetchHandler) => FetchHandler): void {
    this.checkSetup('wrap')
    this.#handler = middleware(this.#handler)
  }

  // ---- Contexts ----

  /** A context without a request, for scripts and tests: `app.appContext().run(() => …)`. */
  appContext(): Context {
    return new Context(this)
  }

  /** The context of a request; its URL is matched here. */
  requestContext(request: Request): RequestContext {
    request.trustedHosts = this.config.TRUSTED_HOSTS
    const context = new RequestContext(this, request, this.matchRequest(request))
    request.context = context
    return context
  }

  /** The context of a made-up request: `app.testRequestContext('/path').run(() => …)`. */
  testRequestContext(path = '/', options?: RequestOptions): RequestContext {
    return this.requestContext(this.requestClass.from(this.testClient().build(path, options).toRequest()))
  }

  /** The names that `phial shell` offers; it runs in the shell's context. */
  async makeShellContext(): Promise<Record<string, unknown>> {
    const names: Record<string, unknown> = { app: this, g: currentContext()?.g }
    for (const processor of this.shellContextProcessors) Object.assign(names, await processor())
    return names
  }

  /** Calls commands as the `phial` command would, in this process; for tests. */
  testCliRunner(options?: CliRunnerOptions): CliRunner {
    return new CliRunner(this, options)
  }

  /** A client that sends requests to this application without a server. */
  testClient(options?: AppClientOptions): AppClient {
    return new AppClient(this, options)
  }

  // ---- The way in ----

  /**
   * Serves the application on Node until it is stopped; the `phial run` command does more. It does nothing where the
   * command has loaded the application.
   */
  run(options?: RunOptions): Promise<Server> {
    return run(this, options)
  }

  /** Handles one request: makes its context and runs the pipeline in it. */
  protected handleRequest(request: Request): Response | Promise<Response> {
    this.#started = true
    const context = this.requestContext(request)
    return runInContext(context, dispatch, context)
  }

  /** Seconds for which caches may keep a static file; see `SEND_FILE_MAX_AGE_DEFAULT`. Override it to decide by name. */
  getSendFileMaxAge(_filename: string | null): number | null {
    return this.config.SEND_FILE_MAX_AGE_DEFAULT
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

  protected override hasAutomaticOptions(rule: Rule<string>): boolean {
    return this.#automaticOptions.has(rule)
  }

  // ---- URLs ----

  /**
   * Matches and builds URLs as seen from a request, or from outside of one by `SERVER_NAME`; null where that is not
   * set.
   */
  override createUrlAdapter(request: Request | null): MapAdapter<string> | null {
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
      { serverName: this.urlMap.subdomainMatching ? SERVER_NAME : null },
    )
  }

  /**
   * The URL of a view; see `urlFor`. It may be called outside of a context, where URLs have scheme and host by
   * `SERVER_NAME`, `APPLICATION_ROOT` and `PREFERRED_URL_SCHEME`.
   */
  urlFor(view: string | ViewHandle<never>, values: UrlValues = {}, options: UrlForOptions = {}): string {
    return buildUrl(this, typeof view === 'string' ? view : view.endpoint, values, options)
  }

  /** Adds what `urlDefaults` hooks know to the values of a URL. */
  injectUrlDefaults(endpoint: string, values: Record<string, unknown>): void {
    for (const hook of this.hooks.urlDefaults) hook(endpoint, values)
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

  // ---- Answers ----

  /** A response that sends the client to another URL; see `redirect`. */
  redirect(location: string, status = 302): Response {
    return redirect(location, status, this.responseClass)
  }

  /** Ends the request with an HTTP error; see `abort`. */
  abort(
    status: number | Response | globalThis.Response,
    description?: string | AbortOptions,
    options?: AbortOptions,
  ): never {
    this.aborter.abort(status, description, options)
  }

  /** A JSON response; indented in debug mode. */
  jsonResponse(value: unknown): Response {
    const indent = this.json.indent ?? (this.debug ? 2 : 0)
    return new this.responseClass(`${this.json.dumps(value, indent)}\n`, { contentType: this.json.mimetype })
  }

  protected override checkSetup(method: string): void {
    if (this.#started) throw setupFinished(method)
  }

  #addView(endpoint: string, view: View<never>): void {
    const present = this.#views.get(endpoint)
    if (present !== undefined && present !== view) throw new EndpointConflictError(endpoint)
    this.#views.set(endpoint, view)
  }
}
