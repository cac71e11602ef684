import type { Block, Node, Template } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'

/** What there is in a template, wherever it stands: who looks for one thing need not look where there is none. */
export interface Contents {
  readonly kinds: ReadonlySet<Node['kind']>
  /** The names that are read, called or stored as variables. */
  readonly names: ReadonlySet<string>
  /** The names that are stored or taken as parameters. */
  readonly stored: ReadonlySet<string>
  /** How often attributes of each name are read. */
  readonly attributes: ReadonlyMap<string, number>
  /** In the order of the source. */
  readonly blocks: readonly Block[]
}

/** Looks through a template once. */
export function contentsOf(template: Template): Contents {
  const kinds = new Set<Node['kind']>()
  const names = new Set<string>()
  const stored = new Set<string>()
  const attributes = new Map<string, number>()
  const blocks: Block[] = []
  walk(template, (node) => {
    kinds.add(node.kind)
    switch (node.kind) {
      case 'Name':
        names.add(node.name)
        if (node.ctx !== 'load') stored.add(node.name)
        return
      case 'NSRef':
      case 'Macro':
        names.add(node.name)
        return
      case 'Import':
        names.add(node.target)
        return
      case 'FromImport':
        for (const { alias } of node.names) names.add(alias)
        return
      case 'Getattr':
        attributes.set(node.attribute, (attributes.get(node.attribute) ?? 0) + 1)
        return
      case 'Block':
        blocks.push(node)
    }
  })
  return { kinds, names, stored, attributes, blocks }
}
