import type { MaybePromise } from './loaders/loader.ts'
import { blockTableOf } from './runtime/blocks.ts'
import type {
  BlockFunction,
  BlockTable,
  CompiledTemplate,
  Mode,
  Pieces,
  RuntimeEnvironment,
  RuntimeTemplate,
  TemplateOrigin,
} from './runtime/compiled.ts'
import type { Context } from './runtime/context.ts'
import { deeper, extended } from './runtime/include.ts'
import type { Scope, Variables } from './runtime/scope.ts'
import { findVariable } from './runtime/scope.ts'
import type { ExposedModule } from './runtime/template-module.ts'
import { exposeExports, TemplateModule } from './runtime/template-module.ts'
import { TemplateStream } from './template-stream.ts'
import { KeyError } from './values/python-errors.ts'
import { repr } from './values/python-text.ts'

/** What a template is made of. */
export interface TemplateInit {
  readonly environment: RuntimeEnvironment
  readonly name: string | null
  readonly filename: string | null
  /** The source, for excerpts in errors; `null` if it is not at hand. */
  readonly source: string | null
  /** Globals of this template alone. */
  readonly globals: Map<string, unknown> | null
  readonly isUpToDate: (() => MaybePromise<boolean>) | null
  /** Gives the functions of a mode. */
  compile(mode: Mode, origin: TemplateOrigin): CompiledTemplate
  /** Pairs of a line of the template and the line of the generated code where that begins. Default: none. */
  lines?(): readonly (readonly [templateLine: number, codeLine: number])[]
}

/** How pieces of a stream are cut. */
export interface GenerateOptions {
  /** How long the text of a piece gets before it is given, in UTF-16 code units. Default: 0, as soon as there is text. */
  readonly pieceSize?: number
}

/** A compiled template. Environments make them; it never changes, but for its globals. */
export class Template implements RuntimeTemplate {
  readonly environment: RuntimeEnvironment
  /** The name that it was loaded by, or `null`. */
  readonly name: string | null
  /** The file that it was loaded from, or `null`. */
  readonly filename: string | null
  readonly #init: TemplateInit
  #ownGlobals: Map<string, unknown> | null
  readonly #codes: Partial<Record<Mode, CompiledTemplate>> = {}
  readonly #blockTables: Partial<Record<Mode, BlockTable>> = {}
  #globalScope: Scope | null = null
  #module: TemplateModule | null = null

  /** @param made What the template is made of, or a template to be made once more. */
  constructor(made: TemplateInit | Template) {
    const init = made instanceof Template ? made.#init : made
    this.environment = init.environment
    this.name = init.name
    this.filename = init.filename
    this.#init = init
    this.#ownGlobals = init.globals
  }

  /** Globals of this template alone, or `null`. */
  get ownGlobals(): ReadonlyMap<string, unknown> | null {
    return this.#ownGlobals
  }

  /** The globals of the environment and, before them, those of this template. */
  get globals(): ReadonlyMap<string, unknown> {
    return new Map([...this.environment.globals, ...(this.#ownGlobals ?? [])])
  }

  /** Adds globals for this template alone. */
  addGlobals(globals: ReadonlyMap<string, unknown>): void {
    this.#ownGlobals = new Map([...(this.#ownGlobals ?? []), ...globals])
    this.#globalScope = null
  }

  /** The source, or `null` if it is not at hand. */
  get source(): string | null {
    return this.#init.source
  }

  /** The names of the blocks that the template itself has. */
  get blocks(): readonly string[] {
    return Object.keys(this.code('sync').blocks)
  }

  /** Whether the loader still has the source that the template was made of. A promise, if it takes time to tell. */
  get isUpToDate(): MaybePromise<boolean> {
    return this.#init.isUpToDate?.() ?? true
  }

  /** Pairs of a line of the template and the line of the generated code where that begins. */
  get debugInfo(): readonly (readonly [templateLine: number, codeLine: number])[] {
    return this.#init.lines?.() ?? []
  }

  /** The line of the template for a line of the generated code. */
  getCorrespondingLineno(codeLine: number): number {
    return this.debugInfo.findLast(([, line]) => line <= codeLine)?.[0] ?? 1
  }

  /** The compiled functions. Those of each mode are compiled when they are first asked for. */
  code(mode: Mode): CompiledTemplate {
    return (this.#codes[mode] ??= this.#init.compile(mode, {
      templateName: this.name,
      filename: this.filename,
      source: this.#init.source,
    }))
  }

  blockTable(mode: Mode): BlockTable {
    return (this.#blockTables[mode] ??= blockTableOf(this.code(mode).blocks))
  }

  // ------------------------------------------------------------ rendering

  /**
   * The text of the template.
   *
   * @param variables What the template can use, beside the globals: an object or a map.
   * @throws What goes wrong while it runs, with its place in the template: see `templatePlaceOf`.
   */
  render(variables: Variables = {}): string {
    const pieces: Pieces = this.code('sync').root(this.newContext(variables))
    return typeof pieces === 'string' ? pieces : (this.environment.concat(pieces) as string)
  }

  /** As {@link render}, but promises in the template are awaited, and async iterables walked. */
  async renderAsync(variables: Variables = {}): Promise<string> {
    const pieces: Pieces = await this.code('async').root(this.newContext(variables, 'async'))
    return typeof pieces === 'string' ? pieces : (this.environment.concat(pieces) as string)
  }

  /** The text of the template piece by piece, while it runs. */
  *generate(variables: Variables = {}, options: GenerateOptions = {}): Generator<string, void, undefined> {
    const context = this.newContext(variables, 'stream')
    context.pieceSize = options.pieceSize ?? 0
    yield* this.code('stream').root(context)
  }

  /** As {@link generate}, with what {@link renderAsync} awaits. */
  async *generateAsync(
    variables: Variables = {},
    options: GenerateOptions = {},
  ): AsyncGenerator<string, void, undefined> {
    const context = this.newContext(variables, 'asyncStream')
    context.pieceSize = options.pieceSize ?? 0
    yield* this.code('asyncStream').root(context)
  }

  /** As {@link generate}, as a stream whose pieces can be put together. */
  stream(variables: Variables = {}): TemplateStream {
    return new TemplateStream(this.generate(variables))
  }

  /**
   * The text of one block, without what is around it. The variables that the template sets outside of the block are not
   * there. Blocks of the templates that this one extends count, if their names stand in the sources.
   *
   * @throws {KeyError} if there is no block of the name.
   */
  renderBlock(name: string, variables: Variables = {}): string {
    const context = this.newContext(variables)
    for (let child: RuntimeTemplate = this, { parent } = this.code('sync'); parent != null; ) {
      child = this.environment.loadTemplateSync(parent, child.name, 'one')
      ;({ parent } = extended(context, child).code('sync'))
    }
    const pieces: Pieces = this.#block(context, name)(context, 0)
    return typeof pieces === 'string' ? pieces : (this.environment.concat(pieces) as string)
  }

  /** As {@link renderBlock}, with what {@link renderAsync} awaits. */
  async renderBlockAsync(name: string, variables: Variables = {}): Promise<string> {
    const context = this.newContext(variables, 'async')
    for (let child: RuntimeTemplate = this, { parent } = this.code('async'); parent != null; ) {
      child = await this.environment.loadTemplate(parent, child.name, 'one')
      ;({ parent } = extended(context, child).code('async'))
    }
    const pieces: Pieces = await this.#block(context, name)(context, 0)
    return typeof pieces === 'string' ? pieces : (this.environment.concat(pieces) as string)
  }

  #block(context: Context, name: string): BlockFunction {
    const block = context.blocks[name]?.[0]
    if (block !== undefined) return block
    const blocks = Object.keys(context.blocks).map((each) => `'${each}'`)
    throw new KeyError(
      `the template ${repr(this.name)} has no block '${name}'. Its blocks: ${blocks.join(', ') || 'none'}.`,
    )
  }

  /** A context with which functions of the template can be called. */
  newContext(variables: Variables = {}, mode: Mode = 'sync'): Context {
    return this.#context({ values: variables, outer: this.#globals() }, mode, null)
  }

  newContextWithin(outer: Context, locals: Readonly<Record<string, unknown>> | null, mode: Mode): Context {
    return this.#context(outer.scopeWith(locals), mode, outer)
  }

  #context(scope: Scope | null, mode: Mode, outer: Context | null): Context {
    const context = new this.environment.contextClass({
      environment: this.environment,
      name: this.name,
      mode,
      blocks: this.blockTable(mode),
      scope,
      ownGlobals: this.#ownGlobals,
      outer,
    })
    if (outer !== null) context.depth = deeper(outer)
    return context
  }

  #globals(): Scope {
    return (this.#globalScope ??= this.#makeGlobalScope())
  }

  #makeGlobalScope(): Scope {
    const shared: Scope = { values: this.environment.globals, outer: null }
    return this.#ownGlobals === null ? shared : { values: this.#ownGlobals, outer: shared }
  }

  // -------------------------------------------------------------- modules

  /** What the template exports: its macros and the variables it sets. Made once, without variables. */
  get module(): ExposedModule {
    return exposeExports(this.#sharedModule(null))
  }

  /** As {@link module}, made anew with variables. */
  makeModule(variables: Variables = {}): ExposedModule {
    return exposeExports(this.#makeModule(this.newContext(variables)))
  }

  /** As {@link makeModule}, with what {@link renderAsync} awaits. Its macros give promises. */
  async makeModuleAsync(variables: Variables = {}): Promise<ExposedModule> {
    return exposeExports(await this.#makeModuleAsync(this.newContext(variables, 'async')))
  }

  moduleWithin(outer: Context, locals: Readonly<Record<string, unknown>> | null): TemplateModule {
    return this.#makeModule(this.newContextWithin(outer, locals, 'sync'))
  }

  moduleWithinAsync(
    outer: Context,
    locals: Readonly<Record<string, unknown>> | null,
  ): Promise<TemplateModule> {
    return this.#makeModuleAsync(this.newContextWithin(outer, locals, 'async'))
  }

  defaultModule(outer: Context, isImport: boolean): TemplateModule {
    const extra = isImport ? this.#globalsOf(outer) : null
    // In a sandbox each rendering pays for what it runs itself.
    if (extra === null && !this.environment.sandboxed) return this.#sharedModule(outer)
    const scope = extra === null ? this.#globals() : { values: extra, outer: this.#globals() }
    return this.#makeModule(this.#context(scope, 'sync', outer))
  }

  /** Not shared: renderings that wait run at the same time, and each counts its own macros. */
  async defaultModuleAsync(outer: Context, isImport: boolean): Promise<TemplateModule> {
    const extra = isImport ? this.#globalsOf(outer) : null
    const scope = extra === null ? this.#globals() : { values: extra, outer: this.#globals() }
    return this.#makeModuleAsync(this.#context(scope, 'async', outer))
  }

  /** Globals that the importing template has for itself: a template that it imports sees them too, as they were given. */
  #globalsOf(outer: Context): Map<string, unknown> | null {
    if (outer.ownGlobals === null) return null
    const extra = new Map<string, unknown>()
    for (const name of outer.ownGlobals.keys()) {
      if (this.#ownGlobals?.has(name) !== true) extra.set(name, findVariable(outer.scope, name))
    }
    return extra.size === 0 ? null : extra
  }

  #sharedModule(outer: Context | null): TemplateModule {
    // Macros count what they use up with the rendering that made them.
    if (outer !== null && outer.meter !== null) {
      return this.#makeModule(this.#context(this.#globals(), 'sync', outer))
    }
    return (this.#module ??= this.#makeModule(this.#context(this.#globals(), 'sync', outer)))
  }

  #makeModule(context: Context): TemplateModule {
    return new TemplateModule(context, this.#lastingCode('sync').root(context))
  }

  async #makeModuleAsync(context: Context): Promise<TemplateModule> {
    return new TemplateModule(context, await this.#lastingCode('async').root(context))
  }

  /** The compiled functions, for macros that are called long after. */
  #lastingCode(mode: Mode): CompiledTemplate {
    const code = this.code(mode)
    code.settle?.()
    return code
  }

  __repr__(): string {
    return `<Template ${this.name === null ? 'from memory' : repr(this.name)}>`
  }
}
