import type { Contents } from '../analyze/contents.ts'
import { undeclaredIn } from '../analyze/contents.ts'
import type { Call, For, Getattr, Node } from '../syntax/ast.ts'
import { childrenOf, forEachChild } from '../syntax/visitor.ts'

/** A loop whose variable `loop` has no object: its members are computed where they stand. */
export interface InlineLoop {
  /** The variable `loop` of the scope, which the code does not have. */
  readonly ref: string
  /** The variable with the items: an array. */
  readonly items: string
  /** The variable with the number of the iteration, from 0. */
  readonly index0: string
  /** The variable that `loop.changed` remembers in. */
  readonly memory: string
}

/** How a loop uses its variable `loop`. */
export interface LoopUsage {
  /** Whether there is a variable `loop` at all. */
  readonly isExtended: boolean
  /** Whether it must be an object, since more is done with it than to read its members. */
  readonly needsObject: boolean
  /** Whether it asks for other items, or how many there are: they must be at hand as an array. */
  readonly looksAround: boolean
  /** Whether it calls `loop.changed`. */
  readonly asksForChanges: boolean
}

const POSITION = ['index', 'index0', 'first', 'depth', 'depth0']
const AROUND = ['last', 'length', 'revindex', 'revindex0', 'nextitem', 'previtem']
const MEMBERS: ReadonlySet<string> = new Set([...POSITION, ...AROUND])
const LOOKING_AROUND: ReadonlySet<string> = new Set(AROUND)

/** @param contents What there is in the template. */
export function loopUsage(node: For, contents: Contents): LoopUsage {
  const hasBlocks = contents.blocks.some((block) => block.scoped)
  const hasScopedBlock = hasBlocks && some([node], (each) => each.kind === 'Block' && each.scoped)
  const isNamed = undeclaredIn(contents, node.body, ['loop']).size > 0
  const usage = { needsObject: node.recursive || hasScopedBlock, looksAround: false, asksForChanges: false }
  if (isNamed && !usage.needsObject) for (const each of node.body) search(each, usage)
  return { isExtended: node.recursive || isNamed || hasScopedBlock, ...usage }
}

type Found = { -readonly [Key in keyof Omit<LoopUsage, 'isExtended'>]: LoopUsage[Key] }

function search(node: Node, found: Found): void {
  switch (node.kind) {
    case 'Name':
      if (node.name === 'loop') found.needsObject = true
      return
    case 'Getattr':
      if (isLoopMember(node)) {
        if (LOOKING_AROUND.has(node.attribute)) found.looksAround = true
        return
      }
      break
    case 'Call': {
      const method = loopMethod(node)
      if (method === undefined) break
      if (method === 'changed') found.asksForChanges = true
      for (const argument of node.args) search(argument, found)
      return
    }
    case 'For':
      // Its body has a `loop` of its own, or asks for none.
      search(node.iter, found)
      if (node.test !== null) search(node.test, found)
      for (const each of node.orElse) search(each, found)
      if (some(node.body, seesAllVariables)) found.needsObject = true
      return
    case 'Block':
      return
  }
  if (seesAllVariables(node)) found.needsObject = true
  forEachChild(node, (child) => search(child, found))
}

/** Whether the variables of the scope leave the code there, by their names. */
function seesAllVariables(node: Node): boolean {
  switch (node.kind) {
    case 'Include':
    case 'Import':
    case 'FromImport':
      return node.withContext
    case 'Block':
      return node.scoped
    case 'DerivedContextReference':
    case 'OverlayScope':
      return true
    default:
      return false
  }
}

/** Whether an expression is a member of a loop, unless `loop` means something else there. */
export function isLoopMember({ node, attribute }: Getattr): boolean {
  return isLoop(node) && MEMBERS.has(attribute)
}

function isLoop(node: Node): boolean {
  return node.kind === 'Name' && node.name === 'loop' && node.ctx === 'load'
}

/** The method in `loop.cycle(…)` and `loop.changed(…)`, if it can be computed in place. */
export function loopMethod(call: Call): 'cycle' | 'changed' | undefined {
  const { node } = call
  if (node.kind !== 'Getattr' || !isLoop(node.node)) return undefined
  if (call.kwargs.length > 0 || call.dynArgs !== null || call.dynKwargs !== null) return undefined
  return node.attribute === 'cycle' || node.attribute === 'changed' ? node.attribute : undefined
}

/** Whether the body of a loop asks for what the loop walks: a generator that both take from must not be used up before. */
export function namesItsItems({ iter, body }: For, { names }: Contents): boolean {
  if (iter.kind !== 'Name' || names.get(iter.name) === 1) return false
  return some(body, (node) => node.kind === 'Name' && node.name === iter.name)
}

/** Whether one of the nodes, or of those below them, is what is asked for. */
export function some(nodes: readonly Node[], isWanted: (node: Node) => boolean): boolean {
  return nodes.some((node) => isWanted(node) || some(childrenOf(node), isWanted))
}
