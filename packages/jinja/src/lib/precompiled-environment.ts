import type { ModuleExports } from './compiled-module.ts'
import { compiledIn } from './compiled-module.ts'
import type { CoreOptions } from './core-environment.ts'
import { CoreEnvironment } from './core-environment.ts'
import { didYouMean } from './did-you-mean.ts'
import { TemplateNotFound } from './errors.ts'
import type { Variables } from './runtime/scope.ts'
import { Template } from './template.ts'

export interface PrecompiledOptions<Globals extends object = Record<string, unknown>>
  extends CoreOptions<Globals> {
  /** The modules of the templates by name, as `Environment.compile` writes them. */
  templates: Readonly<Record<string, object>>
}

/**
 * Renders precompiled templates, where nothing can be compiled or need not be: Workers, browsers, small bundles. It has
 * no parser, no loader and no extensions, and of Jinja's filters, tests and globals those that the templates may use. The
 * settings must be those that the templates were compiled with.
 *
 * ```ts
 * import * as index from './templates/index.html.js'
 *
 * const environment = new PrecompiledEnvironment({ autoescape: true, templates: { 'index.html': index } })
 * environment.getTemplateSync('index.html').render({ name: 'Ann' })
 * ```
 */
export class PrecompiledEnvironment<
  Globals extends object = Record<string, unknown>,
> extends CoreEnvironment<Globals> {
  override readonly extensions: ReadonlyMap<string, object> = new Map()
  readonly #modules: Readonly<Record<string, object>>
  readonly #templates = new Map<string, Template>()

  constructor(options: PrecompiledOptions<Globals>) {
    super(
      options,
      Object.values(options.templates).map((module) => (module as ModuleExports).builtIns ?? {}),
    )
    this.#modules = options.templates
  }

  override loadByNameSync(name: string, globals: Variables | null): Template {
    let template = this.#templates.get(name)
    if (template === undefined) {
      template = this.#make(name)
      this.#templates.set(name, template)
    }
    if (globals !== null) {
      template.addGlobals(new Map(globals instanceof Map ? globals : Object.entries(globals)))
    }
    return template
  }

  override async loadByName(name: string, globals: Variables | null): Promise<Template> {
    return this.loadByNameSync(name, globals)
  }

  #make(name: string): Template {
    if (!Object.hasOwn(this.#modules, name)) {
      const error = new TemplateNotFound(name)
      error.hint = didYouMean(name, Object.keys(this.#modules))
      throw error
    }
    const module = this.#modules[name] as ModuleExports & { readonly filename?: string | null }
    return new Template({
      environment: this,
      name,
      filename: module.filename ?? null,
      source: null,
      globals: null,
      isUpToDate: null,
      compile: (mode, origin) => compiledIn(module, mode)(this, origin),
    })
  }
}
