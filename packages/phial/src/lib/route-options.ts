import type { RuleParams } from '@phial/router'
import type { Middleware } from './middleware.ts'
import type { Preparation } from './prepared-view.ts'
import type { HttpMethod, View, ViewProperties } from './typing.ts'

/** What a route may set besides its rule and view. */
export interface RouteOptions<Defaults extends object = object> extends Preparation {
  /** The name for `urlFor`. Default: the view function's name, else methods and rule as in `'GET /about/'`. */
  endpoint?: string
  /** Default `['GET']`; HEAD comes with GET, and OPTIONS is answered by itself. */
  methods?: readonly HttpMethod[]
  /** Values for parameters that the rule does not have; the view gets them as its own. */
  defaults?: Defaults
  /** Whether OPTIONS is answered by itself. Default: unless `methods` has it, or the application's setting. */
  provideAutomaticOptions?: boolean
  /** Whether a missing or superfluous slash at the end matters. Default: the application's `urlMap`. */
  strictSlashes?: boolean
  /** Whether `//` redirects to `/`. Default: the application's `urlMap`. */
  mergeSlashes?: boolean
  /** The host that must match, with parameters like the rule's; with the option `hostMatching` of the application. */
  host?: string
  /** The subdomain that must match, with parameters like the rule's; with the option `subdomainMatching`. */
  subdomain?: string
  /** The rule is for WebSockets alone; see `app.websocket`. */
  websocket?: boolean
  /** The rule only builds URLs and never matches. */
  buildOnly?: boolean
  /** Requests are sent on to the rule of the same endpoint that is no alias. */
  alias?: boolean
  /** Wrap the view, the first outermost, inside of those of the application and the blueprint. */
  middleware?: readonly Middleware[]
  /** Requests are sent on to this URL; parameters stand in it as `<name>`. */
  redirectTo?: string | ((adapter: unknown, values: Readonly<Record<string, unknown>>) => string)
}

/** {@link RouteOptions} of a method that sets the HTTP method itself. */
export type MethodRouteOptions<Defaults extends object = object> = Omit<RouteOptions<Defaults>, 'methods'>

/** A route as a list of routes holds it; for rules that are registered from data. */
export interface UrlRuleOptions<
  Rule extends string = string,
  Defaults extends object = object,
  Inherited = unknown,
  Values = unknown,
> extends RouteOptions<Defaults> {
  /** The view; without one, `app.endpoint(name, view)` adds it later. */
  view?: View<RuleParams<Rule> & Defaults & Inherited, Values>
}

/** The methods of a route in upper case: those given, else those of the view, else GET. */
export function routeMethods(
  given: readonly HttpMethod[] | undefined,
  view: object | undefined,
): Set<string> {
  const properties = viewProperties(view)
  const methods = given ?? properties.methods ?? ['GET']
  if (typeof methods === 'string' || !Array.isArray(methods)) {
    throw new TypeError(
      `The methods of a route are a list, for example { methods: ['POST'] }; got ${JSON.stringify(methods)}.`,
    )
  }
  return new Set(
    [...methods, ...(properties.requiredMethods ?? [])].map((method: string) => method.toUpperCase()),
  )
}

/** What a view says about its routes. */
export function viewProperties(view: object | undefined): ViewProperties {
  return view ?? {}
}

/** The endpoint of a route that names none. */
export function defaultEndpoint(
  rule: string,
  methods: ReadonlySet<string>,
  view: { readonly name: string } | undefined,
): string {
  if (view !== undefined && view.name !== '') return view.name
  return `${[...methods].join(',')} ${rule}`
}
