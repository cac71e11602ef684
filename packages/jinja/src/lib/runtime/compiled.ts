import type { TemplatePlace } from '../errors.ts'
import type { EnvironmentView, Meter, TemplateFunction } from '../runtime-interface.ts'
import type { Kwargs } from '../values/kwargs.ts'
import type { UndefinedClass } from '../values/undefined.ts'
import type { Context } from './context.ts'
import type { TemplateModule } from './template-module.ts'

/**
 * The border between compiled templates and the engine: what a compiled template is, and what it may ask of the
 * environment and of other templates. Generated code, precompiled modules and the closures of `interpret/` all have
 * this form, so each can include, import and extend the others.
 *
 * A compiled template is a {@link TemplateFactory}. Called with an environment it gives the functions of the template:
 * `root` for everything outside of blocks (with `extends` it ends by calling the root of the parent), and one function
 * for each block. All take the context. What they give depends on the {@link Mode}:
 *
 * | mode          | a function gives                                                                |
 * | ------------- | ------------------------------------------------------------------------------- |
 * | `sync`        | the text                                                                        |
 * | `async`       | a promise of the text                                                           |
 * | `stream`      | an iterator over pieces of the text                                             |
 * | `asyncStream` | an async iterator over pieces of the text                                       |
 *
 * In native environments they give arrays of values instead of text.
 *
 * Inside of functions a missing variable is `undefined`; the code makes an undefined value of it where it is used.
 */

export type Mode = 'sync' | 'async' | 'stream' | 'asyncStream'

/** What a function of a compiled template gives. The code that calls it knows the mode. */
// biome-ignore lint/suspicious/noExplicitAny: text, values, promises or iterators of them, by the mode.
export type Pieces = any

/** Renders what is outside of blocks. */
export type RootFunction = (context: Context) => Pieces

/**
 * Renders a block.
 *
 * @param depth How many blocks of the name, in templates that extend this one, lie before this block: `super()` is the
 * one at `depth + 1`.
 */
export type BlockFunction = (context: Context, depth: number) => Pieces

/** The blocks of a template and of those it extends: of each name the one to render, then those it overrides. */
export type BlockTable = Readonly<Record<string, readonly BlockFunction[]>>

export interface CompiledTemplate {
  readonly root: RootFunction
  /** The name of the template that it always extends, if the source tells. */
  readonly parent?: string | null
  readonly blocks: Readonly<Record<string, BlockFunction>>
  /** Compiles the template for good, where it is not yet: for functions that are kept, such as macros of a module. */
  settle?(): void
}

/** @param origin Where the template is from, for errors. */
export type TemplateFactory = (environment: RuntimeEnvironment, origin: TemplateOrigin) => CompiledTemplate

/** Where a template is from: a place without the line. */
export interface TemplateOrigin extends Omit<TemplatePlace, 'lineno' | 'column' | 'part'> {
  /** The names that the template stores or takes as parameters, for hints. Default: unknown. */
  localNames?(): Iterable<string>
}

/** What compiled templates ask of another template. */
export interface RuntimeTemplate {
  readonly name: string | null
  readonly environment: RuntimeEnvironment
  /** Globals of this template alone, or `null`. */
  readonly ownGlobals: ReadonlyMap<string, unknown> | null
  /** The compiled functions. Compiled when they are first asked for. */
  code(mode: Mode): CompiledTemplate
  /** The blocks of this template alone, as a context starts with them. */
  blockTable(mode: Mode): BlockTable
  /** The context of an include that sees the variables of the current template. */
  newContextWithin(outer: Context, locals: Readonly<Record<string, unknown>> | null, mode: Mode): Context
  /** The module of an import that sees the variables of the current template. */
  moduleWithin(outer: Context, locals: Readonly<Record<string, unknown>> | null): TemplateModule
  moduleWithinAsync(outer: Context, locals: Readonly<Record<string, unknown>> | null): Promise<TemplateModule>
  /**
   * The module that does not see the variables of the current template. It is made once.
   *
   * @param isImport Whether it sees the globals that the current template has for itself.
   */
  defaultModule(outer: Context, isImport: boolean): TemplateModule
  defaultModuleAsync(outer: Context, isImport: boolean): Promise<TemplateModule>
}

/** What compiled templates ask of the environment. */
export interface RuntimeEnvironment extends EnvironmentView {
  readonly undefined: UndefinedClass
  /** The class of contexts. */
  readonly contextClass: typeof Context
  /** Called with each value before it is printed. */
  readonly finalize: ((...args: never[]) => unknown) | null
  readonly globals: ReadonlyMap<string, unknown>
  /** Extensions by their identifiers. */
  readonly extensions: ReadonlyMap<string, object>
  /** The filter of a name. In async templates, the form of it that takes promises and async iterables. */
  filterFor(name: string, isAsync: boolean): TemplateFunction | undefined
  /** Whether templates of the name escape what they print. */
  autoescapeFor(name: string | null): boolean
  /** A new count of what a rendering uses up; `null` where nothing is limited. */
  makeMeter(): Meter | null
  /** Puts the printed values of a macro or a block together. Text, or a value in native environments. */
  concat(pieces: readonly unknown[]): unknown
  /** Calls a method: `object.name(…)`, guarded. */
  callMethod(
    context: Context,
    object: unknown,
    name: string,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown
  /** `left operator right`, for all binary operators of a sandbox. */
  operate(context: Context, operator: string, left: unknown, right: unknown): unknown
  /** `left operator right`, where the environment wants to see it. */
  callBinop(context: Context, operator: string, left: unknown, right: unknown): unknown
  /** `operator value`, where the environment wants to see it. */
  callUnop(context: Context, operator: string, value: unknown): unknown
  /** A template by name, or the first of several. */
  loadTemplateSync(name: unknown, parent: string | null, choice: TemplateChoice): RuntimeTemplate
  loadTemplate(name: unknown, parent: string | null, choice: TemplateChoice): Promise<RuntimeTemplate>
}

/** Whether a name, a list of names, or either is expected where a template names others. */
export type TemplateChoice = 'one' | 'select' | 'either'
