import type { ExtensionClass } from './extensions/extension.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { Loader } from './loaders/loader.ts'
import type { TemplateFunction } from './runtime-interface.ts'
import type { SyntaxOptions } from './syntax/delimiters.ts'
import type { UndefinedClass } from './values/undefined.ts'

/** Whether a template escapes what it prints, by its name; `null` for templates made of a string. */
export type AutoescapeFunction = (name: string | null) => boolean

/** How templates are run: as generated code, as closures, or as code where that is allowed. */
export type Backend = 'auto' | 'code' | 'closures'

/** The settings of an environment that can also be changed for an overlay. */
export interface EnvironmentOptions<Globals extends object = Record<string, unknown>>
  extends Partial<Writable<SyntaxOptions>> {
  /** Where templates are loaded from. Default: none. */
  loader?: Loader | null
  /** Whether printed values are escaped. Default: false. See `selectAutoescape`. */
  autoescape?: boolean | AutoescapeFunction
  /** The class of undefined values: `Undefined`, `ChainableUndefined`, `DebugUndefined`, `StrictUndefined`. */
  undefined?: UndefinedClass
  /** Extensions by class or by the name they have in Jinja. Default: none. */
  extensions?: readonly (ExtensionClass | string)[]
  /** Called with each value before it is printed; gives what is printed. Default: none. */
  finalize?: TemplateFunction | null
  /** Whether constant expressions are computed when the template is compiled. Default: true. */
  optimized?: boolean
  /** How many templates are kept; 0 for none, -1 for all. Default: 400. */
  cacheSize?: number
  /** Whether the loader is asked for changes each time a template is got. Default: true. */
  autoReload?: boolean
  /** Keeps generated code for other processes. Default: none. */
  bytecodeCache?: BytecodeCache | null
  /** Whether names that begin with `./` or `../` are relative to the template they stand in. Default: false. */
  relativePaths?: boolean
  /** Variables of all templates, beside those of Jinja (`range`, `dict`, …). */
  globals?: Readonly<Partial<Globals>>
  /** Default: `auto`, code where the runtime allows to generate it. */
  backend?: Backend
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
