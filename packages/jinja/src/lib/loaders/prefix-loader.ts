import { TemplateNotFound } from '../errors.ts'
import type { EnvironmentView } from '../runtime-interface.ts'
import type { CompiledModule, LoadedSource, Loader, MaybePromise } from './loader.ts'
import { sortedNames } from './loader.ts'

/**
 * Several loaders, told apart by the first part of the name.
 *
 * ```ts
 * new PrefixLoader({ shop: new FileSystemLoader('shop'), blog: new FileSystemLoader('blog') })   // shop/index.html
 * ```
 */
export class PrefixLoader implements Loader {
  readonly mapping: ReadonlyMap<string, Loader>
  /** What stands between the prefix and the rest of the name. */
  readonly delimiter: string

  /** @param delimiter Default: `/`. */
  constructor(
    mapping: Readonly<Record<string, Loader>> | ReadonlyMap<string, Loader>,
    delimiter: string = '/',
  ) {
    this.mapping = mapping instanceof Map ? mapping : new Map(Object.entries(mapping))
    this.delimiter = delimiter
  }

  getSource(name: string, environment: EnvironmentView): MaybePromise<LoadedSource | null> {
    return this.#within(name, (loader, rest) => loader.getSource(rest, environment))
  }

  async getSourceAsync(name: string, environment: EnvironmentView): Promise<LoadedSource | null> {
    return this.#within(
      name,
      (loader, rest) => loader.getSourceAsync?.(rest, environment) ?? loader.getSource(rest, environment),
    )
  }

  getCompiled(name: string, environment: EnvironmentView): MaybePromise<CompiledModule | null> {
    return this.#within(name, (loader, rest) => loader.getCompiled?.(rest, environment) ?? null)
  }

  list(): MaybePromise<readonly string[]> {
    const lists: MaybePromise<readonly string[]>[] = []
    for (const [prefix, loader] of this.mapping) {
      const add = (names: readonly string[]): string[] => names.map((name) => prefix + this.delimiter + name)
      const names = loader.list?.() ?? []
      lists.push(names instanceof Promise ? names.then(add) : add(names))
    }
    return lists.some((names) => names instanceof Promise)
      ? Promise.all(lists).then((all) => sortedNames(all.flat()))
      : sortedNames((lists as string[][]).flat())
  }

  #within<T>(
    name: string,
    get: (loader: Loader, rest: string) => MaybePromise<T | null>,
  ): MaybePromise<T | null> {
    const at = name.indexOf(this.delimiter)
    const loader = at < 0 ? undefined : this.mapping.get(name.slice(0, at))
    if (loader === undefined) return null
    try {
      const found = get(loader, name.slice(at + this.delimiter.length))
      return found instanceof Promise ? found.catch((error: unknown) => renamed(error, name)) : found
    } catch (error) {
      return renamed(error, name)
    }
  }
}

/** The whole name is missing, not its rest. */
function renamed(error: unknown, name: string): never {
  throw error instanceof TemplateNotFound ? new TemplateNotFound(name) : error
}
