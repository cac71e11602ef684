import { filterGroups } from '../filters/table.ts'
import { globalFunctions } from '../globals.ts'
import { testGroups } from '../is-tests/table.ts'
import { lipsumFunctions } from '../lipsum.ts'
import type { Expression, Node, Template } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'
import { allMethods } from '../values/methods/all.ts'
import type { MethodTables } from '../values/methods/table.ts'

/** What of Jinja a precompiled template brings along, by the names under which the runtime exports it. */
export interface UsedBuiltIns {
  readonly filters: readonly string[]
  readonly tests: readonly string[]
  readonly globals: readonly string[]
  readonly methods: Readonly<Partial<Record<keyof MethodTables, string>>>
}

/** The filters that call others by name. */
const BY_NAME: ReadonlySet<string> = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr'])

/** The filters that read members by name. */
const BY_ATTRIBUTE: ReadonlySet<string> = new Set([
  ...BY_NAME,
  ...['attr', 'batch', 'dictsort', 'groupby', 'max', 'min', 'sort', 'sum', 'unique'],
])

/** Methods that read members by names in text. */
const BY_TEXT: ReadonlySet<string> = new Set(['format', 'format_map'])

/** What the runtime exports. */
const methodExports: Readonly<Record<keyof MethodTables, string>> = {
  text: 'stringMethods',
  markup: 'markupMethods',
  int: 'intMethods',
  float: 'floatMethods',
  list: 'listMethods',
  tuple: 'tupleMethods',
  dict: 'dictMethods',
  set: 'setMethods',
  date: 'dateMethods',
  range: 'rangeMethods',
  bytes: 'bytesMethods',
}

/**
 * What a template may use. A word that stands anywhere in it counts, as it may be the name that `map` gets; where a name
 * is only known when the template runs, everything counts.
 */
export function usedBuiltIns(template: Template): UsedBuiltIns {
  const words = new Set<string>()
  const properties = new Set<string>()
  const printed = new Set<Node>()
  let anyFunction = false
  let anyMethod = false
  walk(template, (node) => {
    for (const child of printedBy(node)) printed.add(child)
    const found = printed.has(node) ? properties : words
    for (const word of wordsOf(node)) found.add(word)
    if (isUnknownFunction(node)) anyFunction = true
    if (isUnknownMember(node)) anyMethod = true
  })
  const groups = (table: Groups, all: boolean): string[] =>
    Object.keys(table).filter((name) => all || table[name]!.some(([each]) => words.has(each)))
  const types = (Object.keys(allMethods) as (keyof MethodTables)[]).filter(
    (type) =>
      anyMethod ||
      Array.from(allMethods[type]).some(
        ([name, { isProperty }]) => words.has(name) || (isProperty === true && properties.has(name)),
      ),
  )
  return {
    filters: groups(filterGroups, anyFunction),
    tests: groups(testGroups, anyFunction),
    globals: groups({ globalFunctions, lipsumFunctions }, false),
    methods: Object.fromEntries(types.map((type) => [type, methodExports[type]])),
  }
}

type Groups = Readonly<Record<string, readonly (readonly [string, unknown])[]>>

/** Members that are printed or filtered at once. They are meant as values: a method would be called, or stored before. */
function printedBy(node: Node): readonly Node[] {
  const nodes = node.kind === 'Output' ? node.nodes : node.kind === 'Filter' ? [node.node] : []
  return nodes.filter((child) => child?.kind === 'Getattr') as readonly Node[]
}

function wordsOf(node: Node): readonly string[] {
  switch (node.kind) {
    case 'Name':
    case 'Filter':
    case 'Test':
      return [node.name]
    case 'Getattr':
      // What loops have are no methods of values.
      return node.node.kind === 'Name' && node.node.name === 'loop' ? [] : [node.attribute]
    case 'Const':
      return typeof node.value === 'string' ? [node.value, ...node.value.split(/\W+/)] : []
    default:
      return []
  }
}

/** Whether a filter or test is called, or asked for, by a name that is no constant. */
function isUnknownFunction(node: Node): boolean {
  if (node.kind === 'Filter') return BY_NAME.has(node.name) && hasUnknownArguments(node)
  return node.kind === 'Test' && (node.name === 'filter' || node.name === 'test') && !isConstant(node.node)
}

/** Whether a member is read by a name that is no constant. */
function isUnknownMember(node: Node): boolean {
  switch (node.kind) {
    case 'Getattr':
      return BY_TEXT.has(node.attribute)
    case 'Getitem':
      return !isConstant(node.arg) && !COUNTS.has(node.arg.kind)
    case 'Filter':
      return BY_ATTRIBUTE.has(node.name) && hasUnknownArguments(node)
    default:
      return false
  }
}

/** Expressions that give no text. */
const COUNTS: ReadonlySet<string> = new Set(['Slice', 'UnaryExpr', 'Not', 'Compare', 'Test'])

function hasUnknownArguments(node: Extract<Node, { kind: 'Filter' }>): boolean {
  if (node.dynArgs !== null || node.dynKwargs !== null) return true
  return !node.args.every(isConstant) || !node.kwargs.every(({ value }) => isConstant(value))
}

function isConstant(expression: Expression): boolean {
  return expression.kind === 'Const'
}
