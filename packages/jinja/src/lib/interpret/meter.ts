import type { Context } from '../runtime/context.ts'

/** Counts what an expression made, in a sandbox. */
export function made<T>(context: Context, value: T): T {
  const { meter } = context
  return meter === null ? value : meter.made(value)
}
