import type { Headers } from '@phial/http'
import type { Upgrade, WebSocketConnection } from '@phial/http/websocket'
import { LATE, within } from '../timer.ts'

/** The client's end of a WebSocket to an application that runs in the same process. */
export class TestSocket {
  /** The subprotocol that the application has chosen, or `''`. */
  readonly protocol: string
  /** The headers of the handshake, such as `Set-Cookie`. */
  readonly headers: Headers
  readonly #upgrade: Upgrade
  readonly #received: (string | Uint8Array)[] = []
  readonly #end: () => void
  #wake: (() => void) | null = null
  #closing: { code: number; reason: string } | null = null
  readonly #connection: WebSocketConnection

  /** @param end runs when the socket is closed and the application knows. */
  constructor(upgrade: Upgrade, headers: Headers, end: () => void) {
    this.#upgrade = upgrade
    this.#end = end
    this.protocol = upgrade.protocol ?? ''
    this.headers = headers
    const { protocol } = this
    const isOpen = (): boolean => this.#closing === null
    this.#connection = {
      protocol,
      bufferedAmount: 0,
      get isOpen() {
        return isOpen()
      },
      send: (data) => {
        if (!isOpen()) return
        this.#received.push(data)
        this.#wake?.()
      },
      close: (code = 1005, reason = '') => this.#close(code, reason),
    }
    void upgrade.handlers.open(this.#connection)
  }

  /** How the socket was closed, or null. */
  get closed(): { readonly code: number; readonly reason: string } | null {
    return this.#closing
  }

  /**
   * Sends a message, and waits for its handler.
   *
   * @throws Error if the socket is closed.
   */
  async send(data: string | Uint8Array): Promise<void> {
    if (this.#closing !== null) throw new Error(`The socket is closed (${this.#closing.code}).`)
    const size = typeof data === 'string' ? new TextEncoder().encode(data).length : data.length
    if (size > this.#upgrade.maxMessageBytes) this.#close(1009, 'Max payload size exceeded')
    else await this.#upgrade.handlers.message(this.#connection, data)
  }

  /**
   * The next message of the application. It waits for one.
   *
   * @throws Error if the socket is closed and no message is left, or if none comes in a second.
   */
  async receive(): Promise<string | Uint8Array> {
    const end = Date.now() + 1000
    for (;;) {
      const message = this.#received.shift()
      if (message !== undefined) return message
      if (this.#closing !== null) {
        throw new Error(`The socket was closed: ${this.#closing.code} ${this.#closing.reason}`.trimEnd())
      }
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      if ((await within((end - Date.now()) / 1000, woken)) === LATE) {
        throw new Error('No message has come in a second.')
      }
    }
  }

  /** Closes the socket as a client, and waits until the application knows. */
  async close(code = 1000, reason = ''): Promise<void> {
    await this.#close(code, reason)
  }

  #close(code: number, reason: string): void | Promise<void> {
    if (this.#closing !== null) return
    this.#closing = { code, reason }
    this.#wake?.()
    const told = this.#upgrade.handlers.close(this.#connection, code, reason)
    if (told instanceof Promise) return told.then(this.#end)
    this.#end()
  }
}
