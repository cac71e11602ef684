import { didYouMean } from '../did-you-mean.ts'
import type { Block, For, Node, Position, Statement, Target, Template } from '../syntax/ast.ts'
import { childrenOf, findAll } from '../syntax/visitor.ts'
import { findFilters, findTests } from './references.ts'

/** Something in a template that is allowed, and most likely not meant. */
export interface TemplateWarning extends Position {
  readonly code: 'unknown-filter' | 'unknown-test' | 'set-in-loop' | 'unscoped-block' | 'outside-blocks'
  readonly message: string
  /** What to do, in a sentence. */
  readonly hint: string
}

/** What of an environment the warnings depend on. */
export interface KnownNames {
  readonly filters: { has(name: string): boolean; keys(): Iterable<string> }
  readonly tests: { has(name: string): boolean; keys(): Iterable<string> }
}

/** The warnings for a template, in the order of the source. */
export function findWarnings(template: Template, known: KnownNames): TemplateWarning[] {
  return [
    ...unknownNames(template, known),
    ...setInLoop(template),
    ...unscopedBlocks(template),
    ...outsideBlocks(template),
  ].sort((a, b) => a.line - b.line || a.column - b.column)
}

function unknownNames(template: Template, { filters, tests }: KnownNames): TemplateWarning[] {
  const warnings: TemplateWarning[] = []
  for (const { name, line, column } of findFilters(template)) {
    if (filters.has(name)) continue
    const message = `there is no filter named '${name}'`
    warnings.push({
      code: 'unknown-filter',
      message,
      hint: suggestion(name, filters, 'filter'),
      line,
      column,
    })
  }
  for (const { name, line, column } of findTests(template)) {
    if (tests.has(name)) continue
    const message = `there is no test named '${name}'`
    warnings.push({ code: 'unknown-test', message, hint: suggestion(name, tests, 'test'), line, column })
  }
  return warnings
}

function suggestion(name: string, known: { keys(): Iterable<string> }, kind: string): string {
  return (
    didYouMean(name, known.keys()) ??
    `Add it to the environment with add${kind[0]!.toUpperCase()}${kind.slice(1)}.`
  )
}

/** `set` in a loop, of a name that is read behind the loop: what was set ends with each turn. */
function setInLoop(template: Template): TemplateWarning[] {
  const warnings: TemplateWarning[] = []
  const scopes: readonly (readonly Statement[])[] = [
    template.body,
    ...findAll(template, 'Block', 'Macro', 'CallBlock').map(({ body }) => body),
  ]
  for (const body of scopes) {
    const lost = new Map<string, Position>()
    for (const node of body) followSets(node, lost, warnings)
  }
  return warnings
}

/**
 * Goes through a node in the order in which it runs.
 *
 * @param lost The names that loops before have set, and nobody has set again.
 */
function followSets(node: Node, lost: Map<string, Position>, warnings: TemplateWarning[]): void {
  switch (node.kind) {
    case 'Block':
    case 'Macro':
      return
    case 'Name': {
      const place = node.ctx === 'load' ? lost.get(node.name) : undefined
      if (node.ctx === 'store') lost.delete(node.name)
      if (place === undefined) return
      lost.delete(node.name)
      warnings.push({
        code: 'set-in-loop',
        message: `'${node.name}' is set in a loop and read behind it, where it has the value from before the loop`,
        hint: `Use {% set ns = namespace(${node.name}=…) %}, and set and read ns.${node.name}.`,
        line: place.line,
        column: place.column,
      })
      return
    }
    case 'For': {
      followSets(node.iter, lost, warnings)
      const inner = new Map<string, Position>()
      for (const child of [...node.body, ...node.orElse]) followSets(child, inner, warnings)
      const given = new Set(namesOf(node.target))
      for (const [name, place] of inner) if (!given.has(name)) lost.set(name, place)
      for (const [name, place] of setsOf(node)) if (!given.has(name)) lost.set(name, place)
      return
    }
    case 'Assign':
      followSets(node.node, lost, warnings)
      followSets(node.target, lost, warnings)
      return
    case 'AssignBlock':
      for (const child of node.body) followSets(child, lost, warnings)
      followSets(node.target, lost, warnings)
      return
    default:
      for (const child of childrenOf(node)) followSets(child, lost, warnings)
  }
}

/** The names that the body of a loop sets in its own scope. */
function setsOf(loop: For): Map<string, Position> {
  const sets = new Map<string, Position>()
  const visit = (node: Node): void => {
    if (node.kind === 'Assign' || node.kind === 'AssignBlock') {
      for (const name of namesOf(node.target)) sets.set(name, node)
    } else if (node.kind === 'If') {
      for (const child of [...node.body, ...node.elifs, ...node.orElse]) visit(child)
    }
  }
  for (const node of loop.body) visit(node)
  return sets
}

function namesOf(target: Target): string[] {
  if (target.kind === 'Name') return [target.name]
  return target.kind === 'Tuple' ? target.items.flatMap((item) => namesOf(item as Target)) : []
}

/** A block in a loop that reads the loop's variables, which it does not see without `scoped`. */
function unscopedBlocks(template: Template): TemplateWarning[] {
  const warnings: TemplateWarning[] = []
  for (const loop of findAll(template, 'For')) {
    const given = new Set([...namesOf(loop.target), 'loop'])
    for (const node of loop.body.flatMap((each) => [each, ...findAll(each, 'Block')])) {
      if (node.kind !== 'Block' || node.scoped) continue
      const name = firstRead(node, given)
      if (name === undefined) continue
      warnings.push({
        code: 'unscoped-block',
        message: `the block '${node.name}' reads '${name}' of the loop around it, which blocks do not see`,
        hint: `Write {% block ${node.name} scoped %}.`,
        line: node.line,
        column: node.column,
      })
    }
  }
  return warnings
}

function firstRead(block: Block, names: ReadonlySet<string>): string | undefined {
  const own = new Set<string>()
  for (const node of findAll(block, 'Name')) {
    if (!names.has(node.name)) continue
    if (node.ctx !== 'load') own.add(node.name)
    else if (!own.has(node.name)) return node.name
  }
  return undefined
}

/** Text beside the blocks of a template that extends another one: it is never printed. */
function outsideBlocks(template: Template): TemplateWarning[] {
  const start = template.body.findIndex((node) => node.kind === 'Extends')
  if (start < 0) return []
  for (const node of template.body.slice(start)) {
    if (node.kind !== 'Output') continue
    const printed = node.nodes.find((child) => child.kind !== 'TemplateData' || child.data.trim() !== '')
    if (printed === undefined) continue
    return [
      {
        code: 'outside-blocks',
        message: 'this is outside of all blocks of a template that extends another one: it is not printed',
        hint: 'Put it into a block, or before {% extends %}.',
        line: printed.line,
        column: printed.column,
      },
    ]
  }
  return []
}
