import type { CompiledTemplate, TemplateFactory } from '../runtime/compiled.ts'
import { runtimeLibrary } from '../runtime/library.ts'
import type { GeneratedCode } from './codegen-template.ts'

/**
 * Makes functions of generated code. The only place of the package that does; where the runtime forbids it (Workers,
 * pages with a content security policy) it throws an `EvalError`.
 *
 * @param url How stack traces and debuggers name the code.
 */
export function loadFactory({ body, imports }: GeneratedCode, url: string): TemplateFactory {
  // One function, not one in another: engines look through inner functions once for each that is around them.
  const source = `"use strict"; (function ({ ${imports.join(', ')} }, env, origin) { ${body} })`
  // Not `new Function`: that puts two lines in front, and lines would not be those of the template. Called by another
  // name, so that the code sees nothing of this module.
  // biome-ignore lint/security/noGlobalEval: this is the one place that runs generated code, and says why
  const evaluate = globalThis.eval
  // A name of a template must not end the comment.
  const label = url.replace(/\s/g, '%20')
  const make = evaluate(`${source}\n//# sourceURL=${label}`) as LoadedFunction
  return (environment, origin) => make(runtimeLibrary, environment, origin)
}

/** Whether the runtime lets code be generated. Asked anew each time, as it takes no time. */
export function canGenerateCode(): boolean {
  try {
    // biome-ignore lint/security/noGlobalEval: it runs nothing
    const evaluate = globalThis.eval
    evaluate('')
    return true
  } catch {
    return false
  }
}

type LoadedFunction = (
  library: typeof runtimeLibrary,
  ...args: Parameters<TemplateFactory>
) => CompiledTemplate
