/** Keeps what was made from the texts last asked for, a bounded number of them. */
export class RecentCache<Value> {
  readonly #values = new Map<string, Value>()
  readonly #size: number
  readonly #maxLength: number

  /** @param size how many texts are kept. @param maxLength longer texts are not kept. */
  constructor(size: number, maxLength: number) {
    this.#size = size
    this.#maxLength = maxLength
  }

  /** The value for a text; it is made if there is none. */
  get(text: string, make: (text: string) => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) return known
    const value = make(text)
    if (text.length > this.#maxLength) return value
    if (this.#values.size >= this.#size) this.#values.delete(this.#values.keys().next().value!)
    this.#values.set(text, value)
    return value
  }
}
