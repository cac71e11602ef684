import type { Headers } from '../headers/headers.ts'

/** What is known of an uploaded file before its bytes come. */
export interface FilePartInfo {
  /** The form field, or null if the part has no name. */
  readonly name: string | null
  /** As the client sent it: data, never a path. */
  readonly filename: string
  readonly contentType: string | null
  readonly headers: Headers
}

/** Where the bytes of one file go while a form is read. */
export interface FileStore {
  /** Takes the next bytes, which do not change afterwards. The form is read on when the promise is done. */
  write(chunk: Uint8Array): void | Promise<void>
  /** All bytes are there. */
  finish(): StoredFile | Promise<StoredFile>
  /** The form turned out bad or its sender went away: give everything back. Called at most once, and not after `finish` succeeded. */
  discard(): void | Promise<void>
}

/** A file that has come in whole. */
export interface StoredFile {
  /** In bytes. */
  readonly size: number
  /** The path of a file of its own, or null if it is in memory. */
  readonly path: string | null
  bytes(): Uint8Array | Promise<Uint8Array>
  /** The content from its start, piece by piece. */
  chunks(): AsyncIterable<Uint8Array>
  /** Gives memory or disk space back. May be called more than once. */
  close(): void | Promise<void>
}

/**
 * Decides where a file goes. Gateways give theirs to the form reader: in memory ({@link createMemoryStore}) everywhere,
 * spooled to disk on Node (`createFileSpool` of `@phial/http/files-node`).
 */
export type FileStoreFactory = (info: FilePartInfo) => FileStore

/** A {@link FileStoreFactory} that keeps files in memory. */
export function createMemoryStore(): FileStore {
  let chunks: Uint8Array[] = []
  let size = 0
  return {
    write(chunk) {
      chunks.push(chunk)
      size += chunk.length
    },
    finish() {
      return new MemoryFile(chunks, size)
    },
    discard() {
      chunks = []
    },
  }
}

/** A file in memory. */
export class MemoryFile implements StoredFile {
  readonly size: number
  readonly path: null = null
  #chunks: Uint8Array[]

  constructor(chunks: Uint8Array[], size: number) {
    this.#chunks = chunks
    this.size = size
  }

  bytes(): Uint8Array {
    if (this.#chunks.length !== 1) this.#chunks = [concatenate(this.#chunks, this.size)]
    return this.#chunks[0]!
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#chunks
  }

  close(): void {}
}

/** Joins chunks of `size` bytes together. */
export function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const bytes = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
