import type { AnswerReceiver } from '@phial/http/middleware'
import type { RequestContext } from './context/context.ts'
import type { Response } from './response.ts'

/**
 * One request: session → before hooks → view → response → after hooks → teardown.
 *
 * It is synchronous until the first promise, so a view that returns at once costs no microtask. Each step is a method
 * of the application, for subclasses to replace. Errors become a response by the error handlers, else a plain 500; it
 * throws only what `PROPAGATE_EXCEPTIONS` lets through to the server or the test.
 */
export function dispatch(context: RequestContext): Response | Promise<Response> {
  let answer: unknown
  try {
    answer = answerOf(context)
  } catch (error) {
    return fail(context, error)
  }
  return isPromise(answer) ? dispatchLater(context, answer) : finish(context, answer)
}

/** A request, and who waits for its answer. */
export interface Delivery {
  readonly context: RequestContext
  readonly receiver: AnswerReceiver
}

/**
 * As {@link dispatch}, for a gateway: an answer that comes late goes to the receiver, and `undefined` is returned. The
 * promise that `dispatch` makes for it is felt by each request, most of all where promises are followed by
 * `AsyncLocalStorage` (Node up to 22).
 */
export function dispatchTo({ context, receiver }: Delivery): Response | undefined {
  let answer: unknown
  try {
    answer = answerOf(context)
  } catch (error) {
    return deliver(receiver, fail(context, error))
  }
  if (!isPromise(answer)) return deliver(receiver, finish(context, answer))
  const pending = answer instanceof Promise ? answer : Promise.resolve(answer)
  pending.then(
    (value: unknown) => deliverLater(receiver, finish, context, value),
    (error: unknown) => deliverLater(receiver, recover, context, error),
  )
  return undefined
}

/** Gives a response that is there, and sees to one that will be. */
function deliver(receiver: AnswerReceiver, response: Response | Promise<Response>): Response | undefined {
  if (!(response instanceof Promise)) return response
  response.then(
    (later) => receiver.send(later),
    (error: unknown) => receiver.fail(error),
  )
  return undefined
}

function deliverLater(
  receiver: AnswerReceiver,
  step: (context: RequestContext, value: unknown) => Response | Promise<Response>,
  context: RequestContext,
  value: unknown,
): void {
  let response: Response | undefined
  try {
    response = deliver(receiver, step(context, value))
  } catch (error) {
    receiver.fail(error)
    return
  }
  if (response !== undefined) receiver.send(response)
}

/** What the before hooks, the view, or the handler of their error answered. */
function answerOf(context: RequestContext): unknown {
  const { app } = context
  try {
    const ready = app.beginRequest(context)
    return ready instanceof Promise ? ready.then(() => hooksAndView(context)) : hooksAndView(context)
  } catch (error) {
    return app.handleUserException(context, error)
  }
}

function hooksAndView(context: RequestContext): unknown {
  const { app } = context
  const early = app.preprocessRequest(context)
  return early instanceof Promise
    ? early.then((answer: unknown) => answer ?? app.dispatchRequest(context))
    : (early ?? app.dispatchRequest(context))
}

/** Goes on when an answer has come. It uses `then` and no `await`: a request feels each promise that is made. */
function dispatchLater(context: RequestContext, pending: PromiseLike<unknown>): Promise<Response> {
  const answer = pending instanceof Promise ? pending : Promise.resolve(pending)
  return answer.then(
    (value: unknown) => finish(context, value),
    (error: unknown) => recover(context, error),
  )
}

/** The response to the answer of a view. */
function finish(context: RequestContext, answer: unknown): Response | Promise<Response> {
  let response: Response | Promise<Response>
  try {
    response = context.app.finalizeRequest(context, answer)
  } catch (error) {
    return fail(context, error)
  }
  return response instanceof Promise ? finishLater(context, response) : end(context, response, null)
}

/** The response to an error of a view that came late, by its handler. */
function recover(context: RequestContext, error: unknown): Response | Promise<Response> {
  let answer: unknown
  try {
    answer = context.app.handleUserException(context, error)
  } catch (thrown) {
    return fail(context, thrown)
  }
  if (!isPromise(answer)) return finish(context, answer)
  return Promise.resolve(answer).then(
    (value: unknown) => finish(context, value),
    (thrown: unknown) => fail(context, thrown),
  )
}

function finishLater(context: RequestContext, pending: Promise<Response>): Promise<Response> {
  return pending.then(
    (response) => end(context, response, null),
    (error: unknown) => fail(context, error),
  )
}

/** The answer to an error that no handler took. */
function fail(context: RequestContext, error: unknown): Response | Promise<Response> {
  let response: Response | Promise<Response>
  try {
    response = context.app.handleException(context, error)
  } catch (thrown) {
    return endThrowing(context, thrown)
  }
  if (!(response instanceof Promise)) return end(context, response, error)
  return response.then(
    (later) => end(context, later, error),
    (thrown: unknown) => endThrowing(context, thrown),
  )
}

/** Tears the context down; for streamed content when it has been sent, since its pieces still need the context. */
function end(context: RequestContext, response: Response, error: unknown): Response | Promise<Response> {
  const { app } = context
  // That of a WebSocket is there as long as the socket.
  if (response.isStreamed || response.status === 101) {
    response.callOnClose(() => void app.tearDown(context, error))
    return response
  }
  const pending = app.tearDown(context, error)
  return pending instanceof Promise ? pending.then(() => response) : response
}

function endThrowing(context: RequestContext, error: unknown): Promise<never> | never {
  const pending = context.app.tearDown(context, error)
  if (!(pending instanceof Promise)) throw error
  return pending.then(() => {
    throw error
  })
}

/** Also promises of other realms and query builders of databases, which views like to return. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (value instanceof Promise) return true
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}
