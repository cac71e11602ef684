/**
 * What extensions and tools need of the grammar: tokens, the parser, the tree and ways through it.
 *
 * ```ts
 * import { findAll, parse } from '@phial/jinja/syntax'
 *
 * const tree = parse('{{ user.name|upper }}')
 * Array.from(findAll(tree, 'Filter'), (filter) => filter.name) // ['upper']
 * ```
 *
 * @module
 */

export type * as nodes from './lib/syntax/ast.ts'
export type { Expression, Node, Position, Statement, Target, Template } from './lib/syntax/ast.ts'
export type { SyntaxOptions } from './lib/syntax/delimiters.ts'
export { defaultSyntax, resolveSyntax } from './lib/syntax/delimiters.ts'
export type { LexedToken } from './lib/syntax/lex.ts'
export { lex } from './lib/syntax/lex.ts'
export { Lexer } from './lib/syntax/lexer.ts'
export type { TargetOptions } from './lib/syntax/parse-statement.ts'
export type { ParseOptions, ParserExtension } from './lib/syntax/parser.ts'
export { Parser, parse, parseSingleExpression } from './lib/syntax/parser.ts'
export type { TupleOptions } from './lib/syntax/parser-interface.ts'
export type { SourceOptions } from './lib/syntax/source.ts'
export type { StreamOptions, TokenSource } from './lib/syntax/token-stream.ts'
export { TokenStream } from './lib/syntax/token-stream.ts'
export type { LexedTokenType, OperatorType, TokenType, TokenValue } from './lib/syntax/tokens.ts'
export { countNewlines, describeToken, Token } from './lib/syntax/tokens.ts'
export type { NodeOfKind, Replacement } from './lib/syntax/visitor.ts'
export { childrenOf, find, findAll, transform, walk } from './lib/syntax/visitor.ts'
