import type { TemplateSyntaxError } from '../errors.ts'
import type { Expression, Position, Statement } from './ast.ts'
import type { TokenStream } from './token-stream.ts'

/** How a tuple is read. */
export interface TupleOptions {
  /** Only names and literals. Default: any expressions. */
  readonly simplified?: boolean
  /** Whether `a if b else c` may come. Default: true. */
  readonly withCondition?: boolean
  /** What ends the tuple besides the end of the tag: expressions of `Token.test`. Default: none. */
  readonly extraEndRules?: readonly string[]
  /** Whether it stands in parentheses, where `()` is an empty tuple. Default: false. */
  readonly explicitParentheses?: boolean
  /** Whether `name.attribute` is a target. Default: false. */
  readonly withNamespace?: boolean
}

/** What the grammar of expressions and tags needs of the parser. */
export interface ParserState {
  readonly stream: TokenStream
  /** The body of a tag, up to one of the end tags. */
  parseStatements(endTokens: readonly string[], dropNeedle?: boolean): Statement[]
  parseExpression(withCondition?: boolean): Expression
  parseTuple(options?: TupleOptions): Expression
  /** @throws {TemplateSyntaxError} at a place. Default: the current token. */
  fail(
    message: string,
    place?: Position,
    errorClass?: typeof TemplateSyntaxError,
    hint?: string | null,
  ): never
  /** Called where an expression begins inside another construct, and where it ends. */
  enterExpression(): void
  leaveExpression(): void
  /** Called for each operator that makes the tree higher. */
  countOperator(): void
}
