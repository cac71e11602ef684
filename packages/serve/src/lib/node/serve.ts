import { createServer, type Server as HttpServer, type RequestListener, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { FetchApp } from '@phial/http/middleware'
import { serverUrl } from '../listening.ts'
import {
  checkPort,
  milliseconds,
  resolveMaxConnections,
  resolveTimeouts,
  type ServeOptions,
} from '../options.ts'
import { answerClientError } from './client-error.ts'
import { createGateway, type Gateway } from './gateway.ts'
import { stopGracefully } from './graceful-stop.ts'
import { listen } from './listen.ts'
import { receive } from './listener.ts'
import { closeAtSignals } from './process-signals.ts'
import { refusal, refuseSocket } from './refusal.ts'
import { refuse } from './refuse.ts'
import { acceptUpgrades } from './upgrade.ts'

/** A server that listens. */
export interface Server {
  /** Where it is reached, without a slash at its end: `http://127.0.0.1:5000`; `unix:` and the path for a socket. */
  readonly url: string
  /** As it was told. */
  readonly hostname: string
  /** The port it listens on; null for a Unix socket. */
  readonly port: number | null
  /** Node's own server, for WebSockets and the like. */
  readonly node: HttpServer
  /** Done when the server is closed, no connection is left, and the application is told. */
  readonly closed: Promise<void>
  /** Stops the server. It can be called again, to wait or with less `grace`; the first call counts. */
  close(options?: CloseOptions): Promise<void>
}

export interface CloseOptions {
  /** Seconds that requests under way get. 0 cuts them at once. Default: that of the server, 10. */
  grace?: number
}

const METHOD_NOT_ALLOWED = refusal(405, 'The server is no proxy.')
const EXPECTATION_FAILED = refusal(417, 'The server understands no expectation but 100-continue.')
const BUSY = refusal(503, 'The server has too many connections. Try again in a moment.', ['Retry-After', '1'])

/**
 * Serves an application on Node, and waits until it listens.
 *
 * ```ts
 * const server = await serve(app, { port: 8000 })
 * console.log(server.url)   // http://127.0.0.1:8000
 * await server.close()
 * ```
 *
 * @throws TypeError or RangeError for an option that is wrong.
 * @throws ListenError if the address is in use, or cannot be used.
 */
export async function serve(app: FetchApp, options: ServeOptions = {}): Promise<Server> {
  const { hostname = '127.0.0.1', path = null, tls, signal } = options
  const port = checkPort(options.port ?? 5000)
  const grace = options.grace === undefined ? 10_000 : graceTime(options.grace)
  const gateway = createGateway(app, options)
  const { server, sockets } = createNodeServer(gateway, options)
  signal?.throwIfAborted()
  const upgrades = app.hasWebSockets === true ? await acceptUpgrades(server, gateway) : null
  await app.startup?.()
  try {
    await listen(server, { hostname, port, path }, options.reusePort === true)
  } catch (error) {
    await app.shutdown?.()
    throw error
  }
  const address = server.address() as AddressInfo | string
  const actualPort = typeof address === 'string' ? null : address.port

  let closing: Promise<void> | null = null
  const closed = new Promise<void>((resolve) => server.once('close', resolve)).then(async () => {
    await upgrades?.settled()
    await app.shutdown?.()
  })
  const close = (closeOptions: CloseOptions = {}): Promise<void> => {
    if (closing === null) {
      const time = closeOptions.grace === undefined ? grace : graceTime(closeOptions.grace)
      upgrades?.close(time)
      closing = stopGracefully(server, gateway, sockets, time).then(() => closed)
    }
    return closing
  }
  signal?.addEventListener('abort', () => void close(), { once: true })
  if (options.signals === true) closeAtSignals(close)
  return {
    url:
      actualPort === null
        ? `unix:${path}`
        : serverUrl({ scheme: tls === undefined ? 'http' : 'https', hostname, port: actualPort }),
    hostname,
    port: actualPort,
    node: server,
    closed,
    close,
  }
}

function createNodeServer(
  gateway: Gateway,
  options: ServeOptions,
): { server: HttpServer; sockets: Set<Socket> } {
  const { limits } = gateway
  const timeouts = resolveTimeouts(options.timeouts)
  const maxConnections = resolveMaxConnections(options.limits)
  const serverOptions: ServerOptions & { optimizeEmptyRequests: boolean } = {
    // The parser counts the request line and the headers together. It must not be the first to refuse: it cannot tell
    // which of them is too long, and its errors end the connection before the answer is read.
    maxHeaderSize: limits.maxTargetBytes + limits.maxHeaderBytes + 4096,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(30_000, Math.max(100, timeouts.headers / 4)),
    // The head is checked by ourselves, with a page for the client.
    requireHostHeader: false,
    insecureHTTPParser: false,
    optimizeEmptyRequests: true,
  }
  const listener: RequestListener = (incoming, outgoing) => receive(gateway, incoming, outgoing, false)
  const server =
    options.tls === undefined
      ? createServer(serverOptions, listener)
      : (createTlsServer({ ...serverOptions, ...(options.tls as object) }, listener) as HttpServer)
  // Node drops headers over this number without a word; 0 keeps them, so that they can be counted.
  server.maxHeadersCount = 0
  server.timeout = timeouts.idle

  const sockets = new Set<Socket>()
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    if (maxConnections !== null && sockets.size >= maxConnections) {
      socket.on('error', () => undefined)
      refuseSocket(socket, BUSY)
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('checkContinue', (incoming, outgoing) => receive(gateway, incoming, outgoing, true))
  server.on('checkExpectation', (incoming, outgoing) => refuse(incoming, outgoing, EXPECTATION_FAILED))
  server.on('connect', (_incoming, socket) => {
    socket.on('error', () => undefined)
    refuseSocket(socket, METHOD_NOT_ALLOWED)
  })
  server.on('clientError', (error, socket) => answerClientError(error, socket, limits))
  return { server, sockets }
}

function graceTime(seconds: unknown): number {
  return seconds === 0 ? 0 : milliseconds('grace', seconds)
}
