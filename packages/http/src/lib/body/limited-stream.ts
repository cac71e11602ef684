import { ClientDisconnected, RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import { HttpException } from '../exceptions/http-exception.ts'

const EMPTY = new Uint8Array(0)
/** What `readAll` asks for at a time. */
const READ_SIZE = 65_536

export interface LimitedStreamOptions {
  /**
   * What the limit is. False: the announced `Content-Length`, at which the stream ends and before which its end means
   * that the client went away. True: a maximum, beyond which bytes are an error. Default false.
   */
  isMax?: boolean
}

/**
 * The bytes of a connection up to a limit, read at will or by `for await`; Werkzeug's `LimitedStream`
 * (https://werkzeug.palletsprojects.com/en/stable/wsgi/#werkzeug.wsgi.LimitedStream).
 *
 * Override {@link onExhausted} and {@link onDisconnect} to answer otherwise than with errors.
 */
export class LimitedStream implements AsyncIterable<Uint8Array> {
  /** In bytes. */
  readonly limit: number
  readonly isMax: boolean
  readonly #source: AsyncIterator<Uint8Array>
  #position = 0
  #rest: Uint8Array = EMPTY

  constructor(source: AsyncIterable<Uint8Array>, limit: number, options: LimitedStreamOptions = {}) {
    if (!Number.isSafeInteger(limit) || limit < 0) {
      throw new RangeError(`The limit of a stream must be a whole number from 0 up, got ${limit}.`)
    }
    this.#source = source[Symbol.asyncIterator]()
    this.limit = limit
    this.isMax = options.isMax ?? false
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.#position
  }

  /** Whether the limit has been reached. */
  get isExhausted(): boolean {
    return this.#position >= this.limit
  }

  /** Called for a read beyond the limit. Throws `RequestEntityTooLarge` if the limit is a maximum. */
  protected onExhausted(): void {
    if (this.isMax) throw new RequestEntityTooLarge()
  }

  /**
   * Called when the source fails or ends before the limit. Throws `ClientDisconnected`, unless the limit is a maximum
   * and the source just ended: a body may be smaller than it may be.
   */
  protected onDisconnect(error?: unknown): void {
    if (error instanceof HttpException) throw error
    if (!this.isMax || error !== undefined) throw new ClientDisconnected(undefined, { cause: error })
  }

  /**
   * The next bytes: at least one and at most `size`, or none at the end. Without `size` all bytes up to the limit.
   *
   * @throws ClientDisconnected (400) if the source ends or fails before the announced length.
   * @throws RequestEntityTooLarge (413) for a read when a maximum has been reached.
   */
  async read(size?: number): Promise<Uint8Array> {
    if (size === undefined || size < 0) return this.readAll()
    const remaining = this.limit - this.#position
    if (size === 0) return EMPTY
    if (remaining <= 0) {
      this.onExhausted()
      return EMPTY
    }
    if (this.#rest.length === 0 && !(await this.#pull())) return EMPTY
    const chunk = this.#rest.subarray(0, Math.min(size, remaining))
    this.#rest = this.#rest.subarray(chunk.length)
    this.#position += chunk.length
    return chunk
  }

  /** All bytes that are left up to the limit; what lies beyond it is not read. */
  async readAll(): Promise<Uint8Array> {
    if (this.isExhausted) {
      this.onExhausted()
      return EMPTY
    }
    const chunks: Uint8Array[] = []
    let total = 0
    while (!this.isExhausted) {
      const chunk = await this.read(READ_SIZE)
      if (chunk.length === 0) break
      chunks.push(chunk)
      total += chunk.length
    }
    const bytes = new Uint8Array(total)
    let offset = 0
    for (const chunk of chunks) {
      bytes.set(chunk, offset)
      offset += chunk.length
    }
    return bytes
  }

  /**
   * All bytes, chunk by chunk. Where the limit is a maximum, a body of exactly this size is no error, and one byte
   * more is.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (!this.isExhausted) {
        const chunk = await this.read(this.limit)
        if (chunk.length === 0) return
        yield chunk
      }
      if (this.isMax && (this.#rest.length > 0 || (await this.#pull()))) this.onExhausted()
    } finally {
      await this.#source.return?.()
    }
  }

  /** Fetches bytes into #rest; false at the end of the source. */
  async #pull(): Promise<boolean> {
    try {
      for (;;) {
        const { done, value } = await this.#source.next()
        if (done === true) break
        if (value.length === 0) continue
        this.#rest = value
        return true
      }
    } catch (error) {
      this.onDisconnect(error)
      return false
    }
    this.onDisconnect()
    return false
  }
}

export interface InputStreamOptions {
  /** The announced `Content-Length`, or null. */
  contentLength: number | null
  /** Whether the source ends by itself at the end of the body, as a server that decodes chunks sees to. */
  terminated: boolean
  /** Give no bytes where neither is known, as such a stream may never end. Default true. */
  safeFallback?: boolean
  /** The most bytes to read, null for no limit. Default null. */
  maxContentLength?: number | null
}

/**
 * The body of a request on a connection, safe to read: Werkzeug's `get_input_stream`.
 *
 * @throws RequestEntityTooLarge (413) at once if the announced length is over `maxContentLength`.
 */
export function createInputStream(
  source: AsyncIterable<Uint8Array>,
  options: InputStreamOptions,
): AsyncIterable<Uint8Array> {
  const { contentLength, terminated, safeFallback = true, maxContentLength = null } = options
  if (contentLength !== null && maxContentLength !== null && contentLength > maxContentLength) {
    throw new RequestEntityTooLarge()
  }
  if (terminated) {
    return maxContentLength === null ? source : new LimitedStream(source, maxContentLength, { isMax: true })
  }
  if (contentLength !== null) return new LimitedStream(source, contentLength)
  return safeFallback ? new LimitedStream(source, 0) : source
}
