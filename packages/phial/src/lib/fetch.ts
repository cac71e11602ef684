import { Request as HttpRequest, toFetchResponse } from '@phial/http'
import type { FetchAnswer } from '@phial/http/middleware'
import type { Phial } from './app.ts'
import type { Request } from './request.ts'
import type { Response } from './response.ts'

/** A fetch handler: what middleware wraps. */
export type FetchHandler = (
  request: HttpRequest | globalThis.Request,
  env?: unknown,
  executionContext?: unknown,
) => Response | Promise<Response>

/** What stands in front of a fetch handler. It may answer with any response, of Phial or of Fetch. */
export type WrappingHandler = (
  request: Request,
  env?: unknown,
  executionContext?: unknown,
) => FetchAnswer | Promise<FetchAnswer>

/**
 * An application as servers see it. A request of the runtime's own class is answered with a response of such a class, as
 * Bun, Deno and Workers take no other; one of `@phial/http` with one of Phial.
 */
export interface AppFetch {
  (request: HttpRequest, env?: unknown, executionContext?: unknown): Response | Promise<Response>
  (
    request: globalThis.Request,
    env?: unknown,
    executionContext?: unknown,
  ): globalThis.Response | Promise<globalThis.Response>
}

/** How an application handles requests of its own class. */
export type OwnHandler = (
  request: Request,
  env: unknown,
  executionContext: unknown,
) => Response | Promise<Response>

/** Makes an application's `fetch`. */
export function createFetch(app: Pick<Phial, 'requestClass' | 'logger'>, handle: OwnHandler): AppFetch {
  const fetch: FetchHandler = (request, env, executionContext) => {
    if (request instanceof app.requestClass) return handle(request, env, executionContext)
    if (request instanceof HttpRequest) {
      return handle(app.requestClass.from(request), env, executionContext)
    }
    const remoteAddr = peerAddress(request, env)
    const own = app.requestClass.from(request, { env, executionContext, remoteAddr })
    const answer = handle(own, env, executionContext)
    const finish = (response: Response): Response =>
      toFetchResponse(response, {
        isHead: own.method === 'HEAD',
        onCloseError: (error) => app.logger.exception('A callback of a closed response failed.', error),
      }) as Response
    return answer instanceof Promise ? answer.then(finish) : finish(answer)
  }
  return fetch as AppFetch
}

/** What Bun and Deno give as second argument: a server that knows addresses, or the address itself. */
interface Peer {
  requestIP?(request: globalThis.Request): { readonly address: string } | null
  readonly remoteAddr?: { readonly hostname?: string }
}

/** The address of the client, or null where the runtime does not tell. */
function peerAddress(request: globalThis.Request, env: unknown): string | null {
  const peer = env as Peer | null | undefined
  if (typeof peer?.requestIP === 'function') return peer.requestIP(request)?.address ?? null
  return peer?.remoteAddr?.hostname ?? null
}
