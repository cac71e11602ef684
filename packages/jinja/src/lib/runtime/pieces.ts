import { allItems, isAsyncIterable } from './async.ts'
import type { Pieces, RuntimeEnvironment } from './compiled.ts'
import type { Context } from './context.ts'

/** Everything that a function of a `stream` template gives, as one value. */
export function gatherSync(environment: RuntimeEnvironment, pieces: Iterable<unknown>): unknown {
  return environment.concat(Array.from(pieces))
}

/** Everything that a function of an `async` or `asyncStream` template gives, as one value. */
export async function gatherAsync(environment: RuntimeEnvironment, pieces: Pieces): Promise<unknown> {
  if (isAsyncIterable(pieces)) return environment.concat((await allItems(pieces)) as unknown[])
  const settled: unknown = await pieces
  return typeof settled === 'string' ? settled : environment.concat(settled as unknown[])
}

/** What a block or a template gives when it is called inside of a macro, a set block and the like: no stream there. */
export function wholeText(context: Context, pieces: Pieces): unknown {
  switch (context.mode) {
    case 'stream':
      return gatherSync(context.environment, pieces)
    case 'asyncStream':
      return gatherAsync(context.environment, pieces)
    default:
      return pieces
  }
}
