import type { ResponseBase } from './response-base.ts'
import { finishHeaders, isBodyless } from './wire.ts'

export interface FetchResponseOptions {
  /** Whether the request was a HEAD, whose answer has no content. Default false. */
  isHead?: boolean
  /** Called with what a callback of `callOnClose` throws, as the answer is under way then. Default: it is thrown on. */
  onCloseError?: (error: unknown) => void
}

/**
 * A response as one of the runtime's own class, complete for the wire: what a runtime (Bun, Deno, Workers) wants from its
 * `fetch` handler, where other classes are refused. `callOnClose` callbacks run when streamed content has ended or the client
 * has gone, else at once.
 *
 * @throws TypeError for framing headers that are wrong; see `finishHeaders`.
 */
export function toFetchResponse(
  response: ResponseBase,
  { isHead = false, onCloseError }: FetchResponseOptions = {},
): globalThis.Response {
  const headers = new globalThis.Headers()
  const list = finishHeaders(response, isHead)
  for (let i = 0; i < list.length; i += 2) headers.append(list[i]!, list[i + 1]!)
  const close = (): void => {
    try {
      response.close()
    } catch (error) {
      if (onCloseError === undefined) throw error
      onCloseError(error)
    }
  }
  const init = { status: response.status, statusText: response.statusText, headers }
  const { content } = response
  if (isHead || isBodyless(response.status)) {
    if (response.isStreamed) void response.body!.cancel()
    close()
    return new globalThis.Response(null, init)
  }
  if (!response.isStreamed) {
    close()
    return new globalThis.Response(content as string | Uint8Array<ArrayBuffer> | null, init)
  }
  const body = response.body!
  return new globalThis.Response(response.hasCloseCallbacks ? closedAtEnd(body, close) : body, init)
}

/** The same stream; `close` is called when it has ended, failed, or was cancelled. */
function closedAtEnd(body: ReadableStream<Uint8Array>, close: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) {
            controller.enqueue(value)
            return
          }
          controller.close()
        } catch (error) {
          controller.error(error)
        }
        close()
      },
      async cancel(reason) {
        await reader.cancel(reason)
        close()
      },
    },
    { highWaterMark: 0 },
  )
}
