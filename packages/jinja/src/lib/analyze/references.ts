import type { Expression, Node, Position, Template } from '../syntax/ast.ts'
import { childrenOf, findAll } from '../syntax/visitor.ts'
import { analyzeFrame, analyzeLoop, undeclaredNames } from './scopes.ts'
import { Symbols } from './symbols.ts'

/**
 * The names that a template may look up in its context: what a rendering has to give it. Names that the template stores
 * before it reads them are none; those that only some branches store count.
 *
 * @param globals What the environment gives to all templates; left out of the result.
 * @returns Sorted.
 */
export function findUndeclaredVariables(
  template: Template,
  globals: { has(name: string): boolean } = new Set<string>(),
): string[] {
  const { outside, inBlocks } = lookedUpNames(template)
  return Array.from(new Set([...outside, ...inBlocks]))
    .filter((name) => !globals.has(name))
    .sort()
}

/**
 * As {@link findUndeclaredVariables}, by where names are looked up: blocks look up all that is not their own, what the
 * template stores outside of them too.
 */
export function lookedUpNames(template: Template): {
  readonly outside: ReadonlySet<string>
  readonly inBlocks: ReadonlySet<string>
} {
  const outside = new Set<string>()
  const inBlocks = new Set<string>()
  const root = new Symbols()
  if (undeclaredNames(template.body, ['self']).size > 0) root.declareParameter('self')
  collectFrame(root, template, outside)
  for (const block of findAll(template, 'Block')) {
    const symbols = new Symbols()
    for (const name of undeclaredNames(block.body, ['self', 'super'])) symbols.declareParameter(name)
    collectFrame(symbols, block, inBlocks)
  }
  return { outside, inBlocks }
}

function collectFrame(symbols: Symbols, node: Node, names: Set<string>): void {
  analyzeFrame(symbols, node)
  collect(symbols, names)
  for (const child of childrenOf(node)) visit(child, symbols, names)
}

function collect(symbols: Symbols, names: Set<string>): void {
  for (const load of symbols.loads.values()) if (load.kind === 'resolve') names.add(load.name)
}

function visit(node: Node, symbols: Symbols, names: Set<string>): void {
  switch (node.kind) {
    case 'Block':
      return
    case 'For': {
      visit(node.iter, symbols, names)
      for (const branch of ['body', 'else', 'test'] as const) {
        const inner = new Symbols(symbols)
        if (branch === 'body') inner.declareParameter('loop')
        analyzeLoop(inner, node, branch)
        collect(inner, names)
        const nodes = branch === 'body' ? node.body : branch === 'else' ? node.orElse : []
        for (const child of nodes) visit(child, inner, names)
      }
      return
    }
    case 'Macro':
    case 'CallBlock': {
      if (node.kind === 'CallBlock') visit(node.call, symbols, names)
      const inner = new Symbols(symbols)
      const implied = undeclaredNames(node.body, ['caller', 'kwargs', 'varargs'])
      for (const name of implied) inner.declareParameter(name)
      collectFrame(inner, { ...node, kind: 'Macro', name: '' }, names)
      return
    }
    case 'With':
      for (const value of node.values) visit(value, symbols, names)
      collectScope(node, node.body, symbols, names)
      return
    case 'FilterBlock':
    case 'Scope':
    case 'AssignBlock':
      collectScope(node, node.body, symbols, names)
      return
    case 'OverlayScope':
      visit(node.context, symbols, names)
      collectScope(node, node.body, symbols, names)
      return
    default:
      for (const child of childrenOf(node)) visit(child, symbols, names)
  }
}

function collectScope(node: Node, body: readonly Node[], symbols: Symbols, names: Set<string>): void {
  const inner = new Symbols(symbols)
  analyzeFrame(inner, node)
  collect(inner, names)
  for (const child of body) visit(child, inner, names)
}

/**
 * The templates that a template extends, includes and imports, in the order of the source; `null` for each whose name
 * is only known when it runs.
 */
export function findReferencedTemplates(template: Template): (string | null)[] {
  const names: (string | null)[] = []
  for (const node of findAll(template, 'Include', 'Extends', 'Import', 'FromImport')) {
    switch (node.kind) {
      case 'Include':
        names.push(...namesIn(node.template, true))
        break
      case 'Extends':
      case 'Import':
      case 'FromImport':
        names.push(...namesIn(node.template, false))
    }
  }
  return names
}

function namesIn(expression: Expression, mayBeSeveral: boolean): (string | null)[] {
  if (expression.kind === 'Tuple' || expression.kind === 'List') {
    return expression.items.flatMap((item) => {
      if (item.kind !== 'Const') return [null]
      return typeof item.value === 'string' ? [item.value] : []
    })
  }
  if (expression.kind !== 'Const') return [null]
  const { value } = expression
  if (typeof value === 'string') return [value]
  if (mayBeSeveral && Array.isArray(value)) return value.filter((name) => typeof name === 'string')
  return [null]
}

/** A filter or test, and where it is used. */
export interface UsedName extends Position {
  readonly name: string
}

/** The filters that a template uses, in the order of the source. */
export function findFilters(template: Template): UsedName[] {
  return usedNames(template, 'Filter')
}

/** The tests that a template uses, in the order of the source. */
export function findTests(template: Template): UsedName[] {
  return usedNames(template, 'Test')
}

function usedNames(template: Template, kind: 'Filter' | 'Test'): UsedName[] {
  const used = findAll(template, kind).map(({ name, line, column }) => ({ name, line, column }))
  return used.sort((a, b) => a.line - b.line || a.column - b.column)
}
