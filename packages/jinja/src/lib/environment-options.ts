import type { ExtensionClass } from './extensions/extension.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { SourceOptions } from './source-environment.ts'

/**
 * How templates are run: as generated code (`code`), as closures (`closures`), or (`auto`) as closures the first time,
 * since these are made faster, then as code where that is allowed. In a sandbox `auto` is code from the start.
 */
export type Backend = 'auto' | 'code' | 'closures'

/** The settings of an environment that can also be changed for an overlay. */
export interface EnvironmentOptions<Globals extends object = Record<string, unknown>>
  extends Omit<SourceOptions<Globals>, 'extensions'> {
  /** Extensions by class or by the name they have in Jinja. Default: none. */
  extensions?: readonly (ExtensionClass | string)[]
  /** Keeps generated code for other processes. Default: none. */
  bytecodeCache?: BytecodeCache | null
  /** Default: `auto`. With `code`, breakpoints can be set in templates before they have run. */
  backend?: Backend
}
