import type { Stats } from 'node:fs'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TemplateError, TemplateNotFound } from '../../errors.ts'
import type { EnvironmentView } from '../../runtime-interface.ts'
import { repr } from '../../values/python-text.ts'
import type { LoadedSource, Loader } from '../loader.ts'
import { sortedNames } from '../loader.ts'
import { withNameHint } from '../name-hint.ts'
import { splitTemplatePath } from '../template-path.ts'

export interface FileSystemLoaderOptions {
  /** The encoding of the files, by a name that `TextDecoder` knows. Default: `utf-8`. */
  readonly encoding?: string
  /** Whether symbolic links may lead out of the folder they are in, and are listed. Default: false. */
  readonly followLinks?: boolean
}

/**
 * Templates from files below one or more folders. The first folder that has the file counts.
 *
 * Names are relative and use `/`. A name that leads out of the folders is a template that does not exist, be it by
 * `..`, by a drive or by a symbolic link. The folders themselves may be links.
 *
 * ```ts
 * new FileSystemLoader(['/srv/theme', new URL('./templates/', import.meta.url)])
 * ```
 */
export class FileSystemLoader implements Loader {
  /** The folders, in the order in which they are searched. */
  readonly searchPath: readonly string[]
  readonly encoding: string
  readonly followLinks: boolean

  /** @throws {RangeError} if the encoding is unknown. */
  constructor(
    searchPath: string | URL | readonly (string | URL)[],
    { encoding = 'utf-8', followLinks = false }: FileSystemLoaderOptions = {},
  ) {
    const folders = typeof searchPath === 'string' || searchPath instanceof URL ? [searchPath] : searchPath
    this.searchPath = folders.map((folder) => (typeof folder === 'string' ? folder : fileURLToPath(folder)))
    this.encoding = new TextDecoder(encoding).encoding
    this.followLinks = followLinks
  }

  /** @throws {TemplateNotFound} with the folders that were searched, {@link TemplateError} for wrong bytes. */
  getSource(name: string, _environment?: EnvironmentView): LoadedSource {
    for (const candidate of this.#candidates(name)) {
      const state = quietly(() => statSync(candidate.file))
      if (state === undefined || !state.isFile()) continue
      if (!this.followLinks) {
        const file = quietly(() => realpathSync(candidate.file))
        if (file === undefined || !isBelow(file, realpathSync(candidate.folder))) continue
      }
      return this.#loaded(name, candidate.file, readFileSync(candidate.file), state)
    }
    throw this.#notFound(name)
  }

  async getSourceAsync(name: string, _environment?: EnvironmentView): Promise<LoadedSource> {
    for (const candidate of this.#candidates(name)) {
      const state = await stat(candidate.file).catch(absent)
      if (state === undefined || !state.isFile()) continue
      if (!this.followLinks) {
        const file = await realpath(candidate.file).catch(absent)
        if (file === undefined || !isBelow(file, await realpath(candidate.folder))) continue
      }
      return this.#loaded(name, candidate.file, await readFile(candidate.file), state)
    }
    throw this.#notFound(name)
  }

  /** All files below the folders. */
  list(): readonly string[] {
    const names: string[] = []
    for (const folder of this.searchPath) {
      const root = quietly(() => realpathSync(folder))
      if (root !== undefined) this.#collect(root, '', new Set([root]), names)
    }
    return sortedNames(names)
  }

  /** @param above The real folders from the root to this one, as links could lead back to them. */
  #collect(folder: string, prefix: string, above: ReadonlySet<string>, names: string[]): void {
    for (const entry of quietly(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
      const path = join(folder, entry.name)
      const name = prefix + entry.name
      if (entry.isSymbolicLink()) {
        const target = this.followLinks ? quietly(() => realpathSync(path)) : undefined
        if (target === undefined || above.has(target)) continue
        if (statSync(target).isFile()) names.push(name)
        else this.#collect(target, `${name}/`, new Set([...above, target]), names)
      } else if (entry.isDirectory()) {
        this.#collect(path, `${name}/`, new Set([...above, path]), names)
      } else if (entry.isFile()) {
        names.push(name)
      }
    }
  }

  #candidates(name: string): { folder: string; file: string }[] {
    const parts = splitTemplatePath(name, sep === '\\')
    if (parts === undefined) throw this.#notFound(name)
    return this.searchPath.map((folder) => ({ folder, file: join(folder, ...parts) }))
  }

  #loaded(name: string, filename: string, bytes: Uint8Array, state: Stats): LoadedSource {
    let source: string
    try {
      source = new TextDecoder(this.encoding, { fatal: true }).decode(bytes)
    } catch {
      throw new TemplateError(
        `the template ${repr(name)} is not ${this.encoding}: ${filename}. Save it as ${this.encoding}, or give the ` +
          'loader its `encoding`',
      )
    }
    const isUpToDate = (): boolean => {
      const now = quietly(() => statSync(filename))
      return now !== undefined && isSame(now, state)
    }
    return { source, filename, isUpToDate }
  }

  #notFound(name: string): TemplateNotFound {
    const places = this.searchPath.length === 1 ? 'path' : 'paths'
    const error = new TemplateNotFound(
      name,
      `${repr(name)} not found in search ${places}: ${this.searchPath.map((folder) => repr(folder)).join(', ')}`,
    )
    return withNameHint(error, name, this)
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.mtimeMs === b.mtimeMs && a.size === b.size && a.ino === b.ino
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** `undefined` where there is no such file. Other errors, such as missing rights, are errors. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    return absent(error)
  }
}

function absent(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return undefined
  throw error
}
