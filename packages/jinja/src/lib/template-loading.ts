import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import type { CompilerEnvironment } from './compile/options.ts'
import type { ModuleExports } from './compiled-module.ts'
import { compiledIn } from './compiled-module.ts'
import type { Bucket, BytecodeCache } from './loaders/bytecode-cache.ts'
import type { CompiledModule, LoadedSource, Loader, MaybePromise } from './loaders/loader.ts'
import { afterwards } from './loaders/loader.ts'
import type { CompiledTemplate, Mode, RuntimeEnvironment, TemplateOrigin } from './runtime/compiled.ts'
import type { Variables } from './runtime/scope.ts'
import type { TemplateFunction } from './runtime-interface.ts'
import type { Template as Tree } from './syntax/ast.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'
import { Template } from './template.ts'
import type { TemplateCache } from './template-cache.ts'
import { atOnce, foundSource } from './template-cache.ts'
import { signatureOf } from './values/signature.ts'

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

/** What loading asks of an environment. */
export interface LoadingEnvironment extends RuntimeEnvironment, CompilerEnvironment {
  readonly loader: Loader | null
  readonly cache: TemplateCache
  readonly autoReload: boolean
  readonly generatesCode: boolean
  readonly bytecodeCache: BytecodeCache | null
  readonly syntax: SyntaxOptions
  readonly filters: ReadonlyMap<string, TemplateFunction>
  readonly finalize: TemplateFunction | null
  readonly sandboxed: boolean
  parse(source: string, name: string | null, filename: string | null): Tree
  makeCode(
    tree: () => Tree,
    origin: TemplateOrigin,
    mode: Mode,
    generated: GeneratedCode | null,
  ): CompiledTemplate
  autoescapeFor(name: string | null): boolean
  filterFor(name: string, isAsync: boolean): TemplateFunction | undefined
}

/** Compiles a template, far enough to know that it can be. */
export function makeTemplate(environment: LoadingEnvironment, init: NewTemplate): Template {
  const { name = null, filename = null, source } = init
  const tree = typeof source === 'string' ? environment.parse(source, name, filename) : source
  return templateOf(environment, init, () => tree, null)
}

/**
 * @param tree Gives the tree. Not asked for while only `generated` is needed.
 * @param generated The code of the mode `sync`, if it is at hand.
 */
function templateOf(
  environment: LoadingEnvironment,
  init: NewTemplate,
  tree: () => Tree,
  generated: GeneratedCode | null,
): Template {
  const { name = null, filename = null, source } = init
  const isCode = environment.generatesCode
  // What cannot be compiled is an error when the template is loaded, not when it is rendered.
  const text = typeof source === 'string' ? source : null
  const compiled = { environment, name, filename, source: text, mode: 'sync' } as const
  const sync = generated ?? (isCode ? generate(tree(), compiled) : null)
  const template = new Template({
    environment,
    name,
    filename,
    source: text,
    globals: globalsOf(init.globals ?? null),
    isUpToDate: init.isUpToDate ?? null,
    compile: (mode, origin) => environment.makeCode(tree, origin, mode, mode === 'sync' ? sync : null),
    lines: sync?.lines ?? [],
  })
  if (!isCode) template.code('sync')
  return template
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
  const made = fromSource(environment, name, source, globals)
  // A cache that takes time is not waited for.
  const template = made instanceof Promise ? makeTemplate(environment, { ...source, name, globals }) : made
  return keep(environment, loader, template)
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
  const source = await (loader.getSourceAsync?.(name, environment) ?? loader.getSource(name, environment))
  return keep(
    environment,
    loader,
    await fromSource(environment, name, foundSource(source, name, loader), globals),
  )
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

function fromSource(
  environment: LoadingEnvironment,
  name: string,
  { source, filename, isUpToDate }: LoadedSource,
  globals: Variables | null,
): MaybePromise<Template> {
  const init = { source, name, filename, globals, isUpToDate }
  const cache = environment.generatesCode ? environment.bytecodeCache : null
  if (cache === null) return makeTemplate(environment, init)
  const bucket = cache.getBucket(name, filename, source, codeSettings(environment, name))
  return afterwards(bucket, (filled) => fromBucket(environment, init, cache, filled))
}

/** Takes the code out of a bucket, or puts it in. It depends on no filter of the environment, since others may share it. */
function fromBucket(
  environment: LoadingEnvironment,
  init: NewTemplate & { readonly source: string },
  cache: BytecodeCache,
  bucket: Bucket,
): Template {
  const { source, name = null, filename = null } = init
  const tree = (): Tree => environment.parse(source, name, filename)
  const stored = storedCode(bucket)
  if (stored !== null) return templateOf(environment, init, tree, stored)
  const parsed = tree()
  const code = generate(parsed, { environment, name, filename, source, mode: 'sync', isPortable: true })
  bucket.code = JSON.stringify(code)
  const storing = cache.setBucket(bucket)
  // A store that fails costs time, and nothing else.
  if (storing instanceof Promise) storing.catch(() => undefined)
  return templateOf(environment, init, () => parsed, code)
}

/** The code in a bucket, or `null`. What was damaged is made anew. */
function storedCode({ code }: Bucket): GeneratedCode | null {
  if (code === null) return null
  try {
    return JSON.parse(code) as GeneratedCode
  } catch {
    return null
  }
}

/** What generated code depends on beside the source. */
function codeSettings(environment: LoadingEnvironment, name: string): string {
  const { syntax, sandboxed, isNative, optimized, finalize, hasPlainUndefined } = environment
  // Constants are printed through it when the code is generated.
  const passed = finalize === null ? null : [signatureOf(finalize)?.pass, String(finalize)]
  return JSON.stringify([
    syntax,
    environment.autoescapeFor(name),
    [sandboxed, isNative, optimized, hasPlainUndefined, passed],
    [...environment.interceptedBinops, ...environment.interceptedUnops].sort(),
    Array.from(environment.extensions.keys()).sort(),
  ])
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
