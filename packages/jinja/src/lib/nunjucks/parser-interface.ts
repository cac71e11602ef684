import type { TemplateError } from './errors.ts'
import type { Body, Expression, Node, NodeList, Place } from './nodes.ts'
import type { TagOptions, Token, TokenType } from './tokens.ts'

/** What the functions that parse expressions and tags use of the parser. */
export interface ParserState {
  readonly tokens: {
    readonly tags: Required<TagOptions>
    raw(name: string, place: Place): { text: string; trimsBefore: boolean; trimsBehind: boolean }
  }
  dropLeadingWhitespace: boolean
  nextToken(withWhitespace?: boolean): Token | null
  peekToken(): Token | null
  pushToken(token: Token | null): void
  skip(type: TokenType): boolean
  skipValue(type: TokenType, value: string): boolean
  skipSymbol(value: string): boolean
  expect(type: TokenType): Token
  need(what: string): Token
  error(message: string, lineno?: number, colno?: number): TemplateError
  fail(message: string, lineno?: number, colno?: number): never
  advanceAfterBlockEnd(name?: string | null): Token
  nested<T>(parse: () => T): T
  parseExpression(): Expression
  parsePrimary(noPostfix?: boolean): Expression
  parseSignature(tolerant: true, noParens?: boolean): NodeList | null
  parseSignature(tolerant?: boolean | null, noParens?: boolean): NodeList
  parseUntilBlocks(...names: string[]): Body
  parseBody(tag: Token, ...names: string[]): Body
}

/** Reads a tag. The next token is its name, which is given too. */
export type TagParser = (parser: ParserState, tag: Token) => Node
