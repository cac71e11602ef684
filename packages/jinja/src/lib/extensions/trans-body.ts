import { TemplateSyntaxError } from '../errors.ts'
import type { Parser } from '../syntax/parser.ts'
import { describeToken } from '../syntax/tokens.ts'

/** The text of a message as a format string, `Hello %(name)s!`, and the names in it. */
export interface TransBody {
  readonly text: string
  readonly names: readonly string[]
}

/**
 * The text between `{% trans %}` and the next tag, whose name is then current: text and names in `{{ }}`, nothing else.
 *
 * @param canPluralize Whether `{% pluralize %}` may end it.
 */
export function parseTransBody(parser: Parser, canPluralize: boolean): TransBody {
  const { stream } = parser
  const names: string[] = []
  let text = ''
  for (;;) {
    switch (stream.current.type) {
      case 'data':
        text += (stream.next().value as string).replaceAll('%', '%%')
        break
      case 'variable_begin': {
        stream.next()
        const name = stream.expect('name').value as string
        names.push(name)
        text += `%(${name})s`
        if (!stream.skipIf('variable_end')) refuseExpression(parser, name)
        break
      }
      case 'block_begin':
        stream.next()
        checkEnd(parser, canPluralize)
        return { text, names }
      default:
        parser.fail('unclosed translation block')
    }
  }
}

/** Only names can be printed inside: translators see them. */
function refuseExpression(parser: Parser, name: string): never {
  const hint = `Give the value a name in the tag: {% trans value=${name}… %}{{ value }}{% endtrans %}`
  const message = `expected token 'end of print statement', got '${describeToken(parser.stream.current)}'`
  parser.fail(message, undefined, TemplateSyntaxError, hint)
}

/** Refuses all tags but those that may end the text. */
function checkEnd(parser: Parser, canPluralize: boolean): void {
  const { type, value } = parser.stream.current
  const tag = type === 'name' ? value : 'None'
  if (tag === 'endtrans' || (tag === 'pluralize' && canPluralize)) return
  if (tag === 'pluralize') parser.fail('a translatable section can have only one pluralize section')
  if (tag === 'trans') parser.fail("trans blocks can't be nested; did you mean `endtrans`?")
  parser.fail(`control structures in translatable sections are not allowed; saw \`${tag}\``)
}
