import type { GeneratedCode } from './compile/codegen-template.ts'
import type { CompiledTemplate, Mode, RuntimeEnvironment, TemplateOrigin } from './runtime/compiled.ts'
import type { Template as Tree } from './syntax/ast.ts'

/** What a template asks of its environment. */
export interface TemplateEnvironment extends RuntimeEnvironment {
  /**
   * Compiles a template.
   *
   * @param generated The code, if it is generated already.
   */
  makeCode(tree: Tree, origin: TemplateOrigin, mode: Mode, generated: GeneratedCode | null): CompiledTemplate
}
