import type { Mode } from '../runtime/compiled.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import type { UndefinedClass } from '../values/undefined.ts'
import { Undefined } from '../values/undefined.ts'

/** What the compiler asks of the environment. */
export interface CompilerEnvironment {
  readonly filters: ReadonlyMap<string, TemplateFunction>
  readonly tests: ReadonlyMap<string, TemplateFunction>
  /** Whether members and calls go through the environment, which may refuse them. */
  readonly sandboxed: boolean
  /** Whether printing gives values instead of text. */
  readonly isNative: boolean
  /** Whether constant expressions are computed by the compiler. */
  readonly optimized: boolean
  readonly finalize: ((...args: never[]) => unknown) | null
  /** Operators that go through the environment. */
  readonly interceptedBinops: ReadonlySet<string>
  readonly interceptedUnops: ReadonlySet<string>
  readonly undefined: UndefinedClass
  autoescapeFor(name: string | null): boolean
  /** Whether the filter of the name is the one that comes with the engine. */
  hasBuiltInFilter(name: string): boolean
  hasBuiltInTest(name: string): boolean
  /** The filter of a name. In async templates, the form of it that takes promises and async iterables. */
  filterFor(name: string, isAsync: boolean): TemplateFunction | undefined
}

export interface CompileOptions {
  readonly environment: CompilerEnvironment
  /** The name of the template, or `null`. */
  readonly name: string | null
  readonly filename: string | null
  /** The source, for excerpts in errors. Default: none. */
  readonly source?: string | null
  readonly mode: Mode
  /**
   * Whether the code may run in another environment than the one it was compiled for, so that the signatures of its
   * filters are not relied on. Default: false.
   */
  readonly isPortable?: boolean
}

/** Whether missing variables print nothing and are false, as in the class `Undefined` itself. */
export function hasPlainUndefined(environment: CompilerEnvironment): boolean {
  return environment.undefined === Undefined
}
