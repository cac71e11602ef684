import { hashKey } from './hash-key.ts'

/**
 * A dict made in a template: a `Map` whose keys are compared as Python compares them. `1`, `1.0` and `True` are one
 * key, tuples are keys by their items, and a key keeps the form in which it was first written.
 */
export class Dict extends Map<unknown, unknown> {
  /** From the hash to the key as first written, for keys where the two differ. */
  #written: Map<unknown, unknown> | undefined

  constructor(entries: Iterable<readonly [unknown, unknown]> = []) {
    // A Map sets what it is given before this class has its fields.
    super()
    for (const [key, value] of entries) this.set(key, value)
  }

  #find(key: unknown): unknown {
    const hash = hashKey(key)
    return this.#written?.get(hash) ?? hash
  }

  override get(key: unknown): unknown {
    return super.get(this.#find(key))
  }

  override has(key: unknown): boolean {
    return super.has(this.#find(key))
  }

  override set(key: unknown, value: unknown): this {
    const hash = hashKey(key)
    const written = this.#written?.get(hash)
    if (written !== undefined) return super.set(written, value)
    if (hash === key || super.has(hash)) return super.set(hash, value)
    this.#written ??= new Map()
    this.#written.set(hash, key)
    return super.set(key, value)
  }

  override delete(key: unknown): boolean {
    const hash = hashKey(key)
    const found = this.#written?.get(hash) ?? hash
    this.#written?.delete(hash)
    return super.delete(found)
  }

  override clear(): void {
    this.#written = undefined
    super.clear()
  }
}

/** The dict of a literal: keys and values by turns. */
export function dictOf(keysAndValues: readonly unknown[]): Dict {
  const dict = new Dict()
  for (let index = 0; index + 1 < keysAndValues.length; index += 2) {
    dict.set(keysAndValues[index], keysAndValues[index + 1])
  }
  return dict
}
