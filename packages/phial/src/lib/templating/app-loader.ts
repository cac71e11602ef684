import { type LoadedSource, type Loader, TemplateNotFound } from '@phial/jinja'
import type { Phial } from '../app.ts'
import { nearNames } from '../near-names.ts'
import { describeLoader, loaderOf, type TemplateOwner } from './template-folders.ts'

/**
 * The templates of an application: its own before those of its blueprints, which are asked in the order in which they
 * were registered. So an application can replace a blueprint's template by one of the same name.
 *
 * @see https://flask.palletsprojects.com/en/stable/blueprints/#templates
 */
export class AppLoader implements Loader {
  readonly #app: Phial

  constructor(app: Phial) {
    this.#app = app
  }

  getSource(name: string, environment: Parameters<Loader['getSource']>[1]): LoadedSource {
    const attempts: Attempt[] = []
    const explain = this.#app.config.EXPLAIN_TEMPLATE_LOADING
    let found: LoadedSource | null = null
    for (const [owner, loader] of this.#loaders()) {
      const source = sourceIn(loader, name, environment)
      attempts.push({ owner, loader, source })
      found ??= source
      if (found !== null && !explain) break
    }
    if (explain) this.#app.logger.warning(explanation(name, attempts, this.#app))
    if (found === null) {
      throw new TemplateNotFound(name, notFound(name, attempts) + (this.#app.debug ? this.#hint(name) : ''))
    }
    return found
  }

  /** The names of all templates that can be listed. */
  list(): readonly string[] {
    const names = new Set<string>()
    for (const [, loader] of this.#loaders()) {
      const listed = loader.list?.()
      if (listed !== undefined && !(listed instanceof Promise)) for (const name of listed) names.add(name)
    }
    return [...names].sort()
  }

  /** What helps to find a template. It lists all names, so it is for debug mode. */
  #hint(name: string): string {
    const [near = null] = nearNames(name, this.list())
    if (near !== null) return ` Did you mean ${JSON.stringify(near)}?`
    return this.#app.config.EXPLAIN_TEMPLATE_LOADING
      ? ''
      : ' Set EXPLAIN_TEMPLATE_LOADING to true to log each search.'
  }

  *#loaders(): Generator<[owner: TemplateOwner, loader: Loader]> {
    const seen = new Set<TemplateOwner>()
    for (const owner of [this.#app, ...this.#app.blueprints.values()]) {
      const loader = loaderOf(owner)
      if (loader === null || seen.has(owner)) continue
      seen.add(owner)
      yield [owner, loader]
    }
  }
}

interface Attempt {
  readonly owner: TemplateOwner
  readonly loader: Loader
  readonly source: LoadedSource | null
}

function sourceIn(
  loader: Loader,
  name: string,
  environment: Parameters<Loader['getSource']>[1],
): LoadedSource | null {
  try {
    const source = loader.getSource(name, environment)
    if (source instanceof Promise) {
      throw new TypeError(
        'The templates of an application are loaded synchronously, but this loader gives promises: ' +
          `${loader.constructor.name}. Read the templates before, and give a DictLoader.`,
      )
    }
    return source
  } catch (error) {
    if (error instanceof TemplateNotFound) return null
    throw error
  }
}

function notFound(name: string, attempts: readonly Attempt[]): string {
  if (attempts.length === 0) {
    return (
      `${name} was not found: neither the application nor a blueprint has templates. ` +
      'Put them into a folder templates beside the application, or give it a templateFolder.'
    )
  }
  const places = attempts.map(({ owner, loader }) => `${owner.name}: ${describeLoader(loader)}`)
  return `${name} was not found. Searched in ${places.join('; ')}.`
}

/** What `EXPLAIN_TEMPLATE_LOADING` logs. */
function explanation(name: string, attempts: readonly Attempt[], app: Phial): string {
  const lines = [`Locating template ${JSON.stringify(name)}:`]
  attempts.forEach(({ owner, loader, source }, index) => {
    const kind = owner === app ? 'application' : 'blueprint'
    lines.push(
      `    ${index + 1}: trying loader of ${kind} ${JSON.stringify(owner.name)}`,
      `       ${loader.constructor.name}: ${describeLoader(loader)}`,
      `       -> ${source === null ? 'no match' : `found (${source.filename ?? 'no file'})`}`,
    )
  })
  const count = attempts.filter(({ source }) => source !== null).length
  if (count === 0) lines.push('Error: the template could not be found.')
  if (count > 1) lines.push('Warning: several loaders have the template; the first counts.')
  if (count !== 1 && attempts.length > 0) {
    lines.push('  A template of a blueprint lies in a folder of its own, as in templates/shop/item.html.')
  }
  return lines.join('\n')
}
