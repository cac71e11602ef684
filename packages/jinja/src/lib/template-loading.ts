import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import type { Environment, GetTemplateOptions } from './environment.ts'
import { TemplateNotFound, TemplatesNotFound, UndefinedError } from './errors.ts'
import type { CompiledModule, LoadedSource, Loader, MaybePromise } from './loaders/loader.ts'
import type { Mode, TemplateChoice, TemplateFactory } from './runtime/compiled.ts'
import type { Variables } from './runtime/scope.ts'
import type { Template as Tree } from './syntax/ast.ts'
import { Template } from './template.ts'
import { atOnce, foundSource } from './template-cache.ts'
import { toArray } from './values/iterate.ts'
import { repr } from './values/python-text.ts'
import { plainTextOf } from './values/text-value.ts'
import { typeName } from './values/type-name.ts'
import { Undefined } from './values/undefined.ts'

/** The name of a template, or a template, which then is meant itself. */
export type TemplateName = string | Template

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

/** Any environment, whatever its globals. */
// biome-ignore lint/suspicious/noExplicitAny: nothing here looks at their types.
type AnyEnvironment = Environment<any>

/** Compiles a template, far enough to know that it can be. */
export function makeTemplate(environment: AnyEnvironment, init: NewTemplate): Template {
  const { name = null, filename = null, source } = init
  const tree = typeof source === 'string' ? environment.parse(source, name, filename) : source
  const template = new Template({
    environment,
    name,
    filename,
    source: typeof source === 'string' ? source : null,
    globals: globalsOf(init.globals ?? null),
    isUpToDate: init.isUpToDate ?? null,
    tree,
    factories: {},
    generated: generated(environment, tree, name, filename),
  })
  if (environment.backend === 'closures') template.code('sync')
  return template
}

/** What cannot be compiled is an error when the template is loaded, not when it is rendered. */
function generated(
  environment: AnyEnvironment,
  tree: Tree,
  name: string | null,
  filename: string | null,
): GeneratedCode | null {
  return environment.backend === 'closures'
    ? null
    : generate(tree, { environment, name, filename, mode: 'sync' })
}

function globalsOf(variables: Variables | null): Map<string, unknown> | null {
  if (variables === null) return null
  const globals = new Map<string, unknown>(variables instanceof Map ? variables : Object.entries(variables))
  return globals.size === 0 ? null : globals
}

// ------------------------------------------------------------------ by name

export function loadTemplateSync(
  environment: AnyEnvironment,
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
  const source = foundSource(atOnce(loader.getSource(name, environment), name), name)
  return keep(environment, loader, fromSource(environment, name, source, globals))
}

export async function loadTemplate(
  environment: AnyEnvironment,
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
  const source = await (loader.getSourceAsync?.(name, environment) ?? loader.getSource(name, environment))
  return keep(environment, loader, fromSource(environment, name, foundSource(source, name), globals))
}

function loaderOf(environment: AnyEnvironment): Loader {
  if (environment.loader === null) throw new TypeError('no loader for this environment specified')
  return environment.loader
}

/** The first globals of a template stay, later ones are added. */
function withGlobals(template: Template, globals: Variables | null): Template {
  const added = globalsOf(globals)
  if (added !== null) template.addGlobals(added)
  return template
}

function keep(environment: AnyEnvironment, loader: Loader, template: Template): Template {
  environment.cache.set(template.name!, loader, template)
  return template
}

function fromSource(
  environment: AnyEnvironment,
  name: string,
  { source, filename, isUpToDate }: LoadedSource,
  globals: Variables | null,
): Template {
  return makeTemplate(environment, { source, name, filename, globals, isUpToDate })
}

/** What a module of a compiled template exports. */
type ModuleExports = Partial<Record<Mode, TemplateFactory>>

function fromModule(
  environment: AnyEnvironment,
  name: string,
  { module, filename }: CompiledModule,
  globals: Variables | null,
): Template {
  return new Template({
    environment,
    name,
    filename,
    source: null,
    globals: globalsOf(globals),
    isUpToDate: null,
    tree: null,
    factories: module as ModuleExports,
    generated: null,
  })
}

// ------------------------------------------------------------------ choosing

export function chooseTemplateSync(
  environment: AnyEnvironment,
  names: unknown,
  options: GetTemplateOptions,
  choice: TemplateChoice,
): Template {
  const globals = options.globals ?? null
  if (isOne(names, choice)) {
    const name = joinedName(environment, names, options)
    return typeof name === 'string' ? environment.loadByNameSync(name, globals) : name
  }
  const candidates = candidatesOf(names)
  for (const candidate of candidates) {
    try {
      const name = joinedName(environment, candidate, options)
      return typeof name === 'string' ? environment.loadByNameSync(name, globals) : name
    } catch (error) {
      passOver(error)
    }
  }
  throw noneFound(candidates)
}

export async function chooseTemplate(
  environment: AnyEnvironment,
  names: unknown,
  options: GetTemplateOptions,
  choice: TemplateChoice,
): Promise<Template> {
  const globals = options.globals ?? null
  if (isOne(names, choice)) {
    const name = joinedName(environment, names, options)
    return typeof name === 'string' ? environment.loadByName(name, globals) : name
  }
  const candidates = candidatesOf(names)
  for (const candidate of candidates) {
    try {
      const name = joinedName(environment, candidate, options)
      return typeof name === 'string' ? await environment.loadByName(name, globals) : name
    } catch (error) {
      passOver(error)
    }
  }
  throw noneFound(candidates)
}

function isOne(names: unknown, choice: TemplateChoice): boolean {
  if (choice !== 'either') return choice === 'one'
  return plainTextOf(names) !== undefined || names instanceof Undefined || names instanceof Template
}

function candidatesOf(names: unknown): readonly unknown[] {
  if (names instanceof Undefined) names.fail()
  const candidates = toArray(names)
  if (candidates.length > 0) return candidates
  throw new TemplatesNotFound([], 'Tried to select from an empty list of templates.')
}

function passOver(error: unknown): void {
  if (!(error instanceof TemplateNotFound || error instanceof UndefinedError)) throw error
}

function noneFound(candidates: readonly unknown[]): TemplatesNotFound {
  const names = candidates.map((name) => (name instanceof Undefined ? name.undefinedMessage() : String(name)))
  return new TemplatesNotFound(names)
}

/** The name as the loader knows it, or the template that is meant itself. */
function joinedName(
  environment: AnyEnvironment,
  given: unknown,
  { parent }: GetTemplateOptions,
): string | Template {
  if (given instanceof Template) return given
  if (given instanceof Undefined) given.fail()
  const name = plainTextOf(given)
  if (name === undefined) {
    if (Array.isArray(given)) throw new TypeError(`unhashable type: '${typeName(given)}'`)
    throw new TemplateNotFound(repr(given))
  }
  return parent == null ? name : environment.joinPath(name, parent)
}
