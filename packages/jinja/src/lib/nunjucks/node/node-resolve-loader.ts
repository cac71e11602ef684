import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cwd } from 'node:process'
import type { LoaderSource } from '../loader.ts'
import { Loader } from '../loader.ts'
import type { FileSystemLoaderOptions } from './file-system-loader.ts'

/** Templates from installed packages: `package/folder/template.html`. */
export class NodeResolveLoader extends Loader {
  readonly noCache: boolean
  readonly #require: NodeJS.Require

  constructor(options: FileSystemLoaderOptions = {}) {
    super()
    this.noCache = options.noCache ?? false
    this.#require = createRequire(join(cwd(), 'templates'))
  }

  getSource(name: string): LoaderSource | null {
    // Only names of packages: no paths, and no drives.
    if (/^\.{0,2}[/\\]|^[A-Za-z]:/.test(name)) return null
    let path: string
    try {
      path = this.#require.resolve(name)
    } catch {
      return null
    }
    const source: LoaderSource = { src: readFileSync(path, 'utf8'), path, noCache: this.noCache }
    this.emit('load', name, source)
    return source
  }
}
