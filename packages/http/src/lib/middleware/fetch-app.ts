import type { Request } from '../request/request.ts'
import type { ResponseBase } from '../response/response-base.ts'

/** What an application answers: a response of ours or of the runtime. */
export type FetchAnswer = ResponseBase | globalThis.Response

/** A fetch handler, the contract between servers and applications. */
export type FetchHandler = (
  request: Request,
  env?: unknown,
  executionContext?: unknown,
) => FetchAnswer | Promise<FetchAnswer>

/** An application as an object: what `export default app` gives to a runtime. */
export interface FetchApp {
  fetch: FetchHandler
  /** The class of requests that the application works with. A gateway that makes its requests of it saves a copy. */
  readonly requestClass?: typeof Request
  /** Whether it answers requests for WebSockets with an upgrade; a gateway then gets ready for them. */
  readonly hasWebSockets?: boolean
  /** A server calls it before it listens. */
  startup?(): unknown
  /** A server calls it when it has stopped and no request is left. */
  shutdown?(): unknown
}

/** The handler of an application that is an object or a function. */
export function toHandler(app: FetchApp | FetchHandler): FetchHandler {
  return typeof app === 'function'
    ? app
    : (request, env, executionContext) => app.fetch(request, env, executionContext)
}
