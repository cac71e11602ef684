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

/** Who waits for an answer that comes late: one of the two is called, once. */
export interface AnswerReceiver {
  send(answer: FetchAnswer): void
  fail(error: unknown): void
}

/** An application as an object: what `export default app` gives to a runtime. */
export interface FetchApp {
  fetch: FetchHandler
  /**
   * As `fetch`, for gateways: an answer that comes late goes to `receiver`, and `undefined` is returned. It saves each
   * such request a promise. A gateway takes it where it is there.
   */
  answer?(request: Request, receiver: AnswerReceiver): FetchAnswer | undefined
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
