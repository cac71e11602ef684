import { RecursionError } from '../errors.ts'
import { equals } from '../values/compare.ts'
import { DictView } from '../values/dict-view.ts'
import { drainIterator, iterate, sizeOf } from '../values/iterate.ts'
import type { Tuple } from '../values/tuple.ts'
import { pairOf } from '../values/tuple.ts'
import type { RuntimeEnvironment } from './compiled.ts'
import type { Context } from './context.ts'
import { MAX_MACRO_DEPTH } from './limits.ts'
import { markSafe } from './output.ts'

/** Renders a recursive loop over other items, one level deeper. Gives text; a promise of it in async templates. */
export type RenderLoop = (items: unknown, depth: number) => unknown

/** No item. */
const NONE: unique symbol = Symbol('none')

/**
 * The variable `loop` as a value, where a template does more with it than read its members. It walks the items itself:
 * asking for `last` or `nextitem` reads one item ahead, asking for `length` may read them all.
 */
export class LoopContext {
  readonly #items: unknown
  readonly #environment: RuntimeEnvironment
  readonly #render: RenderLoop | null
  readonly #depth0: number
  #iterator: Iterator<unknown>
  #index0 = -1
  #size: number | undefined
  #before: unknown = NONE
  #current: unknown = NONE
  #after: unknown = NONE
  readonly #memory: ChangeMemory = { values: null }

  constructor(
    items: unknown,
    environment: RuntimeEnvironment,
    render: RenderLoop | null = null,
    depth0: number = 0,
  ) {
    this.#items = items
    this.#environment = environment
    this.#render = render
    this.#depth0 = depth0
    this.#iterator = iterate(items)
  }

  /** Goes to the next item. False if there is none. For code of templates, which templates themselves cannot reach. */
  __advance__(): boolean {
    const next = this.#peek()
    if (next === NONE) return false
    this.#after = NONE
    this.#index0++
    this.#before = this.#current
    this.#current = next
    return true
  }

  /** The item of this iteration. */
  __current__(): unknown {
    return this.#current
  }

  #peek(): unknown {
    if (this.#after === NONE) {
      const step = this.#iterator.next()
      if (!step.done) this.#after = step.value
    }
    return this.#after
  }

  get index0(): number {
    return this.#index0
  }

  get index(): number {
    return this.#index0 + 1
  }

  get length(): number {
    if (this.#size === undefined) {
      this.#size = isGeneratorLike(this.#items) ? undefined : sizeOf(this.#items)
      if (this.#size === undefined) {
        const rest = drainIterator(this.#iterator)
        this.#iterator = rest[Symbol.iterator]()
        this.#size = rest.length + this.index + (this.#after === NONE ? 0 : 1)
      }
    }
    return this.#size
  }

  get revindex0(): number {
    return this.length - this.index
  }

  get revindex(): number {
    return this.length - this.#index0
  }

  get first(): boolean {
    return this.#index0 === 0
  }

  get last(): boolean {
    return this.#peek() === NONE
  }

  get previtem(): unknown {
    return this.first ? this.#environment.makeUndefined('there is no previous item') : this.#before
  }

  get nextitem(): unknown {
    const next = this.#peek()
    return next === NONE ? this.#environment.makeUndefined('there is no next item') : next
  }

  /** How deep a recursive loop is, from 1. */
  get depth(): number {
    return this.#depth0 + 1
  }

  get depth0(): number {
    return this.#depth0
  }

  /** One of the values, by the number of the iteration. */
  cycle(...values: readonly unknown[]): unknown {
    return cycleValue(this.#index0, values)
  }

  /** Whether the values differ from those of the last call. */
  changed(...values: readonly unknown[]): boolean {
    return hasChanged(this.#memory, values)
  }

  /** `loop(items)` in a loop that is marked as recursive. */
  __call__(args: readonly unknown[]): unknown {
    if (this.#render === null) {
      throw new TypeError("The loop must have the 'recursive' marker to be called recursively.")
    }
    if (args.length === 0) {
      throw new TypeError("LoopContext.__call__() missing 1 required positional argument: 'iterable'")
    }
    if (args.length > 1) {
      throw new TypeError(
        `LoopContext.__call__() takes 2 positional arguments but ${args.length + 1} were given`,
      )
    }
    return this.#render(args[0], this.depth)
  }

  /** The rest of the items, each with the loop: what a function sees that goes through `loop`. */
  *[Symbol.iterator](): Generator<Tuple> {
    while (this.__advance__()) yield pairOf<unknown, LoopContext>(this.#current, this)
  }

  __repr__(): string {
    return `<LoopContext ${this.index}/${this.length}>`
  }

  __type_name__(): string {
    return 'jinja2.runtime.LoopContext'
  }
}

/** Iterators must not be asked for a size: that would read them a second time. */
function isGeneratorLike(items: unknown): boolean {
  return (
    typeof items === 'object' && items !== null && typeof (items as { next?: unknown }).next === 'function'
  )
}

/** `loop.cycle(…)` */
export function cycleValue(index0: number, values: readonly unknown[]): unknown {
  if (values.length === 0) throw new TypeError('no items for cycling given')
  return values[index0 % values.length]
}

/** What `loop.changed(…)` compares with, in loops without a {@link LoopContext}. */
export interface ChangeMemory {
  values: readonly unknown[] | null
}

/** `loop.changed(…)` */
export function hasChanged(memory: ChangeMemory, values: readonly unknown[]): boolean {
  const isSame = memory.values !== null && areEqual(memory.values, values)
  memory.values = values
  return !isSame
}

function areEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => equals(value, right[index]))
}

/**
 * What `loop(items)` of a recursive loop calls.
 *
 * @param render The function of the loop.
 * @param autoescape Whether the result is safe HTML; `null` if that is known only now.
 */
export function recursiveLoop(context: Context, render: RenderLoop, autoescape: boolean | null): RenderLoop {
  const mark = (text: unknown): unknown =>
    (autoescape ?? context.evalContext.autoescape) ? markSafe(text) : text
  return (items, depth) => {
    if (depth >= MAX_MACRO_DEPTH) {
      throw new RecursionError(
        `a recursive loop called itself more than ${MAX_MACRO_DEPTH} levels deep: does the data contain itself?`,
      )
    }
    const text = render(items, depth)
    return text instanceof Promise ? text.then(mark) : mark(text)
  }
}

/** Items that are read one by one. Leaving the loop early does not close an iterator: another loop may go on with it. */
export function lazyItems(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value
  if (value instanceof DictView) return value.toArray()
  const iterator = iterate(value)
  return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) }
}
