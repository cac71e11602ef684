import type { RuntimeEnvironment, TemplateFunction } from './context.ts'
import { Emitter } from './emitter.ts'
import type { ExpressApplication } from './express.ts'
import { useInExpress } from './express.ts'
import { filters } from './filters/table.ts'
import { defaultGlobals } from './globals.ts'
import type { LexerOptions } from './lexer.ts'
import type { LoaderSource, TemplateLoader } from './loader.ts'
import type { ParserExtension } from './parser.ts'
import type { PrecompiledTemplates } from './precompiled.ts'
import { PrecompiledLoader } from './precompiled.ts'
import type { TemplateSource } from './template.ts'
import { answerLater, CompilableTemplate } from './template.ts'
import { tests } from './tests.ts'
import type { Callback } from './waiting.ts'
import { callAsync, isThenable, withValue } from './waiting.ts'

/** How many relative names are kept for each loader. */
const MAX_NAMES = 1000

/** The settings of an environment. */
export interface EnvironmentOptions extends LexerOptions {
  /** Whether printed values are escaped. Default: true. */
  readonly autoescape?: boolean
  /** Whether printing `null` or `undefined` is an error. Default: false. */
  readonly throwOnUndefined?: boolean
  /** Taken for compatibility: errors always have their `cause`. */
  readonly dev?: boolean
}

/** An extension: tags of its own. `parse` makes nodes, among them one that calls a method when the template runs. */
export interface NunjucksExtension extends ParserExtension {
  /** Whether what its methods give is escaped. Default: true. */
  readonly autoescape?: boolean
  /** The name that it was added by. The environment sets it. */
  __name?: string
  readonly [member: string]: unknown
}

type ResolvedOptions = EnvironmentOptions & {
  readonly autoescape: boolean
  readonly throwOnUndefined: boolean
}

/** Filters, globals, extensions and loaders that templates share. Its methods are those of Nunjucks. */
export class Environment extends Emitter implements RuntimeEnvironment {
  readonly opts: ResolvedOptions
  readonly loaders: readonly TemplateLoader[]
  readonly globals: Record<string, unknown> = defaultGlobals()
  readonly filters: Record<string, TemplateFunction> = Object.assign(Object.create(null), filters)
  readonly tests: Record<string, TemplateFunction> = Object.assign(Object.create(null), tests)
  readonly asyncFilters: string[] = []
  readonly extensionsList: NunjucksExtension[] = []
  readonly #caches = new Map<TemplateLoader, Map<string, Template>>()
  /** What relative names mean, for each loader. */
  readonly #names = new Map<TemplateLoader, Map<string, string>>()

  /** @param loaders Where templates come from, in the order in which they are asked. Default: none. */
  constructor(loaders?: TemplateLoader | readonly TemplateLoader[] | null, options: EnvironmentOptions = {}) {
    super()
    this.opts = {
      ...options,
      autoescape: options.autoescape ?? true,
      throwOnUndefined: options.throwOnUndefined ?? false,
    }
    const own = loaders === undefined || loaders === null ? [] : isList(loaders) ? loaders : [loaders]
    const { nunjucksPrecompiled } = globalThis as { nunjucksPrecompiled?: PrecompiledTemplates }
    this.loaders =
      nunjucksPrecompiled === undefined ? own : [new PrecompiledLoader(nunjucksPrecompiled), ...own]
    for (const loader of this.loaders) this.#listen(loader)
  }

  // -------------------------------------------------------- registries

  /** Registers a filter. @param isAsync Whether it gives its result to a callback, its last argument, or as a promise. */
  addFilter(name: string, filter: TemplateFunction, isAsync: boolean | readonly string[] = false): this {
    if (isAsync) this.asyncFilters.push(name)
    this.filters[name] = filter
    return this
  }

  /** @throws {Error} if there is none. */
  getFilter(name: string): TemplateFunction {
    return this.filters[name] ?? missing('filter', name)
  }

  addTest(name: string, test: TemplateFunction): this {
    this.tests[name] = test
    return this
  }

  /** @throws {Error} if there is none. */
  getTest(name: string): TemplateFunction {
    return this.tests[name] ?? missing('test', name)
  }

  addGlobal(name: string, value: unknown): this {
    this.globals[name] = value
    return this
  }

  /** @throws {Error} if there is none. */
  getGlobal(name: string): unknown {
    const value = this.globals[name]
    return value === undefined ? missing('global', name) : value
  }

  addExtension(name: string, extension: NunjucksExtension): this {
    extension.__name = name
    this.extensionsList.push(extension)
    return this
  }

  removeExtension(name: string): void {
    const index = this.extensionsList.findIndex((each) => each.__name === name)
    if (index >= 0) this.extensionsList.splice(index, 1)
  }

  getExtension(name: string): NunjucksExtension | undefined {
    return this.extensionsList.findLast((each) => each.__name === name)
  }

  hasExtension(name: string): boolean {
    return this.getExtension(name) !== undefined
  }

  // --------------------------------------------------------- templates

  /**
   * Loads a template.
   *
   * @param eagerCompile Whether it is compiled at once. Default: false.
   * @param callback Gets the template, or the error. Without it the template is the result.
   * @throws {Error} where there is no callback; also if a loader has to wait.
   */
  getTemplate(name: string | Template, callback: Callback<Template>): null
  getTemplate(name: string | Template, eagerCompile: boolean, callback: Callback<Template>): null
  getTemplate(name: string | Template, eagerCompile?: boolean): Template
  getTemplate(
    name: string | Template,
    eagerCompile: boolean | Callback<Template> = false,
    callback?: Callback<Template>,
  ): Template | null {
    const [isEager, answer] =
      typeof eagerCompile === 'function' ? [false, eagerCompile] : [eagerCompile, callback]
    const load = (): Template | Promise<Template> =>
      withValue(this.loadTemplate(name, null, false), (template) => {
        if (isEager) (template as Template).compile()
        return template as Template
      })
    if (answer !== undefined) {
      answerLater(Promise.resolve().then(load), answer)
      return null
    }
    const template = load()
    if (!isThenable(template)) return template
    Promise.resolve(template).catch(() => undefined)
    throw new Error(`the loader of '${String(name)}' has to wait: give getTemplate() a callback`)
  }

  loadTemplate(
    name: unknown,
    parent: string | null,
    ignoreMissing: boolean,
  ): Template | null | Promise<Template | null> {
    if (name instanceof Template) return name
    const text = name instanceof String ? String(name) : name
    if (typeof text !== 'string') throw new Error(`template names must be a string: ${String(name)}`)
    for (const loader of this.loaders) {
      const cached = this.#caches.get(loader)?.get(this.#resolved(loader, text, parent))
      if (cached !== undefined) return cached
    }
    return withValue(this.#find(text, parent, 0), (template) => {
      if (template === null && !ignoreMissing) throw new Error(`template not found: ${text}`)
      return template as Template | null
    })
  }

  /** Forgets the templates that were loaded. */
  invalidateCache(): void {
    for (const cache of this.#caches.values()) cache.clear()
  }

  /**
   * Renders a template by its name.
   *
   * @param callback Gets the text, or the error. Without it the text is the result.
   * @throws {Error} where there is no callback; also if something has to be waited for.
   */
  render(name: string | Template, variables: object | null | undefined, callback: Callback<string>): null
  render(name: string | Template, callback: Callback<string>): null
  render(name: string | Template, variables?: object | null): string
  render(
    name: string | Template,
    variables?: object | null | Callback<string>,
    callback?: Callback<string>,
  ): string | null {
    const [context, answer] =
      typeof variables === 'function' ? [null, variables as Callback<string>] : [variables, callback]
    if (answer === undefined) return this.getTemplate(name).render(context)
    answerLater(this.renderAsync(name, context), answer)
    return null
  }

  /** Renders a template by its name, and waits for what it has to wait for. */
  async renderAsync(name: string | Template, variables?: object | null): Promise<string> {
    const template = await this.loadTemplate(name, null, false)
    return template!.renderAsync(variables)
  }

  /**
   * Renders a source.
   *
   * @param options `path`: what the template is called in errors, and relative names begin at.
   */
  renderString(source: TemplateSource, variables: object | null | undefined, callback: Callback<string>): null
  renderString(
    source: TemplateSource,
    variables: object | null | undefined,
    options: { readonly path?: string },
    callback: Callback<string>,
  ): null
  renderString(
    source: TemplateSource,
    variables?: object | null,
    options?: { readonly path?: string },
  ): string
  renderString(
    source: TemplateSource,
    variables?: object | null,
    options: { readonly path?: string } | Callback<string> = {},
    callback?: Callback<string>,
  ): string | null {
    const [settings, answer] = typeof options === 'function' ? [{}, options] : [options, callback]
    const template = new Template(source, this, settings.path)
    return answer === undefined ? template.render(variables) : template.render(variables, answer)
  }

  /** Renders a source, and waits for what it has to wait for. */
  async renderStringAsync(source: TemplateSource, variables?: object | null): Promise<string> {
    return new Template(source, this).renderAsync(variables)
  }

  /** Makes an Express application render its views with this environment. */
  express(application: ExpressApplication): this {
    useInExpress(this, application)
    return this
  }

  #find(name: string, parent: string | null, index: number): Template | null | Promise<Template | null> {
    const loader = this.loaders[index]
    if (loader === undefined) return null
    const full = this.#resolved(loader, name, parent)
    return withValue(sourceOf(loader, full), (found) => {
      if (!found) return this.#find(name, parent, index + 1)
      const { src, path, noCache } = found as LoaderSource
      const template = new Template(src, this, path)
      if (noCache !== true) this.#caches.get(loader)?.set(full, template)
      return template
    })
  }

  /** The name that a loader knows, of one that may be relative to the template that asks. */
  #resolved(loader: TemplateLoader, name: string, parent: string | null): string {
    if (parent === null || loader.resolve === undefined || loader.isRelative?.(name) !== true) return name
    const key = `${parent}\0${name}`
    const names = this.#names.get(loader)!
    let full = names.get(key)
    if (full === undefined) {
      full = loader.resolve(parent, name)
      // Names may come from data: they are not kept for ever.
      if (names.size >= MAX_NAMES) names.clear()
      names.set(key, full)
    }
    return full
  }

  #listen(loader: TemplateLoader): void {
    const cache = new Map<string, Template>()
    this.#caches.set(loader, cache)
    this.#names.set(loader, new Map())
    if (typeof loader.on !== 'function') return
    loader.on('update', (name: string, fullname?: string) => {
      cache.delete(name)
      this.emit('update', name, fullname, loader)
    })
    loader.on('load', (name: string, source: LoaderSource) => {
      this.emit('load', name, source, loader)
    })
  }
}

/** A template of an environment. */
export class Template extends CompilableTemplate {
  /**
   * @param env Default: a new environment without loaders.
   * @param path What it is called in errors. Relative names begin there.
   * @param eagerCompile Whether it is compiled now. Default: when it is first rendered.
   */
  constructor(
    source: TemplateSource,
    env: Environment = new Environment(),
    path: string | null = null,
    eagerCompile: boolean = false,
  ) {
    super(source, env, path, eagerCompile)
  }
}

function isList(loaders: TemplateLoader | readonly TemplateLoader[]): loaders is readonly TemplateLoader[] {
  return Array.isArray(loaders)
}

function missing(what: string, name: string): never {
  throw new Error(`${what} not found: ${name}`)
}

function sourceOf(loader: TemplateLoader, name: string): unknown {
  if (loader.async !== true) return loader.getSource(name, () => undefined)
  return callAsync(
    (callback) => loader.getSource(name, callback as Callback<LoaderSource | null>),
    loader.getSource.length > 1,
  )
}
