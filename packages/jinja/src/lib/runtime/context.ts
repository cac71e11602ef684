import type { ContextView, Meter } from '../runtime-interface.ts'
import { Kwargs } from '../values/kwargs.ts'
import { KeyError } from '../values/python-errors.ts'
import { repr } from '../values/python-text.ts'
import { MISSING } from '../values/undefined.ts'
import { BlockReference } from './blocks.ts'
import type { BlockTable, Mode, RuntimeEnvironment } from './compiled.ts'
import { EvalContext } from './eval-context.ts'
import type { Scope, Variables } from './scope.ts'
import { allVariables, findVariable } from './scope.ts'

/** What the contexts of one rendering share. */
export interface RenderState {
  /** How many macros are running inside each other. */
  macroDepth: number
  /** What the rendering may still use up, in a sandbox. */
  readonly meter: Meter | null
}

const NONE: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null))

/** How a {@link Context} is made. */
export interface ContextInit {
  readonly environment: RuntimeEnvironment
  /** The name of the template. */
  readonly name: string | null
  readonly mode: Mode
  readonly blocks: BlockTable
  /** The variables that the template is given, and the globals behind them. */
  readonly scope: Scope | null
  /** The globals of the template alone, which templates it imports see too. */
  readonly ownGlobals: ReadonlyMap<string, unknown> | null
  /** The context it belongs to, or `null` for that of a rendering. */
  readonly outer: Context | null
}

/**
 * The variables of a template while it runs: those it was given, and those that it stores and exports. Functions marked
 * with `passContext` get it and may read it; only the code of templates writes.
 */
export class Context implements ContextView {
  readonly environment: RuntimeEnvironment
  /** The name of the template, or `null`. */
  readonly name: string | null
  readonly mode: Mode
  /** The blocks by name, each with those it overrides behind it. */
  blocks: BlockTable
  readonly scope: Scope | null
  readonly ownGlobals: ReadonlyMap<string, unknown> | null
  readonly state: RenderState
  /** How many templates lead to this one by including, importing and extending. */
  depth: number
  /** How long the text is that a stream collects before it gives a piece, in UTF-16 code units. */
  pieceSize: number
  #vars: Map<string, unknown> | null = null
  #isVarsShared = false
  #exported: Set<string> | null = null
  #evalContext: EvalContext | null = null

  constructor(init: ContextInit) {
    this.environment = init.environment
    this.name = init.name
    this.mode = init.mode
    this.blocks = init.blocks
    this.scope = init.scope
    this.ownGlobals = init.ownGlobals
    const { outer } = init
    this.state = outer === null ? { macroDepth: 0, meter: init.environment.makeMeter() } : outer.state
    this.depth = outer === null ? 0 : outer.depth
    this.pieceSize = outer === null ? 0 : outer.pieceSize
  }

  /** What the rendering may still use up, in a sandbox; else `null`. */
  get meter(): Meter | null {
    return this.state.meter
  }

  /** The settings that can change inside a template, such as `autoescape`. */
  get evalContext(): EvalContext {
    return (this.#evalContext ??= new EvalContext(
      this.environment,
      this.environment.autoescapeFor(this.name),
    ))
  }

  /** The variables that the template itself has stored at its top level. */
  get vars(): ReadonlyMap<string, unknown> {
    return this.#ownVars()
  }

  /** The names that templates which import this one see. */
  get exportedVars(): ReadonlySet<string> {
    return (this.#exported ??= new Set())
  }

  /** All variables that the template was given, with the globals. */
  get parent(): Map<string, unknown> {
    return allVariables(this.scope)
  }

  /** The value of a variable, or an undefined value. */
  resolve(name: string): unknown {
    const value = this.resolveOrMissing(name)
    return value === undefined ? this.environment.makeUndefined(null, MISSING, name) : value
  }

  /** The value of a variable, or `undefined`. Override it to look variables up elsewhere. */
  resolveOrMissing(name: string): unknown {
    if (this.#vars !== null) {
      const value = this.#vars.get(name)
      if (value !== undefined) return value
    }
    return findVariable(this.scope, name)
  }

  /**
   * The variables that were given, if reading a property of them is all that {@link resolveOrMissing} does; else none.
   * For code of templates.
   */
  get given(): Readonly<Record<string, unknown>> {
    if (this.#vars !== null || this.scope === null || this.scope.values instanceof Map) return NONE
    const isPlain = this.resolveOrMissing === Context.prototype.resolveOrMissing
    return isPlain ? (this.scope.values as Readonly<Record<string, unknown>>) : NONE
  }

  /** The value of a variable, or the default. */
  get(name: string, defaultValue: unknown = null): unknown {
    const value = this.resolveOrMissing(name)
    return value === undefined ? defaultValue : value
  }

  has(name: string): boolean {
    return this.resolveOrMissing(name) !== undefined
  }

  /**
   * `context[name]`
   *
   * @throws {KeyError} if there is no variable of the name.
   */
  getItem(name: string): unknown {
    const value = this.resolveOrMissing(name)
    if (value === undefined) throw new KeyError(repr(name))
    return value
  }

  /** All variables, with those that the template has stored. */
  getAll(): Map<string, unknown> {
    const all = allVariables(this.scope)
    if (this.#vars !== null) for (const [name, value] of this.#vars) all.set(name, value)
    return all
  }

  keys(): IterableIterator<string> {
    return this.getAll().keys()
  }

  values(): IterableIterator<unknown> {
    return this.getAll().values()
  }

  items(): IterableIterator<[string, unknown]> {
    return this.getAll().entries()
  }

  /** The exported variables. */
  getExported(): Map<string, unknown> {
    const exported = new Map<string, unknown>()
    if (this.#exported !== null) {
      for (const name of this.#exported) exported.set(name, this.#vars?.get(name))
    }
    return exported
  }

  /** Calls a value, giving it the context if it asks for it. */
  call(callee: unknown, ...args: readonly unknown[]): unknown {
    const last = args.at(-1)
    return last instanceof Kwargs
      ? this.environment.call(this, callee, args.slice(0, -1), last)
      : this.environment.call(this, callee, args, null)
  }

  /** The block that a block of the name overrides, or an undefined value. */
  super(name: string, depth: number): unknown {
    if (this.blocks[name]?.[depth + 1] === undefined) {
      return this.environment.makeUndefined(
        `there is no parent block called ${repr(name)}.`,
        MISSING,
        'super',
      )
    }
    return new BlockReference(name, this, depth + 1)
  }

  /** A context of the same template with more variables, for a scoped block or a function that asks for the context. */
  derived(locals: Variables | null): Context {
    const derived = new this.environment.contextClass({
      environment: this.environment,
      name: this.name,
      mode: this.mode,
      blocks: this.blocks,
      scope: this.scopeWith(locals),
      ownGlobals: null,
      outer: this,
    })
    derived.#evalContext = this.evalContext
    return derived
  }

  /** A context with the variables of a mapping before these, which are read from it when they are asked for. */
  overlaid(variables: unknown): Context {
    const derived = this.derived(null)
    derived.#vars = variables instanceof Map ? variables : new Map(Object.entries(variables as object))
    derived.#isVarsShared = true
    return derived
  }

  /** The variables as other contexts see them now: what is stored later is not seen there. */
  scopeWith(locals: Variables | null): Scope | null {
    let { scope } = this
    if (this.#vars !== null) {
      this.#isVarsShared = true
      scope = { values: this.#vars, outer: scope }
    }
    return locals === null ? scope : { values: locals, outer: scope }
  }

  /** Stores a variable at the top level of the template. For code of templates. */
  setVar(name: string, value: unknown): void {
    this.#ownVars().set(name, value)
  }

  /** As {@link setVar}, and exports the name. */
  exportVar(name: string, value: unknown): void {
    this.#ownVars().set(name, value)
    ;(this.#exported ??= new Set()).add(name)
  }

  /** As {@link setVar} for what is imported: it is not exported further. */
  setImported(name: string, value: unknown): void {
    this.#ownVars().set(name, value)
    this.#exported?.delete(name)
  }

  #ownVars(): Map<string, unknown> {
    if (this.#vars === null) this.#vars = new Map()
    else if (this.#isVarsShared) this.#vars = new Map(this.#vars)
    this.#isVarsShared = false
    return this.#vars
  }

  __repr__(): string {
    return `<Context ${repr(this.getAll())} of ${repr(this.name)}>`
  }
}
