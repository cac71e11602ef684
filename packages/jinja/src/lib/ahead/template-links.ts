import type { Expression, Node, Position, Target, Template } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/visitor.ts'

/** A place where a template names others. */
export interface TemplateLink extends Position {
  readonly kind: 'extends' | 'include' | 'import'
  /** The names, the first of which that exists is taken; `null` if they are only known when the template runs. */
  readonly names: readonly string[] | null
  /** Whether it is no error if there is none. */
  readonly ignoreMissing: boolean
  /** Whether the other template sees the variables of this one. */
  readonly withContext: boolean
  /** The names that are set around this place, and that the other template sees too. */
  readonly bound: ReadonlySet<string>
}

/** Where a template extends, includes and imports others, in the order of the source. */
export function findLinks(template: Template): TemplateLink[] {
  const links: TemplateLink[] = []
  const visit = (node: Node, bound: ReadonlySet<string>): void => {
    const inner = boundIn(node, bound)
    const { line, column } = node
    const place = { line, column, bound }
    switch (node.kind) {
      case 'Extends':
        links.push({
          ...place,
          kind: 'extends',
          names: namesIn(node.template),
          ignoreMissing: false,
          withContext: true,
        })
        break
      case 'Include': {
        const { ignoreMissing, withContext } = node
        links.push({ ...place, kind: 'include', names: namesIn(node.template), ignoreMissing, withContext })
        break
      }
      case 'Import':
      case 'FromImport': {
        const { withContext } = node
        links.push({
          ...place,
          kind: 'import',
          names: namesIn(node.template),
          ignoreMissing: false,
          withContext,
        })
      }
    }
    for (const child of childrenOf(node)) visit(child, inner)
  }
  const top = new Set<string>()
  for (const node of template.body) addStored(node, top)
  for (const node of template.body) visit(node, top)
  return links
}

/** The names that a template sets for the template it extends: those that are set outside of blocks and loops. */
export function exportedNames(template: Template): Set<string> {
  const names = new Set<string>()
  for (const node of template.body) addStored(node, names)
  return names
}

function addStored(node: Node, names: Set<string>): void {
  switch (node.kind) {
    case 'Assign':
    case 'AssignBlock':
      for (const name of targetNames(node.target)) names.add(name)
      return
    case 'Import':
      names.add(node.target)
      return
    case 'FromImport':
      for (const { alias } of node.names) names.add(alias)
      return
    case 'Macro':
      names.add(node.name)
      return
    case 'If':
      for (const child of [...node.body, ...node.elifs, ...node.orElse]) addStored(child, names)
  }
}

function boundIn(node: Node, outer: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(outer)
  switch (node.kind) {
    case 'For':
      for (const name of targetNames(node.target)) names.add(name)
      names.add('loop')
      break
    case 'With':
      for (const target of node.targets) for (const name of targetNames(target as Target)) names.add(name)
      break
    case 'Macro':
    case 'CallBlock':
      for (const param of node.params) names.add(param.name)
      break
    case 'Block':
    case 'FilterBlock':
    case 'Scope':
      break
    default:
      return outer
  }
  if ('body' in node) for (const child of node.body as readonly Node[]) addStored(child, names)
  return names
}

function targetNames(target: Target): string[] {
  if (target.kind === 'Name') return [target.name]
  return target.kind === 'Tuple' ? target.items.flatMap((item) => targetNames(item as Target)) : []
}

function namesIn(expression: Expression): string[] | null {
  if (expression.kind === 'Const') {
    const { value } = expression
    if (typeof value === 'string') return [value]
    return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : null
  }
  if (expression.kind !== 'Tuple' && expression.kind !== 'List') return null
  const names = expression.items.map((item) => namesIn(item)?.[0])
  return names.every((name) => name !== undefined) ? names : null
}
