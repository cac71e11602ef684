import type { TemplateFactory } from '../runtime/compiled.ts'
import { runtimeLibrary } from '../runtime/library.ts'
import type { GeneratedCode } from './codegen-template.ts'

/**
 * Makes functions of generated code. The only place of the package that does; where the runtime forbids it (Workers,
 * pages with a content security policy) it throws an `EvalError`.
 *
 * @param url How stack traces and debuggers name the code.
 */
export function loadFactory({ factory, imports }: GeneratedCode, url: string): TemplateFactory {
  const source = `(({ ${imports.join(', ')} }) => ${factory})\n//# sourceURL=${url}`
  // Not `new Function`: that puts two lines in front, and lines would not be those of the template. Called by another
  // name, so that the code sees nothing of this module.
  const evaluate = globalThis.eval
  const make = evaluate(`"use strict"; ${source}`) as (library: typeof runtimeLibrary) => TemplateFactory
  return make(runtimeLibrary)
}
