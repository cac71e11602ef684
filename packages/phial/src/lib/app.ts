import { Aborter, type AbortOptions, redirect } from '@phial/http'
import type { RequestOptions } from '@phial/http/test'
import type { Environment, EnvironmentOptions, Loader, TemplateFunction } from '@phial/jinja'
import type { Server } from '@phial/serve'
import type { SecretKey } from '@phial/signer'
import { loadTemplating } from '#load-templating'
import type { Extension, PhialExtensions, PhialOptions, ShellContextProcessor } from './app-options.ts'
import { BackgroundWork } from './background.ts'
import type { RegisterBlueprintOptions, RegisteredBlueprint } from './blueprints/setup-state.ts'
import { type Config, createConfig } from './config.ts'
import { Context, RequestContext } from './context/context.ts'
import { currentContext } from './context/current.ts'
import { Entry } from './entry.ts'
import type { TeardownAppContext } from './hooks.ts'
import { JsonProvider } from './json/provider.ts'
import { Logger } from './logging.ts'
import type { Middleware } from './middleware.ts'
import { fileName, folderOf, type ModuleMeta, resolveInstancePath } from './module-path.ts'
import { notExpected } from './not-expected.ts'
import { Request } from './request.ts'
import { readResource } from './resource.ts'
import { Response } from './response.ts'
import { type RunOptions, run } from './run.ts'
import { SecureCookieSessionInterface } from './sessions/cookie-sessions.ts'
import { type SessionInterface, sessionLifetime } from './sessions/session-interface.ts'
import { resolveFolder, resolveStaticFiles, staticView } from './static-files.ts'
import { isEscaped } from './templating/escaped-names.ts'
import type { Templates } from './templating/templates.ts'
import type { CliRunnerOptions } from './testing/cli-result.ts'
import { CliRunner } from './testing/cli-runner.ts'
import { AppClient, type AppClientOptions } from './testing/client.ts'
import type { ViewHandle } from './typing.ts'
import { buildUrl, endpointOf, type UrlForOptions, type UrlValues } from './url-for.ts'

/**
 * An application: its routes, hooks, error handlers and configuration, and a fetch handler that answers requests.
 *
 * ```ts
 * const app = new Phial(import.meta)
 * app.get('/', () => 'Hello, World!')
 * export default app
 * ```
 */
export class Phial extends Entry {
  /** The name of the application's module; also that of its log. */
  override readonly name: string
  override readonly rootPath: string | null
  /** The folder for what belongs to one installation, such as its settings and its database; null without files. */
  readonly instancePath: string | null
  override readonly config: Config
  /** State of extensions by their names. */
  readonly extensions: PhialExtensions & Record<string, unknown> = Object.create(null) as Record<
    string,
    unknown
  >
  /** Functions that give names to `phial shell`; see {@link shellContextProcessor}. */
  readonly shellContextProcessors: ShellContextProcessor[] = []
  override readonly requestClass: typeof Request
  override readonly responseClass: typeof Response
  readonly json: JsonProvider
  /** Work that goes on after responses; see `waitUntil`. */
  override readonly background: BackgroundWork = new BackgroundWork()
  /** Opens and saves the sessions of requests. */
  override readonly sessionInterface: SessionInterface
  /** Raises HTTP errors for `abort`. */
  override readonly aborter: Aborter
  override readonly staticFolder: string | null
  override readonly staticUrlPath: string | null
  override readonly templateFolder: string | null
  override readonly templateLoader: Loader | null

  #logger: Logger | null = null
  #templates: Templates | null = null
  readonly #jinjaOptions: EnvironmentOptions

  /**
   * @param module `import.meta` of the module that makes the application, or a name.
   * @throws TypeError for options that contradict each other.
   */
  constructor(module: ModuleMeta | string, options: PhialOptions = {}) {
    super(options)
    if (typeof module !== 'string' && (typeof module !== 'object' || module === null)) {
      throw new TypeError(
        notExpected('new Phial()', 'import.meta of the module that makes it, or a name', module),
      )
    }
    const meta = typeof module === 'string' ? {} : module
    this.name = typeof module === 'string' ? module : (fileName(meta) ?? 'app')
    this.rootPath = options.rootPath ?? folderOf(meta)
    this.instancePath = resolveInstancePath(this.rootPath, options.instancePath)
    this.config = createConfig(
      options.config,
      options.instanceRelativeConfig === true ? this.instancePath : this.rootPath,
    )
    this.requestClass = options.requestClass ?? Request
    this.responseClass = options.responseClass ?? Response
    this.json = options.jsonProvider ?? new JsonProvider()
    this.sessionInterface = options.sessionInterface ?? new SecureCookieSessionInterface()
    this.aborter = new Aborter(options.exceptions)
    const { folder, urlPath } = resolveStaticFiles(this.rootPath, options)
    this.staticFolder = folder
    this.staticUrlPath = urlPath
    const { templateFolder = 'templates' } = options
    this.templateFolder = resolveFolder(this.rootPath, templateFolder)
    this.templateLoader = options.templateLoader ?? null
    this.#jinjaOptions = options.jinjaOptions ?? {}
    if (folder !== null) {
      this.addUrlRule(`${urlPath}/<path:filename>`, {
        endpoint: 'static',
        view: staticView(this),
        ...(options.staticHost === undefined ? {} : { host: options.staticHost }),
      })
    }
  }

  /** Development mode; forwards to `config.DEBUG`. */
  get debug(): boolean {
    return this.config.DEBUG
  }

  set debug(value: boolean) {
    this.config.DEBUG = value
  }

  /** The content of a file in the instance folder; see {@link openResource}. */
  openInstanceResource(path: string, options: { asText: true }): Promise<string>
  openInstanceResource(path: string): Promise<Uint8Array>
  openInstanceResource(path: string, options: { asText?: boolean } = {}): Promise<string | Uint8Array> {
    return readResource(this.instancePath, path, options)
  }

  /** Test mode; forwards to `config.TESTING`. */
  get testing(): boolean {
    return this.config.TESTING
  }

  set testing(value: boolean) {
    this.config.TESTING = value
  }

  /** The key that signs; forwards to `config.SECRET_KEY`. */
  get secretKey(): SecretKey | null {
    return this.config.SECRET_KEY
  }

  set secretKey(value: SecretKey | null) {
    this.config.SECRET_KEY = value
  }

  /** Seconds that permanent sessions last; forwards to `config.PERMANENT_SESSION_LIFETIME`. */
  get permanentSessionLifetime(): number {
    return sessionLifetime(this)
  }

  set permanentSessionLifetime(value: number | string) {
    this.config.PERMANENT_SESSION_LIFETIME = value
  }

  /** The application's log. Its level is `debug` in debug mode, else `warning`. */
  override get logger(): Logger {
    this.#logger ??= new Logger(this.name, this.debug ? 'debug' : 'warning')
    return this.#logger
  }

  // ---- Setting up ----

  override registerBlueprint(blueprint: RegisteredBlueprint, options: RegisterBlueprintOptions = {}): void {
    this.checkSetup('registerBlueprint')
    if (typeof (blueprint as Partial<RegisteredBlueprint> | undefined)?.register !== 'function') {
      throw new TypeError(notExpected('app.registerBlueprint()', 'a Blueprint', blueprint))
    }
    blueprint.register(this, options)
  }

  /** Wraps all views in a middleware, or lets an extension set itself up; see {@link Middleware}, {@link Extension}. */
  override use(middleware: Middleware): void
  override use(extension: Extension): void
  override use(used: Middleware | Extension): void {
    if (typeof used === 'function') {
      super.use(used)
      return
    }
    this.checkSetup('use')
    if (typeof (used as Partial<Extension> | undefined)?.initApp !== 'function') {
      throw new TypeError(
        notExpected(
          'app.use()',
          'a middleware, which is a function, or an extension with initApp(app)',
          used,
        ),
      )
    }
    used.initApp(this)
  }

  /** Runs at the end of every context, of requests and of commands; the last registered runs first. */
  teardownAppContext(hook: TeardownAppContext): TeardownAppContext {
    this.checkSetup('teardownAppContext')
    this.hooks.teardownAppContext.unshift(hook)
    return hook
  }

  /** Gives names to `phial shell`, besides `app`, `g` and `urlFor`: `app.shellContextProcessor(() => ({ db, User }))`. */
  shellContextProcessor(processor: ShellContextProcessor): ShellContextProcessor {
    this.checkSetup('shellContextProcessor')
    this.shellContextProcessors.push(processor)
    return processor
  }

  // ---- Templates ----

  /** The templates of the application. They are set up when they are first used. */
  get templates(): Templates {
    this.#templates ??= new (loadTemplating().Templates)(this, this.#jinjaOptions)
    return this.#templates
  }

  /** The environment of the application's templates: filters, tests, globals, extensions. */
  get jinjaEnv(): Environment {
    return this.templates.environment
  }

  /** Makes {@link jinjaEnv}. Override it to set more than the option `jinjaOptions` can. */
  createJinjaEnvironment(options: EnvironmentOptions): Environment {
    return loadTemplating().createTemplateEnvironment(this, options)
  }

  /** Whether the output of a template is escaped: of `.html`, `.htm`, `.xml`, `.xhtml`, `.svg`, and of text (null). */
  selectJinjaAutoescape(name: string | null): boolean {
    return isEscaped(name)
  }

  /** Adds a filter to all templates: `app.templateFilter('price', (value: number) => `EUR ${value.toFixed(2)}`)`. */
  templateFilter(name: string, filter: TemplateFunction): void {
    this.checkSetup('templateFilter')
    this.jinjaEnv.addFilter(name, filter)
  }

  /** Adds a test to all templates: `{% if number is prime %}`. */
  templateTest(name: string, test: TemplateFunction): void {
    this.checkSetup('templateTest')
    this.jinjaEnv.addTest(name, test)
  }

  /** Adds a variable or function to all templates. */
  templateGlobal(name: string, value: unknown): void {
    this.checkSetup('templateGlobal')
    this.jinjaEnv.addGlobal(name, value)
  }

  // ---- Contexts ----

  /** A context without a request, for scripts and tests: `app.appContext().run(() => …)`. */
  override appContext(): Context {
    return new Context(this)
  }

  /** The context of a request; its URL is matched here. */
  override requestContext(request: Request): RequestContext {
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
    const names: Record<string, unknown> = {
      app: this,
      g: currentContext()?.g,
      urlFor: this.urlFor.bind(this),
    }
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

  // ---- Serving ----

  /**
   * Serves the application on Node until it is stopped; the `phial run` command does more. It does nothing where the
   * command has loaded the application.
   */
  run(options?: RunOptions): Promise<Server | null> {
    return run(this, options)
  }

  /** Seconds for which caches may keep a static file; see `SEND_FILE_MAX_AGE_DEFAULT`. Override it to decide by name. */
  override getSendFileMaxAge(_filename: string | null): number | null {
    return this.config.SEND_FILE_MAX_AGE_DEFAULT
  }

  // ---- URLs ----

  /**
   * The URL of a view; see `urlFor`. It may be called outside of a context, where URLs have scheme and host by
   * `SERVER_NAME`, `APPLICATION_ROOT` and `PREFERRED_URL_SCHEME`.
   */
  urlFor(view: string | ViewHandle<never>, values: UrlValues = {}, options: UrlForOptions = {}): string {
    if (typeof view !== 'string' && typeof (view as Partial<ViewHandle> | undefined)?.endpoint !== 'string') {
      throw new TypeError(
        notExpected('urlFor()', 'an endpoint, or what registering a view has returned', view),
      )
    }
    return buildUrl(this, typeof view === 'string' ? view : endpointOf(this, view), values, options)
  }

  // ---- Answers ----

  /** A response that sends the client to another URL; see `redirect`. */
  override redirect(location: string, status = 302): Response {
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
    return this.json.response(value, this)
  }
}
