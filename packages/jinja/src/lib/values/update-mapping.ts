import { toArray } from './iterate.ts'
import type { Mapping } from './mapping.ts'
import { isMapping, mappingItems, mappingSet } from './mapping.ts'
import { ValueError } from './python-errors.ts'
import { refuseUndefined } from './undefined.ts'

/** Puts the items of a mapping, or of pairs, into a mapping. `undefined` stands for none. */
export function updateMapping(target: Mapping, source: unknown): void {
  if (source === undefined) return
  refuseUndefined(source)
  if (isMapping(source)) {
    for (const [key, value] of mappingItems(source)) mappingSet(target, key, value)
    return
  }
  toArray(source).forEach((item, index) => {
    const pair = pairItems(item, index)
    mappingSet(target, pair[0], pair[1])
  })
}

function pairItems(item: unknown, index: number): readonly unknown[] {
  if (typeof item !== 'string' && (typeof item !== 'object' || item === null)) {
    throw new TypeError(`cannot convert dictionary update sequence element #${index} to a sequence`)
  }
  const pair = toArray(item)
  if (pair.length !== 2) {
    throw new ValueError(
      `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`,
    )
  }
  return pair
}
