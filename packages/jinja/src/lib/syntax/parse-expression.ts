import type {
  Arguments,
  BinaryExpr,
  BinaryOperator,
  Call,
  CompareOperator,
  Dict,
  Expression,
  Filter,
  Getattr,
  Getitem,
  Keyword,
  List,
  Logical,
  Operand,
  Pair,
  Position,
  Slice,
} from './ast.ts'
import type { Parser } from './parser.ts'
import { describeToken, type Token } from './tokens.ts'

/** The grammar of expressions, from the operators that bind weakest to names and literals. */

/** How {@link parseTuple} reads what commas may follow. */
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

const PLAIN: TupleOptions = {}
const IN_PARENTHESES: TupleOptions = { explicitParentheses: true }

/** Expressions with commas between them are a tuple; a single one stands for itself. */
export function parseTuple(parser: Parser, options: TupleOptions = PLAIN): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  const items: Expression[] = []
  let isTuple = false
  for (;;) {
    if (items.length > 0) stream.expect('comma')
    if (isTupleEnd(parser, options.extraEndRules)) break
    items.push(
      options.simplified
        ? parsePrimary(parser, options.withNamespace)
        : parseExpression(parser, options.withCondition),
    )
    if (stream.current.type !== 'comma') break
    isTuple = true
    line = stream.current.line
    column = stream.current.column
  }
  if (!isTuple) {
    if (items.length > 0) return items[0] as Expression
    if (!options.explicitParentheses) {
      parser.fail(`Expected an expression, got '${describeToken(stream.current)}'`)
    }
  }
  return { kind: 'Tuple', line, column, items, ctx: 'load' }
}

/** Whether a tuple ends at the current token. */
export function isTupleEnd(parser: Parser, extraEndRules?: readonly string[]): boolean {
  const { current } = parser.stream
  const { type } = current
  if (type === 'variable_end' || type === 'block_end' || type === 'rparen') return true
  return extraEndRules !== undefined && current.testAny(...extraEndRules)
}

/** An expression. Without conditions, `if` ends it: that of `for x in y if z`. */
export function parseExpression(parser: Parser, withCondition: boolean = true): Expression {
  parser.enterExpression()
  const node = withCondition ? parseCondition(parser) : parseOr(parser)
  parser.leaveExpression()
  return node
}

function parseCondition(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let node = parseOr(parser)
  while (stream.skipWord('if')) {
    parser.countOperator()
    const test = parseOr(parser)
    const orElse = stream.skipWord('else') ? parseExpression(parser) : null
    // biome-ignore lint/suspicious/noThenProperty: a node; it has no method and is never awaited.
    node = { kind: 'CondExpr', line, column, test, then: node, orElse }
    line = stream.current.line
    column = stream.current.column
  }
  return node
}

function parseOr(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseAnd(parser)
  while (stream.skipWord('or')) {
    left = logical(parser, 'or', line, column, left, parseAnd(parser))
    line = stream.current.line
    column = stream.current.column
  }
  return left
}

function parseAnd(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseNot(parser)
  while (stream.skipWord('and')) {
    left = logical(parser, 'and', line, column, left, parseNot(parser))
    line = stream.current.line
    column = stream.current.column
  }
  return left
}

function parseNot(parser: Parser): Expression {
  const { stream } = parser
  if (stream.current.type !== 'name' || stream.current.value !== 'not') return parseCompare(parser)
  const signs: Token[] = []
  while (stream.current.type === 'name' && stream.current.value === 'not') signs.push(stream.next())
  let node = parseCompare(parser)
  for (let i = signs.length - 1; i >= 0; i--) {
    parser.countOperator()
    const { line, column } = signs[i] as Token
    node = { kind: 'Not', line, column, node }
  }
  return node
}

const compareOperators: Readonly<Record<string, CompareOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  lteq: '<=',
  gt: '>',
  gteq: '>=',
}

function parseCompare(parser: Parser): Expression {
  const { stream } = parser
  const start = stream.current
  const expr = parseSum(parser)
  let op = takeCompareOperator(parser)
  if (op === null) return expr
  const ops: Operand[] = []
  while (op !== null) {
    const { line, column } = stream.current
    ops.push({ kind: 'Operand', line, column, op, expr: parseSum(parser) })
    op = takeCompareOperator(parser)
  }
  // Jinja counts a comparison to the line on which it ends.
  const { line } = stream.current
  const column = line === start.line ? start.column : stream.current.column
  return { kind: 'Compare', line, column, expr, ops }
}

function takeCompareOperator(parser: Parser): CompareOperator | null {
  const { stream } = parser
  const { type, value } = stream.current
  if (type === 'name') {
    if (value === 'in') {
      stream.next()
      return 'in'
    }
    if (value === 'not' && stream.look().test('name:in')) {
      stream.skip(2)
      return 'not in'
    }
    return null
  }
  const op = compareOperators[type]
  if (op === undefined) return null
  stream.next()
  return op
}

function parseSum(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseConcat(parser)
  for (;;) {
    const { type } = stream.current
    const op = type === 'add' ? '+' : type === 'sub' ? '-' : null
    if (op === null) return left
    stream.next()
    left = binary(parser, op, line, column, left, parseConcat(parser))
    line = stream.current.line
    column = stream.current.column
  }
}

function parseConcat(parser: Parser): Expression {
  const { stream } = parser
  const { line, column } = stream.current
  const first = parseProduct(parser)
  if (stream.current.type !== 'tilde') return first
  const nodes = [first]
  while (stream.current.type === 'tilde') {
    stream.next()
    nodes.push(parseProduct(parser))
  }
  return { kind: 'Concat', line, column, nodes }
}

const productOperators: Readonly<Record<string, BinaryOperator>> = {
  mul: '*',
  div: '/',
  floordiv: '//',
  mod: '%',
}

function parseProduct(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parsePower(parser)
  for (;;) {
    const op = productOperators[stream.current.type]
    if (op === undefined) return left
    stream.next()
    left = binary(parser, op, line, column, left, parsePower(parser))
    line = stream.current.line
    column = stream.current.column
  }
}

/** Unlike in Python, powers bind from the left and signs bind closer. */
function parsePower(parser: Parser): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseUnary(parser)
  while (stream.current.type === 'pow') {
    stream.next()
    left = binary(parser, '**', line, column, left, parseUnary(parser))
    line = stream.current.line
    column = stream.current.column
  }
  return left
}

function parseUnary(parser: Parser): Expression {
  const { type } = parser.stream.current
  const node =
    type === 'sub' || type === 'add' ? parseSigned(parser) : parsePostfix(parser, parsePrimary(parser))
  return parseFilters(parser, node)
}

function parseSigned(parser: Parser): Expression {
  const { stream } = parser
  const signs: Token[] = []
  while (stream.current.type === 'sub' || stream.current.type === 'add') signs.push(stream.next())
  let node = parsePostfix(parser, parsePrimary(parser))
  for (let i = signs.length - 1; i >= 0; i--) {
    parser.countOperator()
    const { type, line, column } = signs[i] as Token
    node = { kind: 'UnaryExpr', line, column, op: type === 'sub' ? '-' : '+', node }
  }
  return node
}

/** A name, a literal, or what stands in brackets. */
export function parsePrimary(parser: Parser, withNamespace: boolean = false): Expression {
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
      const node = parseTuple(parser, IN_PARENTHESES)
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

function nameOrConstant(parser: Parser, token: Token, withNamespace: boolean): Expression {
  const { line, column } = token
  const name = token.value as string
  switch (name) {
    case 'true':
    case 'True':
      return { kind: 'Const', line, column, value: true }
    case 'false':
    case 'False':
      return { kind: 'Const', line, column, value: false }
    case 'none':
    case 'None':
      return { kind: 'Const', line, column, value: null }
  }
  if (withNamespace && parser.stream.current.type === 'dot') {
    parser.stream.next()
    const attribute = parser.stream.expect('name').value as string
    return { kind: 'NSRef', line, column, name, attribute }
  }
  return { kind: 'Name', line, column, name, ctx: 'load' }
}

/** Strings that follow each other are one. */
function parseStrings(parser: Parser): Expression {
  const { stream } = parser
  const { line, column, value } = stream.next()
  let text = value as string
  while (stream.current.type === 'string') text += stream.next().value as string
  return { kind: 'Const', line, column, value: text }
}

function parseList(parser: Parser): List {
  const { stream } = parser
  const { line, column } = stream.expect('lbracket')
  const items: Expression[] = []
  while (stream.current.type !== 'rbracket') {
    if (items.length > 0) stream.expect('comma')
    if ((stream.current as Token).type === 'rbracket') break
    items.push(parseExpression(parser))
  }
  stream.next()
  return { kind: 'List', line, column, items }
}

function parseDict(parser: Parser): Dict {
  const { stream } = parser
  const { line, column } = stream.expect('lbrace')
  const items: Pair[] = []
  while (stream.current.type !== 'rbrace') {
    if (items.length > 0) stream.expect('comma')
    if ((stream.current as Token).type === 'rbrace') break
    const key = parseExpression(parser)
    stream.expect('colon')
    items.push({ kind: 'Pair', line: key.line, column: key.column, key, value: parseExpression(parser) })
  }
  stream.next()
  return { kind: 'Dict', line, column, items }
}

/** Attributes, items and calls behind an expression. */
export function parsePostfix(parser: Parser, start: Expression): Expression {
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

function parseAttribute(parser: Parser, node: Expression): Getattr | Getitem {
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

function parseItem(parser: Parser, node: Expression): Getitem {
  const { stream } = parser
  const { line, column } = stream.next()
  const items: (Expression | Slice)[] = []
  while (stream.current.type !== 'rbracket') {
    if (items.length > 0) stream.expect('comma')
    items.push(parseSubscript(parser))
  }
  stream.next()
  const arg: Expression =
    items.length === 1 ? (items[0] as Expression) : { kind: 'Tuple', line, column, items, ctx: 'load' }
  return { kind: 'Getitem', line, column, node, arg }
}

function parseSubscript(parser: Parser): Expression | Slice {
  const { stream } = parser
  const { line, column } = stream.current
  let start: Expression | null = null
  if (stream.current.type !== 'colon') {
    start = parseExpression(parser)
    if ((stream.current as Token).type !== 'colon') return start
  }
  stream.next()
  const stop = stream.current.type === 'colon' ? null : parseBound(parser)
  const step = stream.skipIf('colon') ? parseBound(parser) : null
  return { kind: 'Slice', line, column, start, stop, step }
}

function parseBound(parser: Parser): Expression | null {
  const { type } = parser.stream.current
  return type === 'rbracket' || type === 'comma' ? null : parseExpression(parser)
}

function parseCall(parser: Parser, node: Expression): Call {
  const { line, column } = parser.stream.current
  const { args, kwargs, dynArgs, dynKwargs } = parseCallArguments(parser)
  return { kind: 'Call', line, column, node, args, kwargs, dynArgs, dynKwargs }
}

/** Arguments in parentheses. */
export function parseCallArguments(parser: Parser): Arguments {
  const { stream } = parser
  const open = stream.expect('lparen')
  const args: Expression[] = []
  const kwargs: Keyword[] = []
  let dynArgs: Expression | null = null
  let dynKwargs: Expression | null = null
  let isFirst = true
  while (stream.current.type !== 'rparen') {
    if (!isFirst) {
      stream.expect('comma')
      if ((stream.current as Token).type === 'rparen') break
    }
    isFirst = false
    const { type } = stream.current
    if (type === 'mul') {
      if (dynArgs !== null || dynKwargs !== null) refuseArguments(parser, open)
      stream.next()
      dynArgs = parseExpression(parser)
    } else if (type === 'pow') {
      if (dynKwargs !== null) refuseArguments(parser, open)
      stream.next()
      dynKwargs = parseExpression(parser)
    } else if (type === 'name' && stream.look().type === 'assign') {
      if (dynKwargs !== null) refuseArguments(parser, open)
      const key = stream.next().value as string
      stream.next()
      const value = parseExpression(parser)
      kwargs.push({ kind: 'Keyword', line: value.line, column: value.column, key, value })
    } else {
      if (dynArgs !== null || dynKwargs !== null || kwargs.length > 0) refuseArguments(parser, open)
      args.push(parseExpression(parser))
    }
  }
  stream.next()
  return { args, kwargs, dynArgs, dynKwargs }
}

function refuseArguments(parser: Parser, place: Position): never {
  parser.fail('invalid syntax for function call expression', place)
}

/** Filters, tests and calls behind an expression. */
function parseFilters(parser: Parser, start: Expression): Expression {
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
  parser: Parser,
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

function parseTest(parser: Parser, node: Expression): Expression {
  const { stream } = parser
  const { line, column } = stream.next()
  const isNegated = stream.skipWord('not')
  const name = parseDottedName(parser)
  const { args, kwargs, dynArgs, dynKwargs } = parseTestArguments(parser)
  const test: Expression = { kind: 'Test', line, column, node, name, args, kwargs, dynArgs, dynKwargs }
  return isNegated ? { kind: 'Not', line, column, node: test } : test
}

/** A single argument of a test needs no parentheses: `is divisibleby 3`. */
function parseTestArguments(parser: Parser): Arguments {
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

function parseDottedName(parser: Parser): string {
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

function binary(
  parser: Parser,
  op: BinaryOperator,
  line: number,
  column: number,
  left: Expression,
  right: Expression,
): BinaryExpr {
  parser.countOperator()
  return { kind: 'BinaryExpr', line, column, op, left, right }
}

function logical(
  parser: Parser,
  op: 'and' | 'or',
  line: number,
  column: number,
  left: Expression,
  right: Expression,
): Logical {
  parser.countOperator()
  return { kind: 'Logical', line, column, op, left, right }
}
