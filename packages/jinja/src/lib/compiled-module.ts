import type { BuiltIns } from './built-ins.ts'
import type { Mode, TemplateFactory } from './runtime/compiled.ts'

/** What a module of a precompiled template exports: a function for each mode, and what they need of Jinja. */
export interface ModuleExports extends Partial<Record<Mode, TemplateFactory>> {
  readonly builtIns?: Partial<BuiltIns>
}

/** @throws {TypeError} if the module was compiled without that mode. */
export function compiledIn(module: ModuleExports, mode: Mode): TemplateFactory {
  const factory = module[mode]
  if (factory !== undefined) return factory
  const modes =
    Object.keys(module)
      .filter((name) => typeof module[name as Mode] === 'function')
      .join(', ') || 'nothing'
  throw new TypeError(
    `the precompiled template has no code for the mode '${mode}'; its module exports ${modes}`,
  )
}
