import type { Node, Template } from './ast.ts'

/** Ways through a tree, the same for all kinds of nodes. */

/** The node of a kind. */
export type NodeOfKind<Kind extends Node['kind']> = Extract<Node, { readonly kind: Kind }>

/** The fields that hold nodes, in the order in which Jinja visits them. */
const childFields: { readonly [Kind in Node['kind']]: readonly (keyof NodeOfKind<Kind> & string)[] } = {
  Template: ['body'],
  Output: ['nodes'],
  Extends: ['template'],
  For: ['target', 'iter', 'body', 'orElse', 'test'],
  If: ['test', 'body', 'elifs', 'orElse'],
  Macro: ['params', 'defaults', 'body'],
  CallBlock: ['call', 'params', 'defaults', 'body'],
  FilterBlock: ['body', 'filter'],
  With: ['targets', 'values', 'body'],
  Block: ['body'],
  Include: ['template'],
  Import: ['template'],
  FromImport: ['template'],
  ExprStmt: ['node'],
  Assign: ['target', 'node'],
  AssignBlock: ['target', 'filter', 'body'],
  Break: [],
  Continue: [],
  Scope: ['body'],
  OverlayScope: ['context', 'body'],
  EvalContextModifier: ['options'],
  ScopedEvalContextModifier: ['options', 'body'],
  TemplateData: [],
  Name: [],
  NSRef: [],
  Const: [],
  Tuple: ['items'],
  List: ['items'],
  Dict: ['items'],
  Pair: ['key', 'value'],
  CondExpr: ['test', 'then', 'orElse'],
  Keyword: ['value'],
  Call: ['node', 'args', 'kwargs', 'dynArgs', 'dynKwargs'],
  Filter: ['node', 'args', 'kwargs', 'dynArgs', 'dynKwargs'],
  Test: ['node', 'args', 'kwargs', 'dynArgs', 'dynKwargs'],
  Getattr: ['node'],
  Getitem: ['node', 'arg'],
  Slice: ['start', 'stop', 'step'],
  Concat: ['nodes'],
  Compare: ['expr', 'ops'],
  Operand: ['expr'],
  BinaryExpr: ['left', 'right'],
  Logical: ['left', 'right'],
  Not: ['node'],
  UnaryExpr: ['node'],
  EnvironmentAttribute: [],
  ExtensionAttribute: [],
  InternalName: [],
  MarkSafe: ['expr'],
  MarkSafeIfAutoescape: ['expr'],
  ContextReference: [],
  DerivedContextReference: [],
}

type Children = Node | readonly Node[] | null
type Fields = Readonly<Record<string, Children>>

function fieldsOf(node: Node): readonly string[] {
  return childFields[node.kind]
}

const NONE: readonly Node[] = []

/** The nodes directly below a node, in the order in which Jinja visits them. */
export function childrenOf(node: Node): readonly Node[] {
  if (fieldsOf(node).length === 0) return NONE
  const children: Node[] = []
  forEachChild(node, (child) => children.push(child))
  return children
}

/**
 * Calls a function with a node and all nodes below, parents first. What is below a node is left out if the function
 * returns false for it.
 */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  const down = (each: Node): void => {
    if (visit(each) !== false) forEachChild(each, down)
  }
  down(node)
}

/** Calls a function with the nodes directly below a node, in the order in which Jinja visits them. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const fields = fieldsOf(node)
  for (let index = 0; index < fields.length; index++) {
    const value = (node as unknown as Fields)[fields[index]!] as Children
    if (Array.isArray(value)) for (let at = 0; at < value.length; at++) visit(value[at])
    else if (value !== null) visit(value as Node)
  }
}

/** The first node of a kind below a node, or `null`. */
export function find<Kind extends Node['kind']>(node: Node, kind: Kind): NodeOfKind<Kind> | null {
  return findAll(node, kind)[0] ?? null
}

/** All nodes of one or more kinds below a node, parents first. */
export function findAll<Kind extends Node['kind']>(
  node: Node,
  ...kinds: readonly Kind[]
): NodeOfKind<Kind>[] {
  const found: NodeOfKind<Kind>[] = []
  walk(node, (each) => {
    if (each !== node && (kinds as readonly string[]).includes(each.kind))
      found.push(each as NodeOfKind<Kind>)
  })
  return found
}

/** What {@link transform} puts in the place of a node: another one, several (in lists), or nothing (`null`). */
export type Replacement = Node | readonly Node[] | null

/**
 * A copy of a tree in which a function has replaced nodes, those below before those above. What does not change is not
 * copied. The template itself is not asked for.
 *
 * @throws {TypeError} if a place needs exactly one node and gets several or none.
 */
export function transform(template: Template, replace: (node: Node) => Replacement): Template {
  return withNewChildren(template, replace)
}

function withNewChildren<Parent extends Node>(parent: Parent, replace: (node: Node) => Replacement): Parent {
  let changed: Record<string, unknown> | null = null
  for (const field of fieldsOf(parent)) {
    const value = (parent as unknown as Fields)[field] as Children
    if (value === null) continue
    const next = Array.isArray(value)
      ? newList(value as readonly Node[], replace)
      : newChild(parent, field, value as Node, replace)
    if (next === value) continue
    changed ??= { ...parent }
    changed[field] = next
  }
  return changed === null ? parent : (changed as unknown as Parent)
}

function newList(nodes: readonly Node[], replace: (node: Node) => Replacement): readonly Node[] {
  let isChanged = false
  const list: Node[] = []
  for (const node of nodes) {
    const next = replace(withNewChildren(node, replace))
    if (next !== node) isChanged = true
    if (next === null) continue
    if (Array.isArray(next)) list.push(...next)
    else list.push(next as Node)
  }
  return isChanged ? list : nodes
}

/** The fields that may stay empty. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'For.test',
  'AssignBlock.filter',
  'CondExpr.orElse',
  'Slice.start',
  'Slice.stop',
  'Slice.step',
  'Call.dynArgs',
  'Call.dynKwargs',
  'Filter.node',
  'Filter.dynArgs',
  'Filter.dynKwargs',
  'Test.dynArgs',
  'Test.dynKwargs',
])

function newChild(
  parent: Node,
  field: string,
  child: Node,
  replace: (node: Node) => Replacement,
): Node | null {
  const next = replace(withNewChildren(child, replace))
  if (next === null && OPTIONAL.has(`${parent.kind}.${field}`)) return null
  if (next === null || Array.isArray(next)) {
    throw new TypeError(
      `expected one node for '${field}' of ${parent.kind} in line ${parent.line}, got ${next === null ? 'none' : 'a list'}`,
    )
  }
  return next as Node
}
