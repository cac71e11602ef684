import { createServer, type Socket } from 'node:net'
import type { ListenTarget } from '../listen-error.ts'
import { serverUrl } from '../listening.ts'
import { listen } from './listen.ts'

/** Somebody who listens, and leaves the connections to others. */
export interface ConnectionListener {
  /** Where it is reached, without a slash at its end; `unix:` and the path for a socket. */
  readonly url: string
  /** As it was told. */
  readonly hostname: string
  /** The port it listens on; null for a Unix socket. */
  readonly port: number | null
  /** Listens no more. Connections that were accepted stay. */
  close(): void
}

/**
 * Listens, and gives each connection away before anything is read from it: to another process, which serves it with
 * `serveConnections`.
 *
 * @param scheme what the connections will speak, for the URL.
 * @throws ListenError if the address is in use, or cannot be used.
 */
export async function acceptConnections(
  target: ListenTarget,
  scheme: 'http' | 'https',
  onConnection: (socket: Socket) => void,
): Promise<ConnectionListener> {
  const server = createServer({ pauseOnConnect: true }, onConnection)
  await listen(server, target, false)
  const { hostname, path } = target
  const address = server.address()
  const port = address === null || typeof address === 'string' ? null : address.port
  return {
    url: port === null ? `unix:${path}` : serverUrl({ scheme, hostname, port }),
    hostname,
    port,
    close: () => void server.close(),
  }
}
