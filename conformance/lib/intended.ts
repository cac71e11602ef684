import type { CaseResult } from './area.ts'
import { INTENDED_SHARE, type IntendedDifference } from './compatibility.ts'
import type { Selector } from './selector.ts'

/** Keeps book of the cases that differ on purpose. */
export class IntendedBook {
  readonly #uses: { line: number; selector: Selector; equal: string[]; different: number }[]
  readonly #different = new Map<string, number>()

  constructor(differences: readonly IntendedDifference[]) {
    this.#uses = differences.flatMap(({ selectors, line }) =>
      selectors.map((selector) => ({ line, selector, equal: [], different: 0 })),
    )
  }

  /** Whether the case failed and may. Skipped cases do not count. */
  admits(group: string, area: string, result: CaseResult): boolean {
    if (result.verdict === 'skipped') return false
    const uses = this.#uses.filter(({ selector }) => selector.matches(result.id, area))
    if (result.verdict === 'passed') {
      for (const use of uses) use.equal.push(result.id)
      return false
    }
    if (uses.length === 0) return false
    for (const use of uses) use.different++
    this.#different.set(group, (this.#different.get(group) ?? 0) + 1)
    return true
  }

  /** The lines whose cases do not differ any more: any case of an id or a range, all cases of an area or a pattern. */
  staleLines(): string[] {
    const stale: string[] = []
    for (const { line, selector, equal, different } of this.#uses) {
      if (equal.length === 0 || (!selector.isExact && different > 0)) continue
      const cases = selector.isExact ? `: ${equal.join(', ')}` : ''
      stale.push(
        `COMPATIBILITY.md:${line}: ${selector.text} does not differ any more${cases}. Remove it from the table.`,
      )
    }
    return stale
  }

  /** How many cases of each group differ on purpose. */
  get counts(): ReadonlyMap<string, number> {
    return this.#different
  }
}

/** What is wrong with `different` intended differences among `total` cases of a group, or null. */
export function excessOf(group: string, different: number, total: number): string | null {
  const most = Math.floor(total * INTENDED_SHARE)
  if (different <= most) return null
  return `${different} of the ${total} cases of ${group} differ on purpose; at most ${most} (${INTENDED_SHARE * 100} %) may.`
}
