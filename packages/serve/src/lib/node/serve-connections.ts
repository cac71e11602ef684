import type { Server as HttpServer } from 'node:http'
import type { Socket } from 'node:net'
import type { FetchApp } from '@phial/http/middleware'
import { graceTime, resolveTimeouts, type ServeOptions } from '../options.ts'
import { keepDeadlines } from './deadlines.ts'
import { createGateway } from './gateway.ts'
import { createNodeServer } from './node-server.ts'
import type { CloseOptions } from './serve.ts'
import { acceptUpgrades } from './upgrade.ts'

/** Milliseconds in which the request of a connection that was just accepted still comes, on a busy machine too. */
const UNUSED = 500

/** What a server needs that does not listen. */
export type ConnectionServerOptions = Omit<
  ServeOptions,
  'hostname' | 'port' | 'path' | 'signal' | 'signals' | 'reusePort'
>

/** A server that is given its connections. */
export interface ConnectionServer {
  readonly node: HttpServer
  /** Takes a connection that somebody else has accepted, before anything was read from it. */
  accept(socket: Socket): void
  /** Resolves when no connection is left; none may be given any more. */
  close(options?: CloseOptions): Promise<void>
}

/**
 * Serves connections that another process listens for and hands over, so that it can replace this one without a client
 * noticing: a connection ends with its first answer, so each request meets the newest process.
 *
 * @throws TypeError or RangeError for an option that is wrong.
 */
export async function serveConnections(
  app: FetchApp,
  options: ConnectionServerOptions = {},
): Promise<ConnectionServer> {
  const defaultGrace = graceTime(options.grace ?? 10)
  const gateway = createGateway(app, options)
  gateway.endsConnections = true
  const { server } = await createNodeServer(gateway, options)
  const upgrades = app.hasWebSockets === true ? await acceptUpgrades(server, gateway) : null
  keepDeadlines(server, resolveTimeouts(options.timeouts), options.tls !== undefined)
  await app.startup?.()
  // Node's own list of connections is that of a server that listens.
  const open = new Set<Socket>()
  let whenEmpty: (() => void) | null = null
  const accept = (socket: Socket): void => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      if (open.size === 0) whenEmpty?.()
    })
    server.emit('connection', socket)
  }
  let closing: Promise<void> | null = null
  const close = ({ grace }: CloseOptions = {}): Promise<void> => {
    if (closing !== null) return closing
    const time = grace === undefined ? defaultGrace : graceTime(grace)
    gateway.stopping = true
    upgrades?.close(time)
    const emptied = new Promise<void>((resolve) => {
      const cut = setTimeout(() => {
        for (const source of gateway.watched) source.abort('The server is closing.')
        // What the signals set off, such as a last message of a stream, may still be written.
        setImmediate(() => {
          for (const socket of open) socket.destroy()
        })
      }, time)
      // Browsers open connections in advance; what they sent later would meet a process that is out of date.
      const dropUnused = (): void => {
        for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
      }
      // What has come meanwhile is read before the check, also where the timer is late.
      const sweep = setTimeout(() => setImmediate(dropUnused), UNUSED)
      whenEmpty = () => {
        clearTimeout(cut)
        clearTimeout(sweep)
        resolve()
      }
      if (open.size === 0) whenEmpty()
    })
    closing = emptied.then(async () => {
      await upgrades?.settled()
      await app.shutdown?.()
    })
    return closing
  }
  return { node: server, accept, close }
}
