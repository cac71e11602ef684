import type { BinaryOperator, CompareOperator, Expression, Operand } from './ast.ts'
import { parseFilters, parsePostfix, parsePrimary } from './parse-primary.ts'
import type { ParserState, TupleOptions } from './parser-interface.ts'
import { describeToken, type Token } from './tokens.ts'

/** The grammar of expressions, from the operators that bind weakest to names and literals. */

const PLAIN: TupleOptions = {}

/** Expressions with commas between them are a tuple; a single one stands for itself. */
export function parseTuple(parser: ParserState, options: TupleOptions = PLAIN): Expression {
  const { stream } = parser
  const start = stream.current
  let last = start
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
    last = stream.current
  }
  if (!isTuple) {
    if (items.length > 0) return items[0] as Expression
    if (!options.explicitParentheses) {
      parser.fail(`Expected an expression, got '${describeToken(stream.current)}'`)
    }
  }
  // Jinja counts a tuple to the line of its last comma.
  const { line, column } = last.line === start.line ? start : last
  return { kind: 'Tuple', line, column, items, ctx: 'load' }
}

/** Whether a tuple ends at the current token. */
export function isTupleEnd(parser: ParserState, extraEndRules?: readonly string[]): boolean {
  const { current } = parser.stream
  const { type } = current
  if (type === 'variable_end' || type === 'block_end' || type === 'rparen') return true
  return extraEndRules !== undefined && current.testAny(extraEndRules)
}

/** An expression. Without conditions, `if` ends it: that of `for x in y if z`. */
export function parseExpression(parser: ParserState, withCondition: boolean = true): Expression {
  parser.enterExpression()
  const node = withCondition ? parseCondition(parser) : parseOr(parser)
  parser.leaveExpression()
  return node
}

function parseCondition(parser: ParserState): Expression {
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

function parseOr(parser: ParserState): Expression {
  return parseLogical(parser, 'or', parseAnd)
}

function parseAnd(parser: ParserState): Expression {
  return parseLogical(parser, 'and', parseNot)
}

function parseLogical(
  parser: ParserState,
  op: 'and' | 'or',
  parseOperand: (parser: ParserState) => Expression,
): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseOperand(parser)
  while (stream.skipWord(op)) {
    const right = parseOperand(parser)
    parser.countOperator()
    left = { kind: 'Logical', line, column, op, left, right }
    line = stream.current.line
    column = stream.current.column
  }
  return left
}

function parseNot(parser: ParserState): Expression {
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

function parseCompare(parser: ParserState): Expression {
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

function takeCompareOperator(parser: ParserState): CompareOperator | null {
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

const sumOperators: BinaryOperators = { add: '+', sub: '-' }

function parseSum(parser: ParserState): Expression {
  return parseBinary(parser, sumOperators, parseConcat)
}

type BinaryOperators = Readonly<Record<string, BinaryOperator>>

/** Operators that bind from the left, by their tokens. */
function parseBinary(
  parser: ParserState,
  operators: BinaryOperators,
  parseOperand: (parser: ParserState) => Expression,
): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let left = parseOperand(parser)
  for (;;) {
    const op = operators[stream.current.type]
    if (op === undefined) return left
    stream.next()
    const right = parseOperand(parser)
    parser.countOperator()
    left = { kind: 'BinaryExpr', line, column, op, left, right }
    line = stream.current.line
    column = stream.current.column
  }
}

function parseConcat(parser: ParserState): Expression {
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

const productOperators: BinaryOperators = { mul: '*', div: '/', floordiv: '//', mod: '%' }

function parseProduct(parser: ParserState): Expression {
  return parseBinary(parser, productOperators, parsePower)
}

const powerOperators: BinaryOperators = { pow: '**' }

/** Unlike in Python, powers bind from the left and signs bind closer. */
function parsePower(parser: ParserState): Expression {
  return parseBinary(parser, powerOperators, parseUnary)
}

function parseUnary(parser: ParserState): Expression {
  const { type } = parser.stream.current
  const node =
    type === 'sub' || type === 'add' ? parseSigned(parser) : parsePostfix(parser, parsePrimary(parser))
  return parseFilters(parser, node)
}

function parseSigned(parser: ParserState): Expression {
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
