import { rmSync } from 'node:fs'
import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileStore, type FileStoreFactory, MemoryFile, type StoredFile } from '../body/file-store.ts'
import { checkLimit } from '../body/limits.ts'
import { ServiceUnavailable } from '../exceptions/server-errors.ts'

export interface FileSpoolOptions {
  /** Bytes up to which a file stays in memory. Default 500 000. */
  threshold?: number
  /** Where larger files go while the request lasts. Default: the system's directory for temporary files. */
  directory?: string
}

/** What of the temporary files is there, for the case that the process ends before the requests do. */
const livePaths = new Set<string>()
let removesAtExit = false

/**
 * A store for uploaded files: small ones stay in memory, larger ones go to a temporary file of random name that only
 * this user can read (mode 0600), and that is removed when the file is closed. A gateway passes it to the form reader
 * (`storeFactory`) and closes the form when the request is over.
 *
 * If the disk is full or the directory cannot be written, the upload is answered with `ServiceUnavailable` (503).
 */
export function createFileSpool(options: FileSpoolOptions = {}): FileStoreFactory {
  const threshold = checkLimit('threshold', options.threshold ?? 500_000)!
  const directory = options.directory ?? tmpdir()
  return () => new SpooledStore(threshold, directory)
}

class SpooledStore implements FileStore {
  readonly #threshold: number
  readonly #directory: string
  #chunks: Uint8Array[] = []
  #size = 0
  #file: { readonly path: string; readonly handle: FileHandle } | null = null

  constructor(threshold: number, directory: string) {
    this.#threshold = threshold
    this.#directory = directory
  }

  write(chunk: Uint8Array): void | Promise<void> {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size > this.#threshold) return this.#flush()
  }

  async finish(): Promise<StoredFile> {
    if (this.#file === null) return new MemoryFile(this.#chunks, this.#size)
    const { path, handle } = this.#file
    await handle.close()
    return new SpooledFile(path, this.#size)
  }

  async discard(): Promise<void> {
    this.#chunks = []
    if (this.#file === null) return
    const { path, handle } = this.#file
    await handle.close().catch(() => {})
    await removeFile(path)
  }

  async #flush(): Promise<void> {
    try {
      this.#file ??= await createTemporaryFile(this.#directory)
      const chunks = this.#chunks
      this.#chunks = []
      for (const chunk of chunks) await writeAll(this.#file.handle, chunk)
    } catch (error) {
      throw new ServiceUnavailable('The server cannot store the uploaded file now.', { cause: error })
    }
  }
}

/** An uploaded file on disk. */
class SpooledFile implements StoredFile {
  readonly path: string
  readonly size: number
  #closed = false

  constructor(path: string, size: number) {
    this.path = path
    this.size = size
  }

  async bytes(): Promise<Uint8Array> {
    this.#assertOpen()
    return readFile(this.path)
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#assertOpen()
    const handle = await open(this.path, 'r')
    try {
      for (;;) {
        const { buffer, bytesRead } = await handle.read({ buffer: Buffer.allocUnsafeSlow(65_536) })
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await removeFile(this.path)
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new TypeError(
        'The uploaded file was removed when its request was over. Save or read it before that.',
      )
    }
  }
}

/** Writes all of `chunk`, of which one call may take but a part. */
export async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    written += (await handle.write(chunk, written)).bytesWritten
  }
}

/** By the global, which every Node has: importing `node:crypto` takes every start of a server 3 ms. */
function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex')
}

async function createTemporaryFile(directory: string): Promise<{ path: string; handle: FileHandle }> {
  const path = join(directory, `phial-upload-${randomName()}`)
  // `x`: never a file or link that somebody else put there.
  const handle = await open(path, 'wx', 0o600)
  if (!removesAtExit) {
    removesAtExit = true
    process.once('exit', removeLiveFiles)
  }
  livePaths.add(path)
  return { path, handle }
}

async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
  livePaths.delete(path)
}

function removeLiveFiles(): void {
  for (const path of livePaths) rmSync(path, { force: true })
}
