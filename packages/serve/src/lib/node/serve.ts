import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FetchApp } from '@phial/http/middleware'
import { serverUrl } from '../listening.ts'
import { checkPort, graceTime, type ServeOptions } from '../options.ts'
import { createGateway } from './gateway.ts'
import { stopGracefully } from './graceful-stop.ts'
import { listen } from './listen.ts'
import { createNodeServer } from './node-server.ts'
import { closeAtSignals } from './process-signals.ts'
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
  const { server, connections } = await createNodeServer(gateway, options)
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
      closing = stopGracefully(server, gateway, connections, time).then(() => closed)
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
