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
 * What a template may use. A word in a constant counts as a filter, a test and a method, as it may be what `map` gets;
 * where a name is only known when the template runs, everything counts.
 */
export function usedBuiltIns(template: Template): UsedBuiltIns {
  const variables = new Set<string>()
  const filters = new Set<string>()
  const tests = new Set<string>()
  const methods = new Set<string>()
  const properties = new Set<string>()
  const values = new Set<Node>()
  let anyFunction = false
  let anyMethod = false
  walk(template, (node) => {
    for (const child of valuesIn(node)) values.add(child)
    switch (node.kind) {
      case 'Name':
        variables.add(node.name)
        break
      case 'Filter':
        filters.add(node.name)
        break
      case 'Test':
        tests.add(node.name)
        break
      case 'Getattr':
        // What loops have are no methods of values.
        if (node.node.kind === 'Name' && node.node.name === 'loop') break
        if (values.has(node)) properties.add(node.attribute)
        else methods.add(node.attribute)
        break
      case 'Const':
        for (const word of wordsIn(node.value)) for (const names of [filters, tests, methods]) names.add(word)
    }
    if (isUnknownFunction(node)) anyFunction = true
    if (isUnknownMember(node)) anyMethod = true
  })
  const types = (Object.keys(allMethods) as (keyof MethodTables)[]).filter(
    (type) =>
      anyMethod ||
      Array.from(allMethods[type]).some(
        ([name, { isProperty }]) => methods.has(name) || (isProperty === true && properties.has(name)),
      ),
  )
  return {
    filters: groupsWith(filterGroups, filters, anyFunction),
    tests: groupsWith(testGroups, tests, anyFunction),
    globals: groupsWith({ globalFunctions, lipsumFunctions }, variables, false),
    methods: Object.fromEntries(types.map((type) => [type, methodExports[type]])),
  }
}

type Groups = Readonly<Record<string, readonly (readonly [string, unknown])[]>>

/**
 * Members that are printed, filtered, computed with or compared at once. They are meant as values: a method would be
 * called, or stored before.
 */
function valuesIn(node: Node): readonly Node[] {
  return operandsOf(node).filter((operand) => operand?.kind === 'Getattr') as readonly Node[]
}

function operandsOf(node: Node): readonly (Node | null)[] {
  switch (node.kind) {
    case 'Output':
      return node.nodes
    case 'Filter':
      return [node.node]
    case 'BinaryExpr':
      return [node.left, node.right]
    case 'UnaryExpr':
      return [node.node]
    case 'Compare':
      return [node.expr, ...node.ops.map(({ expr }) => expr)]
    default:
      return []
  }
}

function groupsWith(groups: Groups, names: ReadonlySet<string>, all: boolean): string[] {
  return Object.keys(groups).filter((group) => all || groups[group]!.some(([name]) => names.has(name)))
}

/** The text of a constant, and the words in it: `user.name` for `map(attribute=…)`, `==` for `select`. */
function wordsIn(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value, ...value.split(/\W+/)] : []
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
