import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import { loadFactory } from './compile/load.ts'
import { moduleSource } from './compile/module.ts'
import type { CompilerEnvironment } from './compile/options.ts'
import type { AutoescapeFunction, Backend, EnvironmentOptions } from './environment-options.ts'
import { TemplateRuntimeError } from './errors.ts'
import type { Extension, ExtensionClass } from './extensions/extension.ts'
import { identifierOf } from './extensions/extension.ts'
import { extensionClass } from './extensions/table.ts'
import { asyncVariantOf } from './filters/async.ts'
import { builtInFilters } from './filters/table.ts'
import { defaultGlobals } from './globals.ts'
import { interpretTemplate } from './interpret/interpret.ts'
import { builtInTests } from './is-tests/table.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { Loader } from './loaders/loader.ts'
import type { Policies } from './policies.ts'
import { defaultPolicies } from './policies.ts'
import { call, callFilter, callMethod } from './runtime/call.ts'
import type {
  CompiledTemplate,
  Mode,
  RuntimeTemplate,
  TemplateChoice,
  TemplateOrigin,
} from './runtime/compiled.ts'
import { Context } from './runtime/context.ts'
import { attr, item } from './runtime/member.ts'
import type { Variables } from './runtime/scope.ts'
import type { ContextView, Meter, TemplateFunction } from './runtime-interface.ts'
import type { Expression, Template as Tree } from './syntax/ast.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'
import { resolveSyntax } from './syntax/delimiters.ts'
import type { LexedToken } from './syntax/lex.ts'
import { lex } from './syntax/lex.ts'
import type { ParseOptions } from './syntax/parser.ts'
import { parse, parseSingleExpression, preprocess } from './syntax/parser.ts'
import type { Template } from './template.ts'
import { TemplateCache } from './template-cache.ts'
import type { TemplateEnvironment } from './template-environment.ts'
import type { NewTemplate, TemplateName } from './template-loading.ts'
import {
  chooseTemplate,
  chooseTemplateSync,
  loadTemplate,
  loadTemplateSync,
  makeTemplate,
} from './template-loading.ts'
import type { Kwargs } from './values/kwargs.ts'
import { toText } from './values/python-text.ts'
import { signatureOf, withSignature } from './values/signature.ts'
import type { UndefinedErrorClass } from './values/undefined.ts'
import { Undefined } from './values/undefined.ts'

export type { EnvironmentOptions }

/** How a template is got. */
export interface GetTemplateOptions {
  /** The name of the template that asks, for relative names. */
  readonly parent?: string | null
  /** Variables of this template alone. If it is loaded already, they are added to those it has. */
  readonly globals?: Variables
}

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
  implements TemplateEnvironment, CompilerEnvironment
{
  /** How tags are marked in the source. */
  readonly syntax: SyntaxOptions
  readonly filters: Map<string, TemplateFunction> = new Map(builtInFilters)
  readonly tests: Map<string, TemplateFunction> = new Map(builtInTests)
  readonly globals: Map<string, unknown> = defaultGlobals()
  readonly policies: Policies = defaultPolicies()
  readonly extensions: Map<string, Extension> = new Map()
  loader: Loader | null
  autoescape: boolean | AutoescapeFunction
  undefined: typeof Undefined
  finalize: TemplateFunction | null
  optimized: boolean
  autoReload: boolean
  bytecodeCache: BytecodeCache | null
  relativePaths: boolean
  backend: Backend
  /** The class of contexts. Set another one to look variables up elsewhere. */
  contextClass: typeof Context = Context
  /** The templates that were loaded. */
  readonly cache: TemplateCache
  /** The environment that this one is an overlay of, or `null`. */
  readonly linkedTo: Environment | null = null
  /** Operators that go through `callBinop` and `callUnop`. */
  interceptedBinops: ReadonlySet<string> = new Set()
  interceptedUnops: ReadonlySet<string> = new Set()

  constructor(options: EnvironmentOptions<Globals> = {}) {
    this.syntax = resolveSyntax(options)
    this.loader = options.loader ?? null
    this.autoescape = options.autoescape ?? false
    this.undefined = (options.undefined ?? Undefined) as typeof Undefined
    if (this.undefined !== Undefined && !(this.undefined.prototype instanceof Undefined)) {
      throw new TypeError("'undefined' must be a class that extends Undefined.")
    }
    this.finalize = options.finalize ?? null
    this.optimized = options.optimized ?? true
    this.autoReload = options.autoReload ?? true
    this.bytecodeCache = options.bytecodeCache ?? null
    this.relativePaths = options.relativePaths ?? false
    this.backend = options.backend ?? 'auto'
    this.cache = new TemplateCache(options.cacheSize ?? 400)
    for (const [name, value] of Object.entries(options.globals ?? {})) this.globals.set(name, value)
    for (const extension of options.extensions ?? []) this.addExtension(extension)
  }

  // -------------------------------------------------------- registries

  /** Registers a filter. Plain functions get keyword arguments as one object at the end. */
  addFilter(name: string, filter: TemplateFunction): this {
    this.filters.set(name, filter)
    return this
  }

  /** Registers a test. */
  addTest(name: string, test: TemplateFunction): this {
    this.tests.set(name, test)
    return this
  }

  /** Gives all templates a variable. */
  addGlobal<Name extends keyof Globals & string>(name: Name, value: Globals[Name]): this {
    this.globals.set(name, value)
    return this
  }

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

  /**
   * Loads a template.
   *
   * @throws {TemplateNotFound} if there is none of the name.
   * @throws {TemplateSyntaxError} if its source breaks the grammar.
   */
  async getTemplate(name: TemplateName, options: GetTemplateOptions = {}): Promise<Template> {
    return chooseTemplate(this, name, options, 'one')
  }

  /** As {@link getTemplate}, for loaders that need not wait. */
  getTemplateSync(name: TemplateName, options: GetTemplateOptions = {}): Template {
    return chooseTemplateSync(this, name, options, 'one')
  }

  /**
   * Loads the first of several templates that exists.
   *
   * @throws {TemplatesNotFound} if none does.
   */
  async selectTemplate(names: Iterable<TemplateName>, options: GetTemplateOptions = {}): Promise<Template> {
    return chooseTemplate(this, Array.from(names), options, 'select')
  }

  /** As {@link selectTemplate}, for loaders that need not wait. */
  selectTemplateSync(names: Iterable<TemplateName>, options: GetTemplateOptions = {}): Template {
    return chooseTemplateSync(this, Array.from(names), options, 'select')
  }

  /** {@link getTemplate} for one name, {@link selectTemplate} for several. */
  async getOrSelectTemplate(
    names: TemplateName | readonly TemplateName[],
    options: GetTemplateOptions = {},
  ): Promise<Template> {
    return chooseTemplate(this, names, options, 'either')
  }

  /** As {@link getOrSelectTemplate}, for loaders that need not wait. */
  getOrSelectTemplateSync(
    names: TemplateName | readonly TemplateName[],
    options: GetTemplateOptions = {},
  ): Template {
    return chooseTemplateSync(this, names, options, 'either')
  }

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

  /** The name of a template as another one names it. Override it for names of other forms. */
  joinPath(name: string, parent: string): string {
    if (!this.relativePaths || !/^\.\.?\//.test(name)) return name
    const parts = parent.split('/').slice(0, -1)
    for (const part of name.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.') parts.push(part)
    }
    return parts.join('/')
  }

  loadTemplateSync(name: unknown, parent: string | null, choice: TemplateChoice): RuntimeTemplate {
    return chooseTemplateSync(this, name, { parent }, choice)
  }

  loadTemplate(name: unknown, parent: string | null, choice: TemplateChoice): Promise<RuntimeTemplate> {
    return chooseTemplate(this, name, { parent }, choice)
  }

  /** Loads a template by its joined name. Override it to get templates from elsewhere than the loader. */
  loadByNameSync(name: string, globals: Variables | null): Template {
    return loadTemplateSync(this, name, globals)
  }

  /** As {@link loadByNameSync}. */
  loadByName(name: string, globals: Variables | null): Promise<Template> {
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
    return moduleSource(tree, { environment: this, name, filename })
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

  makeCode(
    tree: Tree,
    origin: TemplateOrigin,
    mode: Mode,
    generated: GeneratedCode | null,
  ): CompiledTemplate {
    if (this.backend !== 'closures') {
      const { templateName, filename = null } = origin
      const code = generated ?? generate(tree, { environment: this, name: templateName, filename, mode })
      try {
        return loadFactory(code, filename ?? templateName ?? '<template>')(this, origin)
      } catch (error) {
        // The runtime forbids to generate code.
        if (this.backend === 'code' || !(error instanceof EvalError)) throw error
      }
    }
    return interpretTemplate(tree, this, origin, mode)
  }

  // ------------------------------------------- what templates ask for

  get sandboxed(): boolean {
    return false
  }

  get isNative(): boolean {
    return false
  }

  get newlineSequence(): string {
    return this.syntax.newlineSequence
  }

  get hasPlainUndefined(): boolean {
    return this.undefined === Undefined
  }

  autoescapeFor(name: string | null): boolean {
    return typeof this.autoescape === 'function' ? this.autoescape(name) : this.autoescape
  }

  hasBuiltInFilter(name: string): boolean {
    return builtInFilters.has(name) && this.filters.get(name) === builtInFilters.get(name)
  }

  hasBuiltInTest(name: string): boolean {
    return builtInTests.has(name) && this.tests.get(name) === builtInTests.get(name)
  }

  filterFor(name: string, isAsync: boolean): TemplateFunction | undefined {
    const filter = this.filters.get(name)
    if (!isAsync || filter === undefined) return filter
    const variant = asyncVariantOf(filter)
    if (variant === undefined) return filter
    const signature = signatureOf(filter)
    // The variant takes its arguments as the filter does.
    return signature === undefined || signatureOf(variant) === signature
      ? variant
      : withSignature(signature, variant)
  }

  makeMeter(): Meter | null {
    return null
  }

  concat(pieces: readonly unknown[]): unknown {
    let text = ''
    for (const piece of pieces) text += typeof piece === 'string' ? piece : toText(piece)
    return text
  }

  makeUndefined(
    hint: string | null = null,
    object?: unknown,
    name: unknown = null,
    errorClass?: UndefinedErrorClass,
  ): Undefined {
    return new this.undefined(hint, object, name, errorClass)
  }

  random(): number {
    return Math.random()
  }

  getattr(object: unknown, name: string): unknown {
    return attr(object, name, this)
  }

  getitem(object: unknown, key: unknown): unknown {
    return item(object, key, this)
  }

  call(
    context: ContextView | undefined,
    callee: unknown,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown {
    return call(context as Context, callee, args, kwargs)
  }

  callMethod(
    context: Context,
    object: unknown,
    name: string,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown {
    return callMethod(context, object, name, args, kwargs)
  }

  operate(context: Context, operator: string, left: unknown, right: unknown): unknown {
    return this.callBinop(context, operator, left, right)
  }

  callBinop(_context: Context, operator: string, _left: unknown, _right: unknown): unknown {
    throw new TypeError(`the environment does not say what '${operator}' means`)
  }

  callUnop(_context: Context, operator: string, _value: unknown): unknown {
    throw new TypeError(`the environment does not say what '${operator}' means`)
  }

  /** Calls a filter as templates do. @throws {TemplateRuntimeError} if there is none of the name. */
  callFilter(
    name: string,
    value: unknown,
    args: readonly unknown[] = [],
    kwargs: Kwargs | null = null,
    context?: Context,
  ): unknown {
    const filter = this.filters.get(name)
    if (filter === undefined) throw new TemplateRuntimeError(`No filter named '${name}'.`)
    return callFilter(context ?? this.#emptyContext(), filter, [value, ...args], kwargs)
  }

  /** Calls a test as templates do. @throws {TemplateRuntimeError} if there is none of the name. */
  callTest(
    name: string,
    value: unknown,
    args: readonly unknown[] = [],
    kwargs: Kwargs | null = null,
    context?: Context,
  ): unknown {
    const test = this.tests.get(name)
    if (test === undefined) throw new TemplateRuntimeError(`No test named '${name}'.`)
    return callFilter(context ?? this.#emptyContext(), test, [value, ...args], kwargs)
  }

  #emptyContext(): Context {
    return this.fromString('').newContext()
  }
}

/** A template whose variable `result` is the value of an expression. */
function resultOf(expression: Expression): Tree {
  const place = { line: 1, column: 1 }
  const target = { kind: 'Name', name: 'result', ctx: 'store', ...place } as const
  return { kind: 'Template', body: [{ kind: 'Assign', target, node: expression, ...place }], ...place }
}
