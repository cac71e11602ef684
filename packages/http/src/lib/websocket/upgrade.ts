import type { ResponseBase } from '../response/response-base.ts'

/** An open WebSocket, whatever server it came through. */
export interface WebSocketConnection {
  /** The subprotocol that was agreed on, or `''`. */
  readonly protocol: string
  /** Whether messages can be sent. */
  readonly isOpen: boolean
  /** Bytes that wait to be sent: a client that reads slowly lets them grow. */
  readonly bufferedAmount: number
  /** Sends text or bytes; does nothing where the socket is closed. */
  send(data: string | Uint8Array): void
  /** Closes it. @param code 1000, or from 3000 to 4999. @param reason at most 123 bytes. */
  close(code?: number, reason?: string): void
}

/** What happens to a WebSocket. Messages that come while a promise is pending wait for it. */
export interface WebSocketHandlers {
  /** The socket is open. */
  open?(socket: WebSocketConnection): void | Promise<void>
  /** A message has come: text, or bytes. */
  message?(socket: WebSocketConnection, data: string | Uint8Array): void | Promise<void>
  /** The socket is closed, by whomever; 1006 where the connection broke off. */
  close?(socket: WebSocketConnection, code: number, reason: string): void | Promise<void>
}

/** What a gateway is told by a response that accepts a WebSocket. */
export interface Upgrade {
  readonly handlers: Required<WebSocketHandlers>
  /** The largest message that is taken, in bytes. */
  readonly maxMessageBytes: number
  /** The subprotocol that the application has chosen of those that the client offers, or null. */
  readonly protocol: string | null
}

// Of the registry, since a gateway may come from another copy of this package.
const UPGRADE = Symbol.for('phial.upgrade')

/** Makes a response one that accepts a WebSocket. Its status is 101; its headers go with the handshake. */
export function setUpgrade(response: ResponseBase, upgrade: Upgrade): void {
  response.status = 101
  Object.defineProperty(response, UPGRADE, { value: upgrade })
}

/** What a response says about the WebSocket that it accepts; null if it accepts none. */
export function upgradeOf(response: object): Upgrade | null {
  return (response as { [UPGRADE]?: Upgrade })[UPGRADE] ?? null
}
