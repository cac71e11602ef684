import type { CoreOptions } from './core-environment.ts'
import type { ExtensionClass } from './extensions/extension.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { Loader } from './loaders/loader.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'

/** How templates are run: as generated code, as closures, or as code where that is allowed. */
export type Backend = 'auto' | 'code' | 'closures'

/** The settings of an environment that can also be changed for an overlay. */
export interface EnvironmentOptions<Globals extends object = Record<string, unknown>>
  extends Partial<Writable<SyntaxOptions>>,
    CoreOptions<Globals> {
  /** Where templates are loaded from. Default: none. */
  loader?: Loader | null
  /** Extensions by class or by the name they have in Jinja. Default: none. */
  extensions?: readonly (ExtensionClass | string)[]
  /** Whether constant expressions are computed when the template is compiled. Default: true. */
  optimized?: boolean
  /** How many templates are kept; 0 for none, -1 for all. Default: 400. */
  cacheSize?: number
  /** Whether the loader is asked for changes each time a template is got. Default: true. */
  autoReload?: boolean
  /** Keeps generated code for other processes. Default: none. */
  bytecodeCache?: BytecodeCache | null
  /** Default: `auto`, code where the runtime allows to generate it. */
  backend?: Backend
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
