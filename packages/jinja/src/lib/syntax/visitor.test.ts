import { describe, expect, it } from 'vitest'
import type { Node } from './ast.ts'
import { parse } from './parser.ts'
import { childrenOf, find, findAll, transform, walk } from './visitor.ts'

const source =
  '{% for a in b if c %}{{ a.x|f(1, k=d) }}{% else %}{% set e = [b] %}{% endfor %}{% if g %}{% elif h %}{{ i }}{% endif %}'

function names(node: Node): string[] {
  return Array.from(findAll(node, 'Name'), (found) => found.name)
}

describe('ways through a tree', () => {
  it('visit fields in the order of Jinja', () => {
    expect(names(parse(source))).toEqual(['a', 'b', 'a', 'd', 'e', 'b', 'c', 'g', 'h', 'i'])
  })

  it('visit parents first, and leave out what is below a node that says so', () => {
    const kinds: string[] = []
    walk(parse(source), (node) => {
      kinds.push(node.kind)
      return node.kind !== 'For' && node.kind !== 'If'
    })
    expect(kinds).toEqual(['Template', 'For', 'If'])
  })

  it('find the first node of a kind, or all of several', () => {
    const tree = parse(source)
    expect(find(tree, 'Filter')?.name).toBe('f')
    expect(find(tree, 'Macro')).toBeNull()
    expect(Array.from(findAll(tree, 'Assign', 'If'), (node) => node.kind)).toEqual(['Assign', 'If', 'If'])
  })

  it('know the children of every node', () => {
    const tree = parse(source)
    expect(childrenOf(tree).map((node) => node.kind)).toEqual(['For', 'If'])
    expect(childrenOf(find(tree, 'Filter') as Node).map((node) => node.kind)).toEqual([
      'Getattr',
      'Const',
      'Keyword',
    ])
  })
})

describe('transforming', () => {
  it('replaces nodes from below', () => {
    const tree = transform(parse(source), (node) =>
      node.kind === 'Name' ? { ...node, name: node.name.toUpperCase() } : node,
    )
    expect(names(tree)).toEqual(['A', 'B', 'A', 'D', 'E', 'B', 'C', 'G', 'H', 'I'])
  })

  it('copies only what changes', () => {
    const tree = parse(source)
    expect(transform(tree, (node) => node)).toBe(tree)
    const changed = transform(tree, (node) =>
      node.kind === 'Name' && node.name === 'i' ? { ...node } : node,
    )
    expect(changed).not.toBe(tree)
    expect(changed.body[0]).toBe(tree.body[0])
    expect(changed.body[1]).not.toBe(tree.body[1])
  })

  it('drops and multiplies nodes of lists', () => {
    const tree = transform(parse(source), (node) => {
      if (node.kind === 'For') return null
      return node.kind === 'If' && node.elifs.length === 0 ? [node, node] : node
    })
    expect(names(tree)).toEqual(['g', 'h', 'i', 'h', 'i'])
  })

  it('empties what may be empty, and refuses to empty the rest', () => {
    const drop = (name: string) => (node: Node) => (node.kind === 'Name' && node.name === name ? null : node)
    expect(names(transform(parse(source), drop('c')))).not.toContain('c')
    expect(() => transform(parse(source), drop('g'))).toThrow(
      "expected one node for 'test' of If in line 1, got none",
    )
    const double = (node: Node) => (node.kind === 'Name' && node.name === 'g' ? [node, node] : node)
    expect(() => transform(parse(source), double)).toThrow("for 'test' of If in line 1, got a list")
  })
})
