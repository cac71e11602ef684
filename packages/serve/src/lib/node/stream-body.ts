import type { ServerResponse } from 'node:http'
import type { BodyChunk, ResponseContent } from '@phial/http'

/** Content that is sent piece by piece. */
export type StreamedContent = Exclude<ResponseContent, string | Uint8Array | null>

/** Pieces of a body in order, and a way to tell their source that no more are wanted. */
interface Pieces {
  next():
    | { done?: boolean | undefined; value: unknown }
    | Promise<{ done?: boolean | undefined; value: unknown }>
  end(): unknown
}

/** The bytes promised by `Content-Length` and those of the body differ. */
class WrongLength extends Error {
  override readonly name = 'WrongLength'
}

// Until the first piece is there, an error can still become a page 500; the headers wait for it so long.
const FIRST_PIECE_TIME = 50

export interface StreamOptions {
  /** The bytes that `Content-Length` promises, or null. */
  length: number | null
  /** Sends the head. It is called once, with the first piece or a little later. */
  sendHead: () => void
  /** Called before the end is sent; the end waits for it. */
  beforeEnd: () => void | Promise<void>
  /** Called where the head turns out bad while the first piece is waited for; nothing more is sent then. */
  onBadHead: (error: unknown) => void
  /** Called where the source fails after it was told to end. */
  onLateError: (error: unknown) => void
}

/**
 * Sends the pieces of a body. The next one is asked for when the last has been taken by the connection, and the
 * source is told when the client goes away.
 *
 * @returns whether all was sent; false if the client went away.
 * @throws what the source throws, or an error for a body that is not as long as was promised.
 */
export async function streamBody(
  content: StreamedContent,
  outgoing: ServerResponse,
  options: StreamOptions,
): Promise<boolean> {
  const pieces = piecesOf(content)
  let headSent = false
  const sendHead = (): void => {
    if (headSent || outgoing.destroyed) return
    headSent = true
    options.sendHead()
  }
  let finished = false
  const end = (): void => {
    finished = true
    endPieces(pieces, options.onLateError)
  }
  const headTimer = setTimeout(() => {
    try {
      sendHead()
      outgoing.flushHeaders()
    } catch (error) {
      end()
      options.onBadHead(error)
    }
  }, FIRST_PIECE_TIME)
  // A source that waits for something learns of it at once, and not with its next piece.
  const leave = (): void => {
    clearTimeout(headTimer)
    if (!finished) end()
  }
  outgoing.once('close', leave)
  let sent = 0
  try {
    for (;;) {
      const step = pieces.next()
      const { done, value } = step instanceof Promise ? await step : step
      if (finished) return false
      if (done === true) break
      const piece = checkPiece(value)
      if (piece.length === 0) continue
      if (options.length !== null) {
        sent += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
        if (sent > options.length) throw wrongLength(options.length, `at least ${sent}`)
      }
      clearTimeout(headTimer)
      sendHead()
      if (!outgoing.write(piece)) await drained(outgoing)
      if (finished || outgoing.destroyed) return false
    }
    if (options.length !== null && sent !== options.length) throw wrongLength(options.length, String(sent))
    finished = true
    sendHead()
    await options.beforeEnd()
    outgoing.end()
    return true
  } catch (error) {
    // A source that was told to end may answer with an error.
    if (finished) {
      if (!outgoing.destroyed) options.onLateError(error)
      return false
    }
    end()
    throw error
  } finally {
    clearTimeout(headTimer)
  }
}

/** Tells the source of a body that is not sent, so that what it holds is given back. */
export function discardContent(content: ResponseContent, onError: (error: unknown) => void): void {
  if (content === null || typeof content === 'string' || content instanceof Uint8Array) return
  if (content instanceof ReadableStream && content.locked) return
  endPieces(piecesOf(content), onError)
}

function piecesOf(content: StreamedContent): Pieces {
  if (content instanceof ReadableStream) {
    const reader = content.getReader()
    return { next: () => reader.read(), end: () => reader.cancel() }
  }
  const iterator: AsyncIterator<unknown> | Iterator<unknown> =
    Symbol.asyncIterator in content ? content[Symbol.asyncIterator]() : content[Symbol.iterator]()
  return {
    next: () => iterator.next() as IteratorResult<unknown> | Promise<IteratorResult<unknown>>,
    end: () => iterator.return?.(),
  }
}

function endPieces(pieces: Pieces, onError: (error: unknown) => void): void {
  try {
    const ended = pieces.end()
    if (ended instanceof Promise) ended.catch(onError)
  } catch (error) {
    onError(error)
  }
}

function checkPiece(piece: unknown): BodyChunk {
  if (typeof piece === 'string' || piece instanceof Uint8Array) return piece
  const html = (piece as { __html__?: unknown } | null)?.__html__
  if (typeof html === 'function') return String(html.call(piece))
  throw new TypeError(
    `A streamed body must consist of strings and bytes, got ${piece === null ? 'null' : typeof piece}.`,
  )
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done).off('close', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done)
  })
}

function wrongLength(announced: number, got: string): WrongLength {
  return new WrongLength(
    `The response sets Content-Length: ${announced}, but its body has ${got} bytes. Leave the header out for streamed bodies.`,
  )
}
