import type { LoadedSource, Loader } from './loader.ts'
import { sortedNames } from './loader.ts'

/**
 * Templates from memory, by name. The mapping may be changed later: an environment that reloads notices.
 *
 * ```ts
 * new DictLoader({ 'index.html': 'Hello {{ name }}' })
 * ```
 */
export class DictLoader implements Loader {
  readonly mapping: Readonly<Record<string, string>> | ReadonlyMap<string, string>

  constructor(mapping: Readonly<Record<string, string>> | ReadonlyMap<string, string>) {
    this.mapping = mapping
  }

  getSource(name: string): LoadedSource | null {
    const source = this.#find(name)
    if (source === undefined) return null
    return { source, filename: null, isUpToDate: () => this.#find(name) === source }
  }

  list(): readonly string[] {
    return sortedNames(this.mapping instanceof Map ? this.mapping.keys() : Object.keys(this.mapping))
  }

  #find(name: string): string | undefined {
    if (this.mapping instanceof Map) return this.mapping.get(name)
    const mapping = this.mapping as Readonly<Record<string, string>>
    // `constructor` is no template.
    return Object.hasOwn(mapping, name) ? mapping[name] : undefined
  }
}
