// Functions of the application get Markup with all its methods.
import '@phial/markup'
import { storedNames } from './analyze/scopes.ts'
import { allBuiltIns } from './built-ins.ts'
import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import { canGenerateCode, loadFactory } from './compile/load.ts'
import { moduleSource } from './compile/module.ts'
import type { CompilerEnvironment } from './compile/options.ts'
import { CoreEnvironment } from './core-environment.ts'
import type { Backend, EnvironmentOptions } from './environment-options.ts'
import type { Extension, ExtensionClass } from './extensions/extension.ts'
import { identifierOf } from './extensions/extension.ts'
import { extensionClass } from './extensions/table.ts'
import { builtInFilters } from './filters/table.ts'
import { interpretTemplate } from './interpret/interpret.ts'
import { builtInTests } from './is-tests/table.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { Loader } from './loaders/loader.ts'
import type { CompiledTemplate, Mode, TemplateOrigin } from './runtime/compiled.ts'
import type { Context } from './runtime/context.ts'
import type { Variables } from './runtime/scope.ts'
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
import type { NewTemplate } from './template-loading.ts'
import { loadTemplate, loadTemplateSync, makeTemplate } from './template-loading.ts'
import { Undefined } from './values/undefined.ts'

export type { EnvironmentOptions }

/** A compiled expression: a function of its variables. */
export interface TemplateExpression {
  (variables?: Variables): unknown
  /** As the call, but promises are awaited. */
  async(variables?: Variables): Promise<unknown>
}

/**
 * Settings, filters, tests and globals that templates share, and the templates that were loaded. Make one for each
 * application. Change it before the first template is loaded.
 *
 * ```ts
 * const environment = new Environment({ loader: new DictLoader({ 'hi.html': 'Hi {{ name }}!' }), autoescape: true })
 * const template = await environment.getTemplate('hi.html')
 * template.render({ name: 'Ann' }) // Hi Ann!
 * ```
 */
export class Environment<Globals extends object = Record<string, unknown>>
  extends CoreEnvironment<Globals>
  implements CompilerEnvironment
{
  /** How tags are marked in the source. */
  readonly syntax: SyntaxOptions
  override readonly extensions: Map<string, Extension> = new Map()
  loader: Loader | null
  optimized: boolean
  autoReload: boolean
  bytecodeCache: BytecodeCache | null
  backend: Backend
  /** The templates that were loaded. */
  readonly cache: TemplateCache
  /** The environment that this one is an overlay of, or `null`. */
  readonly linkedTo: Environment | null = null
  /** Operators that go through `callBinop` and `callUnop`. */
  interceptedBinops: ReadonlySet<string> = new Set()
  interceptedUnops: ReadonlySet<string> = new Set()

  constructor(options: EnvironmentOptions<Globals> = {}) {
    super(options, [allBuiltIns])
    this.syntax = resolveSyntax(options)
    this.loader = options.loader ?? null
    this.optimized = options.optimized ?? true
    this.autoReload = options.autoReload ?? true
    this.bytecodeCache = options.bytecodeCache ?? null
    this.backend = options.backend ?? 'auto'
    this.cache = new TemplateCache(options.cacheSize ?? 400)
    for (const extension of options.extensions ?? []) this.addExtension(extension)
  }

  // -------------------------------------------------------- extensions

  addExtension(extension: ExtensionClass | string): this {
    const Class = extensionClass(extension)
    this.extensions.set(identifierOf(Class), new Class(this))
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
  overlay(options: EnvironmentOptions<Globals> = {}): this {
    const Class = this.constructor as new (options: EnvironmentOptions<Globals>) => this
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

  /** The code of a template as the source of a JavaScript module. */
  compile(source: string | Tree, name: string | null = null, filename: string | null = null): string {
    const tree = typeof source === 'string' ? this.parse(source, name, filename) : source
    const text = typeof source === 'string' ? source : null
    return moduleSource(tree, { environment: this, name, filename, source: text })
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

  /** Whether templates become generated code. If not, they become closures, which give the same. */
  get generatesCode(): boolean {
    return this.backend === 'code' || (this.backend === 'auto' && canGenerateCode())
  }

  /**
   * Compiles a template.
   *
   * @param generated The code, if it is generated already.
   */
  makeCode(
    tree: () => Tree,
    origin: TemplateOrigin,
    mode: Mode,
    generated: GeneratedCode | null,
  ): CompiledTemplate {
    const named = { ...origin, localNames: () => storedNames(tree()) }
    if (this.generatesCode) {
      const { templateName, filename = null, source = null } = origin
      const options = { environment: this, name: templateName, filename, source, mode }
      const code = generated ?? generate(tree(), options)
      return loadFactory(code, filename ?? templateName ?? '<template>')(this, named)
    }
    return interpretTemplate(tree(), this, named, mode)
  }

  // ------------------------------------------ what the compiler asks for

  override get newlineSequence(): string {
    return this.syntax.newlineSequence
  }

  get hasPlainUndefined(): boolean {
    return this.undefined === Undefined
  }

  hasBuiltInFilter(name: string): boolean {
    return builtInFilters.has(name) && this.filters.get(name) === builtInFilters.get(name)
  }

  hasBuiltInTest(name: string): boolean {
    return builtInTests.has(name) && this.tests.get(name) === builtInTests.get(name)
  }
}

/** A template whose variable `result` is the value of an expression. */
function resultOf(expression: Expression): Tree {
  const place = { line: 1, column: 1 }
  const target = { kind: 'Name', name: 'result', ctx: 'store', ...place } as const
  return { kind: 'Template', body: [{ kind: 'Assign', target, node: expression, ...place }], ...place }
}
