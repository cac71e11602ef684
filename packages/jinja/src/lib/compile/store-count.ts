import type { Node } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/visitor.ts'

/**
 * How often each name is stored in a frame. A macro whose name is stored once is the only value the name can have, so
 * calls may go to it directly.
 */
export function countStores(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const add = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'Name':
        if (node.ctx !== 'load') add(node.name)
        return
      case 'Macro':
        add(node.name)
        return
      case 'Import':
        add(node.target)
        return
      case 'FromImport':
        for (const { alias } of node.names) add(alias)
        return
      case 'AssignBlock':
        visit(node.target)
        return
      // Frames of their own, and what stores nothing.
      case 'For':
      case 'CallBlock':
      case 'FilterBlock':
      case 'With':
      case 'Block':
      case 'Scope':
      case 'OverlayScope':
      case 'Output':
        return
      default:
        forEachChild(node, visit)
    }
  }
  for (const node of nodes) visit(node)
  return counts
}
