import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { LoaderSource } from '../loader.ts'
import { Loader } from '../loader.ts'

export interface FileSystemLoaderOptions {
  /** Whether files are read anew each time. Default: false. */
  readonly noCache?: boolean
  /** Taken for compatibility, without effect: nothing watches the files. */
  readonly watch?: boolean
}

/** Templates from files below one or more folders. The first folder that has the file counts. */
export class FileSystemLoader extends Loader {
  readonly searchPaths: readonly string[]
  readonly noCache: boolean

  /** @param searchPaths Default: the folder that the program runs in. */
  constructor(searchPaths?: string | readonly string[] | null, options: FileSystemLoaderOptions = {}) {
    super()
    const paths = searchPaths || ['.']
    this.searchPaths = typeof paths === 'string' ? [paths] : paths
    this.noCache = options.noCache ?? false
  }

  /** Relative names begin at the file of the template that asks. */
  override resolve(from: string, to: string): string {
    return resolve(from, '..', to)
  }

  getSource(name: string): LoaderSource | null {
    for (const folder of this.searchPaths) {
      const base = resolve(folder)
      const path = resolve(base, name)
      const isBelow = path.startsWith(base.endsWith(sep) ? base : base + sep)
      if (!isBelow || !existsSync(path) || !statSync(path).isFile()) continue
      const source: LoaderSource = { src: readFileSync(path, 'utf8'), path, noCache: this.noCache }
      this.emit('load', name, source)
      return source
    }
    return null
  }
}
