import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Response } from '@phial/http'
import { type Upgrade, upgradeOf, type WebSocketConnection } from '@phial/http/websocket'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Gateway } from './gateway.ts'
import { checkHead } from './head.ts'
import { NodeSource } from './node-source.ts'
import { refusal, refuseSocket } from './refusal.ts'
import { fail, send } from './send.ts'

/** The WebSockets of a server. */
export interface Upgrades {
  /** Closes them with 1001, and cuts after some milliseconds those that are left. */
  close(grace: number): void
  /** Done when the application knows of the end of each. */
  settled(): Promise<unknown>
}

/** How often sockets are asked whether their client is still there; the second time without an answer they are cut. */
const HEARTBEAT = 30_000
const MAX_FRAGMENTS = 1024
const STOPPING = refusal(503, 'The server is closing.')
const BODY = refusal(400, 'A request that asks for another protocol has no body.')
/** Headers that the handshake has of its own, or that belong to a body. */
const HANDSHAKE = /^(?:connection|upgrade|sec-websocket-.*|content-.*|transfer-encoding)$/i

/**
 * Lets a server open WebSockets where the application accepts them. Other requests for an upgrade are answered as if they
 * had not asked, and end the connection.
 *
 * @throws Error if the package `ws` is missing.
 */
export async function acceptUpgrades(server: Server, gateway: Gateway): Promise<Upgrades> {
  const { WebSocketServer } = await loadWs()
  const accepted = new WeakMap<IncomingMessage, { upgrade: Upgrade; response: Response }>()
  const open = new Set<WebSocket>()
  const ends = new Set<Promise<void>>()
  const alive = new WeakSet<WebSocket>()
  const servers = new Map<number, WebSocketServer>()

  /** The limit of a message is one of a server. */
  const serverFor = (maxPayload: number): WebSocketServer => {
    const known = servers.get(maxPayload)
    if (known !== undefined) return known
    const made = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // What is packed may unpack to anything (S24).
      perMessageDeflate: false,
      maxPayload,
      ...{ maxFragments: MAX_FRAGMENTS },
      handleProtocols: (_offered, incoming) => accepted.get(incoming)?.upgrade.protocol ?? false,
    })
    made.on('headers', (lines: string[], incoming) => {
      for (const [name, value] of accepted.get(incoming)?.response.headers.toList() ?? []) {
        if (!HANDSHAKE.test(name)) lines.push(`${name}: ${value}`)
      }
    })
    servers.set(maxPayload, made)
    return made
  }

  const heartbeat = setInterval(() => {
    for (const socket of open) {
      // Nothing is read of a paused one, so that it cannot answer.
      if (socket.isPaused) continue
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, HEARTBEAT)
  heartbeat.unref()

  const connect = (socket: WebSocket, { handlers }: Upgrade, response: Response): void => {
    const connection = new NodeWebSocket(socket)
    open.add(socket)
    alive.add(socket)
    let ended = (): void => undefined
    const end = new Promise<void>((resolve) => {
      ended = resolve
    })
    ends.add(end)
    socket.on('pong', () => alive.add(socket))
    // The close event follows, with the code.
    socket.on('error', () => undefined)
    /** Nothing more is read while a handler is at work. */
    const run = (result: void | Promise<void>): void => {
      if (!(result instanceof Promise)) return
      socket.pause()
      void result.finally(() => socket.resume())
    }
    socket.on('message', (data: Buffer, isBinary) => {
      alive.add(socket)
      run(handlers.message(connection, isBinary ? data : data.toString('utf8')))
    })
    socket.on('close', (code, reason) => {
      open.delete(socket)
      const finish = (): void => {
        close(gateway, response)
        ends.delete(end)
        ended()
      }
      const closing = handlers.close(connection, code, reason.toString('utf8'))
      if (closing instanceof Promise) void closing.then(finish)
      else finish()
    })
    run(handlers.open(connection))
  }

  server.on('upgrade', (incoming: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const { socket } = incoming
    duplex.on('error', () => undefined)
    if (gateway.stopping) return refuseSocket(duplex, STOPPING)
    const outgoing = new ServerResponse(incoming)
    outgoing.shouldKeepAlive = false
    outgoing.assignSocket(socket)
    outgoing.once('finish', () => socket.destroySoon())
    const source = new NodeSource(incoming, outgoing, gateway)
    const refused = checkHead(source, gateway.limits) ?? (source.bodyLength === 0 ? null : BODY)
    if (refused !== null) return refuseSocket(duplex, refused)
    source.canUpgrade = true
    const request = new gateway.requestClass(source)
    const start = performance.now()
    const record = (status: number): void => {
      gateway.onAnswer?.({
        method: source.method,
        target: source.target,
        httpVersion: incoming.httpVersion,
        remoteAddr: source.remoteAddr,
        status,
        duration: performance.now() - start,
        complete: true,
      })
    }
    void (async () => gateway.app.fetch(request))().then(
      (answer) => {
        const upgrade = upgradeOf(answer)
        record(answer.status)
        if (upgrade === null) return send(source, request, answer)
        const response = answer as Response
        if (gateway.stopping || duplex.destroyed) {
          close(gateway, response)
          return refuseSocket(duplex, STOPPING)
        }
        outgoing.detachSocket(socket)
        accepted.set(incoming, { upgrade, response })
        let isOpen = false
        // A handshake that is none ends without an event of its own.
        duplex.once('close', () => {
          if (!isOpen) close(gateway, response)
        })
        serverFor(upgrade.maxMessageBytes).handleUpgrade(incoming, duplex, head, (webSocket) => {
          isOpen = true
          connect(webSocket, upgrade, response)
        })
      },
      (error: unknown) => {
        record(500)
        fail(source, request, error)
      },
    )
  })

  return {
    close(grace) {
      clearInterval(heartbeat)
      for (const socket of open) socket.close(1001, 'The server is closing.')
      setTimeout(() => {
        for (const socket of open) socket.terminate()
      }, grace).unref()
    },
    settled: () => Promise.all(ends),
  }
}

async function loadWs(): Promise<typeof import('ws')> {
  try {
    return await import('ws')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error("Routes for WebSockets need the package 'ws'. Install it: npm install ws", {
      cause: error,
    })
  }
}

/** Runs what waits for the end of the response, such as teardown functions. */
function close(gateway: Gateway, response: Response): void {
  try {
    response.close()
  } catch (error) {
    gateway.logger.error('A function at the end of a WebSocket failed.', error)
  }
}

class NodeWebSocket implements WebSocketConnection {
  readonly #socket: WebSocket

  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount
  }

  send(data: string | Uint8Array): void {
    if (this.isOpen) this.#socket.send(data)
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason)
  }
}
