import type { Statement } from '../syntax/ast.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension } from './extension.ts'

/** `{% do list.append(1) %}`: an expression whose value is not printed. */
export class DoExtension extends Extension {
  static readonly identifier: string = 'jinja2.ext.ExprStmtExtension'

  override readonly tags: ReadonlySet<string> = new Set(['do'])

  override parse(parser: Parser): Statement {
    const { line, column } = parser.stream.next()
    return { kind: 'ExprStmt', line, column, node: parser.parseTuple() }
  }
}
