import type { BinaryExpr, CompareOperator, Expression, Logical, Operand } from './ast.ts'
import { parseFilters, parsePostfix, parsePrimary } from './parse-primary.ts'
import type { ParserState, TupleOptions } from './parser-interface.ts'
import type { TokenStream } from './token-stream.ts'
import { describeToken, type Token, type TokenType } from './tokens.ts'

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
  const node = withCondition ? parseCondition(parser) : parseOperation(parser, OR)
  parser.leaveExpression()
  return node
}

function parseCondition(parser: ParserState): Expression {
  const { stream } = parser
  let { line, column } = stream.current
  let node = parseOperation(parser, OR)
  while (stream.skipWord('if')) {
    parser.countOperator()
    const test = parseOperation(parser, OR)
    const orElse = stream.skipWord('else') ? parseExpression(parser) : null
    // biome-ignore lint/suspicious/noThenProperty: a node; it has no method and is never awaited.
    node = { kind: 'CondExpr', line, column, test, then: node, orElse }
    line = stream.current.line
    column = stream.current.column
  }
  return node
}

/** How tightly operators bind; `not` lies between `and` and the comparisons. */
const OR = 1
const AND = 2
const NOT = 3
const COMPARE = 4
const SUM = 5
const CONCAT = 6
const PRODUCT = 7
const POWER = 8

const WORD_LEVELS: ReadonlyMap<unknown, number> = new Map([
  ['or', OR],
  ['and', AND],
  ['in', COMPARE],
])

const SIGN_LEVELS: Readonly<Partial<Record<TokenType, number>>> = {
  eq: COMPARE,
  ne: COMPARE,
  lt: COMPARE,
  lteq: COMPARE,
  gt: COMPARE,
  gteq: COMPARE,
  add: SUM,
  sub: SUM,
  tilde: CONCAT,
  mul: PRODUCT,
  div: PRODUCT,
  floordiv: PRODUCT,
  mod: PRODUCT,
  pow: POWER,
}

/** The level of the operator between two operands that comes next; 0 if there is none. */
function nextLevel(stream: TokenStream): number {
  const { type, value } = stream.current
  if (type !== 'name') return SIGN_LEVELS[type] ?? 0
  if (value === 'not') return stream.look().test('name:in') ? COMPARE : 0
  return WORD_LEVELS.get(value) ?? 0
}

/** The operator that comes next, as nodes name it. */
function takeOperator(stream: TokenStream): string {
  const operator = describeToken(stream.next())
  return operator === 'not' ? `not ${describeToken(stream.next())}` : operator
}

/** Operands with operators between them that bind at least as tightly as a level. All but `not` bind to the left. */
function parseOperation(parser: ParserState, least: number): Expression {
  const { stream } = parser
  const start = stream.current
  let node =
    least <= NOT && start.type === 'name' && start.value === 'not' ? parseNot(parser) : parseUnary(parser)
  let last = 0
  for (let level = nextLevel(stream); level >= least; level = nextLevel(stream)) {
    // Jinja counts an operation to the line of its first operand, but to that of its operator if that is one of several.
    const { line, column } = level === last ? stream.current : start
    last = level
    if (level === COMPARE) node = parseComparison(parser, start, node)
    else if (level === CONCAT) node = parseConcat(parser, start, node)
    else {
      const op = takeOperator(stream)
      const right = parseOperation(parser, level + 1)
      parser.countOperator()
      const kind = level <= AND ? 'Logical' : 'BinaryExpr'
      node = { kind, line, column, op, left: node, right } as Logical | BinaryExpr
    }
  }
  return node
}

function parseNot(parser: ParserState): Expression {
  const { stream } = parser
  const signs: Token[] = []
  while (stream.current.test('name:not')) signs.push(stream.next())
  let node = parseOperation(parser, COMPARE)
  for (let i = signs.length - 1; i >= 0; i--) {
    parser.countOperator()
    const { line, column } = signs[i] as Token
    node = { kind: 'Not', line, column, node }
  }
  return node
}

function parseComparison(parser: ParserState, start: Token, expr: Expression): Expression {
  const { stream } = parser
  const ops: Operand[] = []
  while (nextLevel(stream) === COMPARE) {
    const op = takeOperator(stream) as CompareOperator
    const { line, column } = stream.current
    ops.push({ kind: 'Operand', line, column, op, expr: parseOperation(parser, SUM) })
  }
  // Jinja counts a comparison to the line on which it ends.
  const { line } = stream.current
  const column = line === start.line ? start.column : stream.current.column
  return { kind: 'Compare', line, column, expr, ops }
}

/** All texts of `a ~ b ~ c` are put together at once. */
function parseConcat(parser: ParserState, { line, column }: Token, first: Expression): Expression {
  const nodes = [first]
  while (parser.stream.skipIf('tilde')) nodes.push(parseOperation(parser, PRODUCT))
  return { kind: 'Concat', line, column, nodes }
}

/** Signs bind closer than powers, unlike in Python. */
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
