import type { BodyChunk } from '@phial/http'
import type { RequestContext } from './context.ts'
import { requireRequestContext, runInContext } from './current.ts'

/**
 * Keeps the context of the request while the pieces of `source` are made, so that the globals work in it. A generator
 * that a view returns has it anyway; this is for one that is put into a response by hand.
 *
 * ```ts
 * return new Response(streamWithContext(rows()), { mimetype: 'text/csv' })
 * ```
 *
 * What is written to the session by then is lost: the headers have been sent.
 */
export function streamWithContext(
  source: Iterable<BodyChunk> | AsyncIterable<BodyChunk>,
): AsyncGenerator<BodyChunk, void, undefined> {
  return inContext(source, requireRequestContext())
}

/** Pieces that are asked for while the response is sent, each with the context of the view that made them. */
export async function* inContext(
  source: Iterable<BodyChunk> | AsyncIterable<BodyChunk>,
  context: RequestContext,
): AsyncGenerator<BodyChunk, void, undefined> {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let finished = false
  try {
    for (;;) {
      const { done, value } = await runInContext(context, advance, iterator)
      if (done === true) {
        finished = true
        return
      }
      yield value
    }
  } finally {
    if (!finished) await runInContext(context, finish, iterator)
  }
}

type AnyIterator = Iterator<BodyChunk> | AsyncIterator<BodyChunk>

function advance(iterator: AnyIterator): IteratorResult<BodyChunk> | Promise<IteratorResult<BodyChunk>> {
  return iterator.next()
}

function finish(iterator: AnyIterator): unknown {
  return iterator.return?.()
}
