/** Stands for a variable that is there and has no value, such as a parameter nobody gave: it hides others of its name. */
export const ABSENT: unique symbol = Symbol('absent')

/**
 * The variables of a loop, block, macro or template, inside of those around it. A variable that is `undefined` counts
 * as not there, as in Nunjucks.
 */
export class Frame {
  readonly parent: Frame | undefined
  /** Whether `set` stops looking for the variable here. */
  readonly isolatesWrites: boolean
  /** Whether it is that of a whole template: what is set there, others see. */
  isTopLevel = false
  #variables: Map<string, unknown> | undefined

  constructor(parent?: Frame, isolatesWrites: boolean = false) {
    this.parent = parent
    this.isolatesWrites = isolatesWrites
  }

  push(isolatesWrites: boolean = false): Frame {
    return new Frame(this, isolatesWrites)
  }

  /** The value; `undefined` if there is no such variable, {@link ABSENT} if it has none. */
  lookup(name: string): unknown {
    let frame: Frame | undefined = this
    do {
      const value = frame.#variables?.get(name)
      if (value !== undefined) return value
      frame = frame.parent
    } while (frame !== undefined)
    return undefined
  }

  /** Makes a variable of this frame: a parameter or the variable of a loop. */
  declare(name: string, value: unknown): void {
    this.#variables ??= new Map()
    this.#variables.set(name, value === undefined ? ABSENT : value)
  }

  /** `{% set %}`: changes the variable where it is, or makes it here. */
  assign(name: string, value: unknown): void {
    let frame: Frame | undefined = this
    while (frame !== undefined && frame.#variables?.get(name) === undefined) {
      frame = frame.isolatesWrites ? undefined : frame.parent
    }
    const owner = frame ?? this
    owner.#variables ??= new Map()
    owner.#variables.set(name, value)
  }
}
