import type { RequestContext } from './context/context.ts'
import { requireRequestContext } from './context/current.ts'
import { inContext } from './context/stream-with-context.ts'
import type { Response } from './response.ts'
import { LATE, within } from './timer.ts'

/** An event for a page's `EventSource`. */
export interface ServerSentEvent {
  /** Text as it is, anything else as JSON. */
  data: unknown
  /** The kind of event. Default `message`. */
  event?: string
  /** The browser tells it when it connects again: see {@link EventStreamInfo.lastEventId}. */
  id?: string | number
  /** Milliseconds after which the browser connects again. */
  retry?: number
}

export interface EventStreamInfo {
  /** The id of the last event that the browser got before the connection broke, or null. */
  readonly lastEventId: string | null
  /** Aborted when the client has left. */
  readonly signal: AbortSignal
}

export interface SseOptions {
  /** Seconds of silence after which a comment is sent, so that nobody on the way closes the connection. Default 15. */
  heartbeat?: number
}

/**
 * A stream of events for a page's `EventSource`: one for each value that `source` yields, text and other values as data.
 * When the client leaves, the generator is ended.
 *
 * ```ts
 * app.get('/news', () =>
 *   sse(async function* ({ lastEventId }) {
 *     for await (const item of news.since(lastEventId)) yield { id: item.id, event: 'news', data: item }
 *   }),
 * )
 * ```
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function sse(
  source: (info: EventStreamInfo) => AsyncIterable<ServerSentEvent | string>,
  { heartbeat = 15 }: SseOptions = {},
): Response {
  const context = requireRequestContext()
  const { request, app } = context
  const events = source({ lastEventId: request.header('Last-Event-ID'), signal: request.signal })
  const response = new app.responseClass(inContext(writeEvents(events, heartbeat, context), context), {
    contentType: 'text/event-stream',
  })
  response.headers.set('Cache-Control', 'no-cache')
  // Proxies would collect the events otherwise.
  response.headers.set('X-Accel-Buffering', 'no')
  return response
}

async function* writeEvents(
  events: AsyncIterable<ServerSentEvent | string>,
  heartbeat: number,
  context: RequestContext,
): AsyncGenerator<string, void, undefined> {
  const iterator = events[Symbol.asyncIterator]()
  let finished = false
  try {
    let next = iterator.next()
    for (;;) {
      const result = await within(heartbeat, next)
      if (result === LATE) {
        yield ': still here\n\n'
        continue
      }
      if (result.done === true) {
        finished = true
        return
      }
      yield writeEvent(result.value, context)
      next = iterator.next()
    }
  } finally {
    if (!finished) await iterator.return?.()
  }
}

/** An event as text. Whatever its values hold, they cannot begin another field or event. */
function writeEvent(given: ServerSentEvent | string, { app }: RequestContext): string {
  const { data, event, id, retry } = typeof given === 'string' ? { data: given } : (given as ServerSentEvent)
  let text = ''
  if (event !== undefined) text += `event: ${oneLine(event, 'event')}\n`
  if (id !== undefined) text += `id: ${oneLine(String(id), 'id')}\n`
  if (retry !== undefined) text += `retry: ${Math.floor(retry)}\n`
  const content = typeof data === 'string' ? data : app.json.dumps(data)
  for (const line of content.split(/\r\n|\r|\n/)) text += `data: ${line}\n`
  return `${text}\n`
}

function oneLine(value: string, field: string): string {
  if (/[\r\n\0]/.test(value)) {
    throw new TypeError(
      `The ${field} of a server-sent event is one line of text, got ${JSON.stringify(value)}.`,
    )
  }
  return value
}
