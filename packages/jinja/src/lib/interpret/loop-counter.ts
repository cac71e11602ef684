import type { ChangeMemory } from '../runtime/loop.ts'
import { cycleValue, hasChanged } from '../runtime/loop.ts'

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
