import { createServer, type Server as HttpServer, type RequestListener, type ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { resolveMaxConnections, resolveTimeouts, type ServeOptions } from '../options.ts'
import { answerClientError } from './client-error.ts'
import type { Gateway } from './gateway.ts'
import { Incoming } from './incoming.ts'
import { endIdleConnections } from './keep-alive.ts'
import { receive } from './listener.ts'
import { Outgoing } from './outgoing.ts'
import { refusal, refuseSocket } from './refusal.ts'
import { refuse } from './refuse.ts'
import { connectionsBelow, createTlsServer } from './tls.ts'

const METHOD_NOT_ALLOWED = refusal(405, 'The server is no proxy.')
const EXPECTATION_FAILED = refusal(417, 'The server understands no expectation but 100-continue.')
const BUSY = refusal(503, 'The server has too many connections. Try again in a moment.', ['Retry-After', '1'])

// Bun and Deno have `node:http` too, but what their messages do inside is their own.
const IS_NODE = process.versions['bun'] === undefined && process.versions['deno'] === undefined

/** A server, and what is connected to it. */
export interface NodeServer {
  readonly server: HttpServer
  /** The open connections; with TLS, those below it too whose handshake is not over. */
  readonly connections: ReadonlySet<Socket>
}

/** Node's server for a gateway, with the timeouts and limits of the options. It does not listen yet. */
export async function createNodeServer(gateway: Gateway, options: ServeOptions): Promise<NodeServer> {
  const { limits } = gateway
  const timeouts = resolveTimeouts(options.timeouts)
  const maxConnections = resolveMaxConnections(options.limits)
  const serverOptions: ServerOptions<typeof Incoming, typeof Outgoing> & { optimizeEmptyRequests: boolean } =
    {
      // The parser counts the request line and the headers together. It must not be the first to refuse: it cannot tell
      // which of them is too long, and its errors end the connection before the answer is read.
      maxHeaderSize: limits.maxTargetBytes + limits.maxHeaderBytes + 4096,
      headersTimeout: timeouts.headers,
      requestTimeout: timeouts.request,
      // endIdleConnections stands for it.
      keepAliveTimeout: 0,
      connectionsCheckingInterval: Math.min(30_000, Math.max(100, timeouts.headers / 4)),
      // The head is checked by ourselves, with a page for the client.
      requireHostHeader: false,
      insecureHTTPParser: false,
      ...(IS_NODE ? { IncomingMessage: Incoming } : {}),
      ...(IS_NODE && Outgoing.isNeeded() ? { ServerResponse: Outgoing } : {}),
      optimizeEmptyRequests: true,
    }
  const listener: RequestListener = (incoming, outgoing) => receive(gateway, incoming, outgoing, false)
  const { tls } = options
  const server =
    tls === undefined
      ? createServer(serverOptions, listener)
      : await createTlsServer({ ...serverOptions, handshakeTimeout: timeouts.headers }, tls, listener)
  // Node drops headers over this number without a word; 0 keeps them, so that they can be counted.
  server.maxHeadersCount = 0
  server.timeout = timeouts.idle

  const sockets = new Set<Socket>()
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    if (maxConnections !== null && sockets.size >= maxConnections) {
      socket.on('error', () => undefined)
      refuseSocket(socket, BUSY)
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  endIdleConnections(server, sockets, timeouts.keepAlive)
  gateway.keepAlive = timeouts.keepAlive
  server.on('checkContinue', (incoming, outgoing) => receive(gateway, incoming, outgoing, true))
  server.on('checkExpectation', (incoming, outgoing) => refuse(incoming, outgoing, EXPECTATION_FAILED))
  server.on('connect', (_incoming, socket) => {
    socket.on('error', () => undefined)
    refuseSocket(socket, METHOD_NOT_ALLOWED)
  })
  server.on('clientError', (error, socket) => answerClientError(error, socket, limits))
  return { server, connections: tls === undefined ? sockets : connectionsBelow(server, maxConnections) }
}
