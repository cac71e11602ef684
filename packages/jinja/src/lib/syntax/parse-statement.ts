import { TemplateAssertionError } from '../errors.ts'
import type {
  Block,
  CallBlock,
  Expression,
  Extends,
  Filter,
  FilterBlock,
  For,
  FromImport,
  If,
  Import,
  ImportedMember,
  Include,
  Macro,
  MacroLike,
  Name,
  Output,
  Position,
  Scope,
  Statement,
  Target,
  With,
} from './ast.ts'
import { skipSpace } from './characters.ts'
import { parseExpression, parseTuple } from './parse-expression.ts'
import { constants, parseFilter, parseItems, parsePrimary } from './parse-primary.ts'
import type { ParserState } from './parser-interface.ts'
import { operators } from './tokens.ts'

/** The grammar of the built-in tags. Each function begins at the name of the tag. */

type TagParser = (parser: ParserState) => Statement

/** The built-in tags. */
export const tagParsers: ReadonlyMap<string, TagParser> = new Map<string, TagParser>([
  ['for', parseFor],
  ['if', parseIf],
  ['block', parseBlock],
  ['extends', parseExtends],
  ['print', parsePrint],
  ['macro', parseMacro],
  ['include', parseInclude],
  ['from', parseFrom],
  ['import', parseImport],
  ['set', parseSet],
  ['with', parseWith],
  ['autoescape', parseAutoescape],
  ['call', parseCallBlock],
  ['filter', parseFilterBlock],
])

const IF_BRANCHES: readonly string[] = ['name:elif', 'name:else', 'name:endif']
const FOR_BRANCHES: readonly string[] = ['name:endfor', 'name:else']

/** What stands between a tag and the one that ends it, which is passed. */
function parseBody(parser: ParserState, tag: string): Statement[] {
  return parser.parseStatements([`name:end${tag}`], true)
}

function parseSet(parser: ParserState): Statement {
  const { stream } = parser
  const { line, column } = stream.next()
  const target = parseAssignTarget(parser, { withNamespace: true })
  if (stream.skipIf('assign')) return { kind: 'Assign', line, column, target, node: parseTuple(parser) }
  const filter = parseFilter(parser, null) as Filter | null
  const body = parseBody(parser, 'set')
  return { kind: 'AssignBlock', line, column, target, filter, body }
}

function parseFor(parser: ParserState): For {
  const { stream } = parser
  const { line, column } = stream.next()
  const target = parseAssignTarget(parser)
  stream.expect('name:in')
  const iter = parseTuple(parser, { withCondition: false })
  const test = stream.skipWord('if') ? parseExpression(parser) : null
  const recursive = stream.skipWord('recursive')
  const body = parser.parseStatements(FOR_BRANCHES)
  const orElse = stream.next().value === 'endfor' ? [] : parseBody(parser, 'for')
  return { kind: 'For', line, column, target, iter, test, body, orElse, recursive }
}

/** The code of a branch is nested in that of the one before. */
const MAX_ELIFS = 1000

function parseIf(parser: ParserState): If {
  const { stream } = parser
  const { line, column } = stream.next()
  const { test, body } = parseBranch(parser)
  const elifs: If[] = []
  let end = stream.next()
  while (end.value === 'elif') {
    const place = stream.current
    if (elifs.length === MAX_ELIFS) {
      parser.fail(`too many branches: expected at most ${MAX_ELIFS} elif tags in a row`, end)
    }
    elifs.push({
      kind: 'If',
      line: place.line,
      column: place.column,
      ...parseBranch(parser),
      elifs: [],
      orElse: [],
    })
    end = stream.next()
  }
  const orElse = end.value === 'else' ? parseBody(parser, 'if') : []
  return { kind: 'If', line, column, test, body, elifs, orElse }
}

function parseBranch(parser: ParserState): { test: Expression; body: Statement[] } {
  const test = parseTuple(parser, { withCondition: false })
  return { test, body: parser.parseStatements(IF_BRANCHES) }
}

function parseWith(parser: ParserState): With {
  const { stream } = parser
  const { line, column } = stream.next()
  const targets: Target[] = []
  const values: Expression[] = []
  parseItems(stream, 'block_end', () => {
    targets.push(withContext(parseAssignTarget(parser), 'param') as Target)
    stream.expect('assign')
    values.push(parseExpression(parser))
  })
  const body = parseBody(parser, 'with')
  return { kind: 'With', line, column, targets, values, body }
}

function parseAutoescape(parser: ParserState): Scope {
  const { line, column } = parser.stream.next()
  const value = parseExpression(parser)
  const body = parseBody(parser, 'autoescape')
  const options = [{ kind: 'Keyword', line, column, key: 'autoescape', value }] as const
  return {
    kind: 'Scope',
    line,
    column,
    body: [{ kind: 'ScopedEvalContextModifier', line, column, options, body }],
  }
}

function parseBlock(parser: ParserState): Block {
  const { stream } = parser
  const { line, column } = stream.next()
  const name = stream.expect('name').value as string
  const scoped = stream.skipWord('scoped')
  const required = stream.skipWord('required')
  // Django allows hyphens in names.
  if (stream.current.type === 'sub') {
    parser.fail(
      'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
    )
  }
  const body = parseBody(parser, 'block')
  if (required && !body.every(isBlank)) {
    parser.fail('Required blocks can only contain comments or whitespace')
  }
  stream.skipWord(name)
  return { kind: 'Block', line, column, name, body, scoped, required }
}

function isBlank(node: Statement): boolean {
  return (
    node.kind === 'Output' &&
    node.nodes.every(
      (piece) => piece.kind === 'TemplateData' && skipSpace(piece.data, 0) === piece.data.length,
    )
  )
}

function parseExtends(parser: ParserState): Extends {
  const { line, column } = parser.stream.next()
  return { kind: 'Extends', line, column, template: parseExpression(parser) }
}

function parseInclude(parser: ParserState): Include {
  const { stream } = parser
  const { line, column } = stream.next()
  const template = parseExpression(parser)
  const ignoreMissing = stream.current.test('name:ignore') && stream.look().test('name:missing')
  if (ignoreMissing) stream.skip(2)
  const withContext = parseContextClause(parser) ?? true
  return { kind: 'Include', line, column, template, withContext, ignoreMissing }
}

function parseImport(parser: ParserState): Import {
  const { stream } = parser
  const { line, column } = stream.next()
  const template = parseExpression(parser)
  stream.expect('name:as')
  const target = parseName(parser, 'store').name
  const withContext = parseContextClause(parser) ?? false
  return { kind: 'Import', line, column, template, target, withContext }
}

function parseFrom(parser: ParserState): FromImport {
  const { stream } = parser
  const { line, column } = stream.next()
  const template = parseExpression(parser)
  stream.expect('name:import')
  const names: ImportedMember[] = []
  let withContext: boolean | null = null
  for (;;) {
    if (names.length > 0) stream.expect('comma')
    if (stream.current.type !== 'name') stream.expect('name')
    withContext = parseContextClause(parser)
    if (withContext !== null) break
    names.push(parseImportedMember(parser))
    withContext = parseContextClause(parser)
    if (withContext !== null || stream.current.type !== 'comma') break
  }
  return { kind: 'FromImport', line, column, template, names, withContext: withContext ?? false }
}

function parseImportedMember(parser: ParserState): ImportedMember {
  const target = parseName(parser, 'store')
  if (target.name.startsWith('_')) {
    parser.fail('names starting with an underline can not be imported', target, TemplateAssertionError)
  }
  const alias = parser.stream.skipWord('as') ? parseName(parser, 'store').name : target.name
  return { name: target.name, alias }
}

/** `with context` or `without context`; `null` if neither is there. */
function parseContextClause(parser: ParserState): boolean | null {
  const { stream } = parser
  const { current } = stream
  if (current.type !== 'name' || (current.value !== 'with' && current.value !== 'without')) return null
  if (!stream.look().test('name:context')) return null
  stream.skip(2)
  return current.value === 'with'
}

function parseMacro(parser: ParserState): Macro {
  const { line, column } = parser.stream.next()
  const { name } = parseName(parser, 'store')
  const { params, defaults } = parseSignature(parser)
  const body = parseBody(parser, 'macro')
  return { kind: 'Macro', line, column, name, params, defaults, body }
}

function parseCallBlock(parser: ParserState): CallBlock {
  const { stream } = parser
  const { line, column } = stream.next()
  const { params, defaults } =
    stream.current.type === 'lparen' ? parseSignature(parser) : { params: [], defaults: [] }
  const call = parseExpression(parser)
  if (call.kind !== 'Call') parser.fail('expected call', { line, column })
  const body = parseBody(parser, 'call')
  return { kind: 'CallBlock', line, column, params, defaults, call, body }
}

function parseSignature(parser: ParserState): Pick<MacroLike, 'params' | 'defaults'> {
  const { stream } = parser
  const params: Name[] = []
  const defaults: Expression[] = []
  stream.expect('lparen')
  parseItems(stream, 'rparen', () => {
    params.push(parseName(parser, 'param'))
    if (stream.skipIf('assign')) defaults.push(parseExpression(parser))
    else if (defaults.length > 0) parser.fail('non-default argument follows default argument')
  })
  stream.next()
  return { params, defaults }
}

function parseFilterBlock(parser: ParserState): FilterBlock {
  const { line, column } = parser.stream.next()
  const filter = parseFilter(parser, null, true) as Filter
  const body = parseBody(parser, 'filter')
  return { kind: 'FilterBlock', line, column, filter, body }
}

function parsePrint(parser: ParserState): Output {
  const { stream } = parser
  const { line, column } = stream.next()
  const nodes: Expression[] = []
  parseItems(stream, 'block_end', () => nodes.push(parseExpression(parser)))
  return { kind: 'Output', line, column, nodes }
}

// ------------------------------------------------------------------- targets

/** How {@link parseAssignTarget} reads what can be assigned to. */
export interface TargetOptions {
  /** Whether names with commas between them are a target. Default: true. */
  readonly withTuple?: boolean
  /** What ends a tuple besides the end of the tag: expressions of `Token.test`. Default: none. */
  readonly extraEndRules?: readonly string[]
  /** Whether `name.attribute` is a target. Default: false. */
  readonly withNamespace?: boolean
}

const ANY_TARGET: TargetOptions = {}

/** What stands on the left of `=`, or between `for` and `in`. */
export function parseAssignTarget(parser: ParserState, options: TargetOptions = ANY_TARGET): Target {
  const { withTuple = true, withNamespace = false, extraEndRules = [] } = options
  const node = withTuple
    ? parseTuple(parser, { simplified: true, extraEndRules, withNamespace })
    : parsePrimary(parser, withNamespace)
  const target = withContext(node, 'store')
  if (target === null) refuseTarget(parser, nameOfKind(node), node)
  return target
}

/** A name to assign to. */
export function parseName(parser: ParserState, ctx: 'store' | 'param'): Name {
  const { line, column, value } = parser.stream.expect('name')
  const name = value as string
  if (constants.has(name)) refuseTarget(parser, 'name', { line, column })
  return { kind: 'Name', line, column, name, ctx }
}

/** The node as a target, or `null` if nothing can be assigned to it. */
function withContext(node: Expression, ctx: 'store' | 'param'): Target | null {
  switch (node.kind) {
    case 'Name':
      return { ...node, ctx }
    case 'NSRef':
    case 'InternalName':
      return node
    case 'Tuple': {
      const items: Target[] = []
      for (const item of node.items) {
        const target = withContext(item, ctx)
        if (target === null) return null
        items.push(target)
      }
      return { ...node, items, ctx: 'store' }
    }
    default:
      return null
  }
}

function refuseTarget(parser: ParserState, what: string, place: Position): never {
  parser.fail(`can't assign to '${what}'`, place)
}

/** The name of Jinja's class of the node, in small letters. */
function nameOfKind(node: Expression): string {
  switch (node.kind) {
    case 'BinaryExpr':
      return operators[node.op]
    case 'UnaryExpr':
      return node.op === '-' ? 'neg' : 'pos'
    case 'Logical':
      return node.op
    default:
      return node.kind.toLowerCase()
  }
}
