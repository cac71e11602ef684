import type { RequestContext } from '../context/context.ts'
import { requireRequestContext } from '../context/current.ts'
import type { HookScope } from '../scaffold.ts'

export interface RequestIdOptions {
  /** The header that has the id, in responses and in requests. Default `X-Request-ID`. */
  header?: string
  /** Whether an id that comes with the request is taken over: only behind a proxy that sets it. Default false. */
  trustHeader?: boolean
  /** Makes an id. Default: a random UUID. */
  generate?: () => string
}

const ids = new WeakMap<RequestContext, string>()

/** Gives each request an id, for logs and for people who report errors, and sends it with the response. */
export function setRequestIds(scope: HookScope, options: RequestIdOptions = {}): void {
  const { header = 'X-Request-ID', trustHeader = false, generate = () => crypto.randomUUID() } = options
  scope.beforeRequest((context) => {
    const given = trustHeader ? context.request.header(header) : null
    ids.set(context, given !== null && /^[\w.:-]{1,128}$/.test(given) ? given : generate())
  })
  scope.afterRequest((response, context) => {
    const id = ids.get(context)
    if (id !== undefined) response.headers.set(header, id)
  })
}

/** The id of the current request, or null where none are given. */
export function requestId(): string | null {
  return requestIdOf(requireRequestContext())
}

/** The id of a request, or null where none are given. */
export function requestIdOf(context: RequestContext): string | null {
  return ids.get(context) ?? null
}
