import { toArray } from '../values/iterate.ts'
import { isMapping } from '../values/mapping.ts'

/**
 * Whether a value must be awaited. Generated code asks first: most values need no turn of the event loop.
 *
 * Promises of other realms and query builders count; data that has a member `then` does not.
 */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Promise) return true
  return typeof (value as Partial<PromiseLike<unknown>>).then === 'function' && !isMapping(value)
}

/** What a loop of an async template walks: an array, or an iterator whose items are awaited one by one. */
export function asyncItems(value: unknown): readonly unknown[] | AsyncIterator<unknown> {
  return isAsyncIterable(value) ? value[Symbol.asyncIterator]() : toArray(value)
}

/** Tells an iterator that no more of its items are wanted. One that has ended takes no notice. */
export async function closeItems(items: readonly unknown[] | AsyncIterator<unknown>): Promise<void> {
  if ('next' in items) await items.return?.()
}

/** All items at once, for loops that ask for their length or their next item. */
export async function allItems(value: unknown): Promise<unknown> {
  if (!isAsyncIterable(value)) return value
  const items: unknown[] = []
  for await (const item of value) items.push(item)
  return items
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === 'function'
  )
}
