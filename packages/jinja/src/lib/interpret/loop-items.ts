import { allItems, asyncItems, closeItems } from '../runtime/async.ts'
import type { RuntimeEnvironment } from '../runtime/compiled.ts'
import type { RenderLoop } from '../runtime/loop.ts'
import { LoopContext, lazyItems } from '../runtime/loop.ts'
import { toArray } from '../values/iterate.ts'
import { isTrue } from '../values/truth.ts'
import type { Frame } from './frame.ts'
import { LoopCounter } from './loop-counter.ts'
import type { Step } from './step.ts'

/** What a loop consists of. */
export interface LoopParts {
  readonly environment: RuntimeEnvironment
  /** Where the variable `loop` lies, if the loop uses it. */
  readonly loopAt: number | null
  /** Whether `loop` walks the items, since more is done with it than to ask for the number of the iteration. */
  readonly isObject: boolean
  /** Whether other items than the current one, or their number, are asked for. */
  readonly looksAround: boolean
  /** Whether items are taken one by one, so that a loop can end without having asked for all. */
  readonly isLazy: boolean
  /** The condition of the loop. */
  readonly keep: ((frame: Frame, item: unknown) => unknown) | null
  /** Gives the variables of the body their values. */
  readonly begin: (frame: Frame, item: unknown) => void
  readonly body: Step
  readonly orElse: Step | null
}

/** A loop on its way through its items. */
export interface LoopCursor<Ready> {
  /** Goes to the next item and gives the variables of the body their values. False if there is none. */
  advance(): Ready
  /** Tells where the items come from that no more are wanted; `null` if nothing is to be told. */
  readonly close: (() => unknown) | null
}

/** Begins a loop over items. */
export function openLoop(
  parts: LoopParts,
  frame: Frame,
  given: unknown,
  render: RenderLoop | null,
  depth: number,
): LoopCursor<boolean> {
  const { begin, environment, isLazy, isObject, keep, loopAt, looksAround } = parts
  if (isObject) {
    const items = keep === null ? given : keptItems(frame, lazyItems(given), keep)
    return walkedByLoop(parts, frame, new LoopContext(items, environment, render, depth))
  }
  const source = isLazy && !looksAround ? lazyItems(given) : toArray(given)
  if (loopAt !== null && looksAround) {
    return walkedByLoop(parts, frame, new LoopContext(source, environment, render, depth))
  }
  const count = counter(parts, frame)
  if (keep === null && Array.isArray(source)) {
    let index = 0
    const advance = (): boolean => {
      if (index >= source.length) return false
      const item: unknown = source[index++]
      count()
      begin(frame, item)
      return true
    }
    return { advance, close: null }
  }
  const items = keep === null ? source[Symbol.iterator]() : keptItems(frame, source, keep)
  const advance = (): boolean => {
    const step = items.next()
    if (step.done === true) return false
    count()
    begin(frame, step.value)
    return true
  }
  // A generator stays as it is, as in Python: another loop may go on with it.
  return { advance, close: null }
}

/** As {@link openLoop}, for async templates: items may come as promises. */
export async function openLoopAsync(
  parts: LoopParts,
  frame: Frame,
  given: unknown,
  render: RenderLoop | null,
  depth: number,
): Promise<LoopCursor<boolean | Promise<boolean>>> {
  const { begin, environment, isObject, keep, loopAt, looksAround } = parts
  if (isObject || (loopAt !== null && looksAround)) {
    const all = await allItems(given)
    const items = keep === null ? all : await keptItemsAsync(frame, all, keep)
    const source = isObject ? items : toArray(items)
    return walkedByLoop(parts, frame, new LoopContext(source, environment, render, depth))
  }
  const source = asyncItems(given)
  const count = counter(parts, frame)
  let index = 0
  if (keep === null && Array.isArray(source)) {
    const advance = (): boolean => {
      if (index >= source.length) return false
      const item: unknown = source[index++]
      count()
      begin(frame, item)
      return true
    }
    return { advance, close: null }
  }
  const advance = async (): Promise<boolean> => {
    for (;;) {
      const step = Array.isArray(source)
        ? { done: index >= source.length, value: source[index++] as unknown }
        : await (source as AsyncIterator<unknown>).next()
      if (step.done === true) return false
      if (keep !== null && !isTrue(await keep(frame, step.value))) continue
      count()
      begin(frame, step.value)
      return true
    }
  }
  return { advance, close: Array.isArray(source) ? null : () => closeItems(source) }
}

function walkedByLoop({ begin, loopAt }: LoopParts, frame: Frame, loop: LoopContext): LoopCursor<boolean> {
  if (loopAt !== null) frame.slots[loopAt] = loop
  const advance = (): boolean => {
    if (!loop.__advance__()) return false
    begin(frame, loop.__current__())
    return true
  }
  return { advance, close: null }
}

/** Tells a `loop` that only counts of each item. */
function counter({ loopAt }: LoopParts, frame: Frame): () => void {
  if (loopAt === null) return () => undefined
  const loop = new LoopCounter()
  frame.slots[loopAt] = loop
  return () => {
    loop.index0 += 1
  }
}

function* keptItems(
  frame: Frame,
  items: Iterable<unknown>,
  keep: (frame: Frame, item: unknown) => unknown,
): Generator<unknown> {
  for (const item of items) if (isTrue(keep(frame, item))) yield item
}

async function keptItemsAsync(
  frame: Frame,
  items: unknown,
  keep: (frame: Frame, item: unknown) => unknown,
): Promise<unknown[]> {
  const kept: unknown[] = []
  for (const item of toArray(items)) if (isTrue(await keep(frame, item))) kept.push(item)
  return kept
}
