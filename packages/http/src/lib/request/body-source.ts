import { concatenate } from '../body/file-store.ts'
import { closeForm, type ParsedForm } from '../body/form-reader.ts'
import { type Utf8Decoder, utf8 } from '../body/utf8.ts'
import { RequestEntityTooLarge } from '../exceptions/client-errors.ts'

/**
 * The body of one request, as a gateway delivers it. It can be taken from the wire once; what was read whole is kept,
 * so that every later reader (a hook, the view, a mounted application) gets the same bytes.
 */
export abstract class BodySource implements Utf8Decoder {
  /** The size announced by `Content-Length` in bytes, or null for a body of unknown size. */
  abstract readonly length: number | null

  /** The form parsed from this body, shared by all views of the request. @internal */
  parsedForm: ParsedForm | Promise<ParsedForm> | null = null

  /** Whether the body was parsed as a form before anything else read it. @internal */
  takenAsForm = false

  #bytes: Uint8Array | null = null
  #reading: Promise<Uint8Array> | null = null
  #streamed = false

  /** Whether the body has been read or is being read. */
  get used(): boolean {
    return this.#bytes !== null || this.#reading !== null || this.#streamed
  }

  /**
   * The whole body. It comes at once, not as a promise, where the gateway had it already.
   *
   * @param limit the most bytes to take; `Infinity` for no limit.
   * @throws RequestEntityTooLarge before anything is read where the announced size is over the limit, else at the
   *   first byte over it; the rest of the body is not read then.
   * @throws TypeError if the body was taken as a stream before.
   */
  read(limit: number): Uint8Array | Promise<Uint8Array> {
    if (this.#bytes !== null) {
      if (this.#bytes.length > limit) throw new RequestEntityTooLarge()
      return this.#bytes
    }
    if (this.#reading !== null) return this.#reading
    if (this.#streamed) throw bodyTaken()
    if (this.length !== null && this.length > limit) throw new RequestEntityTooLarge()
    const result = this.collect(limit)
    if (result instanceof Promise) {
      this.#reading = result.then((bytes) => {
        this.#bytes = bytes
        return bytes
      })
      return this.#reading
    }
    this.#bytes = result
    return result
  }

  /**
   * The body piece by piece; the next piece is asked for when the last has been used.
   *
   * @throws TypeError if the body was taken as a stream before.
   */
  async *chunks(limit: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#bytes !== null || this.#reading !== null) {
      const bytes = await this.read(limit)
      if (bytes.length > 0) yield bytes
      return
    }
    if (this.#streamed) throw bodyTaken()
    this.#streamed = true
    if (this.length !== null && this.length > limit) throw new RequestEntityTooLarge()
    let total = 0
    for await (const chunk of this.pull()) {
      total += chunk.length
      if (total > limit) throw new RequestEntityTooLarge()
      yield chunk
    }
  }

  /** Gives back what the body holds: temporary files of its form. Gateways call it when the request is over. */
  close(): void | Promise<void> {
    const { parsedForm } = this
    if (parsedForm === null) return
    return parsedForm instanceof Promise ? parsedForm.then(closeForm, () => undefined) : closeForm(parsedForm)
  }

  /**
   * Bytes of this body as text; a byte order mark stays. Gateways override it where their runtime has a faster way.
   *
   * @throws TypeError if they are not UTF-8.
   */
  decode(bytes: Uint8Array): string {
    return utf8.decode(bytes)
  }

  /** Takes everything from the wire, at most `limit` bytes. Called once. */
  protected abstract collect(limit: number): Uint8Array | Promise<Uint8Array>

  /** Takes the body from the wire with back-pressure. Called once, never together with `collect`. */
  protected abstract pull(): AsyncIterable<Uint8Array>
}

function bodyTaken(): TypeError {
  return new TypeError(
    'The body of this request was already taken as a stream. Read it whole first (bytes(), json(), form()), ' +
      'then it can be read again.',
  )
}

/** A body that is in memory. */
export class BytesBody extends BodySource {
  readonly #content: Uint8Array

  constructor(content: Uint8Array) {
    super()
    this.#content = content
  }

  get length(): number {
    return this.#content.length
  }

  protected collect(): Uint8Array {
    return this.#content
  }

  protected async *pull(): AsyncGenerator<Uint8Array, void, undefined> {
    yield this.#content
  }
}

/** A body that comes from a stream or any other async iterable of bytes. */
export class StreamBody extends BodySource {
  readonly length: number | null
  readonly #chunks: AsyncIterable<Uint8Array>

  constructor(chunks: AsyncIterable<Uint8Array>, length: number | null = null) {
    super()
    this.#chunks = chunks
    this.length = length
  }

  protected async collect(limit: number): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let total = 0
    for await (const chunk of this.#chunks) {
      total += chunk.length
      if (total > limit) throw new RequestEntityTooLarge()
      chunks.push(chunk)
    }
    return concatenate(chunks, total)
  }

  protected pull(): AsyncIterable<Uint8Array> {
    return this.#chunks
  }
}
