import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStorage } from '../body/file-storage.ts'
import { secureFilename } from '../secure-filename.ts'
import { writeAll } from './file-spool.ts'

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
  if ((await stat(path).catch(() => null))?.isDirectory()) {
    throw new TypeError(
      `Cannot save an upload to ${JSON.stringify(path)}, which is a directory. Give the whole path, or use ` +
        'saveFileIn(file, directory).',
    )
  }
  const handle = await open(path, options.overwrite === false ? 'wx' : 'w')
  let complete = false
  try {
    for await (const chunk of file.stored.chunks()) await writeAll(handle, chunk)
    complete = true
  } finally {
    const isPlain = !complete && (await handle.stat()).isFile()
    await handle.close()
    if (isPlain) await rm(path, { force: true })
  }
}

/**
 * Writes an uploaded file into `directory`, under the secured form of the name that the client gave it.
 *
 * @param options `overwrite` is false here by default, as clients choose the names.
 * @returns the path of the file.
 * @throws TypeError if nothing of the name is left, as of `..` or `''`; choose a name then, and use {@link saveFile}.
 * @throws Error of the file system, `EEXIST` if a file of that name is there.
 */
export async function saveFileIn(
  file: FileStorage,
  directory: string,
  options: SaveFileOptions = {},
): Promise<string> {
  const name = secureFilename(file.filename ?? '', {
    platform: process.platform === 'win32' ? 'windows' : 'posix',
  })
  if (name === '') {
    throw new TypeError(
      `No file can be named after ${JSON.stringify(file.filename)}: nothing of it is safe. Choose a name yourself.`,
    )
  }
  const path = join(directory, name)
  await saveFile(file, path, { overwrite: options.overwrite ?? false })
  return path
}
