import type { Policies } from './policies.ts'
import type { Kwargs } from './values/kwargs.ts'
import type { Undefined, UndefinedErrorClass } from './values/undefined.ts'

/**
 * What filters, tests and functions see of the engine. The environment and the context implement these interfaces;
 * nothing in here knows their classes.
 */

/** A filter, test or global as it is registered. */
// biome-ignore lint/suspicious/noExplicitAny: filters and tests have parameters of their own.
export type TemplateFunction = (...args: any[]) => unknown

export interface EnvironmentView {
  /** Whether members and calls are guarded, and lengths limited. */
  readonly sandboxed: boolean
  readonly policies: Policies
  readonly filters: ReadonlyMap<string, TemplateFunction>
  readonly tests: ReadonlyMap<string, TemplateFunction>
  /** What ends a line in the output: `\n` by default. */
  readonly newlineSequence: string
  /** `object.name`, guarded; an undefined value where there is none. */
  getattr(object: unknown, name: string): unknown
  /** `object[key]`, guarded; an undefined value where there is none. */
  getitem(object: unknown, key: unknown): unknown
  /** An undefined value of the class that the environment is set to. See the constructor of `Undefined`. */
  makeUndefined(
    hint?: string | null,
    object?: unknown,
    name?: unknown,
    errorClass?: UndefinedErrorClass,
  ): Undefined
  /** Calls a value of a template, if the sandbox lets it. */
  call(
    context: ContextView | undefined,
    callee: unknown,
    args: readonly unknown[],
    kwargs: Kwargs | null,
  ): unknown
  /** A number from 0 to below 1, as `Math.random`. */
  random(): number
}

/** The settings that can change inside a template. */
export interface EvalContextView {
  readonly environment: EnvironmentView
  /** Whether printed values are escaped here. */
  readonly autoescape: boolean
}

/** The context of the template that is being rendered. */
export interface ContextView {
  readonly environment: EnvironmentView
  readonly evalContext: EvalContextView
  /** What this rendering may still use up, in a sandbox. All templates that take part in it share one. */
  readonly meter?: Meter | null
}

/** Counts what a rendering in a sandbox uses up, and raises `SecurityError` when a limit is reached. */
export interface Meter {
  /** Called for each turn of a loop, each call, block and macro. */
  step(): void
  /** Called with the length of each text that is printed. */
  print(length: number): void
  /** Called with what operators, calls, filters and `set` blocks made. Gives the value back. */
  made<T>(value: T): T
}
