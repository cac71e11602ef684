import type { RequestContext } from '../context/context.ts'
import type { Response } from '../response.ts'
import type { HookScope } from '../scaffold.ts'

export interface CorsOptions {
  /**
   * The origins whose pages may read answers: a list as in `['https://example.com']`, a function of the origin, or `'*'`
   * for all.
   */
  origins: readonly string[] | '*' | ((origin: string, context: RequestContext) => boolean)
  /** Whether requests may come with cookies; not together with `'*'`. Default false. */
  credentials?: boolean
  /** Methods besides GET, HEAD and POST. Default PUT, PATCH and DELETE. */
  methods?: readonly string[]
  /** Headers that requests may have. Default: those that the browser asks for. */
  allowHeaders?: readonly string[]
  /** Headers of answers that pages may read, besides those that they always may. Default none. */
  exposeHeaders?: readonly string[]
  /** Seconds for which browsers need not ask again. Default 600. */
  maxAge?: number
}

/**
 * Lets pages of other origins read the answers of an application or a blueprint (CORS). Preflight requests are answered
 * for routes that exist.
 *
 * ```ts
 * allowCors(api, { origins: ['https://example.com'] })
 * ```
 *
 * The origin `null` (sandboxed pages, files) is never allowed by a list, and answers always vary with `Origin`.
 *
 * @throws TypeError for `'*'` with credentials, and for what is no origin.
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function allowCors(scope: HookScope, options: CorsOptions): void {
  const { origins, credentials = false, maxAge = 600 } = options
  checkOptions(options)
  const methods = ['GET', 'HEAD', 'POST', ...(options.methods ?? ['PUT', 'PATCH', 'DELETE'])].join(', ')

  const allowed = (context: RequestContext): string | null => {
    if (origins === '*') return '*'
    const origin = context.request.header('Origin')
    if (origin === null) return null
    const isAllowed = typeof origins === 'function' ? origins(origin, context) : origins.includes(origin)
    return isAllowed ? origin : null
  }

  // Browsers ask without cookies, so hooks that want a login must not come first.
  scope.beforeRequest((context) =>
    isPreflight(context) && context.route !== null
      ? context.app.makeDefaultOptionsResponse(context)
      : undefined,
  )
  scope.afterRequest((response, context) => {
    if (origins !== '*') response.vary.add('Origin')
    const origin = allowed(context)
    if (origin === null) return
    response.headers.set('Access-Control-Allow-Origin', origin)
    if (credentials) response.headers.set('Access-Control-Allow-Credentials', 'true')
    if (isPreflight(context)) allowPreflight(response, context)
    else if (options.exposeHeaders !== undefined && options.exposeHeaders.length > 0) {
      response.headers.set('Access-Control-Expose-Headers', options.exposeHeaders.join(', '))
    }
  })

  function allowPreflight(response: Response, { request }: RequestContext): void {
    response.headers.set('Access-Control-Allow-Methods', methods)
    response.headers.set('Access-Control-Max-Age', String(maxAge))
    const asked = [...request.accessControlRequestHeaders]
    const headers = options.allowHeaders ?? asked
    if (headers.length > 0) response.headers.set('Access-Control-Allow-Headers', headers.join(', '))
    if (options.allowHeaders === undefined) response.vary.add('Access-Control-Request-Headers')
  }
}

function isPreflight({ request }: RequestContext): boolean {
  return request.method === 'OPTIONS' && request.accessControlRequestMethod !== null
}

function checkOptions({ origins, credentials = false }: CorsOptions): void {
  if (origins === '*') {
    if (!credentials) return
    throw new TypeError(
      "allowCors() was given all origins ('*') together with credentials: any site could read answers as its visitor. " +
        'List the origins.',
    )
  }
  if (typeof origins === 'function') return
  for (const origin of origins) {
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+$/i.test(origin)) {
      throw new TypeError(
        `An origin is a scheme and a host, as in 'https://example.com', got ${JSON.stringify(origin)}.`,
      )
    }
  }
}
