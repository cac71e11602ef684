import type { ModuleExports } from './compiled-module.ts'
import { compiledIn } from './compiled-module.ts'
import type { CompiledModule, Loader, MaybePromise } from './loaders/loader.ts'
import type { CompiledTemplate, Mode, RuntimeEnvironment, TemplateOrigin } from './runtime/compiled.ts'
import type { Variables } from './runtime/scope.ts'
import type { Template as Tree } from './syntax/ast.ts'
import { Template } from './template.ts'
import type { TemplateCache } from './template-cache.ts'
import { atOnce, foundSource } from './template-cache.ts'

/** What a template is made of, that comes from no loader. */
export interface NewTemplate {
  readonly source: string | Tree
  /** Default: none. */
  readonly name?: string | null
  /** Default: none. */
  readonly filename?: string | null
  readonly globals?: Variables | null
  readonly isUpToDate?: (() => MaybePromise<boolean>) | null
}

/** What templates of a source are compiled to. */
export interface CompiledSource {
  /** Gives the functions of a mode. */
  compile(mode: Mode, origin: TemplateOrigin): CompiledTemplate
  /** Pairs of a line of the template and the line of the generated code where that begins. */
  lines(): readonly (readonly [templateLine: number, codeLine: number])[]
}

/** What loading asks of an environment. */
export interface LoadingEnvironment extends RuntimeEnvironment {
  readonly loader: Loader | null
  readonly cache: TemplateCache
  readonly autoReload: boolean
  parse(source: string, name: string | null, filename: string | null): Tree
  /** Compiles a template, far enough to know that it can be: what cannot is an error when it is loaded. */
  compileTree(tree: Tree, init: NewTemplate): CompiledSource
  /** A template that a loader found the source of. */
  templateFrom(init: NamedSource): MaybePromise<Template>
}

/** The source of a template that is loaded by name. */
export interface NamedSource extends NewTemplate {
  readonly name: string
  readonly source: string
}

/** A template of its source, or of its tree. */
export function makeTemplate(environment: LoadingEnvironment, init: NewTemplate): Template {
  const { name = null, filename = null, source } = init
  const tree = typeof source === 'string' ? environment.parse(source, name, filename) : source
  return templateOf(environment, init, environment.compileTree(tree, init))
}

/** A template of what its source was compiled to. */
export function templateOf(
  environment: LoadingEnvironment,
  { name = null, filename = null, source, globals = null, isUpToDate = null }: NewTemplate,
  compiled: CompiledSource,
): Template {
  return new Template({
    environment,
    name,
    filename,
    source: typeof source === 'string' ? source : null,
    globals: globalsOf(globals),
    isUpToDate,
    compile: (mode, origin) => compiled.compile(mode, origin),
    lines: () => compiled.lines(),
  })
}

function globalsOf(variables: Variables | null): Map<string, unknown> | null {
  if (variables === null) return null
  const globals = new Map<string, unknown>(variables instanceof Map ? variables : Object.entries(variables))
  return globals.size === 0 ? null : globals
}

// ------------------------------------------------------------------ by name

export function loadTemplateSync(
  environment: LoadingEnvironment,
  name: string,
  globals: Variables | null,
): Template {
  const loader = loaderOf(environment)
  const cached = environment.cache.get(name, loader)
  // An answer that takes time is not waited for.
  if (cached !== undefined && (!environment.autoReload || cached.isUpToDate !== false)) {
    return withGlobals(cached, globals)
  }
  const compiled = atOnce(loader.getCompiled?.(name, environment) ?? null, name)
  if (compiled !== null) return keep(environment, loader, fromModule(environment, name, compiled, globals))
  const source = foundSource(atOnce(loader.getSource(name, environment), name), name, loader)
  const init = { ...source, name, globals }
  const made = environment.templateFrom(init)
  // A cache of code that takes time is not waited for.
  return keep(environment, loader, made instanceof Promise ? makeTemplate(environment, init) : made)
}

export async function loadTemplate(
  environment: LoadingEnvironment,
  name: string,
  globals: Variables | null,
): Promise<Template> {
  const loader = loaderOf(environment)
  const cached = environment.cache.get(name, loader)
  if (cached !== undefined && (!environment.autoReload || (await cached.isUpToDate))) {
    return withGlobals(cached, globals)
  }
  const compiled = (await loader.getCompiled?.(name, environment)) ?? null
  if (compiled !== null) return keep(environment, loader, fromModule(environment, name, compiled, globals))
  const found = await (loader.getSourceAsync?.(name, environment) ?? loader.getSource(name, environment))
  const init = { ...foundSource(found, name, loader), name, globals }
  return keep(environment, loader, await environment.templateFrom(init))
}

function loaderOf(environment: LoadingEnvironment): Loader {
  if (environment.loader === null) throw new TypeError('no loader for this environment specified')
  return environment.loader
}

/** The first globals of a template stay, later ones are added. */
function withGlobals(template: Template, globals: Variables | null): Template {
  const added = globalsOf(globals)
  if (added !== null) template.addGlobals(added)
  return template
}

function keep(environment: LoadingEnvironment, loader: Loader, template: Template): Template {
  environment.cache.set(template.name!, loader, template)
  return template
}

function fromModule(
  environment: LoadingEnvironment,
  name: string,
  { module, filename }: CompiledModule,
  globals: Variables | null,
): Template {
  const factories = module as ModuleExports
  return new Template({
    environment,
    name,
    filename,
    source: null,
    globals: globalsOf(globals),
    isUpToDate: null,
    compile: (mode, origin) => compiledIn(factories, mode)(environment, origin),
  })
}
