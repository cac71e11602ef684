import type {
  Block,
  Body,
  Capture,
  Expression,
  Extends,
  For,
  FromImport,
  If,
  Import,
  Include,
  Macro,
  Node,
  Output,
  Pair,
  SetNode,
  Switch,
  SymbolNode,
} from './nodes.ts'
import { ListNode, textOutput } from './nodes.ts'
import { parseFilterArguments, parseFilterName, placeOf } from './parse-expression.ts'
import type { ParserState, TagParser } from './parser-interface.ts'
import type { Token } from './tokens.ts'

/** The tags of the language. */
export const tagParsers: ReadonlyMap<string, TagParser> = new Map<string, TagParser>([
  ['raw', parseRaw],
  ['verbatim', parseRaw],
  ['if', parseIf],
  ['ifAsync', parseIf],
  ['for', parseFor],
  ['asyncEach', parseFor],
  ['asyncAll', parseFor],
  ['block', parseBlock],
  ['extends', parseExtends],
  ['include', parseInclude],
  ['set', parseSet],
  ['macro', parseMacro],
  ['call', parseCall],
  ['import', parseImport],
  ['from', parseFrom],
  ['filter', parseFilterBlock],
  ['switch', parseSwitch],
])

function parseRaw(parser: ParserState, tag: Token): Node {
  parser.nextToken()
  parser.advanceAfterBlockEnd(tag.value)
  const { text, trimsBefore, trimsBehind } = parser.tokens.raw(tag.value, tag)
  const trimmed = parser.dropLeadingWhitespace ? text.trimStart() : text
  parser.dropLeadingWhitespace = trimsBehind
  return textOutput(tag, trimsBefore ? trimmed.trimEnd() : trimmed)
}

function parseIf(parser: ParserState, tag: Token): If {
  parser.nextToken()
  const cond = parser.parseExpression()
  parser.advanceAfterBlockEnd(tag.value)
  const body = parser.parseUntilBlocks('elif', 'elseif', 'else', 'endif')
  const next = parser.peekToken()
  let else_: Body | If | null = null
  switch (next?.value) {
    case 'elif':
    case 'elseif':
      else_ = parser.nested(() => parseIf(parser, next))
      break
    case 'else':
      parser.advanceAfterBlockEnd()
      else_ = parser.parseBody(tag, 'endif')
      parser.advanceAfterBlockEnd()
      break
    case 'endif':
      parser.advanceAfterBlockEnd()
      break
    default:
      parser.fail('parseIf: expected elif, else, or endif, got end of file', tag.lineno, tag.colno)
  }
  return { kind: tag.value === 'ifAsync' ? 'IfAsync' : 'If', ...placeOf(tag), cond, body, else_ }
}

const LOOPS: Readonly<Record<string, readonly [kind: For['kind'], end: string]>> = {
  for: ['For', 'endfor'],
  asyncEach: ['AsyncEach', 'endeach'],
  asyncAll: ['AsyncAll', 'endall'],
}

function parseFor(parser: ParserState, tag: Token): For {
  const [kind, end] = LOOPS[tag.value]!
  parser.nextToken()
  const first = parseSymbol(parser, 'parseFor: variable name expected for loop')
  const names: Expression[] = [first]
  while (parser.skip('comma')) names.push(parseSymbol(parser, 'parseFor: variable name expected for loop'))
  const name = names.length === 1 ? first : new ListNode<'Array', Expression>('Array', first, names)
  if (!parser.skipSymbol('in')) {
    parser.fail('parseFor: expected "in" keyword for loop', tag.lineno, tag.colno)
  }
  const arr = parser.parseExpression()
  parser.advanceAfterBlockEnd(tag.value)
  const body = parser.parseBody(tag, end, 'else')
  let else_: Body | null = null
  if (parser.skipSymbol('else')) {
    parser.advanceAfterBlockEnd('else')
    else_ = parser.parseBody(tag, end)
  }
  parser.advanceAfterBlockEnd()
  return { kind, ...placeOf(tag), arr, name, body, else_ }
}

function parseSymbol(parser: ParserState, message: string): SymbolNode {
  const node = parser.parsePrimary(true)
  return node.kind === 'Symbol' ? node : parser.fail(message, node.lineno, node.colno)
}

function parseBlock(parser: ParserState, tag: Token): Block {
  parser.nextToken()
  const name = parseSymbol(parser, 'parseBlock: variable name expected')
  parser.advanceAfterBlockEnd(tag.value)
  const body = parser.parseBody(tag, 'endblock')
  parser.skipSymbol('endblock')
  parser.skipSymbol(name.value)
  parser.advanceAfterBlockEnd('endblock')
  return { kind: 'Block', ...placeOf(tag), name, body }
}

function parseExtends(parser: ParserState, tag: Token): Extends {
  parser.nextToken()
  const template = parser.parseExpression()
  parser.advanceAfterBlockEnd(tag.value)
  return { kind: 'Extends', ...placeOf(tag), template }
}

function parseInclude(parser: ParserState, tag: Token): Include {
  parser.nextToken()
  const template = parser.parseExpression()
  const ignoreMissing = parser.skipSymbol('ignore') && parser.skipSymbol('missing')
  parser.advanceAfterBlockEnd(tag.value)
  return { kind: 'Include', ...placeOf(tag), template, ignoreMissing }
}

function parseSet(parser: ParserState, tag: Token): SetNode {
  parser.nextToken()
  const targets: string[] = []
  do targets.push(parseSymbol(parser, 'parseSet: variable name expected').value)
  while (parser.skip('comma'))
  const place = placeOf(tag)
  if (parser.skipValue('operator', '=')) {
    const value = parser.parseExpression()
    parser.advanceAfterBlockEnd(tag.value)
    return { kind: 'Set', ...place, targets, value }
  }
  if (parser.need('= or block end').type !== 'block-end') {
    parser.fail('parseSet: expected = or block end in set tag', tag.lineno, tag.colno)
  }
  parser.advanceAfterBlockEnd(tag.value)
  const value: Capture = { kind: 'Capture', ...place, body: parser.parseBody(tag, 'endset') }
  parser.advanceAfterBlockEnd()
  return { kind: 'Set', ...place, targets, value }
}

function parseMacro(parser: ParserState, tag: Token): Macro {
  parser.nextToken()
  const name = parseSymbol(parser, 'parseMacro: name expected')
  const args = parser.parseSignature()
  parser.advanceAfterBlockEnd(tag.value)
  const body = parser.parseBody(tag, 'endmacro')
  parser.advanceAfterBlockEnd()
  return { kind: 'Macro', ...placeOf(tag), name, args, body }
}

/** A call block is the call with the body as one keyword argument more: `caller`. */
function parseCall(parser: ParserState, tag: Token): Output {
  parser.nextToken()
  const place = placeOf(tag)
  const params = parser.parseSignature(true) ?? new ListNode<'NodeList', Node>('NodeList', place)
  const call = parser.parsePrimary()
  if (call.kind !== 'FunCall') parser.fail('parseCall: expected a call', tag.lineno, tag.colno)
  parser.advanceAfterBlockEnd(tag.value)
  const body = parser.parseBody(tag, 'endcall')
  parser.advanceAfterBlockEnd()
  const key: SymbolNode = { kind: 'Symbol', ...place, value: 'caller' }
  const { children } = call.args
  let kwargs = children.at(-1)
  if (kwargs?.kind !== 'KeywordArgs') {
    kwargs = new ListNode<'KeywordArgs', Pair>('KeywordArgs', place)
    children.push(kwargs)
  }
  kwargs.addChild({ kind: 'Pair', ...place, key, value: { kind: 'Caller', ...place, args: params, body } })
  return new ListNode<'Output', Expression>('Output', place, [call])
}

function parseImport(parser: ParserState, tag: Token): Import {
  parser.nextToken()
  const template = parser.parseExpression()
  if (!parser.skipSymbol('as')) {
    parser.fail('parseImport: expected "as" keyword', tag.lineno, tag.colno)
  }
  const target = parseSymbol(parser, 'parseImport: name expected')
  const withContext = parseWithContext(parser) ?? false
  parser.advanceAfterBlockEnd(tag.value)
  return { kind: 'Import', ...placeOf(tag), template, target, withContext }
}

function parseFrom(parser: ParserState, tag: Token): FromImport {
  parser.nextToken()
  const template = parser.parseExpression()
  if (!parser.skipSymbol('import')) parser.fail('parseFrom: expected import', tag.lineno, tag.colno)
  const names: { name: string; alias: string }[] = []
  let withContext = false
  while (parser.need('block end').type !== 'block-end') {
    if (names.length > 0 && !parser.skip('comma')) {
      parser.fail('parseFrom: expected comma', tag.lineno, tag.colno)
    }
    const { value: name, lineno, colno } = parseSymbol(parser, 'parseFrom: name expected')
    if (name.startsWith('_')) {
      parser.fail('parseFrom: names starting with an underscore cannot be imported', lineno, colno)
    }
    const alias = parser.skipSymbol('as') ? parseSymbol(parser, 'parseFrom: name expected').value : name
    names.push({ name, alias })
    withContext = parseWithContext(parser) ?? withContext
  }
  if (names.length === 0) {
    parser.fail('parseFrom: Expected at least one import name', tag.lineno, tag.colno)
  }
  parser.advanceAfterBlockEnd(tag.value)
  return { kind: 'FromImport', ...placeOf(tag), template, names, withContext }
}

function parseWithContext(parser: ParserState): boolean | null {
  const token = parser.peekToken()
  const isWith = parser.skipSymbol('with')
  if (!isWith && !parser.skipSymbol('without')) return null
  if (!parser.skipSymbol('context')) {
    parser.fail('parseFrom: expected context after with/without', token?.lineno, token?.colno)
  }
  return isWith
}

/** `{% filter name(…) %}…{% endfilter %}` */
function parseFilterBlock(parser: ParserState, tag: Token): Output {
  parser.nextToken()
  const name = parseFilterName(parser)
  const rest = parseFilterArguments(parser)
  parser.advanceAfterBlockEnd(tag.value)
  const body: Capture = { kind: 'Capture', ...placeOf(name), body: parser.parseBody(tag, 'endfilter') }
  parser.advanceAfterBlockEnd()
  const args = new ListNode<'NodeList', Node>('NodeList', name, [body, ...rest])
  const filter: Expression = { kind: 'Filter', ...placeOf(name), name, args }
  return new ListNode<'Output', Expression>('Output', name, [filter])
}

function parseSwitch(parser: ParserState, tag: Token): Switch {
  parser.nextToken()
  const expr = parser.parseExpression()
  parser.advanceAfterBlockEnd(tag.value)
  // What stands before the first case belongs to none.
  parser.parseBody(tag, 'case', 'default', 'endswitch')
  const cases: { cond: Expression; body: Body }[] = []
  while (parser.skipSymbol('case')) {
    const cond = parser.parseExpression()
    parser.advanceAfterBlockEnd('case')
    cases.push({ cond, body: parser.parseBody(tag, 'case', 'default', 'endswitch') })
  }
  let otherwise: Body | null = null
  if (parser.skipSymbol('default')) {
    parser.advanceAfterBlockEnd('default')
    otherwise = parser.parseBody(tag, 'endswitch')
  }
  parser.advanceAfterBlockEnd()
  return { kind: 'Switch', ...placeOf(tag), expr, cases, default: otherwise }
}
