import type { LoadedSource, Loader } from '@phial/jinja'
import type { TemplateSource } from '@phial/jinja/precompile'
import type { Phial } from '../app.ts'

/** A template of an application, and the file it comes from; null if it comes from none. */
export interface AppTemplate extends TemplateSource {
  readonly filename: string | null
}

/** The templates of an application and its blueprints, or why they are not known. */
export type AppTemplates =
  | { readonly templates: readonly AppTemplate[]; readonly problem: null }
  | { readonly templates: null; readonly problem: string }

/** Files that editors and systems leave in a folder of templates. */
const NO_TEMPLATE = /(?:^|\/)\.|~$|\.(?:bak|orig|swp)$/

/** @throws TemplateError for a file that is no text. */
export function templatesOf(app: Phial): AppTemplates {
  const environment = app.jinjaEnv
  const loader = environment.loader as Loader | null
  const unlisted = [app, ...app.blueprints.values()].find(
    ({ templateLoader }) => templateLoader !== null && templateLoader.list === undefined,
  )
  const names = loader?.list?.()
  if (loader === null || unlisted !== undefined || names === undefined || names instanceof Promise) {
    const owner = unlisted ?? app
    const kind = (owner.templateLoader ?? loader)?.constructor.name ?? 'null'
    return {
      templates: null,
      problem: `Templates are not checked: the loader of '${owner.name}', ${kind}, cannot list them.`,
    }
  }
  const templates = names
    .filter((name) => !NO_TEMPLATE.test(name))
    .map((name) => {
      const { source, filename } = loader.getSource(name, environment) as LoadedSource
      return { name, source, filename: filename ?? null }
    })
  return { templates, problem: null }
}
