import type { CompiledModule, LoadedSource, Loader, MaybePromise } from './loader.ts'
import { sortedNames } from './loader.ts'
import { sha1 } from './sha1.ts'

/** A module that a template was compiled to, or a function that imports it. */
export type TemplateModuleSource = object | (() => Promise<object>)

/**
 * Templates that were compiled to JavaScript modules ahead of time, from a manifest: their modules by name. Where the
 * manifest holds the modules themselves, templates can be got synchronously. No code is generated, so this also works
 * where that is forbidden.
 *
 * ```ts
 * import templates from './compiled/templates.js' // written by `compileTemplates`
 *
 * new ModuleLoader(templates)
 * ```
 */
export class ModuleLoader implements Loader {
  readonly #modules: ReadonlyMap<string, TemplateModuleSource>

  constructor(
    modules: Readonly<Record<string, TemplateModuleSource>> | ReadonlyMap<string, TemplateModuleSource>,
  ) {
    this.#modules = modules instanceof Map ? modules : new Map(Object.entries(modules))
  }

  /** The name of the module of a template: an identifier, whatever the template is called. */
  static getTemplateKey(name: string): string {
    return `tmpl_${sha1(name)}`
  }

  /** The file of the module of a template. */
  static getModuleFilename(name: string): string {
    return `${ModuleLoader.getTemplateKey(name)}.js`
  }

  /** There are no sources here. */
  getSource(): LoadedSource | null {
    return null
  }

  getCompiled(name: string): MaybePromise<CompiledModule | null> {
    const module = this.#modules.get(name)
    if (module === undefined) return null
    if (typeof module !== 'function') return compiled(module)
    return (module as () => Promise<object>)().then(compiled)
  }

  list(): readonly string[] {
    return sortedNames(this.#modules.keys())
  }
}

function compiled(module: object): CompiledModule {
  const { filename } = module as { readonly filename?: unknown }
  return { module, filename: typeof filename === 'string' ? filename : null }
}
