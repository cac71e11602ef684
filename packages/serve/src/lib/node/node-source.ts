import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { BodySource, FileStoreFactory, RequestSource } from '@phial/http'
import { createFileSpool } from '@phial/http/files-node'
import type { Gateway } from './gateway.ts'

/** One request as Node delivers it. Nothing is computed that nobody asks for. */
export class NodeSource implements RequestSource {
  readonly method: string
  /** In origin form; {@link checkHead} takes the authority of an absolute one out. */
  target: string
  readonly rawHeaders: string[]
  readonly rootPath: string = ''
  body: BodySource | null = null
  /** Bytes of the body: 0 for none, -1 for an unknown number. Set by {@link checkHead}. */
  bodyLength = 0
  canUpgrade = false

  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly gateway: Gateway
  #controller: AbortController | null = null

  constructor(incoming: IncomingMessage, outgoing: ServerResponse, gateway: Gateway) {
    this.incoming = incoming
    this.outgoing = outgoing
    this.gateway = gateway
    this.method = incoming.method!
    this.target = incoming.url!
    this.rawHeaders = incoming.rawHeaders
  }

  get scheme(): string {
    return (this.incoming.socket as TLSSocket).encrypted === true ? 'https' : 'http'
  }

  get remoteAddr(): string | null {
    return this.incoming.socket.remoteAddress ?? null
  }

  get server(): readonly [host: string, port: number | null] | null {
    const { localAddress, localPort } = this.incoming.socket
    return localAddress === undefined ? null : [localAddress, localPort ?? null]
  }

  get storeFactory(): FileStoreFactory {
    return (spool ??= createFileSpool())
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController()
      this.#watch()
    }
    return this.#controller.signal
  }

  /** Aborts the signal, if somebody holds it. */
  abort(reason: string): void {
    this.#controller?.abort(new DOMException(reason, 'AbortError'))
  }

  #watch(): void {
    const { outgoing, gateway } = this
    if (outgoing.closed || outgoing.destroyed) {
      if (!outgoing.writableFinished) this.abort(CLIENT_LEFT)
      return
    }
    gateway.watched.add(this)
    outgoing.once('close', () => {
      gateway.watched.delete(this)
      if (!outgoing.writableFinished) this.abort(CLIENT_LEFT)
    })
  }
}

const CLIENT_LEFT = 'The client closed the connection.'

// One for the process: it keeps nothing of a request.
let spool: FileStoreFactory | null = null
