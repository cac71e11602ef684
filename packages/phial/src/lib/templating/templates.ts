import {
  Environment,
  type EnvironmentOptions,
  type JsonDumpsOptions,
  LruCache,
  type Template,
  Undefined,
} from '@phial/jinja'
import type { Phial } from '../app.ts'
import type { Context } from '../context/context.ts'
import { beforeRenderTemplate, templateRendered } from '../signals/app-signals.ts'
import { AppLoader } from './app-loader.ts'
import { templateGlobals } from './template-globals.ts'
import type { TemplateRef, TemplateValues } from './template-registry.ts'

/** Sources given as text that are kept compiled. */
const KEPT_SOURCES = 100

/**
 * The templates of an application: the environment in which they run, and how values come to them.
 */
export class Templates {
  readonly #app: Phial
  readonly environment: Environment
  readonly #sources = new LruCache<string, Template>(KEPT_SOURCES)

  constructor(app: Phial, options: EnvironmentOptions) {
    this.#app = app
    this.environment = app.createJinjaEnvironment({
      loader: new AppLoader(app),
      autoescape: (name) => app.selectJinjaAutoescape(name),
      autoReload: app.config.TEMPLATES_AUTO_RELOAD ?? app.debug,
      // The debugger looks into the code of templates.
      backend: app.debug ? 'code' : 'auto',
      ...options,
    })
  }

  /** The template of a name, or the first of several that there is. */
  get(name: TemplateRef): Template {
    return typeof name === 'string'
      ? this.environment.getTemplateSync(name)
      : this.environment.selectTemplateSync(name)
  }

  /** The template of a text; the last ones are kept. */
  fromSource(source: string): Template {
    const known = this.#sources.get(source)
    if (known !== undefined) return known
    const template = this.environment.fromString(source)
    this.#sources.set(source, template)
    return template
  }

  /** What a template is rendered with: the given values, and before them what context processors add. */
  valuesFor(context: Context, given: TemplateValues): TemplateValues {
    const request = context.requestContext
    const processors = request === null ? this.#app.hooks.contextProcessors : request.scope.contextProcessors
    if (request !== null && processors.length === 0) return given
    // Outside of a request the names of the request are undefined; the globals of that name would throw.
    const values: Record<string, unknown> = request === null ? withoutRequest() : {}
    for (const processor of processors) Object.assign(values, processor(context))
    return Object.assign(values, given)
  }

  /** Renders with the signals around it. `render` gets the values that the template sees. */
  render<Result>(
    context: Context,
    template: Template,
    given: TemplateValues,
    render: (values: TemplateValues) => Result,
  ): Result {
    const values = this.valuesFor(context, given)
    const app = this.#app
    if (beforeRenderTemplate.hasReceivers) beforeRenderTemplate.send(app, { template, values })
    const result = render(values)
    if (!templateRendered.hasReceivers) return result
    if (!(result instanceof Promise)) {
      templateRendered.send(app, { template, values })
      return result
    }
    return result.then((page: unknown) => {
      templateRendered.send(app, { template, values })
      return page
    }) as Result
  }
}

function withoutRequest(): Record<string, unknown> {
  return {
    request: new Undefined(null, undefined, 'request'),
    session: new Undefined(null, undefined, 'session'),
  }
}

/** The environment of an application, before anything is registered in it. */
export function createTemplateEnvironment(app: Phial, options: EnvironmentOptions): Environment {
  const environment = new Environment(options)
  for (const [name, value] of templateGlobals(app)) environment.addGlobal(name, value)
  environment.policies['json.dumps_function'] = (value: unknown, { indent }: JsonDumpsOptions) =>
    app.json.dumps(value, typeof indent === 'number' ? indent : 0)
  return environment
}
