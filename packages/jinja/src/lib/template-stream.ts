/** Where a stream can be written to. */
export interface TextSink {
  write(text: string): unknown
}

/**
 * The pieces of a template that is being rendered. Several can be put together, which makes fewer and longer ones.
 *
 * ```ts
 * const stream = template.stream({ rows })
 * stream.enableBuffering(20)
 * for (const piece of stream) response.write(piece)
 * ```
 */
export class TemplateStream implements IterableIterator<string> {
  readonly #pieces: Iterator<string>
  #size = 1

  constructor(pieces: Iterator<string>) {
    this.#pieces = pieces
  }

  /** Whether pieces are put together. */
  get buffered(): boolean {
    return this.#size > 1
  }

  /**
   * Puts pieces together.
   *
   * @param size How many. Default: 5.
   * @throws {RangeError} for less than 2.
   */
  enableBuffering(size: number = 5): void {
    if (!(size > 1)) throw new RangeError(`expected at least 2 pieces to put together, got ${size}`)
    this.#size = size
  }

  /** Gives each piece as it comes. */
  disableBuffering(): void {
    this.#size = 1
  }

  next(): IteratorResult<string> {
    let text = ''
    let count = 0
    while (count < this.#size) {
      const step = this.#pieces.next()
      if (step.done) break
      text += step.value
      if (step.value !== '') count++
    }
    return count === 0 ? { done: true, value: undefined } : { done: false, value: text }
  }

  [Symbol.iterator](): this {
    return this
  }

  /** Writes all pieces that are left. */
  dump(sink: TextSink): void {
    for (const piece of this) sink.write(piece)
  }
}
