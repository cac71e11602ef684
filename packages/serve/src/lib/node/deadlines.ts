import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds from the connection on. */
export interface Deadlines {
  /** For the head of its request. */
  readonly headers: number
  /** For all of its request. */
  readonly request: number
}

/**
 * Ends connections whose request does not arrive in time; Node does it only for servers that listen. It is for servers
 * with one request in each connection, when all that listens to them is set up. `clientError` is told, as Node tells it.
 *
 * @param isSecure whether the server speaks HTTPS.
 */
export function keepDeadlines(server: HttpServer, deadlines: Deadlines, isSecure: boolean): void {
  const watches = new WeakMap<Socket, { readonly start: number; timer: NodeJS.Timeout | undefined }>()
  const end = (socket: Socket): void => clearTimeout(watches.get(socket)?.timer)
  const expect = (socket: Socket, deadline: number, hasCome: () => boolean): void => {
    end(socket)
    const watch = watches.get(socket)
    if (watch === undefined || hasCome()) return
    const left = Math.max(0, watch.start + deadline - performance.now())
    watch.timer = setTimeout(() => {
      if (!hasCome()) server.emit('clientError', new RequestTimeout(), socket)
    }, left).unref()
  }
  server.on(isSecure ? 'secureConnection' : 'connection', (socket: Socket) => {
    watches.set(socket, { start: performance.now(), timer: undefined })
    expect(socket, deadlines.headers, () => false)
    socket.once('close', () => end(socket))
  })
  for (const event of ['request', 'checkContinue', 'checkExpectation', 'upgrade', 'connect']) {
    // Listening to an upgrade is to offer one.
    if (server.listenerCount(event) === 0) continue
    server.prependListener(event, (incoming: IncomingMessage) => {
      if (event === 'upgrade' || event === 'connect') end(incoming.socket)
      else expect(incoming.socket, deadlines.request, () => incoming.complete)
    })
  }
}

class RequestTimeout extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT'

  constructor() {
    super('The request did not arrive in time.')
  }
}
