import type { Contents } from '../analyze/contents.ts'
import { Symbols } from '../analyze/symbols.ts'
import type { Folder } from '../compile/fold.ts'
import type { EvalState } from '../compile/frame.ts'
import type { CompilerEnvironment } from '../compile/options.ts'
import { TemplateAssertionError } from '../errors.ts'
import type { Mode, RuntimeEnvironment, TemplateOrigin } from '../runtime/compiled.ts'
import type { Expression, Position, Statement } from '../syntax/ast.ts'
import type { Frame } from './frame.ts'
import { Slots } from './frame.ts'
import type { Expr, Step } from './step.ts'

/** What closures ask of the environment, when they are built and when they run. */
export type InterpreterEnvironment = RuntimeEnvironment & CompilerEnvironment

/** How the parts of a node are built. Each family of nodes has a file; this is how they reach each other. */
export interface Builders {
  expression(place: Place, node: Expression): Expr
  body(place: Place, body: readonly Statement[]): Step
}

/** What all parts of a template share while its closures are built. */
export interface Unit {
  readonly environment: InterpreterEnvironment
  readonly origin: TemplateOrigin
  readonly mode: Mode
  readonly isAsync: boolean
  readonly folder: Folder
  readonly contents: Contents
  readonly builders: Builders
  /** Whether all that follows at the top level is never printed, as another template is extended for sure. */
  hasKnownExtends: boolean
  /** How many `extends` there were so far. */
  extendsSoFar: number
}

/** What is known at a place of the template while closures are built: Jinja's frame. */
export class Place {
  readonly unit: Unit
  readonly symbols: Symbols
  readonly slots: Slots
  /** Whether printed values are escaped here. Changed by `{% autoescape %}` while closures are built. */
  readonly state: EvalState
  /** The template itself, with the conditions in it. */
  isTopLevel = false
  /** The template itself, without conditions. */
  isRootLevel = false
  isLoop = false
  isBlock = false
  /** Inside of a condition, where filters need not exist. */
  isSoft = false
  /** Whether the template may turn out to extend another one, so that printing must ask first. */
  requiresOutputCheck = false
  /** The block around, or `null`. */
  block: string | null = null
  /** How many loops are open in this function: `break` needs one. */
  openLoops = 0
  /** Names that `set` has stored in this loop or block so far. */
  assigned: Set<string> = new Set()

  constructor(unit: Unit, symbols: Symbols, slots: Slots, state: EvalState) {
    this.unit = unit
    this.symbols = symbols
    this.slots = slots
    this.state = state
  }

  /** The closure of an expression that stands here. */
  expression(node: Expression): Expr {
    return this.unit.builders.expression(this, node)
  }

  /** The closure of statements behind each other that stand here. */
  body(body: readonly Statement[]): Step {
    return this.unit.builders.body(this, body)
  }

  /**
   * A place with a scope of its own inside of this one.
   *
   * @param prefix Begins the names of its variables; scopes of one level that are alive together need different ones.
   */
  inner(slots: Slots = this.slots, prefix?: string): Place {
    const inner = new Place(this.unit, new Symbols(this.symbols, undefined, prefix), slots, this.state)
    inner.requiresOutputCheck = this.requiresOutputCheck
    inner.block = this.block
    if (slots === this.slots) inner.openLoops = this.openLoops
    return inner
  }

  /** A place in a function of its own. */
  innerFunction(): Place {
    return this.inner(new Slots(this.slots))
  }

  /** A place that sees nothing of this one. */
  isolated(): Place {
    const symbols = new Symbols(null, this.symbols.level + 1)
    const isolated = new Place(this.unit, symbols, this.slots, this.state)
    isolated.requiresOutputCheck = this.requiresOutputCheck
    isolated.openLoops = this.openLoops
    return isolated
  }

  /** The same place inside of a condition. */
  soft(): Place {
    const soft = new Place(this.unit, this.symbols, this.slots, this.state)
    return Object.assign(soft, this, { isSoft: true, isRootLevel: false })
  }
}

/** Reads a variable: `undefined` if it has no value. */
export function readVariable(place: Place, ref: string): Expr {
  const { up, place: at } = place.slots.find(ref)
  if (up === 0) return (frame) => frame.slots[at]
  if (up === 1) return (frame) => frame.outer!.slots[at]
  return (frame) => {
    let owner = frame
    for (let count = up; count > 0; count--) owner = owner.outer!
    return owner.slots[at]
  }
}

/** Gives the variables of a scope their first values. */
export function enterScope(place: Place): Step {
  const missing: number[] = []
  const resolved: { readonly at: number; readonly name: string }[] = []
  const aliases: { readonly at: number; readonly read: Expr }[] = []
  for (const [ref, load] of place.symbols.loads) {
    const at = place.slots.own(ref)
    if (load.kind === 'undefined') missing.push(at)
    else if (load.kind === 'resolve') resolved.push({ at, name: load.name })
    else if (load.kind === 'alias') aliases.push({ at, read: readVariable(place, load.target) })
  }
  if (missing.length + resolved.length + aliases.length === 0) return () => undefined
  return (frame) => {
    const { slots } = frame
    for (let index = 0; index < missing.length; index++) slots[missing[index]!] = undefined
    for (let index = 0; index < resolved.length; index++) {
      const { at, name } = resolved[index]!
      slots[at] = frame.lookup.resolveOrMissing(name)
    }
    for (let index = 0; index < aliases.length; index++) {
      const { at, read } = aliases[index]!
      slots[at] = read(frame)
    }
    return undefined
  }
}

/** Reads all variables that are stored around a place, by name; `null` if there are none. */
export function readLocals(place: Place): (frame: Frame) => Record<string, unknown> | null {
  const readers = Array.from(place.symbols.visibleStores(), ([name, ref]) => ({
    name,
    read: readVariable(place, ref),
  }))
  if (readers.length === 0) return () => null
  return (frame) => {
    const locals: Record<string, unknown> = Object.create(null)
    for (const { name, read } of readers) locals[name] = read(frame)
    return locals
  }
}

/** An error of the template that is noticed while its closures are built. */
export function refusal(
  place: Place,
  message: string,
  { line, column }: Position,
  hint: string | null = null,
): TemplateAssertionError {
  return new TemplateAssertionError(message, { ...place.unit.origin, lineno: line, column }, hint)
}
