import type { EnvironmentOptions } from './environment.ts'
import { Environment, Template } from './environment.ts'
import type { ExpressApplication } from './express.ts'
import type { TemplateLoader } from './loader.ts'
import type { TemplateSource } from './template.ts'

/** The settings of `configure`. */
export interface ConfigureOptions extends EnvironmentOptions {
  /** Whether templates are loaded anew each time. Default: false. */
  readonly noCache?: boolean
  /**
   * Taken for compatibility, without effect: nothing watches files. Use `noCache` in development, or call
   * `invalidateCache()`.
   */
  readonly watch?: boolean
  /** An Express application that is to render with the environment. */
  readonly express?: ExpressApplication
  /** Settings of the loader in browsers. */
  readonly web?: { readonly useCache?: boolean; readonly async?: boolean }
}

/** The functions that use one environment for the whole program. */
export interface Front {
  /** Makes the environment that the other functions use. @param path Where templates are: one folder or URL, or several folders. */
  configure(
    path?: string | readonly string[] | null | ConfigureOptions,
    options?: ConfigureOptions,
  ): Environment
  /** Forgets that environment. */
  reset(): void
  /** A template from its source. */
  compile(source: TemplateSource, env?: Environment, path?: string, eagerCompile?: boolean): Template
  /** See {@link Environment.render}. */
  render: Environment['render']
  /** See {@link Environment.renderString}. */
  renderString: Environment['renderString']
}

/** @param loaderFor The loader that `configure` makes. */
export function createFront(
  loaderFor: (path: string | readonly string[] | null, options: ConfigureOptions) => TemplateLoader,
): Front {
  let current: Environment | undefined

  const configure: Front['configure'] = (path = null, options = {}) => {
    const [folders, settings] =
      typeof path === 'object' && path !== null && !isList(path) ? [null, path] : [path, options]
    current = new Environment(loaderFor(folders, settings), settings)
    if (settings.express !== undefined) current.express(settings.express)
    return current
  }
  const environment = (): Environment => current ?? configure()

  return {
    configure,
    reset() {
      current = undefined
    },
    compile: (source, env = environment(), path, eagerCompile) =>
      new Template(source, env, path, eagerCompile),
    render: ((...args: Parameters<Environment['render']>) =>
      environment().render(...args)) as Environment['render'],
    renderString: ((...args: Parameters<Environment['renderString']>) =>
      environment().renderString(...args)) as Environment['renderString'],
  }
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}
