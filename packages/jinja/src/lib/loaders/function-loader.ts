import type { EnvironmentView } from '../runtime-interface.ts'
import type { LoadedSource, Loader, MaybePromise } from './loader.ts'
import { afterwards } from './loader.ts'

/** What a function of a {@link FunctionLoader} gives: the source, the source and more, or nothing. */
export type FoundSource = string | (Partial<LoadedSource> & { readonly source: string }) | null | undefined

/**
 * Templates from a function, which is given the name. With a function that returns a promise, templates are got
 * asynchronously only.
 *
 * ```ts
 * new FunctionLoader((name) => pages.get(name))
 * new FunctionLoader(async (name) => (await database.page(name))?.text)
 * ```
 */
export class FunctionLoader implements Loader {
  readonly load: (name: string) => MaybePromise<FoundSource>

  constructor(load: (name: string) => MaybePromise<FoundSource>) {
    this.load = load
  }

  getSource(name: string, _environment?: EnvironmentView): MaybePromise<LoadedSource | null> {
    return afterwards(this.load(name), (found) => {
      if (found === null || found === undefined) return null
      if (typeof found === 'string') return { source: found, filename: null, isUpToDate: null }
      return { source: found.source, filename: found.filename ?? null, isUpToDate: found.isUpToDate ?? null }
    })
  }
}
