import { parseJson } from '@phial/http'
import { httpDate, parseDate } from '@phial/http/headers'
import { isMarkup, Markup } from '@phial/markup'
import { dumpPythonJson } from './python-json.ts'
import { Tuple, Uuid } from './python-values.ts'

/** How values of one kind are written so that they come back as what they were. */
export interface JsonTag {
  /** The key that marks such a value: `{" d": "Sun, 17 May 2020 13:14:15 GMT"}`. Begins with a blank by custom. */
  readonly key: string
  check(value: unknown): boolean
  /** The value as JSON; `tag` does the same with what it contains. */
  toJson(value: unknown, tag: (item: unknown) => unknown): unknown
  /**
   * The value from what {@link toJson} made of it.
   *
   * @throws TypeError for what it never makes.
   */
  toJs(value: unknown): unknown
}

const tupleTag: JsonTag = {
  key: ' t',
  check: (value) => value instanceof Tuple,
  toJson: (value, tag) => Array.from(value as Tuple, tag),
  toJs(value) {
    if (!Array.isArray(value)) throw unfit(this, 'an array')
    const made = new Tuple()
    for (const item of value) made.push(item)
    return made
  },
}

const bytesTag: JsonTag = {
  key: ' b',
  check: (value) => value instanceof Uint8Array,
  toJson: (value) => btoa(Array.from(value as Uint8Array, (byte) => String.fromCharCode(byte)).join('')),
  toJs(value) {
    try {
      return Uint8Array.from(atob(textFor(this, value)), (unit) => unit.charCodeAt(0))
    } catch (error) {
      throw new TypeError('Bytes are written in base64.', { cause: error })
    }
  },
}

const markupTag: JsonTag = {
  key: ' m',
  check: isMarkup,
  toJson: String,
  toJs(value) {
    return new Markup(textFor(this, value))
  },
}

const uuidTag: JsonTag = {
  key: ' u',
  check: (value) => value instanceof Uuid,
  toJson: (value) => (value as Uuid).hex,
  toJs(value) {
    return new Uuid(textFor(this, value))
  },
}

const dateTag: JsonTag = {
  key: ' d',
  check: (value) => value instanceof Date,
  toJson: (value) => httpDate(value as Date),
  toJs(value) {
    return parseDate(textFor(this, value)) ?? fail(unfit(this, 'a date'))
  },
}

/** The kinds of values that sessions hold besides those of JSON. */
export const DEFAULT_TAGS: readonly JsonTag[] = [tupleTag, bytesTag, markupTag, uuidTag, dateTag]

const MAX_DEPTH = 100

/** Marks an object whose only key is one of a tag, so that it is not mistaken for it. */
const OBJECT_KEY = ' di'

/**
 * JSON that also holds tuples, bytes, `Markup`, UUIDs and dates, in the form of Flask's `TaggedJSONSerializer`. Sessions
 * are written with it.
 */
export class TaggedJsonSerializer {
  readonly #tags: JsonTag[] = []
  readonly #byKey = new Map<string, JsonTag>()

  constructor(tags: Iterable<JsonTag> = DEFAULT_TAGS) {
    for (const tag of tags) this.register(tag)
  }

  /**
   * Adds a tag for values of a class of your own.
   *
   * @param options `index`: its place in the order in which tags are tried, default last; `force`: takes the place of
   *   a tag with the same key.
   * @throws TypeError for a key that another tag has.
   */
  register(tag: JsonTag, { index, force = false }: { index?: number; force?: boolean } = {}): void {
    const present = this.#byKey.get(tag.key)
    if (tag.key === OBJECT_KEY || (present !== undefined && !force)) {
      throw new TypeError(`The key ${JSON.stringify(tag.key)} is already used by another JSON tag.`)
    }
    if (present !== undefined) this.#tags.splice(this.#tags.indexOf(present), 1)
    this.#byKey.set(tag.key, tag)
    this.#tags.splice(index ?? this.#tags.length, 0, tag)
  }

  /**
   * A value as compact JSON in ASCII.
   *
   * @throws TypeError for what neither JSON nor a tag can hold.
   */
  dumps(value: unknown): string {
    return dumpPythonJson(this.#tag(value, 0), { compact: true })
  }

  /**
   * A value from what {@link dumps} made of it.
   *
   * @throws SyntaxError for text that is no JSON; TypeError or RangeError for a tag with a value that does not fit.
   */
  loads(text: string): unknown {
    return this.#untag(parseJson(text))
  }

  #tag(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (depth > MAX_DEPTH) {
      throw new TypeError(
        `JSON may be nested ${MAX_DEPTH} levels deep; this goes deeper, or contains itself.`,
      )
    }
    const tag = (item: unknown): unknown => this.#tag(item, depth + 1)
    for (const known of this.#tags) {
      if (known.check(value)) return new Map([[known.key, known.toJson(value, tag)]])
    }
    if (Array.isArray(value)) return value.map(tag)
    const entries = entriesOf(value)
    if (entries === null) return value
    const tagged = new Map(entries.map(([key, item]) => [key, tag(item)]))
    const [only] = tagged.keys()
    if (tagged.size !== 1 || only === undefined || !this.#isTag(only)) return tagged
    return new Map([[OBJECT_KEY, new Map([[`${only}__`, tagged.get(only)]])]])
  }

  #untag(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item: unknown) => this.#untag(item))
    const entries = Object.entries(value)
    for (const entry of entries) entry[1] = this.#untag(entry[1])
    const [first] = entries
    if (entries.length !== 1 || first === undefined || !this.#isTag(first[0])) {
      return Object.fromEntries(entries)
    }
    const [key, content] = first
    return key === OBJECT_KEY ? untagObject(content) : this.#byKey.get(key)!.toJs(content)
  }

  #isTag(key: string): boolean {
    return key === OBJECT_KEY || this.#byKey.has(key)
  }
}

function untagObject(content: unknown): unknown {
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : []
  const [first] = entries
  if (entries.length !== 1 || first === undefined || !first[0].endsWith('__')) {
    throw new TypeError('A tagged object has one key, which ends in two underscores.')
  }
  return { [first[0].slice(0, -2)]: first[1] }
}

/** The members of a mapping, or null for an object of another class. */
function entriesOf(value: object): [string, unknown][] | null {
  if (value instanceof Map) return [...value].map(([key, item]: [unknown, unknown]) => [String(key), item])
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null ? Object.entries(value) : null
}

function textFor(tag: JsonTag, value: unknown): string {
  return typeof value === 'string' ? value : fail(unfit(tag, 'text'))
}

function unfit(tag: JsonTag, expected: string): TypeError {
  return new TypeError(`A value of the JSON tag ${JSON.stringify(tag.key)} is ${expected}.`)
}

function fail(error: Error): never {
  throw error
}
