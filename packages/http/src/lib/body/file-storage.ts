import { Headers } from '../headers/headers.ts'
import { parseOptionsHeader } from '../headers/options-header.ts'
import { MemoryFile, type StoredFile } from './file-store.ts'

export interface FileStorageOptions {
  /** The form field. Default null. */
  name?: string | null
  /** The file's name on the client; data, never a path. Default null. */
  filename?: string | null
  /** Its media type; replaces the one in `headers`. */
  contentType?: string | null
  /** The headers of its part. */
  headers?: Headers
}

/**
 * An uploaded file: Werkzeug's `FileStorage` with the reading members of the Fetch `File`.
 *
 * `filename` is what the client sent. Use `secureFilename` before it becomes part of a path, and `saveFile` of
 * `@phial/http/files-node` to write the file.
 */
export class FileStorage {
  /** The form field that the file came in, or null. */
  readonly name: string | null
  /** The file's name on the client, unchecked; `''` if no file was chosen. Null if it has none. */
  readonly filename: string | null
  /** The headers of its part. */
  readonly headers: Headers
  /** The content, in memory or on disk. */
  readonly stored: StoredFile
  #mimetype: readonly [string, ReadonlyMap<string, string>] | null = null

  constructor(content: Uint8Array | StoredFile, options: FileStorageOptions = {}) {
    this.stored = content instanceof Uint8Array ? new MemoryFile([content], content.length) : content
    this.name = options.name ?? null
    this.filename = options.filename ?? null
    this.headers = options.headers ?? new Headers()
    if (options.contentType !== undefined && options.contentType !== null) {
      this.headers.set('Content-Type', options.contentType)
    }
  }

  /** The `Content-Type` of the part with its parameters, or null. Chosen by the client, so no proof of anything. */
  get contentType(): string | null {
    return this.headers.getFirst('Content-Type')
  }

  /** As {@link contentType}, or `''` (Fetch `File`). */
  get type(): string {
    return this.contentType ?? ''
  }

  /** The content type in lower case without parameters, or `''`. */
  get mimetype(): string {
    return this.#contentType()[0]
  }

  /** The parameters of the content type, by name in lower case. */
  get mimetypeParams(): ReadonlyMap<string, string> {
    return this.#contentType()[1]
  }

  /** In bytes. */
  get size(): number {
    return this.stored.size
  }

  /** Whether this is what browsers send for a file field in which no file was chosen. */
  get isEmpty(): boolean {
    return (this.filename === null || this.filename === '') && this.size === 0
  }

  /** The content. */
  async bytes(): Promise<Uint8Array> {
    return this.stored.bytes()
  }

  /** The content in an `ArrayBuffer` of its own. */
  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.stored.bytes()).buffer
  }

  /** The content as UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.stored.bytes())
  }

  /** The content from its start, as a new stream for each call. */
  stream(): ReadableStream<Uint8Array> {
    return streamOf(this.stored.chunks())
  }

  /** A Fetch `File` with this content, such as `FormData` takes it. */
  async toFile(): Promise<File> {
    return new File([await this.arrayBuffer()], this.filename ?? '', { type: this.type })
  }

  /** Gives memory or disk space back; the request's end does it too. */
  async close(): Promise<void> {
    await this.stored.close()
  }

  get [Symbol.toStringTag](): string {
    return 'FileStorage'
  }

  #contentType(): readonly [string, ReadonlyMap<string, string>] {
    if (this.#mimetype === null) {
      const [mimetype, parameters] = parseOptionsHeader(this.contentType)
      this.#mimetype = [mimetype.toLowerCase(), parameters]
    }
    return this.#mimetype
  }
}

/** A stream that takes the next chunk when it is asked for it. */
export function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
