import type { LoaderSource } from './loader.ts'
import { Loader } from './loader.ts'
import type { Root } from './nodes.ts'

/** A precompiled template: its tree, as data. It needs no parser, and no code is made of text. */
export interface PrecompiledTemplate {
  /** The version of the form. */
  readonly phialNunjucks: 1
  readonly root: Root
}

/** Templates by their names. */
export type PrecompiledTemplates = Readonly<Record<string, unknown>>

/** Loads templates that `precompile` has made. */
export class PrecompiledLoader extends Loader {
  readonly precompiled: PrecompiledTemplates

  constructor(templates: PrecompiledTemplates = {}) {
    super()
    this.precompiled = templates
  }

  getSource(name: string): LoaderSource | null {
    if (!Object.hasOwn(this.precompiled, name)) return null
    return { src: { type: 'code', obj: this.precompiled[name] }, path: name }
  }
}

/** @throws {TypeError} for what another version, or Nunjucks itself, has compiled. */
export function treeOf(value: unknown): Root {
  const template = value as Partial<PrecompiledTemplate> | null | undefined
  if (template?.phialNunjucks === 1 && template.root !== undefined) return template.root
  throw new TypeError(
    'the template was not precompiled by this version: run precompile() of @phial/jinja/nunjucks again',
  )
}
