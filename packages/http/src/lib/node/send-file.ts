import { realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NotFound } from '../exceptions/client-errors.ts'
import { type FileToSend, fileResponse, type SendFileOptions } from '../file-response.ts'
import type { RequestBase } from '../request/request-base.ts'
import type { Response } from '../response/response.ts'
import { safeJoin } from '../safe-join.ts'
import { openFile } from './open-file.ts'

/** What can be sent: a path (never one that a client gave), bytes, a `Blob` or a stream. */
export type FileSource = string | URL | Uint8Array | Blob | ReadableStream<Uint8Array>

/**
 * A response with a file: type by name, size, time and tag of the file, conditions and ranges answered.
 *
 * For paths that clients give, use {@link sendFromDirectory}.
 *
 * @param source a relative path is relative to the current folder.
 * @throws Error if there is no regular file at the path.
 * @throws TypeError if content without a name has no `mimetype`.
 */
export async function sendFile(
  source: FileSource,
  request: RequestBase,
  options: SendFileOptions = {},
): Promise<Response> {
  if (typeof source !== 'string' && !(source instanceof URL))
    return fileResponse(inMemory(source), request, options)
  const path = resolve(typeof source === 'string' ? source : fileURLToPath(source))
  const response = await sendIfThere(path, request, options)
  if (response === null) throw new Error(`There is no file to send at ${path}.`)
  return response
}

/** A response with a file, or null if there is no regular file at the path. */
async function sendIfThere(
  path: string,
  request: RequestBase,
  options: SendFileOptions,
): Promise<Response | null> {
  const file = await openFile(path)
  if (file === null) return null
  try {
    const response = fileResponse(file, request, options)
    response.callOnClose(() => void file.close())
    return response
  } catch (error) {
    await file.close()
    throw error
  }
}

export interface SendFromDirectoryOptions extends SendFileOptions {
  /** Whether links may lead out of the folder. Default false. */
  followLinks?: boolean
  /** Whether names that start with a dot are served. Default false. */
  dotFiles?: boolean
}

/**
 * A response with a file of a folder, by a path that a client gave.
 *
 * @throws NotFound (404) for everything that is not a regular file inside the folder: `..`, absolute paths, links that
 *   lead out of it, names that start with a dot, and devices of Windows.
 */
export async function sendFromDirectory(
  directory: string,
  path: string,
  request: RequestBase,
  options: SendFromDirectoryOptions = {},
): Promise<Response> {
  const root = resolve(directory)
  const joined = safeJoin(root, [path])
  if (joined === null || path.includes('\0') || path.includes('\\')) throw new NotFound()
  if (options.dotFiles !== true && path.split('/').some((name) => name.startsWith('.'))) throw new NotFound()
  if (options.followLinks !== true && !(await liesIn(joined, root))) throw new NotFound()
  const response = await sendIfThere(resolve(joined), request, options)
  if (response === null) throw new NotFound()
  return response
}

async function liesIn(path: string, root: string): Promise<boolean> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path)])
    return real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)
  } catch {
    return false
  }
}

function inMemory(source: Uint8Array | Blob | ReadableStream<Uint8Array>): FileToSend {
  const unnamed = { path: null, name: null, lastModified: null, etag: null }
  if (source instanceof Uint8Array) return { ...unnamed, content: source, size: source.length }
  if (source instanceof ReadableStream) return { ...unnamed, content: source, size: null }
  return {
    ...unnamed,
    content: source.stream() as ReadableStream<Uint8Array>,
    size: source.size,
    name: source instanceof File ? source.name : null,
    lastModified: source instanceof File ? new Date(source.lastModified) : null,
  }
}

/** A path relative to a folder; an absolute one stays as it is. */
export function resolvePath(folder: string, path: string): string {
  return resolve(folder, path)
}
