import { Lexer } from './lexer.ts'
import type { SourceOptions } from './source.ts'
import type { LexedTokenType } from './tokens.ts'

/** A piece of the source as it stands there. All pieces together are the source, but for stripped white space. */
export interface LexedToken {
  readonly line: number
  readonly column: number
  readonly type: LexedTokenType
  readonly value: string
}

/**
 * The pieces of a source, with comments and white space, for tools: highlighters, extractors of translations.
 *
 * @throws {TemplateSyntaxError} when it comes to what is no piece of any kind.
 */
export function* lex(source: string, options: SourceOptions = {}): Generator<LexedToken, void> {
  const lexer = new Lexer(source, options, { verbatim: true })
  for (let token = lexer.next(); token.type !== 'eof'; token = lexer.next())
    yield token as unknown as LexedToken
}
