/** A map that forgets what was not used for the longest time. */
export class LruCache<Key, Value> {
  /** How many entries it keeps. */
  readonly capacity: number
  // A Map keeps its entries in the order in which they were added: the first is the oldest.
  readonly #entries = new Map<Key, Value>()

  /** @param capacity Below 0: no limit. */
  constructor(capacity: number) {
    this.capacity = capacity < 0 ? Number.POSITIVE_INFINITY : capacity
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key)
    // Moving an entry takes as long as finding it. While there is much room, nothing is forgotten soon.
    if (value !== undefined && this.#entries.size * 2 > this.capacity) {
      this.#entries.delete(key)
      this.#entries.set(key, value)
    }
    return value
  }

  set(key: Key, value: Value): void {
    if (this.capacity === 0) return
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.capacity) {
      const [oldest] = this.#entries.keys()
      this.#entries.delete(oldest!)
    }
  }

  delete(key: Key): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}
