import { toByteChunks } from './body-content.ts'
import type { ResponseContent } from './response-base.ts'

/** Streamed content that can give a part of itself without reading what lies before it: a file. */
export interface SliceableContent extends AsyncIterable<Uint8Array> {
  /** The bytes from `start` up to, and without, `stop`. */
  slice(start: number, stop: number): AsyncIterable<Uint8Array>
}

/** The bytes of content from `start` up to, and without, `stop`. Streams are read, and what is not asked for dropped. */
export function sliceContent(content: ResponseContent, start: number, stop: number): ResponseContent {
  if (content === null) return null
  if (typeof content === 'string') return new TextEncoder().encode(content).subarray(start, stop)
  if (content instanceof Uint8Array) return content.subarray(start, stop)
  if (isSliceable(content)) return content.slice(start, stop)
  return sliceStream(toByteChunks(content), start, stop)
}

function isSliceable(content: object): content is SliceableContent {
  return Symbol.asyncIterator in content && typeof (content as { slice?: unknown }).slice === 'function'
}

async function* sliceStream(
  chunks: AsyncIterable<Uint8Array>,
  start: number,
  stop: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0
  for await (const chunk of chunks) {
    const end = position + chunk.length
    if (end > start)
      yield chunk.subarray(Math.max(0, start - position), Math.min(chunk.length, stop - position))
    position = end
    if (position >= stop) return
  }
}
