import { quote } from '@phial/markup/text'
import { didYouMean } from '../did-you-mean.ts'
import { RecursionError } from '../errors.ts'
import { Kwargs } from '../values/kwargs.ts'
import { repr } from '../values/python-text.ts'
import type { Tuple } from '../values/tuple.ts'
import { tupleOf } from '../values/tuple.ts'
import type { Context } from './context.ts'
import { MAX_MACRO_DEPTH } from './limits.ts'
import { markSafe } from './output.ts'

/**
 * The function of a macro. It takes the parameters in order, `undefined` for those that were not given; then, if it uses
 * them, `caller`, `kwargs` and `varargs`. It gives text, a value in native environments, or a promise in async templates.
 */
// biome-ignore lint/suspicious/noExplicitAny: each macro has parameters of its own.
export type MacroFunction = (...args: any[]) => unknown

/** What a macro takes besides its parameters. */
export interface MacroCatches {
  readonly caller: boolean
  readonly kwargs: boolean
  readonly varargs: boolean
}

/** A macro as a value. Templates call it as a function; so can JavaScript, through a `TemplateModule`. */
export class Macro {
  readonly #render: MacroFunction
  readonly #catches: MacroCatches
  readonly #parameters: readonly string[]
  readonly #autoescape: boolean
  /** The name, or `null` for the body of a call block. */
  readonly name: string | null

  /** @param autoescape Whether the result is safe HTML where the caller does not say. */
  constructor(
    render: MacroFunction,
    name: string | null,
    parameters: readonly string[],
    catches: MacroCatches,
    autoescape: boolean,
  ) {
    this.#render = render
    this.name = name
    this.#parameters = parameters
    this.#catches = catches
    this.#autoescape = autoescape
  }

  /** The names of the parameters. */
  get arguments(): Tuple<string> {
    return tupleOf(this.#parameters)
  }

  /** Whether the macro takes keyword arguments that are no parameters. */
  get catch_kwargs(): boolean {
    return this.#catches.kwargs
  }

  /** Whether the macro takes more positional arguments than it has parameters. */
  get catch_varargs(): boolean {
    return this.#catches.varargs
  }

  /** Whether the macro uses `caller`. */
  get caller(): boolean {
    return this.#catches.caller
  }

  __call__(args: readonly unknown[], kwargs: ReadonlyMap<string, unknown> | null): unknown {
    return this.__invoke__(args, kwargs, this.#autoescape)
  }

  /**
   * Renders the macro.
   *
   * @param autoescape Whether the result is made safe HTML.
   * @throws {TypeError} if the arguments do not fit.
   */
  __invoke__(
    args: readonly unknown[],
    kwargs: ReadonlyMap<string, unknown> | null,
    autoescape: boolean,
  ): unknown {
    const result = this.#render(...this.#bind(args, kwargs))
    if (!autoescape) return result
    return result instanceof Promise ? result.then(markSafe) : markSafe(result)
  }

  #bind(args: readonly unknown[], kwargs: ReadonlyMap<string, unknown> | null): readonly unknown[] {
    const parameters = this.#parameters
    const catches = this.#catches
    const count = parameters.length
    if (kwargs === null && args.length <= count && !catches.caller && !catches.kwargs && !catches.varargs) {
      return args
    }
    const rest = new Kwargs(kwargs ?? [])
    const bound: unknown[] = args.slice(0, count)
    let hasCaller = bound.length === count && parameters.includes('caller')
    for (let index = bound.length; index < count; index++) {
      const parameter = parameters[index]!
      if (parameter === 'caller') hasCaller = true
      bound.push(rest.get(parameter))
      rest.delete(parameter)
    }
    if (catches.caller && !hasCaller) {
      bound.push(rest.get('caller') ?? undefined)
      rest.delete('caller')
    }
    if (catches.kwargs) bound.push(rest)
    else if (rest.size > 0) throw this.#unexpected(rest)
    if (catches.varargs) bound.push(tupleOf(args.slice(count)))
    else if (args.length > count) {
      throw new TypeError(`macro ${repr(this.name)} takes not more than ${count} argument(s)`)
    }
    return bound
  }

  #unexpected(rest: Kwargs): TypeError {
    if (rest.has('caller')) {
      return new TypeError(
        `macro ${repr(this.name)} was invoked with two values for the special caller argument. This is most likely a bug.`,
      )
    }
    const [name] = rest.keys()
    const error = new TypeError(`macro ${repr(this.name)} takes no keyword argument ${quote(name!)}`)
    return Object.assign(error, { hint: didYouMean(name!, this.arguments) })
  }

  __repr__(): string {
    return `<Macro ${this.name === null ? 'anonymous' : repr(this.name)}>`
  }

  __type_name__(): string {
    return 'jinja2.runtime.Macro'
  }
}

/** Counts a macro in, and stops recursion without end. The code of the macro counts it out. */
export function enterMacro(context: Context): void {
  if (++context.state.macroDepth > MAX_MACRO_DEPTH) {
    throw new RecursionError(
      `macros call each other more than ${MAX_MACRO_DEPTH} levels deep: is there a recursion that never ends?`,
    )
  }
}
