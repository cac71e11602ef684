import type { LoadedSource, Loader } from '@phial/jinja'
import { FileSystemLoader } from '@phial/jinja/loaders-node'

/** Something that may have a folder of templates: an application or a blueprint. */
export interface TemplateOwner {
  readonly name: string
  /** The folder of its templates as a path, or null. */
  readonly templateFolder: string | null
  /** Where its templates come from, in place of {@link templateFolder}. */
  readonly templateLoader: Loader | null
}

/** The loader of an owner, made once; null if it has no templates. */
export function loaderOf(owner: TemplateOwner): Loader | null {
  if (owner.templateLoader !== null) return owner.templateLoader
  if (owner.templateFolder === null) return null
  let loader = loaders.get(owner)
  if (loader === undefined) {
    loader = new FileSystemLoader(owner.templateFolder)
    loaders.set(owner, loader)
  }
  return loader
}

const loaders = new WeakMap<TemplateOwner, Loader>()

/** Where a loader looks, for people. */
export function describeLoader(loader: Loader): string {
  return loader instanceof FileSystemLoader ? loader.searchPath.join(', ') : loader.constructor.name
}

export type { LoadedSource }
