/**
 * A tuple of Python, as it comes out of a session or goes into one: an array that stays a tuple when it is written
 * again. Made by {@link tuple}.
 */
export class Tuple<Item = unknown> extends Array<Item> {
  // `map` and the like give plain arrays; a tuple is only made on purpose.
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** A {@link Tuple} of these items. */
export function tuple<Items extends readonly unknown[]>(...items: Items): Tuple<Items[number]> {
  const made = new Tuple<Items[number]>()
  made.push(...items)
  return made
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** A UUID that stays one when a session is written again, so that a Python application reads it as its own. */
export class Uuid {
  readonly #text: string

  /**
   * @param text 32 hexadecimal digits, with or without hyphens.
   * @throws TypeError for anything else.
   */
  constructor(text: string) {
    if (!UUID.test(text)) {
      throw new TypeError(`A UUID has 32 hexadecimal digits, got ${JSON.stringify(text)}.`)
    }
    const hex = text.replaceAll('-', '').toLowerCase()
    this.#text = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }

  /** The digits without hyphens. */
  get hex(): string {
    return this.#text.replaceAll('-', '')
  }

  toString(): string {
    return this.#text
  }

  toJSON(): string {
    return this.#text
  }
}
