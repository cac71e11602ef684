import { HttpException } from '@phial/http'
import { Forbidden, NotImplemented } from '@phial/http/exceptions'
import { setUpgrade, type WebSocketConnection, type WebSocketHandlers } from '@phial/http/websocket'
import type { RequestContext } from '../context/context.ts'
import { runInContext } from '../context/current.ts'
import type { Reply } from '../reply.ts'
import type { Response } from '../response.ts'
import type { View } from '../typing.ts'

/** What a route for WebSockets may set besides its rule and view. */
export interface WebSocketOptions {
  /** The name for `urlFor`. Default: the view function's name, else the rule. */
  endpoint?: string
  /**
   * Pages that may connect, besides those of this host: origins as in `https://example.com`, or `'*'` for all. Browsers
   * send cookies with a WebSocket from every site, so that another one could speak for its visitors. Default none.
   */
  origins?: readonly string[] | '*'
  /** The largest message that is taken, in bytes; a larger one closes the socket with 1009. Default 1 MiB. */
  maxMessageBytes?: number
  /** The subprotocols that the view speaks, the best first. Default none. */
  protocols?: readonly string[]
}

/**
 * Accepts a WebSocket by returning what is to be done with it, or refuses it: by `abort`, or with a response. It runs as
 * views do, with hooks, session and `g`; these stay until the socket is closed. The session is saved before that, with
 * the handshake.
 */
export type WebSocketView<Params = Record<string, unknown>, Values = unknown> = (
  params: Params,
  context: RequestContext & Values,
) => WebSocketAnswer | Promise<WebSocketAnswer>

export type WebSocketAnswer = WebSocketHandlers | Response | Reply

const MAX_MESSAGE_BYTES = 1024 * 1024

/** The view of a route for WebSockets: it checks the request, and makes a response of the handlers. */
export function websocketView(view: WebSocketView<never, never>, options: WebSocketOptions): View<never> {
  const { maxMessageBytes = MAX_MESSAGE_BYTES, protocols = [], origins = [] } = options
  if (!Number.isSafeInteger(maxMessageBytes) || maxMessageBytes < 1) {
    throw new RangeError(`maxMessageBytes is a number of bytes above 0, got ${String(maxMessageBytes)}.`)
  }
  const accept = (context: RequestContext, answer: unknown): Response | Reply => {
    if (!isHandlers(answer)) return answer as Response | Reply
    const response = new context.app.responseClass('')
    const offered = (context.request.header('Sec-WebSocket-Protocol') ?? '')
      .split(',')
      .map((name) => name.trim())
    setUpgrade(response, {
      handlers: inOrder(context, answer),
      maxMessageBytes,
      protocol: protocols.find((protocol) => offered.includes(protocol)) ?? null,
    })
    return response
  }
  const accepting = (
    params: never,
    context: RequestContext,
  ): Response | Reply | Promise<Response | Reply> => {
    checkRequest(context, origins)
    const answer = view(params, context as never)
    return answer instanceof Promise
      ? answer.then((later) => accept(context, later))
      : accept(context, answer)
  }
  Object.defineProperty(accepting, 'name', { value: view.name })
  return accepting
}

/** S62 for sockets: no form token can be asked for, so that the origin decides. */
function checkRequest({ request }: RequestContext, origins: readonly string[] | '*'): void {
  const origin = request.header('Origin')
  // Programs send none, and have no visitor's cookies.
  if (origin !== null && origins !== '*' && !origins.includes(origin)) {
    const own = `${request.isSecure ? 'https' : 'http'}://${request.host}`
    if (origin !== own) throw new Forbidden(`A page of ${origin} may not connect: it is not of this site.`)
  }
  if (request.source.canUpgrade !== true) {
    throw new NotImplemented('This server cannot open WebSockets.')
  }
}

function isHandlers(answer: unknown): answer is WebSocketHandlers {
  if (typeof answer !== 'object' || answer === null || answer instanceof HttpException) return false
  const { open, message, close } = answer as Record<string, unknown>
  return [open, message, close].some((handler) => typeof handler === 'function')
}

/** The handlers in the context of the request, one after the other. An error is logged and closes the socket. */
function inOrder(context: RequestContext, handlers: WebSocketHandlers): Required<WebSocketHandlers> {
  let pending: Promise<void> | null = null
  const failed = (socket: WebSocketConnection, error: unknown): void => {
    context.app.logException(context, error)
    socket.close(1011, 'An error occurred.')
  }
  const call = (socket: WebSocketConnection, handler: () => void | Promise<void>): void | Promise<void> => {
    try {
      const result = runInContext(context, handler, undefined)
      return result instanceof Promise ? result.catch((error: unknown) => failed(socket, error)) : undefined
    } catch (error) {
      failed(socket, error)
    }
  }
  const next = (socket: WebSocketConnection, handler: () => void | Promise<void>): void | Promise<void> => {
    const result = pending === null ? call(socket, handler) : pending.then(() => call(socket, handler))
    if (!(result instanceof Promise)) return
    const kept: Promise<void> = result.finally(() => {
      if (pending === kept) pending = null
    })
    pending = kept
    return kept
  }
  return {
    open: (socket) => next(socket, () => handlers.open?.(socket)),
    message: (socket, data) => next(socket, () => handlers.message?.(socket, data)),
    close: (socket, code, reason) => next(socket, () => handlers.close?.(socket, code, reason)),
  }
}
