/** A step of a {@link GeneratorValue} gives this for an item that it leaves out. */
export const SKIP: unique symbol = Symbol('skip')

/**
 * What lazy filters (`map`, `select`, `unique`) give: values computed when they are asked for, once. Where all of
 * them are wanted, {@link drain} computes them in one loop.
 */
export class GeneratorValue implements IterableIterator<unknown> {
  readonly #open: () => readonly unknown[] | Iterator<unknown>
  readonly #step: (item: unknown) => unknown
  #source: Iterator<unknown> | undefined
  #isDone = false

  /**
   * @param open Gives the items: an array, or an iterator where they should not all be read at once. Called when the
   * first value is asked for.
   * @param step Computes the value for an item, or gives {@link SKIP}.
   */
  constructor(open: () => readonly unknown[] | Iterator<unknown>, step: (item: unknown) => unknown) {
    this.#open = open
    this.#step = step
  }

  next(): IteratorResult<unknown> {
    if (this.#isDone) return { done: true, value: undefined }
    if (this.#source === undefined) {
      const items = this.#open()
      this.#source = Array.isArray(items) ? items[Symbol.iterator]() : (items as Iterator<unknown>)
    }
    for (;;) {
      const item = this.#source.next()
      if (item.done) {
        this.#isDone = true
        return { done: true, value: undefined }
      }
      const value = this.#step(item.value)
      if (value !== SKIP) return { done: false, value }
    }
  }

  /** All values that are left. */
  drain(): unknown[] {
    const values: unknown[] = []
    if (this.#isDone) return values
    if (this.#source === undefined) {
      const items = this.#open()
      if (Array.isArray(items)) {
        this.#isDone = true
        const step = this.#step
        for (let index = 0; index < items.length; index++) {
          const value = step(items[index])
          if (value !== SKIP) values.push(value)
        }
        return values
      }
      this.#source = items as Iterator<unknown>
    }
    for (let step = this.next(); !step.done; step = this.next()) values.push(step.value)
    return values
  }

  [Symbol.iterator](): this {
    return this
  }

  __type_name__(): string {
    return 'generator'
  }

  __repr__(): string {
    return '<generator object>'
  }
}
