import type { Loader, TemplateFunction } from '@phial/jinja'
import type { RuleParams } from '@phial/router'
import type { Phial } from '../app.ts'
import { addErrorHandler, type ErrorClass, type ErrorHandler } from '../error-handlers.ts'
import type {
  AfterRequest,
  BeforeRequest,
  ContextProcessor,
  TeardownRequest,
  UrlDefaults,
  UrlValuePreprocessor,
} from '../hooks.ts'
import { folderOf, type ModuleMeta } from '../module-path.ts'
import { joinProviders, type ProvidedValues, type Providers } from '../provide.ts'
import { defaultEndpoint, routeMethods, type UrlRuleOptions } from '../route-options.ts'
import { Scaffold } from '../scaffold.ts'
import { SetupFinishedError } from '../setup-lock.ts'
import { resolveFolder, resolveStaticFiles, staticView } from '../static-files.ts'
import type { View, ViewHandle } from '../typing.ts'
import {
  BlueprintSetupState,
  joinPrefix,
  type RegisterBlueprintOptions,
  type RegisteredBlueprint,
} from './setup-state.ts'

export interface BlueprintOptions<Prefix extends string = string, Given extends Providers = Providers> {
  /** The path before all rules; its parameters are given to all views. Default: none. */
  urlPrefix?: Prefix
  /** The subdomain of all rules that name none; with the option `subdomainMatching` of the application. */
  subdomain?: string
  /**
   * Whether unknown URLs below the prefix belong to the blueprint: its hooks and its handler for 404 run for them. The
   * prefix has no parameters then. Default false, as in Flask: they are the application's.
   */
  ownsPrefix?: boolean
  /** Values for parameters that rules do not have. */
  urlDefaults?: Readonly<Record<string, unknown>>
  /** Values that are made for each of its views and are typed in their context; see {@link Providers}. */
  provide?: Given
  /** The folder of static files, in {@link rootPath}; null for none. Default none. */
  staticFolder?: string | null
  /** The path below the prefix under which static files are served. Default: the folder's name. */
  staticUrlPath?: string
  /** The folder of templates; null for none. Default none. */
  templateFolder?: string | null
  /** Where templates come from, in place of {@link templateFolder}. */
  templateLoader?: Loader
  /** The folder of the blueprint. Default: that of its module. */
  rootPath?: string
  /** The group of its commands; null: none, they stand beside those of the application. Default: its name. */
  cliGroup?: string | null
}

/** Called with the setup state each time that a blueprint is registered. */
export type DeferredSetup = (state: BlueprintSetupState) => void

/**
 * A part of an application: routes, hooks and error handlers that are registered together, under a prefix, once or
 * several times, on an application or on another blueprint.
 *
 * ```ts
 * const shop = new Blueprint('shop', import.meta, { urlPrefix: '/shop' })
 * shop.get('/', () => 'Welcome')
 * app.registerBlueprint(shop)
 * ```
 *
 * Its hooks and handlers are for its own requests; `beforeAppRequest` and the like are for those of the whole
 * application.
 */
export class Blueprint<const Prefix extends string = '', Given extends Providers = Record<never, never>>
  extends Scaffold<RuleParams<Prefix>, ProvidedValues<{ provide: Given }>>
  implements RegisteredBlueprint
{
  protected override readonly kind: string = 'blueprint'
  /** The name, which stands before the endpoints: `shop.index`. */
  override readonly name: string
  readonly urlPrefix: string | null
  readonly subdomain: string | null
  readonly urlDefaultValues: Readonly<Record<string, unknown>>
  override readonly rootPath: string | null
  override readonly staticFolder: string | null
  override readonly staticUrlPath: string | null
  override readonly templateFolder: string | null
  override readonly templateLoader: Loader | null
  readonly #ownsPrefix: boolean
  readonly #provide: Providers | undefined
  /** The group of its commands; undefined: the name under which it is registered. */
  readonly cliGroup: string | null | undefined
  readonly #setup: DeferredSetup[] = []
  readonly #nested: [blueprint: RegisteredBlueprint, options: RegisterBlueprintOptions][] = []
  #isRegistered = false

  /**
   * @param module `import.meta` of the blueprint's module; it tells the folder. Null: no files.
   * @throws TypeError for a name that is empty or has a dot.
   */
  constructor(name: string, module: ModuleMeta | null = null, options: BlueprintOptions<Prefix, Given> = {}) {
    super()
    checkName(name, "A blueprint's name")
    this.name = name
    this.urlPrefix = options.urlPrefix ?? null
    this.subdomain = options.subdomain ?? null
    this.urlDefaultValues = options.urlDefaults ?? {}
    this.#ownsPrefix = options.ownsPrefix ?? false
    this.#provide = options.provide
    this.rootPath = options.rootPath ?? (module === null ? null : folderOf(module))
    const { folder, urlPath } = resolveStaticFiles(this.rootPath, { staticFolder: null, ...options })
    this.staticFolder = folder
    this.staticUrlPath = urlPath
    this.templateFolder = resolveFolder(this.rootPath, options.templateFolder ?? null)
    this.templateLoader = options.templateLoader ?? null
    this.cliGroup = options.cliGroup
  }

  override addUrlRule<const Rule extends string, const Defaults extends object = object>(
    rule: Rule,
    options: UrlRuleOptions<Rule, Defaults, RuleParams<Prefix>, ProvidedValues<{ provide: Given }>>,
  ): ViewHandle<RuleParams<Rule> & Defaults & RuleParams<Prefix>> {
    this.checkSetup('addUrlRule')
    const { endpoint: given, view } = options
    if (given !== undefined) checkName(given, 'The endpoint of a rule in a blueprint')
    if (view?.name.includes('.')) checkName(view.name, "The name of a blueprint's view")
    const provide = joinProviders(this.#provide, options.provide)
    this.record((state) => state.addUrlRule(rule, { ...options, provide } as UrlRuleOptions))
    const methods = routeMethods(options.methods, view)
    const endpoint = given ?? defaultEndpoint(rule, methods, view).replaceAll('.', '_')
    return Object.freeze({
      endpoint: `${this.name}.${endpoint}`,
      rule: joinPrefix(this.urlPrefix, rule),
      view: view as View<RuleParams<Rule> & Defaults & RuleParams<Prefix>>,
      blueprint: this,
    })
  }

  /** Gives an endpoint of this blueprint its view. */
  endpoint(name: string, view: View<never>): void {
    checkName(name, 'The endpoint of a view in a blueprint')
    this.record((state) => state.app.endpoint(`${state.name}.${name}`, view))
  }

  /** Calls `setup` each time that the blueprint is registered. */
  record(setup: DeferredSetup): void {
    this.checkSetup('record')
    this.#setup.push(setup)
  }

  /** Calls `setup` when the blueprint is registered on an application for the first time. */
  recordOnce(setup: DeferredSetup): void {
    this.record((state) => {
      if (state.firstRegistration) setup(state)
    })
  }

  /** Registers another blueprint inside of this one: prefixes, subdomains and names join. */
  registerBlueprint(blueprint: RegisteredBlueprint, options: RegisterBlueprintOptions = {}): void {
    this.checkSetup('registerBlueprint')
    if (blueprint === this) {
      throw new TypeError(`The blueprint ${JSON.stringify(this.name)} cannot be registered on itself.`)
    }
    this.#nested.push([blueprint, options])
  }

  /**
   * Registers the blueprint; `app.registerBlueprint` calls this. Override it to do more.
   *
   * @param outer the state of the blueprint around this one, or null.
   * @throws TypeError if the name is taken.
   */
  register(app: Phial, options: RegisterBlueprintOptions, outer: BlueprintSetupState | null = null): void {
    const ownName = options.name ?? this.name
    checkName(ownName, "A blueprint's name")
    const name = outer === null ? ownName : `${outer.name}.${ownName}`
    const first = ![...app.blueprints.values()].includes(this)
    const urlPrefix = joinOuter(outer?.urlPrefix ?? null, options.urlPrefix ?? this.urlPrefix)
    app.addBlueprint(name, this, this.#ownsPrefix ? checkOwnedPrefix(this.name, urlPrefix) : null)
    this.#isRegistered = true
    const state = new BlueprintSetupState(app, first, {
      name,
      urlPrefix,
      subdomain: joinSubdomain(outer?.subdomain ?? null, options.subdomain ?? this.subdomain),
      urlDefaults: { ...this.urlDefaultValues, ...options.urlDefaults },
    })
    if (this.staticFolder !== null) {
      state.addUrlRule(`${this.staticUrlPath}/<path:filename>`, {
        endpoint: 'static',
        view: staticView(this) as View<never>,
      } as UrlRuleOptions)
    }
    for (const setup of this.#setup) setup(state)
    this.#addCommands(app, options.cliGroup === undefined ? this.cliGroup : options.cliGroup, name)
    for (const [nested, nestedOptions] of this.#nested) nested.register(app, nestedOptions, state)
  }

  #addCommands(app: Phial, group: string | null | undefined, name: string): void {
    if (this.cli.commands.size === 0) return
    if (group === null) app.cli.merge(this.cli)
    else app.cli.add(this.cli, group ?? name)
  }

  // ---- For the whole application ----

  /** As `app.beforeRequest`: for all requests of the application. */
  beforeAppRequest(hook: BeforeRequest): BeforeRequest {
    this.recordOnce(({ app }) => app.beforeRequest(hook))
    return hook
  }

  /** As `app.afterRequest`: for all requests of the application. */
  afterAppRequest(hook: AfterRequest): AfterRequest {
    this.recordOnce(({ app }) => app.afterRequest(hook))
    return hook
  }

  /** As `app.teardownRequest`: for all requests of the application. */
  teardownAppRequest(hook: TeardownRequest): TeardownRequest {
    this.recordOnce(({ app }) => app.teardownRequest(hook))
    return hook
  }

  /** As `app.urlValuePreprocessor`: for all requests of the application. */
  appUrlValuePreprocessor(hook: UrlValuePreprocessor): UrlValuePreprocessor {
    this.recordOnce(({ app }) => app.urlValuePreprocessor(hook))
    return hook
  }

  /** As `app.urlDefaults`: for all URLs of the application. */
  appUrlDefaults(hook: UrlDefaults): UrlDefaults {
    this.recordOnce(({ app }) => app.urlDefaults(hook))
    return hook
  }

  /** As `app.contextProcessor`: for all templates of the application. */
  appContextProcessor(processor: ContextProcessor): ContextProcessor {
    this.recordOnce(({ app }) => app.contextProcessor(processor))
    return processor
  }

  /** As `app.templateFilter`: for all templates of the application. */
  appTemplateFilter(name: string, filter: TemplateFunction): void {
    this.recordOnce(({ app }) => app.templateFilter(name, filter))
  }

  /** As `app.templateTest`: for all templates of the application. */
  appTemplateTest(name: string, test: TemplateFunction): void {
    this.recordOnce(({ app }) => app.templateTest(name, test))
  }

  /** As `app.templateGlobal`: for all templates of the application. */
  appTemplateGlobal(name: string, value: unknown): void {
    this.recordOnce(({ app }) => app.templateGlobal(name, value))
  }

  /** As `app.errorHandler`: for errors of the whole application. */
  appErrorHandler(status: number, handler: ErrorHandler<import('@phial/http').HttpException>): void
  appErrorHandler<Thrown extends Error>(ErrorClass: ErrorClass<Thrown>, handler: ErrorHandler<Thrown>): void
  appErrorHandler(key: number | ErrorClass, handler: ErrorHandler<never>): void {
    this.recordOnce(({ app }) => addErrorHandler(app.errorHandlers, key, handler as ErrorHandler))
  }

  protected override checkSetup(method: string): void {
    if (!this.#isRegistered) return
    throw new SetupFinishedError(
      `blueprint.${method}() was called on ${JSON.stringify(this.name)} after it was registered, so it would not take ` +
        'effect. Set the blueprint up first: import the modules with its views, then register it.',
    )
  }
}

function checkOwnedPrefix(name: string, prefix: string | null): string {
  if (prefix !== null && prefix !== '' && prefix !== '/' && !prefix.includes('<')) return prefix
  throw new TypeError(
    `The blueprint ${JSON.stringify(name)} owns its prefix, which then is a path without parameters, as in '/admin'; ` +
      `got ${JSON.stringify(prefix)}.`,
  )
}

function joinOuter(outer: string | null, inner: string | null): string | null {
  return inner === null ? outer : joinPrefix(outer, inner)
}

function joinSubdomain(outer: string | null, inner: string | null): string | null {
  if (outer === null || inner === null) return inner ?? outer
  return `${inner}.${outer}`
}

function checkName(name: string, what: string): void {
  if (typeof name !== 'string' || name === '') throw new TypeError(`${what} is text, and not empty.`)
  if (name.includes('.')) {
    throw new TypeError(
      `${what} has no dot, which separates blueprints in endpoints; got ${JSON.stringify(name)}.`,
    )
  }
}
