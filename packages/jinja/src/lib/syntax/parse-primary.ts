import { TemplateSyntaxError } from '../errors.ts'
import type {
  Arguments,
  Call,
  Dict,
  Expression,
  Filter,
  Getattr,
  Getitem,
  Keyword,
  List,
  Pair,
  Position,
  Slice,
} from './ast.ts'
import type { ParserState, TupleOptions } from './parser-interface.ts'
import type { TokenStream } from './token-stream.ts'
import { describeToken, type Token, type TokenType } from './tokens.ts'

/** The grammar of what operators stand between: names, literals, brackets, and what follows them. */

const IN_PARENTHESES: TupleOptions = { explicitParentheses: true }

/** A name, a literal, or what stands in brackets. */
export function parsePrimary(parser: ParserState, withNamespace: boolean = false): Expression {
  const { stream } = parser
  const token = stream.current
  switch (token.type) {
    case 'name':
      stream.next()
      return nameOrConstant(parser, token, withNamespace)
    case 'string':
      return parseStrings(parser)
    case 'integer':
    case 'float':
      stream.next()
      return { kind: 'Const', line: token.line, column: token.column, value: token.value }
    case 'lparen': {
      stream.next()
      const node = parser.parseTuple(IN_PARENTHESES)
      stream.expect('rparen')
      return node
    }
    case 'lbracket':
      return parseList(parser)
    case 'lbrace':
      return parseDict(parser)
    default:
      parser.fail(`unexpected '${describeToken(token)}'`)
  }
}

/** The names that stand for constants. */
export const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

function nameOrConstant(parser: ParserState, token: Token, withNamespace: boolean): Expression {
  const { line, column } = token
  const name = token.value as string
  const constant = constants.get(name)
  if (constant !== undefined) return { kind: 'Const', line, column, value: constant }
  if (withNamespace && parser.stream.current.type === 'dot') {
    parser.stream.next()
    const attribute = parser.stream.expect('name').value as string
    return { kind: 'NSRef', line, column, name, attribute }
  }
  return { kind: 'Name', line, column, name, ctx: 'load' }
}

/** Strings that follow each other are one. */
function parseStrings(parser: ParserState): Expression {
  const { stream } = parser
  const { line, column, value } = stream.next()
  let text = value as string
  while (stream.current.type === 'string') text += stream.next().value as string
  return { kind: 'Const', line, column, value: text }
}

function parseList(parser: ParserState): List {
  const { stream } = parser
  const { line, column } = stream.expect('lbracket')
  const items: Expression[] = []
  parseItems(stream, 'rbracket', () => items.push(parser.parseExpression()), true)
  stream.next()
  return { kind: 'List', line, column, items }
}

function parseDict(parser: ParserState): Dict {
  const { stream } = parser
  const { line, column } = stream.expect('lbrace')
  const items: Pair[] = []
  const parsePair = (): void => {
    const key = parser.parseExpression()
    stream.expect('colon')
    items.push({ kind: 'Pair', line: key.line, column: key.column, key, value: parser.parseExpression() })
  }
  parseItems(stream, 'rbrace', parsePair, true)
  stream.next()
  return { kind: 'Dict', line, column, items }
}

/**
 * Items with commas between them, up to the token that ends them, which is left.
 *
 * @param mayTrail Whether a comma may stand behind the last one.
 */
export function parseItems(
  stream: TokenStream,
  end: TokenType,
  parseItem: () => void,
  mayTrail: boolean = false,
): void {
  for (let isFirst = true; stream.current.type !== end; isFirst = false) {
    if (!isFirst) stream.expect('comma')
    if (mayTrail && stream.current.type === end) return
    parseItem()
  }
}

/** Attributes, items and calls behind an expression. */
export function parsePostfix(parser: ParserState, start: Expression): Expression {
  const { stream } = parser
  let node = start
  for (;;) {
    const { type } = stream.current
    if (type === 'dot') node = parseAttribute(parser, node)
    else if (type === 'lbracket') node = parseItem(parser, node)
    else if (type === 'lparen') node = parseCall(parser, node)
    else return node
    parser.countOperator()
  }
}

function parseAttribute(parser: ParserState, node: Expression): Getattr | Getitem {
  const { stream } = parser
  const { line, column } = stream.next()
  const token = stream.next()
  if (token.type === 'name') {
    return { kind: 'Getattr', line, column, node, attribute: token.value as string }
  }
  if (token.type !== 'integer') parser.fail('expected name or number', token)
  const arg: Expression = { kind: 'Const', line: token.line, column: token.column, value: token.value }
  return { kind: 'Getitem', line, column, node, arg }
}

function parseItem(parser: ParserState, node: Expression): Getitem {
  const { stream } = parser
  const { line, column } = stream.next()
  const items: (Expression | Slice)[] = []
  parseItems(stream, 'rbracket', () => items.push(parseSubscript(parser)))
  stream.next()
  const arg: Expression =
    items.length === 1 ? (items[0] as Expression) : { kind: 'Tuple', line, column, items, ctx: 'load' }
  return { kind: 'Getitem', line, column, node, arg }
}

function parseSubscript(parser: ParserState): Expression | Slice {
  const { stream } = parser
  const { line, column } = stream.current
  let start: Expression | null = null
  if (stream.current.type !== 'colon') {
    start = parser.parseExpression()
    if ((stream.current as Token).type !== 'colon') return start
  }
  stream.next()
  const stop = stream.current.type === 'colon' ? null : parseBound(parser)
  const step = stream.skipIf('colon') ? parseBound(parser) : null
  return { kind: 'Slice', line, column, start, stop, step }
}

function parseBound(parser: ParserState): Expression | null {
  const { type } = parser.stream.current
  return type === 'rbracket' || type === 'comma' ? null : parser.parseExpression()
}

function parseCall(parser: ParserState, node: Expression): Call {
  const { line, column } = parser.stream.current
  const { args, kwargs, dynArgs, dynKwargs } = parseCallArguments(parser)
  return { kind: 'Call', line, column, node, args, kwargs, dynArgs, dynKwargs }
}

/** Arguments in parentheses. */
export function parseCallArguments(parser: ParserState): Arguments {
  const { stream } = parser
  const open = stream.expect('lparen')
  const args: Expression[] = []
  const kwargs: Keyword[] = []
  let dynArgs: Expression | null = null
  let dynKwargs: Expression | null = null
  const parseArgument = (): void => {
    const { type } = stream.current
    if (type === 'mul') {
      if (dynArgs !== null || dynKwargs !== null) refuseArguments(parser, open)
      stream.next()
      dynArgs = parser.parseExpression()
    } else if (type === 'pow') {
      if (dynKwargs !== null) refuseArguments(parser, open)
      stream.next()
      dynKwargs = parser.parseExpression()
    } else if (type === 'name' && stream.look().type === 'assign') {
      if (dynKwargs !== null) refuseArguments(parser, open)
      const key = stream.next().value as string
      stream.next()
      const value = parser.parseExpression()
      kwargs.push({ kind: 'Keyword', line: value.line, column: value.column, key, value })
    } else {
      if (dynArgs !== null || dynKwargs !== null || kwargs.length > 0) refuseArguments(parser, open)
      args.push(parser.parseExpression())
    }
  }
  parseItems(stream, 'rparen', parseArgument, true)
  stream.next()
  return { args, kwargs, dynArgs, dynKwargs }
}

function refuseArguments(parser: ParserState, place: Position): never {
  parser.fail(
    'invalid syntax for function call expression',
    place,
    TemplateSyntaxError,
    'Arguments without a name come first, then those with one, then `*list` and `**dict`.',
  )
}

/** Filters, tests and calls behind an expression. */
export function parseFilters(parser: ParserState, start: Expression): Expression {
  const { stream } = parser
  let node = start
  for (;;) {
    const { type, value } = stream.current
    if (type === 'pipe') node = parseFilter(parser, node) as Filter
    else if (type === 'name' && value === 'is') node = parseTest(parser, node)
    else if (type === 'lparen') node = parseCall(parser, node)
    else return node
    parser.countOperator()
  }
}

/**
 * The filters behind a node, or behind nothing: in filter blocks. `null` if there are none.
 *
 * @param startInline Whether the first one needs no `|`. Default: false.
 */
export function parseFilter(
  parser: ParserState,
  start: Expression | null,
  startInline: boolean = false,
): Expression | null {
  const { stream } = parser
  let node = start
  for (let isInline = startInline; isInline || stream.current.type === 'pipe'; isInline = false) {
    if (!isInline) stream.next()
    const { line, column } = stream.current
    const name = parseDottedName(parser)
    const { args, kwargs, dynArgs, dynKwargs } =
      stream.current.type === 'lparen' ? parseCallArguments(parser) : withoutArguments()
    node = { kind: 'Filter', line, column, node, name, args, kwargs, dynArgs, dynKwargs }
    parser.countOperator()
  }
  return node
}

function parseTest(parser: ParserState, node: Expression): Expression {
  const { stream } = parser
  const { line, column } = stream.next()
  const isNegated = stream.skipWord('not')
  const name = parseDottedName(parser)
  const { args, kwargs, dynArgs, dynKwargs } = parseTestArguments(parser)
  const test: Expression = { kind: 'Test', line, column, node, name, args, kwargs, dynArgs, dynKwargs }
  return isNegated ? { kind: 'Not', line, column, node: test } : test
}

/** A single argument of a test needs no parentheses: `is divisibleby 3`. */
function parseTestArguments(parser: ParserState): Arguments {
  const { current } = parser.stream
  switch (current.type) {
    case 'lparen':
      return parseCallArguments(parser)
    case 'name':
      if (current.value === 'else' || current.value === 'or' || current.value === 'and') break
      if (current.value === 'is') parser.fail('You cannot chain multiple tests with is')
      return withArgument(parsePostfix(parser, parsePrimary(parser)))
    case 'string':
    case 'integer':
    case 'float':
    case 'lbracket':
    case 'lbrace':
      return withArgument(parsePostfix(parser, parsePrimary(parser)))
  }
  return withoutArguments()
}

function parseDottedName(parser: ParserState): string {
  const { stream } = parser
  let name = stream.expect('name').value as string
  while (stream.skipIf('dot')) name += `.${stream.expect('name').value as string}`
  return name
}

function withoutArguments(): Arguments {
  return { args: [], kwargs: [], dynArgs: null, dynKwargs: null }
}

function withArgument(argument: Expression): Arguments {
  return { args: [argument], kwargs: [], dynArgs: null, dynKwargs: null }
}
