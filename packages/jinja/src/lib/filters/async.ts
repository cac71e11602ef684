import { allItems, isAsyncIterable, isPromise } from '../runtime/async.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import type { GeneratorValue } from '../values/generator-value.ts'
import { signatureOf, withSignature } from '../values/signature.ts'
import type { Row } from './define.ts'

/*
 * Filters in code that awaits. A filter that goes through items has an asynchronous variant: a function with the same
 * arguments in the same order that takes promises and asynchronous iterables as well, and gives a promise only if it
 * has to wait. Compiled code that awaits calls `asyncVariantOf(filter) ?? filter` and awaits what is a promise.
 */

const variantKey = Symbol.for('phial.jinja.asyncVariant')

interface HasVariant {
  [variantKey]?: TemplateFunction
}

/** What code that awaits calls in place of the filter; `undefined` if that is the filter itself. */
export function asyncVariantOf(filter: TemplateFunction): TemplateFunction | undefined {
  return (filter as HasVariant)[variantKey]
}

/** Gives a filter its asynchronous variant, which takes the same arguments, and gives it back. */
export function withAsyncVariant(row: Row, variant: TemplateFunction): Row {
  const filter = row[1]
  Object.defineProperty(filter, variantKey, { value: withSignature(signatureOf(filter)!, variant) })
  return row
}

/** A filter that reads all its items anyway: the variant waits for them. */
export function collecting(row: Row): Row {
  const filter = row[1]
  // What is passed stands before the items.
  const at = signatureOf(filter)?.pass === undefined ? 0 : 1
  return withAsyncVariant(row, (...args: unknown[]) => {
    if (!isAsyncSource(args[at])) return filter(...args)
    return collect(args[at]).then((items) => {
      args[at] = items
      return filter(...args)
    })
  })
}

/** Whether the items are still to come. */
export function isAsyncSource(value: unknown): value is PromiseLike<unknown> | AsyncIterable<unknown> {
  return isPromise(value) || isAsyncIterable(value)
}

async function collect(source: unknown): Promise<unknown> {
  return allItems(await source)
}

/** What lazy filters give in code that awaits, where items or results are still to come. */
export type AsyncItems = AsyncIterable<unknown> | GeneratorValue | Promise<GeneratorValue>

/** A filter that reads one item only: the variant waits for no more. */
export function collectingFirst(row: Row): Row {
  const filter = row[1]
  return withAsyncVariant(row, (passed: unknown, value: unknown) =>
    isAsyncSource(value) ? firstOf(value).then((items) => filter(passed, items)) : filter(passed, value),
  )
}

async function firstOf(source: unknown): Promise<unknown> {
  const value: unknown = await source
  if (!isAsyncIterable(value)) return value
  for await (const item of value) return [item]
  return []
}
