import { MissingKeyError } from './errors.ts'
import { inspectAsText } from './inspect.ts'

/**
 * Everything that a {@link MultiDict} can be made from: pairs (of which several may share a key), another `MultiDict`,
 * or a mapping, where an array or set as a value stands for several values.
 */
export type MultiDictInit<Value = string> =
  | MultiDict<Value>
  | ReadonlyMap<string, Value | readonly Value[] | ReadonlySet<Value>>
  | Iterable<readonly [string, Value]>
  | Readonly<Record<string, Value | readonly Value[] | ReadonlySet<Value>>>

/**
 * A mapping with several values per key: query arguments, form fields, cookies, files. Methods that speak of one value
 * mean the first; {@link getList} and {@link lists} give all. Keys keep the order in which they first came.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.MultiDict
 */
export class MultiDict<Value = string> implements Iterable<[string, Value]> {
  static {
    inspectAsText(MultiDict)
  }

  // No list in here is empty, so that every key has a first value.
  #lists: Map<string, Value[]>

  constructor(init?: MultiDictInit<Value> | null) {
    this.#lists = new Map()
    if (init === undefined || init === null) return
    if (Array.isArray(init)) {
      // The form of parsers: an index spares what iterating and taking apart cost.
      const pairs = init as readonly (readonly [string, Value])[]
      for (let index = 0; index < pairs.length; index++)
        append(this.#lists, pairs[index]![0], pairs[index]![1])
    } else for (const [key, value] of multiItems(init)) append(this.#lists, key, value)
  }

  /** How many keys there are. */
  get size(): number {
    return this.#lists.size
  }

  has(key: string): boolean {
    return this.#lists.has(key)
  }

  /**
   * The first value of `key`, or `fallback`. With `convert`, the converted value; `fallback` also stands in where
   * `convert` throws or gives `NaN`, and where `Number` meets text that is empty or blank:
   * `args.get('page', 1, Number)` is a number for whatever the client sends.
   */
  get(key: string): Value | null
  get<Fallback>(key: string, fallback: Fallback): Value | Fallback
  get<Fallback, Converted>(
    key: string,
    fallback: Fallback,
    convert: (value: Value) => Converted,
  ): Converted | Fallback
  get(key: string, fallback: unknown = null, convert?: (value: Value) => unknown): unknown {
    const list = this.#lists.get(key)
    if (list === undefined) return fallback
    if (convert === undefined) return list[0]
    const converted = attempt(list[0]!, convert)
    return converted === FAILED ? fallback : converted
  }

  /**
   * The first value of `key`.
   *
   * @throws MissingKeyError if there is none. A request answers it with 400.
   */
  require(key: string): Value {
    const list = this.#lists.get(key)
    if (list === undefined) throw this.missing(key)
    return list[0]!
  }

  /** All values of `key`, converted where `convert` is given; those that it refuses (see {@link get}) are left out. */
  getList(key: string): Value[]
  getList<Converted>(key: string, convert: (value: Value) => Converted): Converted[]
  getList(key: string, convert?: (value: Value) => unknown): unknown[] {
    const list = this.#lists.get(key) ?? []
    return convert === undefined ? [...list] : convertAll(list, convert)
  }

  /** As {@link getList}; the name that `URLSearchParams` and `FormData` have for it. */
  getAll(key: string): Value[] {
    return this.getList(key)
  }

  /** Replaces all values of `key` by one. */
  set(key: string, value: Value): void {
    this.#lists.set(key, [value])
  }

  /** Adds one more value of `key`. */
  add(key: string, value: Value): void {
    append(this.#lists, key, value)
  }

  /** Replaces all values of `key` by these; without any, the key is removed. */
  setList(key: string, values: Iterable<Value>): void {
    const list = [...values]
    if (list.length === 0) this.#lists.delete(key)
    else this.#lists.set(key, list)
  }

  /** The first value of `key`; if there is none, `value` is stored first. */
  setDefault(key: string, value: Value): Value {
    const list = this.#lists.get(key)
    if (list !== undefined) return list[0]!
    this.set(key, value)
    return value
  }

  /** A copy of the values of `key`; if there are none, `values` are stored first. */
  setListDefault(key: string, values: Iterable<Value> = []): Value[] {
    if (!this.#lists.has(key)) this.setList(key, values)
    return this.getList(key)
  }

  /** Adds all of `init`; values that are there stay. */
  update(init: MultiDictInit<Value>): void {
    for (const [key, value] of multiItems(init)) this.add(key, value)
  }

  /** Removes all values of `key`; says whether there were any. */
  delete(key: string): boolean {
    return this.#lists.delete(key)
  }

  clear(): void {
    this.#lists.clear()
  }

  /**
   * Removes all values of `key` and gives the first, or `fallback`.
   *
   * @throws MissingKeyError if there is none and no `fallback` is given.
   */
  pop(key: string): Value
  pop<Fallback>(key: string, fallback: Fallback): Value | Fallback
  pop(key: string, ...fallback: unknown[]): unknown {
    const list = this.#lists.get(key)
    if (list === undefined) {
      if (fallback.length === 0) throw this.missing(key)
      return fallback[0]
    }
    this.#lists.delete(key)
    return list[0]
  }

  /** Removes all values of `key` and gives them; none is an empty array. */
  popList(key: string): Value[] {
    const list = this.#lists.get(key)
    if (list === undefined) return []
    this.#lists.delete(key)
    return list
  }

  /**
   * Removes the last key and gives it with its first value.
   *
   * @throws MissingKeyError if the dictionary is empty.
   */
  popItem(): [key: string, value: Value] {
    const [key, list] = this.popItemList()
    return [key, list[0]!]
  }

  /**
   * Removes the last key and gives it with all its values.
   *
   * @throws MissingKeyError if the dictionary is empty.
   */
  popItemList(): [key: string, values: Value[]] {
    let last: string | undefined
    for (const key of this.#lists.keys()) last = key
    if (last === undefined)
      throw this.missing('', `${this.constructor.name} is empty: there is nothing to pop.`)
    return [last, this.popList(last)]
  }

  /** Pairs of keys and first values; with `multi`, a pair for every value, those of one key together. */
  *items(options: { readonly multi?: boolean } = {}): IterableIterator<[key: string, value: Value]> {
    const multi = options.multi === true
    for (const [key, list] of this.#lists) {
      if (multi) for (const value of list) yield [key, value]
      else yield [key, list[0]!]
    }
  }

  /** Pairs of keys and copies of all their values. */
  *lists(): IterableIterator<[key: string, values: Value[]]> {
    for (const [key, list] of this.#lists) yield [key, [...list]]
  }

  keys(): IterableIterator<string> {
    return this.#lists.keys()
  }

  /** The first value of each key. */
  *values(): IterableIterator<Value> {
    for (const [, value] of this.items()) yield value
  }

  /** Copies of all values of each key. */
  *listValues(): IterableIterator<Value[]> {
    for (const [, list] of this.lists()) yield list
  }

  entries(): IterableIterator<[string, Value]> {
    return this.items()
  }

  [Symbol.iterator](): IterableIterator<[string, Value]> {
    return this.items()
  }

  /** Calls back with the first value of each key. */
  forEach(callback: (value: Value, key: string, dict: this) => void): void {
    for (const [key, value] of this.items()) callback(value, key, this)
  }

  /**
   * A plain object of first values, or with `flat: false` of arrays of all values. It has no prototype, so that keys
   * like `__proto__` are data.
   */
  toDict(options?: { readonly flat?: true }): Record<string, Value>
  toDict(options: { readonly flat: false }): Record<string, Value[]>
  toDict(options: { readonly flat?: boolean } = {}): Record<string, Value | Value[]> {
    const dict: Record<string, Value | Value[]> = Object.create(null)
    const entries = options.flat === false ? this.lists() : this.items()
    for (const [key, value] of entries) dict[key] = value
    return dict
  }

  toJSON(): Record<string, Value> {
    return this.toDict()
  }

  /** A changeable copy; the values themselves are shared. */
  copy(): MultiDict<Value> {
    return new MultiDict<Value>(this)
  }

  /** `MultiDict([["a", "1"], ["a", "2"]])` */
  toString(): string {
    const pairs = Array.from(this.items({ multi: true }), ([key, value]) => `[${show(key)}, ${show(value)}]`)
    return `${this.constructor.name}([${pairs.join(', ')}])`
  }

  get [Symbol.toStringTag](): string {
    return 'MultiDict'
  }

  /** The error for a key that is required and absent. Subclasses may give another. */
  protected missing(key: string, message?: string): Error {
    return new MissingKeyError(key, message)
  }
}

/** A {@link MultiDict} that cannot be changed: methods that would do so throw a `TypeError`. */
export class ImmutableMultiDict<Value = string> extends MultiDict<Value> {
  override set(): never {
    throw this.#immutable()
  }

  override add(): never {
    throw this.#immutable()
  }

  override setList(): never {
    throw this.#immutable()
  }

  override setDefault(): never {
    throw this.#immutable()
  }

  override setListDefault(): never {
    throw this.#immutable()
  }

  override update(): never {
    throw this.#immutable()
  }

  override delete(): never {
    throw this.#immutable()
  }

  override clear(): never {
    throw this.#immutable()
  }

  override pop(): never {
    throw this.#immutable()
  }

  override popList(): never {
    throw this.#immutable()
  }

  override popItem(): never {
    throw this.#immutable()
  }

  override popItemList(): never {
    throw this.#immutable()
  }

  override get [Symbol.toStringTag](): string {
    return 'ImmutableMultiDict'
  }

  #immutable(): TypeError {
    return new TypeError(`This ${this.constructor.name} cannot be changed. Change a copy: dict.copy().`)
  }
}

/**
 * A read-only view of several dictionaries: the first that has a key gives its value, and {@link getList} joins the
 * values of all. Later changes of the dictionaries show.
 */
export class CombinedMultiDict<Value = string> extends ImmutableMultiDict<Value> {
  readonly #dicts: readonly MultiDict<Value>[]

  constructor(dicts: Iterable<MultiDict<Value>> = []) {
    super()
    this.#dicts = [...dicts]
  }

  override get size(): number {
    return this.#keySet().size
  }

  override has(key: string): boolean {
    return this.#dicts.some((dict) => dict.has(key))
  }

  override get(key: string): Value | null
  override get<Fallback>(key: string, fallback: Fallback): Value | Fallback
  override get<Fallback, Converted>(
    key: string,
    fallback: Fallback,
    convert: (value: Value) => Converted,
  ): Converted | Fallback
  override get(key: string, fallback: unknown = null, convert?: (value: Value) => unknown): unknown {
    for (const dict of this.#dicts) {
      if (!dict.has(key)) continue
      const value = convert === undefined ? dict.require(key) : dict.get(key, FAILED, convert)
      if (value !== FAILED) return value
    }
    return fallback
  }

  override require(key: string): Value {
    for (const dict of this.#dicts) if (dict.has(key)) return dict.require(key)
    throw this.missing(key)
  }

  override getList(key: string): Value[]
  override getList<Converted>(key: string, convert: (value: Value) => Converted): Converted[]
  override getList(key: string, convert?: (value: Value) => unknown): unknown[] {
    const list = this.#dicts.flatMap((dict) => dict.getList(key))
    return convert === undefined ? list : convertAll(list, convert)
  }

  override *items(options: { readonly multi?: boolean } = {}): IterableIterator<[string, Value]> {
    if (options.multi === true) {
      for (const dict of this.#dicts) yield* dict.items(options)
    } else {
      for (const key of this.#keySet()) yield [key, this.require(key)]
    }
  }

  override *lists(): IterableIterator<[string, Value[]]> {
    for (const key of this.#keySet()) yield [key, this.getList(key)]
  }

  override keys(): IterableIterator<string> {
    return this.#keySet().values()
  }

  override get [Symbol.toStringTag](): string {
    return 'CombinedMultiDict'
  }

  #keySet(): Set<string> {
    const keys = new Set<string>()
    for (const dict of this.#dicts) for (const key of dict.keys()) keys.add(key)
    return keys
  }
}

/** All pairs of what a {@link MultiDict} can be made from, one for each value. */
export function* iterMultiItems<Value>(init: MultiDictInit<Value>): Generator<readonly [string, Value]> {
  yield* multiItems(init)
}

function multiItems<Value>(init: MultiDictInit<Value>): Iterable<readonly [string, Value]> {
  if (Array.isArray(init)) return init
  if (init instanceof MultiDict) return init.items({ multi: true })
  if (init instanceof Map) return expand<Value>(init as Map<string, Value>)
  if (Symbol.iterator in init) return init as Iterable<readonly [string, Value]>
  return expand<Value>(Object.entries(init))
}

function* expand<Value>(entries: Iterable<readonly [string, unknown]>): Generator<readonly [string, Value]> {
  for (const [key, value] of entries) {
    if (Array.isArray(value) || value instanceof Set) for (const item of value) yield [key, item as Value]
    else yield [key, value as Value]
  }
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

// What no conversion can give.
const FAILED: unique symbol = Symbol('failed conversion')

function attempt<Value>(value: Value, convert: (value: Value) => unknown): unknown {
  // Number('') is 0, but an empty field holds no number.
  if ((convert as unknown) === Number && typeof value === 'string' && value.trim() === '') return FAILED
  try {
    const converted = convert(value)
    return Number.isNaN(converted) ? FAILED : converted
  } catch {
    return FAILED
  }
}

function convertAll<Value>(list: readonly Value[], convert: (value: Value) => unknown): unknown[] {
  return list.map((value) => attempt(value, convert)).filter((value) => value !== FAILED)
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
