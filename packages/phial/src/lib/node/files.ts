import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A path below a folder; an absolute one stays. */
export function resolvePath(folder: string | null, path: string): string {
  return folder === null ? resolve(path) : resolve(folder, path)
}

/** The bytes of a file, or null if there is none. */
export async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** What a module exports. */
export async function importModule(path: string): Promise<object> {
  return (await import(pathToFileURL(path).href)) as object
}

function isMissing(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR'
}
