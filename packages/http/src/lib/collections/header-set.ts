import { dumpListHeader, parseListHeader } from '../grammar/list.ts'
import { inspectAsText } from './inspect.ts'

/**
 * The items of a header like `Vary` or `Allow`: ordered, and compared without case.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.HeaderSet
 */
export class HeaderSet implements Iterable<string> {
  static {
    inspectAsText(HeaderSet)
  }

  // In order and spelling of arrival; a header that repeats an item keeps both.
  #items: string[]
  readonly #keys: Set<string>
  readonly #onUpdate: ((set: HeaderSet) => void) | null

  /** @param onUpdate called after each change, to write the set back. */
  constructor(items: Iterable<string> = [], onUpdate: ((set: HeaderSet) => void) | null = null) {
    this.#items = [...items]
    this.#keys = new Set(this.#items.map(lower))
    this.#onUpdate = onUpdate
  }

  /** Reads a header; null and the empty text are the empty set. */
  static fromHeader(header: string | null, onUpdate: ((set: HeaderSet) => void) | null = null): HeaderSet {
    return new HeaderSet(header === null ? [] : parseListHeader(header), onUpdate)
  }

  /** How many different items there are. */
  get size(): number {
    return this.#keys.size
  }

  has(item: string): boolean {
    return this.#keys.has(lower(item))
  }

  /** Adds an item, unless it is there in any case. */
  add(item: string): this {
    return this.update([item])
  }

  /** Adds several items. */
  update(items: Iterable<string>): this {
    let added = false
    for (const item of items) {
      const key = lower(item)
      if (this.#keys.has(key)) continue
      this.#keys.add(key)
      this.#items.push(item)
      added = true
    }
    if (added) this.#onUpdate?.(this)
    return this
  }

  /** Removes an item; says whether it was there. */
  delete(item: string): boolean {
    const key = lower(item)
    if (!this.#keys.delete(key)) return false
    this.#items = this.#items.filter((other) => lower(other) !== key)
    this.#onUpdate?.(this)
    return true
  }

  clear(): void {
    this.#keys.clear()
    this.#items = []
    this.#onUpdate?.(this)
  }

  /** The position of an item, or -1. */
  indexOf(item: string): number {
    const key = lower(item)
    return this.#items.findIndex((other) => lower(other) === key)
  }

  /** The items as a `Set`, in lower case unless `preserveCase` is set. */
  toSet(options: { readonly preserveCase?: boolean } = {}): Set<string> {
    return new Set(options.preserveCase === true ? this.#items : this.#keys)
  }

  values(): IterableIterator<string> {
    return this.#items.values()
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#items.values()
  }

  /** The value of the header: `Accept, Cookie`. */
  toHeader(): string {
    return dumpListHeader(this.#items)
  }

  toString(): string {
    return this.toHeader()
  }

  toJSON(): string[] {
    return [...this.#items]
  }
}

function lower(item: string): string {
  return item.toLowerCase()
}
