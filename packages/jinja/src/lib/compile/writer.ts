/**
 * Text that grows at its end, and in places kept free before. Code for line 12 of a template is written on line 12 if
 * the text is not past it, so that stack traces and breakpoints fit the template.
 */
export class Writer {
  readonly #parts: string[] = []
  #line = 1

  /** The line that is being written, counting from 1. */
  get line(): number {
    return this.#line
  }

  /** @param text Without line ends. */
  write(text: string): void {
    this.#parts.push(text)
  }

  /** Goes to a line, if the text is not past it. */
  toLine(line: number): void {
    if (this.#line >= line) return
    this.#parts.push('\n'.repeat(line - this.#line))
    this.#line = line
  }

  /** Goes to the next line. */
  newLine(): void {
    this.toLine(this.#line + 1)
  }

  /** Keeps a place free, to be filled when it is known what belongs there. */
  reserve(): Place {
    this.#parts.push('')
    return { at: this.#parts.length - 1 }
  }

  /** @param text Without line ends. */
  fill(place: Place, text: string): void {
    this.#parts[place.at] = text
  }

  toString(): string {
    return this.#parts.join('')
  }
}

/** A place kept free in a {@link Writer}. */
export interface Place {
  readonly at: number
}
