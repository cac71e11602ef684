import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileStorage } from '../body/file-storage.ts'

export interface SaveFileOptions {
  /** Replace a file that is there already. Default true; with false it is an error (`EEXIST`). */
  overwrite?: boolean
}

/**
 * Writes an uploaded file to `path`, piece by piece.
 *
 * `path` must be chosen by the application: `file.filename` is what the client sent, so put it through
 * `secureFilename` first, and see that the result is not empty.
 *
 * @throws TypeError if `path` is a directory.
 * @throws Error of the file system; a file that was begun is removed.
 */
export async function saveFile(
  file: FileStorage,
  path: string,
  options: SaveFileOptions = {},
): Promise<void> {
  const target = await stat(path).catch(() => null)
  if (target?.isDirectory()) {
    throw new TypeError(
      `Cannot save an upload to ${JSON.stringify(path)}, which is a directory. Give the whole path, for example ` +
        'join(directory, secureFilename(file.filename)).',
    )
  }
  const flags = options.overwrite === false ? 'wx' : 'w'
  try {
    await pipeline(
      Readable.from(file.stored.chunks(), { objectMode: false }),
      createWriteStream(path, { flags }),
    )
  } catch (error) {
    // What was begun is removed, but never what is no plain file, nor what the flag protects.
    if (target?.isFile() !== false && options.overwrite !== false) await rm(path, { force: true })
    throw error
  }
}
