import type { RuntimeTemplate } from '../runtime/compiled.ts'
import type { Context } from '../runtime/context.ts'

/** The variables and the output of a function of a template (its root, a block, a macro) while it runs. */
export class Frame {
  /** The variables, at the places that {@link Slots} has given them. */
  readonly slots: unknown[]
  /** The frame of the function around, whose variables are seen too. */
  readonly outer: Frame | null
  readonly context: Context
  /** The context in which names are looked up: another one in scopes of extensions that lay variables over others. */
  lookup: Context
  /** The line of the template that is running. */
  line: number
  /** The error of which the line is told, where functions of loops in this one fail inside of each other. */
  failure: unknown = null
  /** What was printed, in environments that print text. */
  out = ''
  /** What was printed, in native environments. */
  pieces: unknown[] = []
  /** The template that was extended. */
  parent: RuntimeTemplate | null = null

  constructor(slots: Slots, outer: Frame | null, context: Context, line: number) {
    this.slots = slots.emptySlots()
    this.outer = outer
    this.context = context
    this.lookup = outer === null ? context : outer.lookup
    this.line = line
  }
}

/** Where the variables of a function lie. Filled while it is built. */
export class Slots {
  readonly outer: Slots | null
  readonly #places = new Map<string, number>()
  #size = 0
  #empty: unknown[] | null = null

  constructor(outer: Slots | null) {
    this.outer = outer
  }

  /** Places for a frame of the function. Called when the function is built, so that their number is known. */
  emptySlots(): unknown[] {
    this.#empty ??= new Array<unknown>(this.#size).fill(undefined)
    return this.#empty.slice()
  }

  /** The place of a variable of this function. */
  own(ref: string): number {
    let place = this.#places.get(ref)
    if (place === undefined) {
      place = this.#size++
      this.#places.set(ref, place)
    }
    return place
  }

  /** A place for a value that no template can name. */
  unnamed(): number {
    return this.#size++
  }

  /** The place of a variable, and of how many functions outside it is. */
  find(ref: string): { readonly up: number; readonly place: number } {
    let up = 0
    for (let slots: Slots | null = this; slots !== null; slots = slots.outer) {
      const place = slots.#places.get(ref)
      if (place !== undefined) return { up, place }
      up += 1
    }
    return { up: 0, place: this.own(ref) }
  }
}
