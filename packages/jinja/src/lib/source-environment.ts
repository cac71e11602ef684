import { storedNames } from './analyze/scopes.ts'
import type { BuiltIns } from './built-ins.ts'
import type { CompilerEnvironment } from './compile/options.ts'
import type { CoreOptions } from './core-environment.ts'
import { CoreEnvironment } from './core-environment.ts'
import type { Extension, ExtensionClass } from './extensions/extension.ts'
import { identifierOf } from './extensions/extension.ts'
import { interpretTemplate } from './interpret/interpret.ts'
import type { Loader, MaybePromise } from './loaders/loader.ts'
import type { CompiledTemplate, Mode, TemplateOrigin } from './runtime/compiled.ts'
import type { Context } from './runtime/context.ts'
import type { Variables } from './runtime/scope.ts'
import type { TemplateFunction } from './runtime-interface.ts'
import type { Expression, Template as Tree } from './syntax/ast.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'
import { resolveSyntax } from './syntax/delimiters.ts'
import type { LexedToken } from './syntax/lex.ts'
import { lex } from './syntax/lex.ts'
import type { ParseOptions } from './syntax/parser.ts'
import { parse, parseSingleExpression, preprocess } from './syntax/parser.ts'
import type { Template } from './template.ts'
import { TemplateCache } from './template-cache.ts'
import type { GetTemplateOptions } from './template-choice.ts'
import type { CompiledSource, LoadingEnvironment, NamedSource, NewTemplate } from './template-loading.ts'
import { loadTemplate, loadTemplateSync, makeTemplate } from './template-loading.ts'
import { Undefined } from './values/undefined.ts'

/** The settings of environments that compile templates themselves. */
export interface SourceOptions<Globals extends object = Record<string, unknown>>
  extends Partial<Writable<SyntaxOptions>>,
    CoreOptions<Globals> {
  /** Where templates are loaded from. Default: none. */
  loader?: Loader | null
  /** Extensions. Default: none. */
  extensions?: readonly ExtensionClass[]
  /** Whether constant expressions are computed when the template is compiled. Default: true. */
  optimized?: boolean
  /** How many templates are kept; 0 for none, -1 for all. Default: 400. */
  cacheSize?: number
  /** Whether the loader is asked for changes each time a template is got. Default: true. */
  autoReload?: boolean
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A compiled expression: a function of its variables. */
export interface TemplateExpression {
  (variables?: Variables): unknown
  /** As the call, but promises are awaited. */
  async(variables?: Variables): Promise<unknown>
}

/**
 * What environments have that compile templates themselves: the grammar, a loader, a cache and extensions. Templates
 * become closures; {@link Environment} makes code of them where that is allowed.
 */
export abstract class SourceEnvironment<Globals extends object = Record<string, unknown>>
  extends CoreEnvironment<Globals>
  implements CompilerEnvironment, LoadingEnvironment
{
  /** How tags are marked in the source. */
  readonly syntax: SyntaxOptions
  override readonly extensions: Map<string, Extension> = new Map()
  loader: Loader | null
  optimized: boolean
  autoReload: boolean
  /** The templates that were loaded. */
  readonly cache: TemplateCache
  /** The environment that this one is an overlay of, or `null`. */
  readonly linkedTo: SourceEnvironment | null = null
  /** Operators that go through `callBinop` and `callUnop`. */
  interceptedBinops: ReadonlySet<string> = new Set()
  interceptedUnops: ReadonlySet<string> = new Set()
  readonly #builtInFilters: ReadonlyMap<string, TemplateFunction>
  readonly #builtInTests: ReadonlyMap<string, TemplateFunction>

  /** @param builtIns What the environment starts with. */
  constructor(options: SourceOptions<Globals>, builtIns: readonly Partial<BuiltIns>[]) {
    super(options, builtIns)
    this.#builtInFilters = new Map(builtIns.flatMap(({ filters = [] }) => filters))
    this.#builtInTests = new Map(builtIns.flatMap(({ tests = [] }) => tests))
    this.syntax = resolveSyntax(options)
    this.loader = options.loader ?? null
    this.optimized = options.optimized ?? true
    this.autoReload = options.autoReload ?? true
    this.cache = new TemplateCache(options.cacheSize ?? 400)
    for (const extension of options.extensions ?? []) this.addExtension(extension)
  }

  // -------------------------------------------------------- extensions

  addExtension(extension: ExtensionClass): this {
    this.extensions.set(identifierOf(extension), new extension(this))
    return this
  }

  /** The extensions, those with lower priorities first. */
  iterExtensions(): readonly Extension[] {
    return Array.from(this.extensions.values()).sort((a, b) => a.priority - b.priority)
  }

  /** Gives the environment members, unless it has members of those names. For extensions. */
  extend(members: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(members)) {
      if (!(name in this)) Object.assign(this, { [name]: value })
    }
  }

  /**
   * An environment that shares filters, tests, globals and policies with this one, with other settings. It has a cache
   * of its own, and the extensions of this one beside those in the options.
   */
  overlay(options: SourceOptions<Globals> = {}): this {
    const Class = this.constructor as new (options: SourceOptions<Globals>) => this
    const { extensions = [], globals: _globals, ...settings } = options
    const overlay = new Class({ ...this.syntax, ...settings })
    const own: Record<string, unknown> = { linkedTo: this }
    for (const key of Object.keys(this)) {
      const isSetting = (settings as Record<string, unknown>)[key] !== undefined
      if (!isSetting && !['syntax', 'cache', 'extensions', 'linkedTo'].includes(key)) {
        own[key] = (this as Record<string, unknown>)[key]
      }
    }
    if (settings.cacheSize === undefined) own['cache'] = this.cache.emptyCopy()
    Object.assign(overlay, own)
    for (const [identifier, extension] of this.extensions) {
      overlay.extensions.set(identifier, extension.bind(overlay))
    }
    for (const extension of extensions) overlay.addExtension(extension)
    return overlay
  }

  // --------------------------------------------------------- templates

  /** A template from its source, or from its tree. It has no name, so it is not in the cache. */
  fromString(source: string | Tree, options: Pick<GetTemplateOptions, 'globals'> = {}): Template {
    return makeTemplate(this, { source, globals: options.globals ?? null })
  }

  /** A template from a source under a name, for loaders and tools. It is not put into the cache. */
  makeTemplate(init: NewTemplate): Template {
    return makeTemplate(this, init)
  }

  /** The templates that the loader knows. @param filter Which of the names are wanted. Default: all. */
  async listTemplates(filter?: (name: string) => boolean): Promise<string[]> {
    if (this.loader?.list === undefined) {
      throw new TypeError('the environment has no loader that can list its templates')
    }
    const names = await this.loader.list()
    return filter === undefined ? Array.from(names) : names.filter(filter)
  }

  override loadByNameSync(name: string, globals: Variables | null): Template {
    return loadTemplateSync(this, name, globals)
  }

  override loadByName(name: string, globals: Variables | null): Promise<Template> {
    return loadTemplate(this, name, globals)
  }

  // -------------------------------------------------------- compilation

  /** How sources of this environment are parsed. */
  parseOptions(name: string | null = null, filename: string | null = null): ParseOptions {
    return { syntax: this.syntax, name, filename, extensions: Array.from(this.extensions.values()) }
  }

  /** The tree of a source. @throws {TemplateSyntaxError} */
  parse(source: string, name: string | null = null, filename: string | null = null): Tree {
    return parse(source, this.parseOptions(name, filename))
  }

  /** The pieces of a source, as they stand there. */
  lex(
    source: string,
    name: string | null = null,
    filename: string | null = null,
  ): Generator<LexedToken, void> {
    return lex(source, { syntax: this.syntax, name, filename })
  }

  /** The source as the extensions change it before it is parsed. */
  preprocess(source: string, name: string | null = null, filename: string | null = null): string {
    return preprocess(source, this.parseOptions(name, filename))
  }

  /**
   * An expression as a function of its variables.
   *
   * @param options.undefinedToNone Whether an undefined result becomes `null`. Default: true.
   */
  compileExpression(source: string, options: { undefinedToNone?: boolean } = {}): TemplateExpression {
    const expression = parseSingleExpression(source, this.parseOptions())
    const template = makeTemplate(this, { source: resultOf(expression), globals: null })
    const { undefinedToNone = true } = options
    const result = (context: Context): unknown => {
      const value = context.vars.get('result')
      return undefinedToNone && value instanceof Undefined ? null : value
    }
    const evaluate = (variables: Variables = {}): unknown => {
      const context = template.newContext(variables)
      template.code('sync').root(context)
      return result(context)
    }
    const evaluateAsync = async (variables: Variables = {}): Promise<unknown> => {
      const context = template.newContext(variables, 'async')
      await template.code('async').root(context)
      return result(context)
    }
    return Object.assign(evaluate, { async: evaluateAsync })
  }

  compileTree(tree: Tree, { name = null, filename = null, source }: NewTemplate): CompiledSource {
    const compile = (mode: Mode, origin: TemplateOrigin): CompiledTemplate =>
      interpretTemplate(tree, this, { ...origin, localNames: () => storedNames(tree) }, mode)
    const text = typeof source === 'string' ? source : null
    const sync = compile('sync', { templateName: name, filename, source: text })
    return { compile: (mode, origin) => (mode === 'sync' ? sync : compile(mode, origin)), lines: () => [] }
  }

  templateFrom(init: NamedSource): MaybePromise<Template> {
    return makeTemplate(this, init)
  }

  // ------------------------------------------ what the compiler asks for

  override get newlineSequence(): string {
    return this.syntax.newlineSequence
  }

  hasBuiltInFilter(name: string): boolean {
    const filter = this.#builtInFilters.get(name)
    return filter !== undefined && this.filters.get(name) === filter
  }

  hasBuiltInTest(name: string): boolean {
    const test = this.#builtInTests.get(name)
    return test !== undefined && this.tests.get(name) === test
  }
}

/** A template whose variable `result` is the value of an expression. */
function resultOf(expression: Expression): Tree {
  const place = { line: 1, column: 1 }
  const target = { kind: 'Name', name: 'result', ctx: 'store', ...place } as const
  return { kind: 'Template', body: [{ kind: 'Assign', target, node: expression, ...place }], ...place }
}
