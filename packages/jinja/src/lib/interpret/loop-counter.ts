import type { ChangeMemory } from '../runtime/loop.ts'
import { cycleValue, hasChanged } from '../runtime/loop.ts'
import type { Expression } from '../syntax/ast.ts'

/** The variable `loop` of a loop that only asks it for the number of the iteration. It is seen by nothing else. */
export class LoopCounter {
  index0 = -1
  readonly depth = 1
  readonly depth0 = 0
  readonly #memory: ChangeMemory = { values: null }

  get index(): number {
    return this.index0 + 1
  }

  get first(): boolean {
    return this.index0 === 0
  }

  cycle(values: readonly unknown[]): unknown {
    return cycleValue(this.index0, values)
  }

  changed(values: readonly unknown[]): boolean {
    return hasChanged(this.#memory, values)
  }
}

const MEMBERS: ReadonlySet<string> = new Set([
  'index',
  'index0',
  'first',
  'depth',
  'depth0',
  'last',
  'length',
  'revindex',
  'revindex0',
  'previtem',
  'nextitem',
])

/** Whether an expression with an attribute is a member of a loop, unless `loop` means something else there. */
export function isLoopMember(node: Expression, attribute: string): boolean {
  return node.kind === 'Name' && node.name === 'loop' && MEMBERS.has(attribute)
}
