import { BadRequest, UnsupportedMediaType } from '../exceptions/client-errors.ts'
import type { Headers } from '../headers/headers.ts'
import { streamOf } from './file-storage.ts'
import { concatenate } from './file-store.ts'
import { parseFormContentType } from './form-content-type.ts'
import { assertSize, toHttpError } from './form-error.ts'
import { type BodyLimits, resolveBodyLimits } from './limits.ts'
import {
  type FieldEvent,
  type FileEvent,
  MultipartDecoder,
  type MultipartEvent,
} from './multipart-decoder.ts'
import { decodePartText } from './part-text.ts'

export interface ReadPartsOptions {
  /** Limits that differ from the defaults, or the result of `resolveBodyLimits`. */
  limits?: Partial<BodyLimits>
}

/**
 * A part of a multipart body while it comes in. Its content can be read once, and only before the next part is asked
 * for; what is left unread then is skipped.
 */
export class Part {
  /** The form field, or null if the part has no name. */
  readonly name: string | null
  /** The file's name on the client: data, never a path. Null for a field. */
  readonly filename: string | null
  readonly headers: Headers
  readonly #next: () => Promise<MultipartEvent>
  #state: 'unread' | 'reading' | 'passed' = 'unread'
  #done = false
  // Pulls one after the other, so that skipping waits for a reader who was not waited for.
  #pulling: Promise<Uint8Array | null> = Promise.resolve(null)

  /** @internal */
  constructor(event: FieldEvent | FileEvent, next: () => Promise<MultipartEvent>) {
    this.name = event.name
    this.filename = event.type === 'file' ? event.filename : null
    this.headers = event.headers
    this.#next = next
  }

  /** The `Content-Type` of the part, or null. */
  get contentType(): string | null {
    return this.headers.getFirst('Content-Type')
  }

  /** The content as a stream that asks for the next bytes when it is read. */
  stream(): ReadableStream<Uint8Array> {
    return streamOf(this.chunks())
  }

  /** The content as the pieces come. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#state !== 'unread') throw this.#unreadable()
    this.#state = 'reading'
    return this.#read()
  }

  /** The whole content. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of this.chunks()) {
      chunks.push(chunk)
      size += chunk.length
    }
    return concatenate(chunks, size)
  }

  /** The whole content as text: UTF-8, unless the part names ASCII or ISO-8859-1. */
  async text(): Promise<string> {
    return decodePartText(await this.bytes(), this.headers)
  }

  /** Ends the part without reading on, as the body is not read on. @internal */
  release(): void {
    this.#state = 'passed'
    this.#done = true
  }

  /** Passes over what is unread. @internal */
  async skip(): Promise<void> {
    this.#state = 'passed'
    while (!this.#done) await this.#pull()
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    while (!this.#done) {
      const chunk = await this.#pull()
      // A reader that was overtaken must not take the part's end for the content's end.
      if (this.#state === 'passed') throw this.#unreadable()
      if (chunk !== null && chunk.length > 0) yield chunk
    }
  }

  #pull(): Promise<Uint8Array | null> {
    const pulled = this.#pulling.then(async () => {
      if (this.#done) return null
      try {
        const event = await this.#next()
        if (event.type !== 'data')
          throw new TypeError(`Expected data of a part, got the event ${event.type}.`)
        this.#done = !event.moreData
        return event.data
      } catch (error) {
        this.#done = true
        throw error
      }
    })
    // Whoever called pull gets the error; the chain must go on without it.
    this.#pulling = pulled.catch(() => null)
    return pulled
  }

  #unreadable(): TypeError {
    const name = JSON.stringify(this.name)
    return new TypeError(
      this.#state === 'passed'
        ? `The part ${name} was skipped when the next one was asked for. Read it before, or keep its bytes().`
        : `The part ${name} was read already. Its content comes only once; keep its bytes() to use them twice.`,
    )
  }
}

/**
 * The parts of a multipart body as they come, without keeping any. The source is read no faster than the parts are.
 *
 * @throws UnsupportedMediaType (415) if the content type is not `multipart/form-data`.
 * @throws BadRequest (400) for a body that is not multipart, even after some parts, and a bad boundary.
 * @throws RequestEntityTooLarge (413) over a limit.
 */
export async function* readParts(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  contentType: string | null,
  options: ReadPartsOptions = {},
): AsyncGenerator<Part, void, undefined> {
  const limits = resolveBodyLimits(options.limits)
  const type = parseFormContentType(contentType)
  if (type.kind !== 'multipart') {
    throw new UnsupportedMediaType(
      `Expected the content type multipart/form-data, got ${contentType === null ? 'none' : JSON.stringify(contentType)}.`,
    )
  }
  if (type.boundary === '') throw new BadRequest('The content type multipart/form-data has no boundary.')
  const decoder = createDecoder(type.boundary, limits)
  const chunks = source instanceof Uint8Array ? oneChunk(source) : source
  const iterator = chunks[Symbol.asyncIterator]()
  const next = eventPuller(iterator, decoder, limits.maxContentLength)
  let part: Part | null = null
  try {
    for (let event = await next(); event.type !== 'epilogue'; event = await next()) {
      if (event.type !== 'field' && event.type !== 'file') continue
      part = new Part(event, next)
      yield part
      await part.skip()
    }
  } finally {
    part?.release()
    await iterator.return?.()
  }
}

/** Gives the decoder's events one by one, and bytes to the decoder as it needs them. An error comes again and again. */
function eventPuller(
  iterator: AsyncIterator<Uint8Array>,
  decoder: MultipartDecoder,
  limit: number | null,
): () => Promise<MultipartEvent> {
  let total = 0
  let failure: { readonly error: unknown } | null = null
  return async () => {
    if (failure !== null) throw failure.error
    try {
      for (;;) {
        const event = decoder.nextEvent()
        if (event.type !== 'needData') return event
        const { done, value } = await iterator.next()
        if (done === true) {
          decoder.receiveData(null)
        } else {
          total += value.length
          assertSize(total, limit)
          decoder.receiveData(value)
        }
      }
    } catch (error) {
      failure = { error: toHttpError(error) }
      throw failure.error
    }
  }
}

function createDecoder(boundary: string, limits: BodyLimits): MultipartDecoder {
  try {
    return new MultipartDecoder(boundary, limits)
  } catch (error) {
    throw toHttpError(error)
  }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes
}
