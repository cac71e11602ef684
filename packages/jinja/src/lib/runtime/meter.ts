import type { Context } from './context.ts'

/*
 * What the code of sandboxed templates counts. Other environments have no meter, and their code does not ask.
 */

/** A turn of a loop, a block or a macro begins. */
export function step(context: Context): void {
  context.meter?.step()
}

/** Gives back text that is about to be printed. */
export function counted(context: Context, text: string): string {
  context.meter?.print(text.length)
  return text
}

/** Gives back a value that an operator, a filter or a `set` block made. */
export function made<T>(context: Context, value: T): T {
  const { meter } = context
  return meter === null ? value : meter.made(value)
}
