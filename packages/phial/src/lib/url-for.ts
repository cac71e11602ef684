import { BuildError, type MapAdapter } from '@phial/router'
import type { Phial } from './app.ts'
import { currentRequestContext, requireContext } from './context/current.ts'
import type { CheckedEndpoint, EndpointName, EndpointValues } from './endpoints.ts'
import type { ViewHandle } from './typing.ts'

/** The values of a URL: those of the rule, and others that become the query. `null` and `undefined` are left out. */
export type UrlValues = Readonly<Record<string, unknown>>

export interface UrlForOptions {
  /** Added as `#anchor`. */
  anchor?: string
  /** Prefer the rule for this method. */
  method?: string
  /** The scheme of an external URL; only together with `external`. */
  scheme?: string
  /** Whether the URL has scheme and host. Default: outside of a request, or if `scheme` is given. */
  external?: boolean
}

/** Called when a URL cannot be built; a string is taken as the URL, nothing passes the error on. */
export type UrlBuildErrorHandler = (
  error: BuildError,
  endpoint: string,
  values: UrlValues,
) => string | null | undefined | void

/** Values that a view handle requires, and others for the query. */
type ValuesOf<Params> = Params & UrlValues

/** The arguments after a handle or an endpoint: values may be left out only where the rule has no parameters. */
type Rest<Params> = object extends Params
  ? [values?: UrlValues, options?: UrlForOptions]
  : [values: ValuesOf<Params>, options?: UrlForOptions]

/**
 * The URL of a view.
 *
 * ```ts
 * const post = app.get('/posts/<int:id>', view)
 * urlFor(post, { id: 3, page: 2 })   // '/posts/3?page=2'; the compiler checks `id`
 * urlFor('post', { id: 3 })          // by endpoint
 * ```
 *
 * @throws BuildError if there is no such endpoint, or values are missing or unfit; it says which come near.
 * @throws TypeError for a scheme without `external`.
 */
export function urlFor<const Of extends EndpointName | (string & {}) | ViewHandle<never>>(
  view: Of extends string ? CheckedEndpoint<Of> : Of,
  ...rest: Rest<Of extends ViewHandle<infer Params> ? Params : EndpointValues<Of & string>>
): string {
  const [values, options] = rest as [values?: UrlValues, options?: UrlForOptions]
  return requireContext().app.urlFor(view as string, values, options)
}

/** Builds a URL for an application; inside a request without scheme and host, elsewhere with them. */
export function buildUrl(app: Phial, endpoint: string, given: UrlValues, options: UrlForOptions): string {
  const context = currentRequestContext()
  const inRequest = context !== null && context.app === app
  if (endpoint.startsWith('.')) {
    // Relative to the blueprint of the request.
    const blueprint = inRequest ? context.scope.names[0] : undefined
    endpoint = blueprint === undefined ? endpoint.slice(1) : blueprint + endpoint
  }
  const external = options.external ?? (inRequest ? options.scheme !== undefined : true)
  if (options.scheme !== undefined && !external) {
    throw new TypeError(
      'urlFor() was given a scheme for a URL without one. Set { external: true } too, or leave the scheme out.',
    )
  }
  const adapter: MapAdapter | null = app.createUrlAdapter(inRequest ? context.request : null)
  if (adapter === null) {
    throw new Error(
      "Unable to build URLs outside an active request without 'SERVER_NAME' configured. " +
        "Also configure 'APPLICATION_ROOT' and 'PREFERRED_URL_SCHEME' as needed.",
    )
  }
  const values: Record<string, unknown> = { ...given }
  app.injectUrlDefaults(endpoint, values)
  let url: string
  try {
    url = adapter.build(endpoint, values, {
      ...(options.method === undefined ? {} : { method: options.method }),
      ...(options.scheme === undefined ? {} : { urlScheme: options.scheme }),
      forceExternal: external,
    })
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return app.handleUrlBuildError(error, endpoint, values)
  }
  if (external && inRequest) warnOfForeignHost(app, context.request.host)
  return options.anchor === undefined ? url : `${url}#${quoteAnchor(options.anchor)}`
}

/** Applications that have warned. */
const warned = new WeakSet<Phial>()

/** Warns once where a client chooses the host of a URL: a link in a mail would lead wherever it wants. */
function warnOfForeignHost(app: Phial, host: string): void {
  const { TRUSTED_HOSTS, SERVER_NAME } = app.config
  if (SERVER_NAME !== null && !app.urlMap.hostMatching) return
  if (TRUSTED_HOSTS !== null || app.debug || app.testing || warned.has(app)) return
  if (host === SERVER_NAME || isLoopbackHost(host)) return
  warned.add(app)
  app.logger.warning(
    'A URL was built with the host %s, which comes from the request, so a client chooses it. Set TRUSTED_HOSTS, above ' +
      'all if the URL goes into a mail.',
    JSON.stringify(host),
  )
}

function isLoopbackHost(host: string): boolean {
  return /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host)
}

// What a fragment may hold as it is (RFC 3986 §3.5), with `%` for those who have quoted already.
function quoteAnchor(anchor: string): string {
  return encodeURIComponent(anchor).replace(
    /%(?:21|23|24|25|26|27|28|29|2A|2B|2C|2F|3A|3B|3D|3F|40)/g,
    decodeURIComponent,
  )
}

/** The endpoint of a view. One of a blueprint is looked for under the name that the request came by, then under any. */
export function endpointOf(app: Phial, { endpoint, blueprint }: ViewHandle<never>): string {
  if (blueprint === undefined) return endpoint
  const local = endpoint.slice(endpoint.indexOf('.') + 1)
  const context = currentRequestContext()
  const own = context?.app === app ? context.scope.names : []
  for (const name of [...own, ...app.blueprints.keys()]) {
    if (app.blueprints.get(name) === blueprint) return `${name}.${local}`
  }
  throw new Error(
    `The view ${JSON.stringify(endpoint)} belongs to a blueprint that is not registered on this application. ` +
      'Register it with app.registerBlueprint(blueprint).',
  )
}
