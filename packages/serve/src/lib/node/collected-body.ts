import type { IncomingMessage } from 'node:http'
import { type BodySource, BytesBody } from '@phial/http'
import { asBytes, joinChunks } from './chunks.ts'

/** Puts a small body together before the application is called, so that it has it at once. */
export class BodyCollector {
  readonly #done: (body: BodySource) => void
  #first: Buffer | null = null
  // Nearly always there is one chunk.
  #chunks: Buffer[] | null = null
  #size = 0

  constructor(done: (body: BodySource) => void) {
    this.#done = done
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#first === null) this.#first = chunk
    else if (this.#chunks === null) this.#chunks = [this.#first, chunk]
    else this.#chunks.push(chunk)
  }

  end(): void {
    if (this.#chunks !== null) this.#done(new BytesBody(joinChunks(this.#chunks, this.#size)))
    else this.#done(new BufferBody(this.#first ?? Buffer.alloc(0)))
  }
}

/** Collects the body of a message of any class. Nothing is called if the client goes away. */
export function collectFromStream(incoming: IncomingMessage, done: (body: BodySource) => void): void {
  const collector = new BodyCollector(done)
  incoming.on('data', (chunk: Buffer) => collector.add(chunk)).on('end', () => collector.end())
}

/** A body that came in one piece, as nearly all do. A `Buffer` makes text faster than any decoder. */
class BufferBody extends BytesBody {
  readonly #buffer: Buffer
  readonly #bytes: Uint8Array

  constructor(buffer: Buffer) {
    const bytes = asBytes(buffer)
    super(bytes)
    this.#buffer = buffer
    this.#bytes = bytes
  }

  override decode(bytes: Uint8Array): string {
    if (bytes !== this.#bytes) return super.decode(bytes)
    const text = this.#buffer.toString()
    // It stands for what is no UTF-8, which is an error, or for itself.
    return text.includes('\ufffd') ? super.decode(bytes) : text
  }
}
