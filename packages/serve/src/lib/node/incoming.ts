import { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { BodySource } from '@phial/http'
import { BodyCollector } from './collected-body.ts'

/**
 * Node's message, with a way around its stream: what the parser pushes goes straight to whoever wants the whole body.
 * The stream would start, drain, end and close for it, each in a tick of the event loop, and a request feels every tick.
 */
export class Incoming extends IncomingMessage {
  static {
    // A property for the compiler, hence no accessor of the class. Node lets go of messages that have ended.
    const inherited = Object.getOwnPropertyDescriptor(Readable.prototype, 'readableEnded')!.get!
    Object.defineProperty(Incoming.prototype, 'readableEnded', {
      configurable: true,
      get(this: Incoming) {
        return this.#delivered || (inherited.call(this) as boolean)
      },
    })
  }

  #collector: BodyCollector | null = null
  #delivered = false

  /** Takes the whole body around the stream. Nothing of it may have arrived. */
  collect(done: (body: BodySource) => void): void {
    this.#collector = new BodyCollector(done)
  }

  /** Says that there is no body, so that nobody has to read the stream to its end. */
  skipBody(): void {
    this.#deliver()
  }

  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (this.#delivered) return true
    const collector = this.#collector
    if (collector === null) return super.push(chunk, encoding)
    if (chunk !== null) collector.add(chunk)
    else {
      this.#collector = null
      this.#deliver()
      collector.end()
    }
    return true
  }

  #deliver(): void {
    this.#delivered = true
    // Else Node reads what nobody has read of a message when its response is done.
    ;(this as { _dumped?: boolean })._dumped = true
  }
}
