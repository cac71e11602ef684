import type { ErrorHandlers } from '../error-handlers.ts'
import type { Hooks } from '../hooks.ts'

/** What applies to a request: that of the application, and that of the blueprints of its endpoint. */
export interface Scope extends Readonly<Hooks> {
  /** The names of the blueprints, the innermost first. */
  readonly names: readonly string[]
  /** The error handlers of each blueprint, the innermost first, then those of the application. */
  readonly errorHandlers: readonly ErrorHandlers[]
}

/** Something with hooks and error handlers: an application or a blueprint. */
export interface Scoped {
  readonly hooks: Hooks
  readonly errorHandlers: ErrorHandlers
}

/** The scope of requests that no blueprint has. It follows later changes of the application. */
export function appScope({ hooks, errorHandlers }: Scoped): Scope {
  return { ...hooks, names: [], errorHandlers: [errorHandlers] }
}

/**
 * The scope of an endpoint. Before hooks run from the application inwards, after hooks and teardown functions from the
 * innermost blueprint outwards; those of each are in order already.
 *
 * @param names the blueprints of the endpoint, the innermost first.
 */
export function createScope(
  app: Scoped,
  names: readonly string[],
  blueprints: ReadonlyMap<string, Scoped>,
): Scope {
  const inside = names.map((name) => blueprints.get(name)!)
  const outside = [app, ...inside.toReversed()]
  return {
    names,
    errorHandlers: [...inside, app].map((scoped) => scoped.errorHandlers),
    urlValuePreprocessors: outside.flatMap(({ hooks }) => hooks.urlValuePreprocessors),
    urlDefaults: outside.flatMap(({ hooks }) => hooks.urlDefaults),
    beforeRequest: outside.flatMap(({ hooks }) => hooks.beforeRequest),
    afterRequest: [...inside, app].flatMap(({ hooks }) => hooks.afterRequest),
    teardownRequest: [...inside, app].flatMap(({ hooks }) => hooks.teardownRequest),
    middleware: outside.flatMap(({ hooks }) => hooks.middleware),
    teardownAppContext: app.hooks.teardownAppContext,
  }
}

/** The blueprints of an endpoint, the innermost first: `a.b.view` gives `['a.b', 'a']`. */
export function blueprintNames(
  endpoint: string,
  blueprints: ReadonlyMap<string, unknown>,
): readonly string[] {
  const names: string[] = []
  for (let dot = endpoint.lastIndexOf('.'); dot > 0; dot = endpoint.lastIndexOf('.', dot - 1)) {
    const name = endpoint.slice(0, dot)
    if (blueprints.has(name)) names.push(name)
  }
  return names
}
