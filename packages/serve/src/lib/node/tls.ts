import type { Server as HttpServer, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import type { TlsOptions } from '../options.ts'

/** Node's server for HTTPS. It is loaded where it is wanted, since few applications serve it themselves. */
export async function createTlsServer(
  options: { readonly handshakeTimeout: number },
  tls: TlsOptions,
  listener: RequestListener,
): Promise<HttpServer> {
  const { createServer } = await import('node:https')
  // Without this Node takes certificates to check clients by, and asks no client for one.
  const check = tls.ca === undefined ? {} : { requestCert: true, rejectUnauthorized: true }
  const server = createServer({ ...options, ...tls, ...check } as object, listener) as HttpServer
  // Node leaves it to listeners to end a handshake that takes too long. An answer could not be read before it is over.
  return server.prependListener('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
}

/**
 * The connections below those of TLS. Whoever does not finish the handshake is not counted as connected by Node or by
 * us; so as many again as may be connected may be at it.
 */
export function connectionsBelow(server: HttpServer, maxConnections: number | null): ReadonlySet<Socket> {
  const connections = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    if (maxConnections !== null && connections.size >= 2 * maxConnections) {
      socket.destroy()
      return
    }
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return connections
}
