import { ValueError } from './python-errors.ts'

/** Python's `range`: the ints from `start` to before `stop`, computed when they are asked for. */
export class IntRange implements Iterable<number> {
  readonly #start: number
  readonly #stop: number
  readonly #step: number
  readonly #size: number

  constructor(start: number, stop: number, step: number = 1) {
    if (step === 0) throw new ValueError('range() arg 3 must not be zero')
    this.#start = start
    this.#stop = stop
    this.#step = step
    this.#size = Math.max(0, Math.ceil((stop - start) / step))
  }

  /** `start`, `stop` and `step`. */
  bounds(): { start: number; stop: number; step: number } {
    return { start: this.#start, stop: this.#stop, step: this.#step }
  }

  /** How many ints it has. */
  size(): number {
    return this.#size
  }

  /** The int at a position, counted from the end if negative; `undefined` outside. */
  at(position: number): number | undefined {
    const index = position < 0 ? position + this.#size : position
    return index >= 0 && index < this.#size ? this.#start + index * this.#step : undefined
  }

  contains(value: number): boolean {
    const offset = value - this.#start
    const index = offset / this.#step
    return Number.isInteger(index) && index >= 0 && index < this.#size
  }

  toArray(): number[] {
    const items: number[] = new Array(this.#size)
    for (let index = 0; index < this.#size; index++) items[index] = this.#start + index * this.#step
    return items
  }

  [Symbol.iterator](): Iterator<number> {
    let index = 0
    return {
      next: (): IteratorResult<number> =>
        index < this.#size
          ? { done: false, value: this.#start + index++ * this.#step }
          : { done: true, value: undefined },
    }
  }

  __type_name__(): string {
    return 'range'
  }

  __repr__(): string {
    const step = this.#step === 1 ? '' : `, ${this.#step}`
    return `range(${this.#start}, ${this.#stop}${step})`
  }

  toString(): string {
    return this.__repr__()
  }
}
