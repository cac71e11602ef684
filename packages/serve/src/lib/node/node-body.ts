import type { IncomingMessage, ServerResponse } from 'node:http'
import { BodySource, ClientDisconnected, RequestEntityTooLarge } from '@phial/http'
import { asBytes, joinChunks } from './chunks.ts'
import { Incoming } from './incoming.ts'
import { releaseChunks } from './release-chunks.ts'

// Bytes that wait for a slow reader before the client is slowed down: two reads of a socket.
const HIGH_WATER = 128 * 1024

/** Bytes of a body nobody wanted that are still taken, so that the client comes to read the answer. */
export const DRAIN_LIMIT: number = 64 * 1024
const DRAIN_TIME = 1_000

/** A body that is taken from the wire when it is asked for: one that is large, or of unknown size. */
export class NodeBody extends BodySource {
  readonly length: number | null
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  #expectsContinue: boolean

  #chunks: Uint8Array[] = []
  #buffered = 0
  #received = 0
  #open = false
  #error: Error | null = null
  #wake: (() => void) | null = null

  /** @param expectsContinue whether the client waits for `100 Continue` before it sends anything. */
  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    length: number | null,
    expectsContinue: boolean,
  ) {
    super()
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.length = length
    this.#expectsContinue = expectsContinue
  }

  /** Whether so much is left on the wire, or so little is known of it, that the connection cannot be used again. */
  get spoilsConnection(): boolean {
    if (this.#incoming.complete) return false
    return this.#expectsContinue || this.length === null || this.length - this.#received > DRAIN_LIMIT
  }

  /**
   * Throws the rest away, up to {@link DRAIN_LIMIT} and for a second. A connection that is closed while bytes come in
   * is reset, and the client may lose the answer that it was sent.
   */
  drain(): Promise<void> {
    const incoming = this.#incoming
    this.#stop(
      new TypeError('The body of a request can be read until its response has been sent, not after.'),
    )
    if (incoming.complete || incoming.destroyed || this.#expectsContinue) return Promise.resolve()
    return drain(incoming)
  }

  protected collect(limit: number): Promise<Uint8Array> {
    const incoming = this.#incoming
    this.#begin()
    // Everything is wanted, so nothing has to wait.
    incoming.off('data', this.#take)
    if (this.#error !== null) return Promise.reject(this.#error)
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      const take = (chunk: Buffer): void => {
        this.#received += chunk.length
        if (this.#received > limit) {
          incoming.off('data', take).pause()
          reject(new RequestEntityTooLarge())
        } else chunks.push(chunk)
      }
      // Called at the end, when the client leaves, and when the answer has been sent before.
      this.#wake = () => {
        // Else the message, which lives on for a while, keeps the bytes from being freed.
        incoming.off('data', take).off('end', this.#notify).off('close', this.#left)
        if (this.#error !== null) reject(this.#error)
        else resolve(joinChunks(chunks, this.#received))
        if (chunks.length > 1 && incoming instanceof Incoming && incoming.listenerCount('data') === 0) {
          releaseChunks(chunks)
        }
      }
      incoming.on('data', take)
    })
  }

  protected async *pull(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk
    } finally {
      this.#incoming.pause()
    }
  }

  /** The next bytes; null at the end. */
  async #next(): Promise<Uint8Array | null> {
    if (!this.#open) this.#begin()
    for (;;) {
      const chunk = this.#chunks.shift()
      if (chunk !== undefined) {
        this.#buffered -= chunk.length
        return chunk
      }
      if (this.#error !== null) throw this.#error
      if (this.#incoming.readableEnded) return null
      if (this.#incoming.isPaused()) this.#incoming.resume()
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #begin(): void {
    this.#open = true
    const incoming = this.#incoming
    if (incoming.destroyed && !incoming.readableEnded) {
      this.#error = new ClientDisconnected()
      return
    }
    incoming.on('data', this.#take).on('end', this.#notify).on('close', this.#left)
    if (this.#expectsContinue) {
      this.#expectsContinue = false
      if (!this.#outgoing.headersSent) this.#outgoing.writeContinue()
    }
  }

  #stop(error: Error): void {
    this.#incoming.off('data', this.#take)
    this.#open = true
    this.#error ??= error
    this.#notify()
  }

  readonly #take = (chunk: Buffer): void => {
    this.#received += chunk.length
    this.#buffered += chunk.length
    this.#chunks.push(asBytes(chunk))
    if (this.#buffered >= HIGH_WATER) this.#incoming.pause()
    this.#notify()
  }

  readonly #left = (): void => {
    if (!this.#incoming.complete) this.#error ??= new ClientDisconnected()
    this.#notify()
  }

  readonly #notify = (): void => {
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }
}

/** Throws away what comes in, up to {@link DRAIN_LIMIT} and for a second. */
export function drain(incoming: IncomingMessage): Promise<void> {
  if (incoming.complete || incoming.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let drained = 0
    const done = (): void => {
      clearTimeout(timer)
      incoming.off('data', count).off('end', done).off('close', done).pause()
      resolve()
    }
    const count = (chunk: Buffer): void => {
      drained += chunk.length
      if (drained > DRAIN_LIMIT) done()
    }
    const timer = setTimeout(done, DRAIN_TIME)
    incoming.on('data', count).on('end', done).on('close', done).resume()
  })
}
