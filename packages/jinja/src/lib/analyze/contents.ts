import type { Block, Node, Template } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'
import { undeclaredNames } from './scopes.ts'

/** What there is in a template, wherever it stands: who looks for one thing need not look where there is none. */
export interface Contents {
  readonly kinds: ReadonlySet<Node['kind']>
  /** The names of variables, and how often each stands there. */
  readonly names: ReadonlyMap<string, number>
  /** The names that are stored or taken as parameters. */
  readonly stored: ReadonlySet<string>
  /** How often attributes of each name are read. */
  readonly attributes: ReadonlyMap<string, number>
  /** In the order of the source. */
  readonly blocks: readonly Block[]
}

/**
 * Looks through a template once.
 *
 * @throws {TypeError} if a variable or a block has a name that is none.
 */
export function contentsOf(template: Template): Contents {
  const kinds = new Set<Node['kind']>()
  const names = new Map<string, number>()
  const stored = new Set<string>()
  const attributes = new Map<string, number>()
  const blocks: Block[] = []
  walk(template, (node) => {
    kinds.add(node.kind)
    switch (node.kind) {
      case 'Name':
        count(names, node.name)
        if (node.ctx !== 'load') stored.add(node.name)
        return false
      case 'TemplateData':
      case 'Const':
        // There is nothing below.
        return false
      case 'NSRef':
      case 'Macro':
        count(names, node.name)
        return true
      case 'Import':
        count(names, node.target)
        return true
      case 'FromImport':
        for (const { alias } of node.names) count(names, alias)
        return true
      case 'Getattr':
        count(attributes, node.attribute)
        return true
      case 'Block':
        blocks.push(node)
    }
    return true
  })
  for (const name of names.keys()) checkName(name)
  for (const { name } of blocks) checkName(name)
  return { kinds, names, stored, attributes, blocks }
}

/** Which of the names nodes of the template read without having been given them there. */
export function undeclaredIn(
  contents: Contents,
  nodes: readonly Node[],
  names: readonly string[],
): ReadonlySet<string> {
  return names.some((name) => contents.names.has(name)) ? undeclaredNames(nodes, names) : NONE
}

const NONE: ReadonlySet<string> = new Set()

/** Names become variables of generated code. Those of sources are fine; extensions might make others. */
function checkName(name: string): void {
  if (/^[\w$]+$/.test(name) || /^[\p{ID_Continue}$]+$/u.test(name)) return
  throw new TypeError(`expected the name of a variable, got ${JSON.stringify(name)}`)
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
