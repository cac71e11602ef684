import type { EnvironmentView } from '../runtime-interface.ts'

export type MaybePromise<T> = T | Promise<T>

/** The source of a template, as a loader found it. */
export interface LoadedSource {
  readonly source: string
  /** The file for messages and stack traces, or `null` if there is none. */
  readonly filename: string | null
  /**
   * Whether the source is still the same. Asked before a template comes out of the cache, if the environment reloads;
   * a promise counts only where the template is got asynchronously. `null` if the source never changes.
   */
  readonly isUpToDate: (() => MaybePromise<boolean>) | null
}

/**
 * Where an environment gets its templates from. Names use `/` on every platform.
 *
 * A loader with only `getSource` is complete. If that gives no promise, `getTemplateSync` can use it.
 */
export interface Loader {
  /**
   * The source of a template, or `null` if this loader has none of the name. May also throw `TemplateNotFound`, which
   * can say where it was looked for.
   */
  getSource(name: string, environment: EnvironmentView): MaybePromise<LoadedSource | null>
  /** As `getSource`, without blocking. For loaders that can do both: `getTemplate` prefers it. */
  getSourceAsync?(name: string, environment: EnvironmentView): Promise<LoadedSource | null>
  /** A template that is compiled already, or `null`. Asked before `getSource`. */
  getCompiled?(name: string, environment: EnvironmentView): MaybePromise<CompiledModule | null>
  /** The names of all templates, sorted. Loaders that cannot know them leave it out. */
  list?(): MaybePromise<readonly string[]>
}

/** A module that holds a compiled template. What it exports is known to the environment alone. */
export interface CompiledModule {
  readonly filename: string | null
  readonly module: object
}

/** `then(value)`, at once if the value is at hand. */
export function afterwards<T, R>(
  value: MaybePromise<T>,
  then: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(then) : then(value)
}

/** Names from several places, sorted by code unit, each once. */
export function sortedNames(names: Iterable<string>): string[] {
  return Array.from(new Set(names)).sort()
}
