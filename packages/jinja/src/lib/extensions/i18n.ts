import { TemplateAssertionError } from '../errors.ts'
import type { Assign, Expression, Output, Position, Statement, Template } from '../syntax/ast.ts'
import { skipSpace, skipSpaceBack } from '../syntax/characters.ts'
import type { Parser } from '../syntax/parser.ts'
import { Extension, type ExtensionEnvironment } from './extension.ts'
import { type ExtractedMessage, type ExtractOptions, extractFromTree } from './extract.ts'
import {
  type GettextCallables,
  type GettextOptions,
  gettextAlias,
  installGettextCallables,
  installGettextTranslations,
  installNullTranslations,
  type TranslatingEnvironment,
  uninstallGettextTranslations,
} from './gettext.ts'
import { parseTransBody } from './trans-body.ts'

/** What the extension adds to the environment. */
export interface I18nMembers {
  /** Whether the functions put values into translations themselves. Default: false. */
  newstyleGettext: boolean
  installGettextTranslations(translations: GettextCallables, options?: GettextOptions): void
  installNullTranslations(options?: GettextOptions): void
  installGettextCallables(callables: GettextCallables, options?: GettextOptions): void
  uninstallGettextTranslations(): void
  /** The messages of a source or a tree that are to be translated. */
  extractTranslations(source: string | Template, options?: ExtractOptions): Iterable<ExtractedMessage>
}

/** `{% trans name=value %}Hello {{ name }}!{% pluralize %}…{% endtrans %}`, and the functions of gettext. */
export class I18nExtension extends Extension {
  static readonly identifier: string = 'jinja2.ext.InternationalizationExtension'

  override readonly tags: ReadonlySet<string> = new Set(['trans'])

  constructor(environment: ExtensionEnvironment) {
    super(environment)
    environment.globals.set('_', gettextAlias)
    environment.extend(membersOf(environment))
  }

  override parse(parser: Parser): Statement | readonly Statement[] {
    return parseTrans(parser, this.environment)
  }
}

function membersOf(environment: TranslatingEnvironment): Readonly<Record<keyof I18nMembers, unknown>> {
  const members: I18nMembers = {
    newstyleGettext: false,
    // `this` is the environment that the member is called on, which may be an overlay.
    installGettextTranslations(this: TranslatingEnvironment, translations, options) {
      installGettextTranslations(this, translations, options)
    },
    installNullTranslations(this: TranslatingEnvironment, options) {
      installNullTranslations(this, options)
    },
    installGettextCallables(this: TranslatingEnvironment, callables, options) {
      installGettextCallables(this, callables, options)
    },
    uninstallGettextTranslations(this: TranslatingEnvironment) {
      uninstallGettextTranslations(this)
    },
    extractTranslations(this: TranslatingEnvironment, source, options) {
      return extractFromTree(typeof source === 'string' ? environment.parse(source) : source, options)
    },
  }
  return members as unknown as Readonly<Record<keyof I18nMembers, unknown>>
}

/** What the tag says, read step by step. */
interface Trans {
  readonly place: Position
  /** The values of the variables, by name, in order. */
  readonly variables: Map<string, Expression>
  context: string | null
  trimmed: boolean | null
  /** The number that decides between singular and plural, and whether its name is `num`. */
  count: Expression | null
  isCalledNum: boolean
  /** Keeps the result of a call that is the number, so that it is called once. */
  assignment: Assign | null
}

function parseTrans(parser: Parser, environment: TranslatingEnvironment): Statement | readonly Statement[] {
  const { stream } = parser
  const { line, column } = stream.next()
  const place: Position = { line, column }
  const context = stream.nextIf('string')
  const trans: Trans = {
    place,
    variables: new Map(),
    context: context === null ? null : (context.value as string),
    trimmed: null,
    count: null,
    isCalledNum: false,
    assignment: null,
  }
  parseVariables(parser, trans)
  const singular = parseTransBody(parser, true)
  const [first] = singular.names
  if (first !== undefined && trans.count === null) setCount(trans, first, loadOf(first, place))
  let plural: { names: readonly string[]; text: string } | null = null
  if (stream.next().value === 'pluralize') {
    if (stream.current.type !== 'block_end') choosePluralVariable(parser, trans)
    stream.expect('block_end')
    plural = parseTransBody(parser, false)
    stream.next()
    if (trans.count === null) parser.fail('pluralize without variables', place)
  }
  const names = new Set([...singular.names, ...(plural?.names ?? [])])
  for (const name of names) {
    if (!trans.variables.has(name)) trans.variables.set(name, loadOf(name, place))
  }
  const trimmed = trans.trimmed ?? environment.policies['ext.i18n.trimmed']
  const isNewstyle = environment.newstyleGettext === true
  // Without variables nothing is formatted, so that a percent sign stands for itself.
  const isFormat = names.size > 0 || isNewstyle
  const text = (raw: string): string => {
    const used = isFormat ? raw : raw.replaceAll('%%', '%')
    return trimmed ? trimLines(used) : used
  }
  const call = gettextCall(trans, text(singular.text), plural === null ? null : text(plural.text))
  const node = isNewstyle ? withKeywords(call, trans, plural !== null) : formattedCall(call, trans)
  const output: Output = { kind: 'Output', ...place, nodes: [node] }
  return trans.assignment === null ? output : [trans.assignment, output]
}

/** The variables in the tag: `name=value`, or `name` alone for the variable of that name. */
function parseVariables(parser: Parser, trans: Trans): void {
  const { stream } = parser
  const { variables, place } = trans
  while (stream.current.type !== 'block_end') {
    if (variables.size > 0) stream.expect('comma')
    // As in Python, a colon may stand before the body.
    if (stream.skipIf('colon')) break
    const token = stream.expect('name')
    const name = token.value as string
    if (variables.has(name)) {
      parser.fail(`translatable variable '${name}' defined twice.`, token, TemplateAssertionError)
    }
    let value: Expression
    if (stream.skipIf('assign')) value = parser.parseExpression()
    else if (trans.trimmed === null && (name === 'trimmed' || name === 'notrimmed')) {
      trans.trimmed = name === 'trimmed'
      continue
    } else value = loadOf(name, place)
    variables.set(name, value)
    if (trans.count === null) setCount(trans, name, value)
  }
  stream.expect('block_end')
}

function setCount(trans: Trans, name: string, value: Expression): void {
  const { place } = trans
  if (value.kind === 'Call') {
    const target = { kind: 'Name', ...place, name: '_trans', ctx: 'store' } as const
    trans.assignment = { kind: 'Assign', ...place, target, node: value }
    trans.count = loadOf('_trans', place)
    trans.variables.set(name, trans.count)
  } else trans.count = value
  trans.isCalledNum = name === 'num'
}

/** `{% pluralize name %}` */
function choosePluralVariable(parser: Parser, trans: Trans): void {
  const token = parser.stream.expect('name')
  const name = token.value as string
  const value = trans.variables.get(name)
  if (value === undefined) {
    parser.fail(`unknown variable '${name}' for pluralization`, token, TemplateAssertionError)
  }
  trans.count = value
  trans.isCalledNum = name === 'num'
}

/** The call of `gettext`, or of its variant for contexts and numbers. */
function gettextCall(trans: Trans, singular: string, plural: string | null): Expression & { kind: 'Call' } {
  const { place, context, count } = trans
  let name = 'gettext'
  const args: Expression[] = [{ kind: 'Const', ...place, value: singular }]
  if (context !== null) {
    name = `p${name}`
    args.unshift({ kind: 'Const', ...place, value: context })
  }
  if (plural !== null) {
    name = `n${name}`
    args.push({ kind: 'Const', ...place, value: plural }, count as Expression)
  }
  const node = loadOf(name, place)
  return { kind: 'Call', ...place, node, args, kwargs: [], dynArgs: null, dynKwargs: null }
}

/** The new functions take the variables as keywords. They know the number by the name `num` themselves. */
function withKeywords(call: Expression & { kind: 'Call' }, trans: Trans, hasPlural: boolean): Expression {
  const kwargs = Array.from(trans.variables)
    .filter(([key]) => !(hasPlural && trans.isCalledNum && key === 'num'))
    .map(([key, value]) => ({ kind: 'Keyword', ...trans.place, key, value }) as const)
  return { ...call, kwargs }
}

/** The old functions only translate: the result is formatted with a dict of the variables. */
function formattedCall(call: Expression, trans: Trans): Expression {
  const { place, variables } = trans
  const left: Expression = { kind: 'MarkSafeIfAutoescape', ...place, expr: call }
  if (variables.size === 0) return left
  const items = Array.from(variables, ([key, value]) => {
    return { kind: 'Pair', ...place, key: { kind: 'Const', ...place, value: key }, value } as const
  })
  return { kind: 'BinaryExpr', ...place, op: '%', left, right: { kind: 'Dict', ...place, items } }
}

function loadOf(name: string, place: Position): Expression {
  return { kind: 'Name', line: place.line, column: place.column, name, ctx: 'load' }
}

/** Without white space at the ends, and with one blank for each line break and the white space around it. */
function trimLines(text: string): string {
  return text.split('\n').map(stripped).filter(Boolean).join(' ')
}

/** As Python's `strip()`: JavaScript's `trim()` drops other characters. */
function stripped(text: string): string {
  const start = skipSpace(text, 0)
  return text.slice(start, skipSpaceBack(text, text.length, start))
}
