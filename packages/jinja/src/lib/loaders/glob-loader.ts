import type { LoadedSource, Loader, MaybePromise } from './loader.ts'
import { sortedNames } from './loader.ts'

/** What `import.meta.glob` makes of a file: its text, a module that exports it as `default`, or a function that imports it. */
export type GlobbedFile = string | { readonly default: string } | (() => Promise<unknown>)

export interface GlobLoaderOptions {
  /**
   * The folder that names are relative to, as the paths of the glob begin. Default: the first folder called
   * `templates` in each path.
   */
  readonly base?: string
}

/**
 * Templates that a bundler collected, as Vite's `import.meta.glob` does. With `eager: true` they can be got
 * synchronously.
 *
 * ```ts
 * new GlobLoader(import.meta.glob('./templates/**', { query: '?raw', import: 'default', eager: true }))
 * ```
 */
export class GlobLoader implements Loader {
  readonly #files: ReadonlyMap<string, GlobbedFile>

  constructor(files: Readonly<Record<string, GlobbedFile>>, { base }: GlobLoaderOptions = {}) {
    const named = new Map<string, GlobbedFile>()
    for (const [path, file] of Object.entries(files)) named.set(nameOf(path, base), file)
    this.#files = named
  }

  getSource(name: string): MaybePromise<LoadedSource | null> {
    const file = this.#files.get(name)
    if (file === undefined) return null
    if (typeof file === 'function') return file().then((module) => sourceOf(name, module))
    return sourceOf(name, file)
  }

  list(): readonly string[] {
    return sortedNames(this.#files.keys())
  }
}

function nameOf(path: string, base: string | undefined): string {
  if (base !== undefined) {
    const folder = base.endsWith('/') ? base : `${base}/`
    if (path.startsWith(folder)) return path.slice(folder.length)
    throw new Error(`the path ${JSON.stringify(path)} does not begin with the base ${JSON.stringify(folder)}`)
  }
  const at = `/${path}`.indexOf('/templates/')
  if (at >= 0) return path.slice(at + '/templates/'.length - 1)
  throw new Error(`the path ${JSON.stringify(path)} has no folder "templates": give the option \`base\``)
}

function sourceOf(name: string, module: unknown): LoadedSource {
  const source =
    typeof module === 'object' && module !== null ? (module as { default?: unknown }).default : module
  if (typeof source === 'string') return { source, filename: null, isUpToDate: null }
  throw new TypeError(
    `the template ${JSON.stringify(name)} is not text: call import.meta.glob with { query: '?raw', import: 'default' }`,
  )
}
