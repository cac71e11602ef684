import type { Mapping } from './mapping.ts'
import { mappingItems, mappingKeys, mappingSize, mappingValues } from './mapping.ts'
import type { Repr } from './protocol.ts'

export type DictViewKind = 'keys' | 'values' | 'items'

/** What `dict.keys()`, `values()` and `items()` give: a look at the dict that follows its changes. */
export class DictView implements Iterable<unknown> {
  readonly #mapping: Mapping
  readonly #kind: DictViewKind

  constructor(mapping: Mapping, kind: DictViewKind) {
    this.#mapping = mapping
    this.#kind = kind
  }

  kind(): DictViewKind {
    return this.#kind
  }

  mapping(): Mapping {
    return this.#mapping
  }

  size(): number {
    return mappingSize(this.#mapping)
  }

  toArray(): unknown[] {
    if (this.#kind === 'items') return mappingItems(this.#mapping)
    return this.#kind === 'keys' ? mappingKeys(this.#mapping) : mappingValues(this.#mapping)
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.toArray()[Symbol.iterator]()
  }

  __type_name__(): string {
    return `dict_${this.#kind}`
  }

  __repr__(repr: Repr): string {
    return `dict_${this.#kind}([${this.toArray().map(repr).join(', ')}])`
  }
}
