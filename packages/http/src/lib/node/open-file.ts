import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileToSend } from '../file-response.ts'
import type { SliceableContent } from '../response/byte-slice.ts'

// Files up to this size are read at once: a stream costs more than it saves.
const SMALL = 64 * 1024
const CHUNK = 64 * 1024

/** A file that is open for sending, and how to close it. */
export interface OpenedFile extends FileToSend {
  close(): Promise<void>
}

/**
 * Opens a file for sending. Size, time and tag are those of the open file, so another one that takes its place
 * meanwhile changes nothing.
 *
 * @returns null if there is no regular file at `path`.
 */
export async function openFile(path: string): Promise<OpenedFile | null> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) {
      await handle.close()
      return null
    }
    const content =
      stats.size <= SMALL ? await readWhole(handle, stats.size) : new FileContent(handle, 0, stats.size)
    const known = {
      content,
      size: stats.size,
      path,
      name: basename(path),
      lastModified: stats.mtime,
      etag: `${stats.mtimeMs / 1000}-${stats.size}-${adler32(path)}`,
    }
    return content instanceof FileContent
      ? { ...known, close: () => handle.close() }
      : { ...known, close: async () => {} }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(buffer, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  await handle.close()
  if (filled < size)
    throw new Error(`The file became shorter while it was read: ${size} bytes expected, got ${filled}.`)
  return buffer
}

/** A part of an open file, read piece by piece as it is sent. */
class FileContent implements SliceableContent {
  readonly #handle: FileHandle
  readonly #start: number
  readonly #stop: number

  constructor(handle: FileHandle, start: number, stop: number) {
    this.#handle = handle
    this.#start = start
    this.#stop = stop
  }

  slice(start: number, stop: number): FileContent {
    return new FileContent(this.#handle, this.#start + start, Math.min(this.#start + stop, this.#stop))
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let position = this.#start
    while (position < this.#stop) {
      const buffer = new Uint8Array(Math.min(CHUNK, this.#stop - position))
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0)
        throw new Error(`The file became shorter while it was sent: it ended at byte ${position}.`)
      position += bytesRead
      yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead)
    }
  }
}

const MISSING: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'ERR_INVALID_ARG_VALUE',
])

function isMissing(error: unknown): boolean {
  return MISSING.has((error as { code?: unknown }).code)
}

/** Adler-32 of a path, which tells files of equal size and time apart (RFC 1950 §8.2). */
function adler32(text: string): number {
  let a = 1
  let b = 0
  for (const byte of new TextEncoder().encode(text)) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}
