import type {
  Binary,
  BinaryKind,
  CompareOperand,
  CompareOperator,
  Expression,
  Node,
  NodeList,
  Pair,
  Place,
  SymbolNode,
} from './nodes.ts'
import { ListNode } from './nodes.ts'
import type { ParserState } from './parser-interface.ts'
import type { Token } from './tokens.ts'

const COMPARISONS: ReadonlySet<string> = new Set(['==', '===', '!=', '!==', '<', '>', '<=', '>='])

/**
 * The operators from those that bind least to those that bind most, each level with the one behind it as operands.
 * Nunjucks parses them otherwise, but writes them into JavaScript without parentheses, where they bind so.
 */
const LEVELS: readonly Readonly<Record<string, BinaryKind>>[] = [
  { '~': 'Concat', '+': 'Add', '-': 'Sub' },
  { '*': 'Mul', '/': 'Div', '%': 'Mod' },
  { '//': 'FloorDiv' },
  { '**': 'Pow' },
]

/** `body if cond else else_` */
export function parseInlineIf(parser: ParserState): Expression {
  const body = parser.nested(() => parseOr(parser))
  if (!parser.skipSymbol('if')) return body
  const cond = parseOr(parser)
  const else_ = parser.skipSymbol('else') ? parseInlineIf(parser) : null
  return { kind: 'InlineIf', ...placeOf(body), cond, body, else_ }
}

function parseOr(parser: ParserState): Expression {
  let left = parseAnd(parser)
  while (parser.skipSymbol('or')) left = binary('Or', left, parseAnd(parser))
  return left
}

function parseAnd(parser: ParserState): Expression {
  let left = parseNot(parser)
  while (parser.skipSymbol('and')) left = binary('And', left, parseNot(parser))
  return left
}

function parseNot(parser: ParserState): Expression {
  const token = parser.peekToken()
  if (!parser.skipSymbol('not')) return parseIn(parser)
  return negated(
    parser.nested(() => parseNot(parser)),
    placeOf(token ?? { lineno: 0, colno: 0 }),
  )
}

/** What Nunjucks writes into JavaScript as operators; all else it writes as calls or in parentheses. */
const WRITTEN: ReadonlySet<string> = new Set(['Concat', 'Add', 'Sub', 'Mul', 'Div', 'Mod'])

/** `not a == b` is `(not a) == b`, and `not a + b` is `(not a) + b`: Nunjucks writes `!` in front. */
function negated(target: Expression, place: Place): Expression {
  if (target.kind === 'Compare') return { ...target, expr: negated(target.expr, place) }
  if (WRITTEN.has(target.kind)) {
    const chain = target as Binary
    return { ...chain, left: negated(chain.left, place) }
  }
  return { kind: 'Not', ...place, target }
}

function parseIn(parser: ParserState): Expression {
  let left = parseIs(parser)
  for (;;) {
    const token = parser.nextToken()
    const isNegated = token?.type === 'symbol' && token.value === 'not'
    if (!isNegated) parser.pushToken(token)
    if (!parser.skipSymbol('in')) {
      if (isNegated) parser.fail("expected 'in' behind 'not'", token.lineno, token.colno)
      return left
    }
    left = binary('In', left, parseIs(parser))
    if (isNegated) left = { kind: 'Not', ...placeOf(left), target: left }
  }
}

function parseIs(parser: ParserState): Expression {
  const left = parseCompare(parser)
  if (!parser.skipSymbol('is')) return left
  const isNegated = parser.skipSymbol('not')
  const test: Expression = { kind: 'Is', ...placeOf(left), left, right: parseCompare(parser) }
  return isNegated ? { kind: 'Not', ...placeOf(left), target: test } : test
}

function parseCompare(parser: ParserState): Expression {
  const expr = parseLevel(parser, 0)
  const ops: CompareOperand[] = []
  for (let token = parser.peekToken(); token !== null; token = parser.peekToken()) {
    if (token.type !== 'operator' || !COMPARISONS.has(token.value)) break
    parser.nextToken()
    const type = token.value as CompareOperator
    ops.push({ kind: 'CompareOperand', ...placeOf(token), expr: parseLevel(parser, 0), type })
  }
  return ops.length === 0 ? expr : { kind: 'Compare', ...placeOf(expr), expr, ops }
}

function parseLevel(parser: ParserState, level: number): Expression {
  const operators = LEVELS[level]
  if (operators === undefined) return parseUnary(parser, true)
  let left = parseLevel(parser, level + 1)
  for (let token = parser.peekToken(); token !== null; token = parser.peekToken()) {
    const kind = token.type === 'operator' || token.type === 'tilde' ? operators[token.value] : undefined
    if (kind === undefined) break
    parser.nextToken()
    left = binary(kind, left, parseLevel(parser, level + 1))
  }
  return left
}

function parseUnary(parser: ParserState, hasFilters: boolean): Expression {
  const token = parser.need('expression')
  let node: Expression
  if (parser.skipValue('operator', '-') || parser.skipValue('operator', '+')) {
    const kind = token.value === '-' ? 'Neg' : 'Pos'
    node = { kind, ...placeOf(token), target: parser.nested(() => parseUnary(parser, false)) }
  } else node = parsePrimary(parser, false)
  return hasFilters ? parseFilters(parser, node) : node
}

export function parsePrimary(parser: ParserState, noPostfix: boolean): Expression {
  const token = parser.need('expression')
  const node = literal(parser, token) ?? parseAggregate(parser)
  if (node === null) parser.fail(`unexpected token: ${token.value}`, token.lineno, token.colno)
  return noPostfix ? node : parsePostfix(parser, node)
}

function literal(parser: ParserState, token: Token): Expression | null {
  const place = placeOf(token)
  let value: string | number | boolean | null
  switch (token.type) {
    case 'string':
      value = token.value
      break
    case 'int':
      value = Number.parseInt(token.value, 10)
      break
    case 'float':
      value = Number.parseFloat(token.value)
      break
    case 'boolean':
      value = token.value === 'true'
      break
    case 'none':
      value = null
      break
    case 'regex':
      parser.nextToken()
      return regex(parser, token)
    case 'symbol':
      parser.nextToken()
      return { kind: 'Symbol', ...place, value: token.value }
    default:
      return null
  }
  parser.nextToken()
  return { kind: 'Literal', ...place, value }
}

function regex(parser: ParserState, token: Token): Expression {
  const { value: body, flags = '' } = token
  try {
    new RegExp(body, flags)
  } catch (error) {
    parser.fail((error as Error).message, token.lineno, token.colno)
  }
  return { kind: 'Regex', ...placeOf(token), body, flags }
}

/** Calls and members behind a value. */
function parsePostfix(parser: ParserState, start: Expression): Expression {
  let node = start
  for (let token = parser.peekToken(); token !== null; token = parser.peekToken()) {
    const place = placeOf(token)
    if (token.type === 'left-paren') {
      node = { kind: 'FunCall', ...place, name: node, args: parser.parseSignature() }
    } else if (token.type === 'left-bracket') {
      parser.nextToken()
      node = parseIndex(parser, node, place)
    } else if (token.type === 'operator' && token.value === '.') {
      parser.nextToken()
      node = { kind: 'LookupVal', ...place, target: node, val: memberName(parser) }
    } else break
  }
  return node
}

function memberName(parser: ParserState): Expression {
  const token = parser.need('name as lookup value')
  const { type, value } = token
  if (type !== 'symbol' && type !== 'int' && type !== 'boolean' && type !== 'none') {
    parser.fail(`expected name as lookup value, got ${value}`, token.lineno, token.colno)
  }
  parser.nextToken()
  return { kind: 'Literal', ...placeOf(token), value: type === 'int' ? Number(value) : value }
}

/** `[index]` or `[start:stop:step]`, behind the bracket. */
function parseIndex(parser: ParserState, target: Expression, place: Place): Expression {
  const bounds: (Expression | null)[] = []
  let isSlice = false
  for (;;) {
    const { type } = parser.need('index')
    bounds.push(type === 'colon' || type === 'right-bracket' ? null : parser.parseExpression())
    if (!parser.skip('colon')) break
    isSlice = true
    if (bounds.length === 3) parser.fail('a slice has at most three parts', place.lineno, place.colno)
  }
  parser.expect('right-bracket')
  const [start = null, stop = null, step = null] = bounds
  if (isSlice) return { kind: 'Slice', ...place, target, start, stop, step }
  if (start === null) parser.fail('expected an index', place.lineno, place.colno)
  return { kind: 'LookupVal', ...place, target, val: start }
}

/** `(…)`, `[…]` or `{…}`; `null` if there is none. */
export function parseAggregate(parser: ParserState): Expression | null {
  const token = parser.peekToken()
  switch (token?.type) {
    case 'left-paren':
      return parseItems(parser, token, new ListNode<'Group', Expression>('Group', token))
    case 'left-bracket':
      return parseItems(parser, token, new ListNode<'Array', Expression>('Array', token))
    case 'left-curly': {
      parser.nextToken()
      const dict = new ListNode<'Dict', Pair>('Dict', token)
      parseList(parser, token, 'right-curly', () => dict.addChild(parsePair(parser)))
      return dict
    }
    default:
      return null
  }
}

function parseItems<List extends ListNode<'Group' | 'Array', Expression>>(
  parser: ParserState,
  token: Token,
  list: List,
): List {
  parser.nextToken()
  const close = token.type === 'left-paren' ? 'right-paren' : 'right-bracket'
  parseList(parser, token, close, () => list.addChild(parser.parseExpression()))
  return list
}

function parseList(
  parser: ParserState,
  open: Token,
  close: 'right-paren' | 'right-bracket' | 'right-curly',
  parseItem: () => void,
): void {
  for (let isFirst = true; !parser.skip(close); isFirst = false) {
    if (!isFirst && !parser.skip('comma')) {
      parser.fail('parseAggregate: expected comma after expression', open.lineno, open.colno)
    }
    // A comma may stand behind the last one.
    if (parser.skip(close)) return
    parseItem()
  }
}

function parsePair(parser: ParserState): Pair {
  const key = parsePrimary(parser, false)
  if (!parser.skip('colon')) {
    parser.fail('parseAggregate: expected colon after dict key', key.lineno, key.colno)
  }
  return { kind: 'Pair', ...placeOf(key), key, value: parser.parseExpression() }
}

export function parseSignature(parser: ParserState, tolerant: boolean, noParens: boolean): NodeList | null {
  const open = parser.need('arguments')
  const hasParens = open.type === 'left-paren'
  if (!noParens && !hasParens) {
    if (tolerant) return null
    parser.fail('expected arguments', open.lineno, open.colno)
  }
  if (hasParens) parser.nextToken()
  const args = new ListNode<'NodeList', Node>('NodeList', open)
  const kwargs = new ListNode<'KeywordArgs', Pair>('KeywordArgs', open)
  for (let isFirst = true; ; isFirst = false) {
    const token = parser.need('arguments')
    if (hasParens && token.type === 'right-paren') {
      parser.nextToken()
      if (!noParens) break
      if (parser.need('block end').type === 'block-end') break
    } else if (noParens && token.type === 'block-end') break
    if (!isFirst && !parser.skip('comma')) {
      parser.fail('parseSignature: expected comma after expression', token.lineno, token.colno)
    }
    const key = parser.parseExpression()
    if (parser.skipValue('operator', '=')) {
      kwargs.addChild({ kind: 'Pair', ...placeOf(key), key, value: parser.parseExpression() })
    } else args.addChild(key)
  }
  if (kwargs.children.length > 0) args.addChild(kwargs)
  return args
}

/** `| name(…)`, any number of them. */
export function parseFilters(parser: ParserState, start: Expression): Expression {
  let node = start
  while (parser.skip('pipe')) {
    const name = parseFilterName(parser)
    const args = new ListNode<'NodeList', Node>('NodeList', name, [node, ...parseFilterArguments(parser)])
    node = { kind: 'Filter', ...placeOf(name), name, args }
  }
  return node
}

export function parseFilterName(parser: ParserState): SymbolNode {
  const token = parser.expect('symbol')
  let { value } = token
  while (parser.skipValue('operator', '.')) value += `.${parser.expect('symbol').value}`
  return { kind: 'Symbol', ...placeOf(token), value }
}

export function parseFilterArguments(parser: ParserState): readonly Node[] {
  return parser.peekToken()?.type === 'left-paren' ? parser.parseSignature().children : []
}

function binary(kind: BinaryKind, left: Expression, right: Expression): Expression {
  return { kind, ...placeOf(left), left, right }
}

/** The place alone, of a node or token. */
export function placeOf({ lineno, colno }: Place): Place {
  return { lineno, colno }
}
