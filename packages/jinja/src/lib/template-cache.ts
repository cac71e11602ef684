import { TemplateNotFound } from './errors.ts'
import type { LoadedSource, Loader, MaybePromise } from './loaders/loader.ts'
import { withNameHint } from './loaders/name-hint.ts'
import { LruCache } from './lru-cache.ts'
import type { Template } from './template.ts'

/** The templates that an environment has loaded, by name. A template of another loader does not count. */
export class TemplateCache {
  readonly #entries: LruCache<string, Entry>

  /** @param size How many templates are kept; 0 for none, below 0 for all. */
  constructor(size: number) {
    this.#entries = new LruCache(size)
  }

  get(name: string, loader: Loader): Template | undefined {
    const entry = this.#entries.get(name)
    return entry?.loader === loader ? entry.template : undefined
  }

  set(name: string, loader: Loader, template: Template): void {
    this.#entries.set(name, { loader, template })
  }

  /** An empty cache of the same size. */
  emptyCopy(): TemplateCache {
    return new TemplateCache(this.#entries.capacity)
  }

  clear(): void {
    this.#entries.clear()
  }
}

interface Entry {
  readonly loader: Loader
  readonly template: Template
}

/** @throws {TypeError} if the loader takes time to tell. */
export function atOnce<T>(value: MaybePromise<T>, name: string): T {
  if (!(value instanceof Promise)) return value
  value.catch(() => undefined)
  throw new TypeError(
    `the loader takes time to load '${name}': get it with 'await environment.getTemplate()' and render it with 'renderAsync()'`,
  )
}

/** @throws {TemplateNotFound} if the loader has none of the name. */
export function foundSource(source: LoadedSource | null, name: string, loader: Loader): LoadedSource {
  if (source !== null) return source
  throw withNameHint(new TemplateNotFound(name), name, loader)
}
