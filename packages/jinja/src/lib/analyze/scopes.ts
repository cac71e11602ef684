import type { CallBlock, For, Macro, Node, Template } from '../syntax/ast.ts'
import { childrenOf, forEachChild, walk } from '../syntax/visitor.ts'
import type { Symbols } from './symbols.ts'

/**
 * Who stores, loads and closes over a name: Jinja's identifier tracking. One frame is analyzed at a time; parts with a
 * frame of their own are left out, except for what they evaluate outside (the iterated value of a loop, say).
 */

/** The part of a loop: its parts have frames of their own. */
export type LoopBranch = 'body' | 'else' | 'test'

/** Fills the symbols of the frame that a node opens. */
export function analyzeFrame(symbols: Symbols, node: Node): void {
  switch (node.kind) {
    case 'AssignBlock':
      if (node.filter !== null) visit(symbols, node.filter)
      visitAll(symbols, node.body)
      return
    case 'OverlayScope':
      visitAll(symbols, node.body)
      return
    case 'CallBlock':
      visitAll(symbols, node.params)
      visitAll(symbols, node.defaults)
      visitAll(symbols, node.body)
      return
    case 'With':
      visitAll(symbols, node.targets)
      visitAll(symbols, node.body)
      return
    default:
      visitAll(symbols, childrenOf(node))
  }
}

/** Fills the symbols of a frame of a loop. */
export function analyzeLoop(symbols: Symbols, node: For, branch: LoopBranch): void {
  if (branch !== 'else') declareTargets(symbols, node.target)
  if (branch === 'else') visitAll(symbols, node.orElse)
  else if (branch === 'body') visitAll(symbols, node.body)
  else if (node.test !== null) visit(symbols, node.test)
}

function visitAll(symbols: Symbols, nodes: readonly Node[]): void {
  for (const node of nodes) visit(symbols, node)
}

function visit(symbols: Symbols, node: Node): void {
  switch (node.kind) {
    case 'Name':
      if (node.ctx === 'load') symbols.load(node.name)
      else if (node.ctx === 'store') symbols.store(node.name)
      else symbols.declareParameter(node.name)
      return
    case 'NSRef':
      symbols.load(node.name)
      return
    case 'If': {
      visit(symbols, node.test)
      const branches = [node.body, node.elifs, node.orElse]
        // A branch without anything changes nothing.
        .filter((nodes) => nodes.length > 0)
        .map((nodes) => {
          const branch = symbols.branch()
          visitAll(branch, nodes)
          return branch
        })
      symbols.mergeBranches(branches)
      return
    }
    case 'Macro':
      symbols.store(node.name)
      return
    case 'Import':
      visit(symbols, node.template)
      symbols.store(node.target)
      return
    case 'FromImport':
      visit(symbols, node.template)
      for (const { alias } of node.names) symbols.store(alias)
      return
    case 'Assign':
      visit(symbols, node.node)
      visit(symbols, node.target)
      return
    case 'AssignBlock':
      visit(symbols, node.target)
      return
    case 'For':
      visit(symbols, node.iter)
      return
    case 'CallBlock':
      visit(symbols, node.call)
      return
    case 'FilterBlock':
      visit(symbols, node.filter)
      return
    case 'With':
      visitAll(symbols, node.values)
      return
    case 'Scope':
    case 'Block':
    case 'OverlayScope':
    case 'TemplateData':
    case 'Const':
      return
    case 'Getattr':
      visit(symbols, node.node)
      return
    case 'Output':
      visitAll(symbols, node.nodes)
      return
    default:
      forEachChild(node, (child) => visit(symbols, child))
  }
}

/** The targets of a loop are given by it, whatever they are called outside. */
function declareTargets(symbols: Symbols, target: Node): void {
  if (target.kind === 'Name') symbols.declareParameter(target.name)
  else if (target.kind === 'NSRef') symbols.load(target.name)
  else for (const item of childrenOf(target)) declareTargets(symbols, item)
}

/** Which of the names the nodes read without having been given them there. Blocks are not looked into. */
export function undeclaredNames(nodes: readonly Node[], names: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(names)
  const found = new Set<string>()
  const search = (node: Node): void => {
    if (wanted.size === 0 || node.kind === 'Block') return
    if (node.kind === 'Name') {
      if (node.ctx === 'load' && wanted.has(node.name)) found.add(node.name)
      else wanted.delete(node.name)
      return
    }
    forEachChild(node, search)
  }
  for (const node of nodes) search(node)
  return found
}

/** What has parameters. */
export type ParameterOwner = Macro | CallBlock

/** The names that a template stores or takes as parameters, wherever that is. */
export function storedNames(template: Template): Set<string> {
  const names = new Set<string>()
  walk(template, (node) => {
    if (node.kind === 'Name' && node.ctx !== 'load') names.add(node.name)
  })
  return names
}
