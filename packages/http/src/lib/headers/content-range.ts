import { inspectAsText } from '../collections/inspect.ts'
import { parsePlainInteger } from '../grammar/token.ts'

/**
 * Whether a part fits a whole: `start` and `stop` (exclusive) are both given or both null, the part is not empty and
 * begins inside of `length`. An unknown length is null.
 */
export function isByteRangeValid(start: number | null, stop: number | null, length: number | null): boolean {
  if (start === null || stop === null) return start === stop && (length === null || length >= 0)
  if (start < 0 || start >= stop) return false
  return length === null || start < length
}

/**
 * A `Content-Range` header: which part of the whole a response holds. `stop` is exclusive, unlike in the header.
 *
 * @see RFC 9110 §14.4
 */
export class ContentRange {
  static {
    inspectAsText(ContentRange)
  }

  #units: string | null = null
  #start: number | null = null
  #stop: number | null = null
  #length: number | null = null
  #onUpdate: ((range: ContentRange) => void) | null = null

  /**
   * @param units `bytes`, or null for no header at all.
   * @param onUpdate called after each change, to write the header back.
   * @throws RangeError if the part does not fit the length.
   */
  constructor(
    units: string | null,
    start: number | null = null,
    stop: number | null = null,
    length: number | null = null,
    onUpdate: ((range: ContentRange) => void) | null = null,
  ) {
    this.set(start, stop, length, units)
    this.#onUpdate = onUpdate
  }

  /** Reads a header; null if there is none or it is bad. {@link parseContentRange} gives an unset range there. */
  static fromHeader(
    header: string | null,
    onUpdate: ((range: ContentRange) => void) | null = null,
  ): ContentRange | null {
    const text = header?.trim() ?? ''
    const space = text.search(/[ \t]/)
    if (space < 0) return null
    const definition = text.slice(space).trimStart()
    const slash = definition.indexOf('/')
    if (slash < 0) return null
    const lengthText = definition.slice(slash + 1)
    const length = lengthText === '*' ? null : parsePlainInteger(lengthText)
    if (length === null && lengthText !== '*') return null
    const units = text.slice(0, space)
    const part = definition.slice(0, slash)
    if (part === '*') {
      return isByteRangeValid(null, null, length)
        ? new ContentRange(units, null, null, length, onUpdate)
        : null
    }
    const dash = part.indexOf('-')
    if (dash < 0) return null
    const start = parsePlainInteger(part.slice(0, dash))
    const last = parsePlainInteger(part.slice(dash + 1))
    if (start === null || last === null || !isByteRangeValid(start, last + 1, length)) return null
    return new ContentRange(units, start, last + 1, length, onUpdate)
  }

  /** The unit, or null if the header is unset. */
  get units(): string | null {
    return this.#units
  }

  set units(value: string | null) {
    this.#units = value
    this.#onUpdate?.(this)
  }

  /** The first position, or null for none: an unsatisfied range. */
  get start(): number | null {
    return this.#start
  }

  /** The position behind the last. */
  get stop(): number | null {
    return this.#stop
  }

  /** The length of the whole, or null if it is unknown. */
  get length(): number | null {
    return this.#length
  }

  set length(value: number | null) {
    this.set(this.#start, this.#stop, value, this.#units)
  }

  /** @throws RangeError if the part does not fit the length. */
  set(
    start: number | null,
    stop: number | null,
    length: number | null = null,
    units: string | null = 'bytes',
  ): void {
    if (!isByteRangeValid(start, stop, length)) {
      throw new RangeError(
        `A content range needs 0 <= start < stop and start < length, or no start and stop at all; got start ${start}, stop ${stop}, length ${length}.`,
      )
    }
    this.#units = units
    this.#start = start
    this.#stop = stop
    this.#length = length
    this.#onUpdate?.(this)
  }

  /** Takes the header out. */
  unset(): void {
    this.set(null, null, null, null)
  }

  /** The value of the header; empty if it is unset. */
  toHeader(): string {
    if (this.#units === null) return ''
    const length = this.#length ?? '*'
    if (this.#start === null || this.#stop === null) return `${this.#units} */${length}`
    return `${this.#units} ${this.#start}-${this.#stop - 1}/${length}`
  }

  toString(): string {
    return this.toHeader()
  }
}

/** Reads a header for changing; an absent or bad one is an unset range. */
export function parseContentRange(
  header: string | null,
  onUpdate: ((range: ContentRange) => void) | null = null,
): ContentRange {
  return ContentRange.fromHeader(header, onUpdate) ?? new ContentRange(null, null, null, null, onUpdate)
}
