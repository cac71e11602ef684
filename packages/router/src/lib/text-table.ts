/**
 * Values by text, to be found by a piece of a path. Such a piece has no hash yet, and making one takes longer
 * than comparing: texts lie in lists by their length and last character but one. That tells the paths and segments
 * of an application apart better than their first character, or the last, which is often an `s` or a slash.
 */
export class TextTable<Value> {
  readonly #lists: (Entry<Value> | null)[] = new Array<Entry<Value> | null>(LISTS).fill(null)
  readonly #all = new Map<string, Value>()

  /** Adds a text. One that is known keeps its value. */
  add(text: string, value: Value): void {
    if (this.#all.has(text)) return
    const list = listOf(text, 0, text.length)
    this.#lists[list] = { text, value, after: this.#lists[list]! }
    this.#all.set(text, value)
  }

  /** The value of the text between two places. */
  find(text: string, start: number, end: number): Value | null {
    let entry = this.#lists[listOf(text, start, end)]!
    if (entry === null) return null
    const piece = text.slice(start, end)
    for (let tries = 0; entry !== null; entry = entry.after!) {
      if (entry.text === piece) return entry.value
      // Of texts that look alike the map finds the right one in a time that does not depend on their number.
      if (++tries === LONG_LIST) return this.#all.get(piece) ?? null
    }
    return null
  }
}

interface Entry<Value> {
  readonly text: string
  readonly value: Value
  readonly after: Entry<Value> | null
}

/** How many lists there are, a power of two. */
const LISTS = 256
/** How many texts of one list are compared. */
const LONG_LIST = 4

function listOf(text: string, start: number, end: number): number {
  const length = end - start
  const code = length > 1 ? text.charCodeAt(end - 2) : 0
  return (code + length * 29) & (LISTS - 1)
}
