import { TemplateNotFound } from '../errors.ts'
import type { EnvironmentView } from '../runtime-interface.ts'
import type { CompiledModule, LoadedSource, Loader, MaybePromise } from './loader.ts'
import { afterwards, sortedNames } from './loader.ts'

/**
 * The first of several loaders that has the template.
 *
 * ```ts
 * new ChoiceLoader([new FileSystemLoader('user/templates'), new FileSystemLoader('templates')])
 * ```
 */
export class ChoiceLoader implements Loader {
  readonly loaders: readonly Loader[]

  constructor(loaders: readonly Loader[]) {
    this.loaders = loaders
  }

  getSource(name: string, environment: EnvironmentView): MaybePromise<LoadedSource | null> {
    return firstOf(this.loaders, (loader) => loader.getSource(name, environment))
  }

  async getSourceAsync(name: string, environment: EnvironmentView): Promise<LoadedSource | null> {
    return firstOf(
      this.loaders,
      (loader) => loader.getSourceAsync?.(name, environment) ?? loader.getSource(name, environment),
    )
  }

  getCompiled(name: string, environment: EnvironmentView): MaybePromise<CompiledModule | null> {
    // A source of an earlier loader comes before a compiled template of a later one.
    const compiled = this.loaders.findIndex((loader) => loader.getCompiled !== undefined)
    if (compiled < 0) return null
    const earlier = this.loaders.slice(0, compiled)
    return afterwards(
      firstOf(earlier, (loader) => loader.getSource(name, environment)),
      (source) =>
        source === null
          ? firstOf(this.loaders.slice(compiled), (loader) => loader.getCompiled?.(name, environment) ?? null)
          : null,
    )
  }

  list(): MaybePromise<readonly string[]> {
    const lists = this.loaders.map((loader) => loader.list?.() ?? [])
    return lists.some((names) => names instanceof Promise)
      ? Promise.all(lists).then((all) => sortedNames(all.flat()))
      : sortedNames((lists as (readonly string[])[]).flat())
  }
}

/** The first result that is not `null`. A loader that throws `TemplateNotFound` has nothing either. */
function firstOf<T>(
  loaders: readonly Loader[],
  get: (loader: Loader) => MaybePromise<T | null>,
  from = 0,
): MaybePromise<T | null> {
  for (let index = from; index < loaders.length; index++) {
    const found = attempt(() => get(loaders[index]!))
    if (found instanceof Promise) {
      return found
        .catch(nothingFound)
        .then((value) => (value === null ? firstOf(loaders, get, index + 1) : value))
    }
    if (found !== null) return found
  }
  return null
}

function attempt<T>(get: () => T | null): T | null {
  try {
    return get()
  } catch (error) {
    return nothingFound(error)
  }
}

function nothingFound(error: unknown): null {
  if (error instanceof TemplateNotFound) return null
  throw error
}
