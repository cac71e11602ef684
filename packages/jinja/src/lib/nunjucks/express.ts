/** What is needed of an Express application. */
export interface ExpressApplication {
  set(name: string, value: unknown): unknown
}

/** What renders the views. */
interface Renderer {
  render(name: string, variables: object, callback: (error?: unknown, text?: string) => void): null
}

/** Makes an Express application render its views with an environment. */
export function useInExpress(environment: Renderer, application: ExpressApplication): void {
  class View {
    readonly name: string
    /** Express takes a view without a path for one that does not exist. */
    readonly path: string

    constructor(name: string, options: { readonly defaultEngine?: string } = {}) {
      const { defaultEngine } = options
      const hasExtension = /[^/\\.][^/\\]*\.[^/\\.]+$/.test(name)
      if (!hasExtension && !defaultEngine) {
        throw new Error('No default engine was specified and no extension was provided.')
      }
      this.path = name
      this.name = hasExtension ? name : `${name}.${String(defaultEngine).replace(/^\./, '')}`
    }

    render(variables: object, callback: (error?: unknown, text?: string) => void): void {
      environment.render(this.name, variables, callback)
    }
  }
  application.set('view', View)
  application.set('nunjucksEnv', environment)
}
