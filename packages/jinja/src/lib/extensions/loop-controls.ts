import type { Statement } from '../syntax/ast.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** `{% break %}` and `{% continue %}` in loops. */
export class LoopControlsExtension extends Extension {
  static readonly identifier: string = 'jinja2.ext.LoopControlExtension'

  override readonly tags: ReadonlySet<string> = new Set(['break', 'continue'])

  override parse(parser: Parser): Statement {
    const { line, column, value } = parser.stream.next()
    return { kind: value === 'break' ? 'Break' : 'Continue', line, column }
  }
}
