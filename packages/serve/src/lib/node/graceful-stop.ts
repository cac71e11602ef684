import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Gateway } from './gateway.ts'

const SWEEP = 100

/**
 * Stops a server: it listens no more, connections end with the answer that is under way, and idle ones at once. After
 * `grace` milliseconds the signals of the requests that are left abort, and their connections are cut.
 *
 * @param connections the open ones.
 */
export function stopGracefully(
  server: Server,
  gateway: Gateway,
  connections: ReadonlySet<Socket>,
  grace: number,
): Promise<void> {
  gateway.endsConnections = true
  gateway.stopping = true
  return new Promise((resolve) => {
    const sweep = (): void => {
      server.closeIdleConnections()
      // Node does not count a connection as idle that has not sent a byte yet; browsers open such ones in advance.
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
    }
    // Requests that were on their way when the server stopped still find it.
    const sweeper = setInterval(sweep, SWEEP)
    const cut = setTimeout(() => {
      for (const source of gateway.watched) source.abort('The server is closing.')
      // What the signals set off, such as a last message of a stream, may still be written.
      setImmediate(() => {
        server.closeAllConnections()
        // Node does not know those whose handshake is not over.
        for (const socket of connections) socket.destroy()
      })
    }, grace)
    server.close(() => {
      clearInterval(sweeper)
      clearTimeout(cut)
      resolve()
    })
  })
}
