import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bucket } from '../bytecode-cache.ts'
import { BytecodeCache } from '../bytecode-cache.ts'

/**
 * Keeps the code of templates in a folder, a file for each. Files are replaced as a whole, so several processes can
 * share the folder.
 *
 * Where the system has users, the folder must belong to the own one, and nobody else may write to it, as the files are
 * run. Without a folder given, one below the system's temporary folder is made, for this user alone.
 */
export class FileSystemBytecodeCache extends BytecodeCache {
  readonly directory: string
  /** The names of the files, with `%s` for the key. */
  readonly pattern: string

  /**
   * @param directory Default: a private one below the temporary folder.
   * @param pattern Default: `__jinja2_%s.cache`.
   * @throws {Error} if the folder cannot be trusted.
   */
  constructor(directory?: string, pattern: string = '__jinja2_%s.cache') {
    super()
    if (pattern.split('%s').length !== 2 || /[/\\\0]/.test(pattern)) {
      throw new Error(`the pattern ${JSON.stringify(pattern)} must be the name of a file with %s in it, once`)
    }
    this.directory = directory ?? join(tmpdir(), `_phial-jinja-cache-${process.getuid?.() ?? 'user'}`)
    this.pattern = pattern
    mkdirSync(this.directory, { recursive: true, mode: 0o700 })
    checkFolder(this.directory)
  }

  loadBytecode(bucket: Bucket): void {
    try {
      bucket.loadText(readFileSync(this.#file(bucket), 'utf8'))
    } catch (error) {
      if (!isIgnored(error)) throw error
    }
  }

  dumpBytecode(bucket: Bucket): void {
    const file = this.#file(bucket)
    const draft = `${file}.${randomBytes(8).toString('hex')}.tmp`
    try {
      writeFileSync(draft, bucket.toText(), { flag: 'wx', mode: 0o600 })
      renameSync(draft, file)
    } catch (error) {
      rmSync(draft, { force: true })
      // A full or missing disk makes the next start slower, nothing else.
      if (!isIgnored(error)) throw error
    }
  }

  /** Deletes the files of the pattern. */
  override clear(): void {
    const [before, after] = this.pattern.split('%s') as [string, string]
    for (const name of readdirSync(this.directory)) {
      if (name.startsWith(before) && name.endsWith(after)) rmSync(join(this.directory, name), { force: true })
    }
  }

  #file({ key }: Bucket): string {
    return join(this.directory, this.pattern.replace('%s', key))
  }
}

function checkFolder(directory: string): void {
  const state = lstatSync(directory)
  const wrong = !state.isDirectory()
    ? 'is not a folder'
    : process.getuid !== undefined && state.uid !== process.getuid()
      ? 'belongs to another user'
      : process.getuid !== undefined && (state.mode & 0o022) !== 0
        ? 'can be written to by other users'
        : undefined
  if (wrong === undefined) return
  throw new Error(
    `the cache folder ${directory} ${wrong}. Code is run from it: give a folder of your own, with the mode 700`,
  )
}

function isIgnored(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return (
    code === 'ENOENT' ||
    code === 'ENOTDIR' ||
    code === 'EISDIR' ||
    code === 'EPERM' ||
    code === 'EACCES' ||
    code === 'ENOSPC' ||
    code === 'EROFS' ||
    code === 'EDQUOT'
  )
}
