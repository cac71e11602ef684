import type { BlockFunction, Context, Output } from './context.ts'
import { errorAt } from './errors.ts'
import type { Frame } from './frame.ts'
import type { Body, Expression, Place } from './nodes.ts'
import type { Waiting } from './waiting.ts'

/** One run of a template or block. */
export interface Run {
  readonly context: Context
  /** The template that this one extends, from where it says so on. */
  parent: ParentTemplate | null
}

/** What goes on when a template that extends another one is through. */
export interface ParentTemplate {
  root(context: Context, frame: Frame, out: Output): Waiting
}

/** An expression, compiled. */
export type Evaluate = (run: Run, frame: Frame) => unknown
/** A part of a template, compiled. */
export type Execute = (run: Run, frame: Frame, out: Output) => Waiting

/** An async filter of a statement: it runs before the statement, which finds its result under the name. */
export interface LiftedFilter {
  readonly hole: string
  readonly evaluate: Evaluate
}

/** What compiles the nodes. */
export interface Families {
  expression(compiler: Compiler, node: Expression): Evaluate
  body(compiler: Compiler, body: Body): Execute
}

/** The state of compiling one template into functions. */
export class Compiler {
  /** The name of the template, or `null`. */
  readonly path: string | null
  readonly asyncFilters: readonly string[]
  /** Whether printing `null` or `undefined` is an error. */
  readonly throwsOnUndefined: boolean
  readonly blocks: Map<string, BlockFunction> = new Map()
  /** The block that is being compiled, or `null` at the top level. */
  block: string | null = null
  /** Whether names are set in a frame of their own here: in loops and call blocks. */
  isNested = false
  readonly #families: Families
  #lifted: LiftedFilter[] = []
  #holes = 0

  constructor(
    path: string | null,
    options: { readonly asyncFilters: readonly string[]; readonly throwOnUndefined: boolean },
    families: Families,
  ) {
    this.path = path
    this.asyncFilters = options.asyncFilters
    this.throwsOnUndefined = options.throwOnUndefined
    this.#families = families
  }

  expression(node: Expression): Evaluate {
    return this.#families.expression(this, node)
  }

  body(body: Body): Execute {
    return this.#families.body(this, body)
  }

  /** A body whose names are set in frames of their own, or not. */
  scoped(body: Body, isNested: boolean): Execute {
    const before = this.isNested
    this.isNested = isNested
    const execute = this.body(body)
    this.isNested = before
    return execute
  }

  /** Makes an async filter run before the statement that is being compiled. */
  lift(evaluate: Evaluate): string {
    this.#holes += 1
    const hole = `hole ${this.#holes}`
    this.#lifted.push({ hole, evaluate })
    return hole
  }

  /** Compiles the expressions of a statement, and gives the async filters in them. */
  lifting<T>(compile: () => T): { readonly result: T; readonly lifted: readonly LiftedFilter[] } {
    const outer = this.#lifted
    this.#lifted = []
    const result = compile()
    const lifted = this.#lifted
    this.#lifted = outer
    return { result, lifted }
  }

  /** Makes the errors of a step or an expression say where they arose. */
  located<Step extends Evaluate | Execute>(place: Place, step: Step): Step {
    const fail = this.#failure(place)
    // Not by a list of arguments: this runs for each value that is printed.
    const located = (run: Run, frame: Frame, out: Output): unknown => {
      try {
        const result = (step as Execute)(run, frame, out)
        return result instanceof Promise ? result.catch(fail) : result
      } catch (error) {
        return fail(error)
      }
    }
    return located as Step
  }

  /** Refuses a node. */
  refuse(place: Place, message: string): never {
    return this.#failure(place)(new Error(message))
  }

  #failure({ lineno, colno }: Place): (error: unknown) => never {
    const { path } = this
    const place = { lineno, colno }
    return (error) => {
      throw errorAt(error, place, path)
    }
  }
}
