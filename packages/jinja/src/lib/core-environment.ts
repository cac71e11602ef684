import type { BuiltIns } from './built-ins.ts'
import { TemplateRuntimeError } from './errors.ts'
import { asyncVariantOf } from './filters/async.ts'
import type { Policies } from './policies.ts'
import { defaultPolicies } from './policies.ts'
import { noBlocks } from './runtime/blocks.ts'
import { call, callFilter, callMethod } from './runtime/call.ts'
import type { RuntimeEnvironment, RuntimeTemplate, TemplateChoice } from './runtime/compiled.ts'
import { Context } from './runtime/context.ts'
import { attr, item } from './runtime/member.ts'
import type { Variables } from './runtime/scope.ts'
import type { ContextView, Meter, TemplateFunction } from './runtime-interface.ts'
import type { AutoescapeFunction } from './select-autoescape.ts'
import type { Template } from './template.ts'
import type { GetTemplateOptions, TemplateName } from './template-choice.ts'
import { chooseTemplate, chooseTemplateSync } from './template-choice.ts'
import type { Kwargs } from './values/kwargs.ts'
import { installMethods } from './values/methods/table.ts'
import { toText } from './values/python-text.ts'
import { signatureOf, withSignature } from './values/signature.ts'
import type { UndefinedClass, UndefinedErrorClass } from './values/undefined.ts'
import { Undefined } from './values/undefined.ts'

/** The settings that templates need while they run. */
export interface CoreOptions<Globals extends object = Record<string, unknown>> {
  /** Whether printed values are escaped. Default: false. See `selectAutoescape`. */
  autoescape?: boolean | AutoescapeFunction
  /** The class of undefined values: `Undefined`, `ChainableUndefined`, `DebugUndefined`, `StrictUndefined`. */
  undefined?: UndefinedClass
  /** Called with each value before it is printed; gives what is printed. Default: none. */
  finalize?: TemplateFunction | null
  /** Whether names that begin with `./` or `../` are relative to the template they stand in. Default: false. */
  relativePaths?: boolean
  /** Variables of all templates, beside those of Jinja (`range`, `dict`, …). */
  globals?: Readonly<Partial<Globals>>
}

/**
 * What environments of all kinds have: filters, tests, globals and the meaning of what templates do. It knows neither
 * parser nor compiler.
 */
export abstract class CoreEnvironment<Globals extends object = Record<string, unknown>>
  implements RuntimeEnvironment
{
  readonly filters: Map<string, TemplateFunction> = new Map()
  readonly tests: Map<string, TemplateFunction> = new Map()
  readonly globals: Map<string, unknown> = new Map()
  readonly policies: Policies = defaultPolicies()
  abstract readonly extensions: ReadonlyMap<string, object>
  autoescape: boolean | AutoescapeFunction
  undefined: typeof Undefined
  finalize: TemplateFunction | null
  relativePaths: boolean
  /** The class of contexts. Set another one to look variables up elsewhere. */
  contextClass: typeof Context = Context

  /** @param builtIns What the environment starts with. */
  constructor(options: CoreOptions<Globals>, builtIns: Iterable<Partial<BuiltIns>>) {
    for (const each of builtIns) this.#add(each)
    this.autoescape = options.autoescape ?? false
    this.undefined = (options.undefined ?? Undefined) as typeof Undefined
    if (this.undefined !== Undefined && !(this.undefined.prototype instanceof Undefined)) {
      throw new TypeError("'undefined' must be a class that extends Undefined.")
    }
    this.finalize = options.finalize ?? null
    this.relativePaths = options.relativePaths ?? false
    for (const [name, value] of Object.entries(options.globals ?? {})) this.globals.set(name, value)
  }

  #add({ filters = [], tests = [], globals = [], methods = {} }: Partial<BuiltIns>): void {
    for (const [name, filter] of filters) this.filters.set(name, filter)
    for (const [name, test] of tests) this.tests.set(name, test)
    for (const [name, value] of globals) this.globals.set(name, value)
    installMethods(methods)
  }

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

  /** Loads a template by its joined name. Override it to get templates from elsewhere. */
  abstract loadByNameSync(name: string, globals: Variables | null): Template
  /** As {@link loadByNameSync}. */
  abstract loadByName(name: string, globals: Variables | null): Promise<Template>

  loadTemplateSync(name: unknown, parent: string | null, choice: TemplateChoice): RuntimeTemplate {
    return chooseTemplateSync(this, name, { parent }, choice)
  }

  loadTemplate(name: unknown, parent: string | null, choice: TemplateChoice): Promise<RuntimeTemplate> {
    return chooseTemplate(this, name, { parent }, choice)
  }

  // ------------------------------------------- what templates ask for

  get sandboxed(): boolean {
    return false
  }

  get isNative(): boolean {
    return false
  }

  get newlineSequence(): string {
    return '\n'
  }

  autoescapeFor(name: string | null): boolean {
    return typeof this.autoescape === 'function' ? this.autoescape(name) : this.autoescape
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
    return call((context as Context | undefined) ?? this.#emptyContext(), callee, args, kwargs)
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
    context: Context = this.#emptyContext(),
  ): unknown {
    const filter = this.filters.get(name)
    if (filter === undefined) throw new TemplateRuntimeError(`No filter named '${name}'.`)
    return callFilter(context, filter, [value, ...args], kwargs)
  }

  /** Calls a test as templates do. @throws {TemplateRuntimeError} if there is none of the name. */
  callTest(
    name: string,
    value: unknown,
    args: readonly unknown[] = [],
    kwargs: Kwargs | null = null,
    context: Context = this.#emptyContext(),
  ): unknown {
    const test = this.tests.get(name)
    if (test === undefined) throw new TemplateRuntimeError(`No test named '${name}'.`)
    return callFilter(context, test, [value, ...args], kwargs)
  }

  #emptyContext(): Context {
    return new this.contextClass({
      environment: this,
      name: null,
      mode: 'sync',
      blocks: noBlocks(),
      scope: { values: this.globals, outer: null },
      ownGlobals: null,
      outer: null,
    })
  }
}
