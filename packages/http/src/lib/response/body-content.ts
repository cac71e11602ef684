import { concatenate } from '../body/file-store.ts'

/** One piece of a streamed body: text, sent as UTF-8, or bytes. */
export type BodyChunk = string | Uint8Array

const encoder = new TextEncoder()

/** The pieces as bytes. Ending the iteration early ends the source as well, so its `finally` blocks run. */
export async function* toByteChunks(
  source: ReadableStream<Uint8Array> | Iterable<BodyChunk> | AsyncIterable<BodyChunk>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of asIterable(source) as AsyncIterable<unknown>) {
    if (typeof piece === 'string') {
      if (piece !== '') yield encoder.encode(piece)
    } else if (piece instanceof Uint8Array) {
      if (piece.length > 0) yield piece
    } else if (hasHtml(piece)) {
      yield encoder.encode(piece.__html__())
    } else {
      throw new TypeError(`A streamed body must consist of strings and bytes, got ${describe(piece)}.`)
    }
  }
}

/** Pieces that are all there: text if all are text, else bytes. */
export function joinPieces(pieces: readonly BodyChunk[]): string | Uint8Array {
  if (pieces.every((piece) => typeof piece === 'string')) return pieces.join('')
  const chunks = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  return concatenate(
    chunks,
    chunks.reduce((total, chunk) => total + chunk.length, 0),
  )
}

/** The whole of a streamed body. */
export async function joinBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    total += chunk.length
  }
  return concatenate(parts, total)
}

/** A stream that pulls from the pieces on demand, and ends them when it is cancelled. */
export function toReadableStream(
  content: string | Uint8Array | ReadableStream<Uint8Array> | Iterable<BodyChunk> | AsyncIterable<BodyChunk>,
): ReadableStream<Uint8Array> {
  if (content instanceof ReadableStream) return content
  if (typeof content === 'string' || content instanceof Uint8Array) {
    const bytes = typeof content === 'string' ? encoder.encode(content) : content
    return new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes)
        controller.close()
      },
    })
  }
  const chunks = toByteChunks(content)
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return()
      },
    },
    { highWaterMark: 0 },
  )
}

function asIterable(
  source: ReadableStream<Uint8Array> | Iterable<BodyChunk> | AsyncIterable<BodyChunk>,
): AsyncIterable<BodyChunk> | Iterable<BodyChunk> {
  // Some runtimes have no async iteration of their streams.
  if (source instanceof ReadableStream && !(Symbol.asyncIterator in source)) return readChunks(source)
  return source as AsyncIterable<BodyChunk>
}

async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
    reader.releaseLock()
  }
}

function hasHtml(piece: unknown): piece is { __html__(): string } {
  return (
    typeof piece === 'object' &&
    piece !== null &&
    typeof (piece as { __html__?: unknown }).__html__ === 'function'
  )
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return `${typeof value} ${String(value)}`
  return `an object of class ${value.constructor?.name ?? 'Object'}`
}
