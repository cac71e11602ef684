import {
  type Aborter,
  BadRequest,
  BadRequestKeyError,
  HttpException,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
} from '@phial/http'
import { isMarkup } from '@phial/markup'
import type { Context, RequestContext } from './context/context.ts'
import { callErrorHandler, findErrorHandler } from './error-handlers.ts'
import { runAfterRequest, runBeforeRequest } from './hooks.ts'
import type { Logger } from './logging.ts'
import { runMiddleware } from './middleware.ts'
import { requestIdOf } from './operations/request-id.ts'
import type { Response } from './response.ts'
import { Routing } from './routing.ts'
import type { SessionInterface } from './sessions/session-interface.ts'
import type { SessionState } from './sessions/session-state.ts'
import {
  appContextPushed,
  gotRequestException,
  requestFinished,
  requestStarted,
} from './signals/app-signals.ts'
import { emit } from './signals/signal.ts'
import { tearDown } from './teardown.ts'
import { toResponse } from './to-response.ts'

/**
 * The steps of a request's way, in the order in which `dispatch` takes them. Each is a method, so that an application's
 * class may replace it.
 */
export abstract class Pipeline extends Routing {
  abstract readonly responseClass: typeof Response
  abstract readonly sessionInterface: SessionInterface
  abstract readonly aborter: Aborter
  abstract get logger(): Logger
  abstract redirect(location: string, status?: number): Response

  /** Sends the signals of the start, and waits for a session that comes from a store. */
  beginRequest(context: RequestContext): void | Promise<unknown> {
    const { app } = context
    const pushed = appContextPushed.hasReceivers ? emit(appContextPushed, app, { context }) : undefined
    const opened = this.sessionInterface.opensLazily ? undefined : context.openSession()
    if (!(pushed instanceof Promise || opened instanceof Promise)) return announceStart(context)
    // Receivers may look at the session.
    return Promise.all([pushed, opened]).then(() => announceStart(context))
  }

  /** Runs the URL preprocessors and the before hooks; an answer of one of these takes the place of the view's. */
  preprocessRequest(context: RequestContext): unknown {
    const { urlValuePreprocessors, beforeRequest } = context.scope
    const { endpoint } = context
    if (urlValuePreprocessors.length > 0 && endpoint !== null) {
      for (const hook of urlValuePreprocessors)
        hook(endpoint, context.params as Record<string, unknown>, context)
    }
    return beforeRequest.length === 0 ? undefined : runBeforeRequest(beforeRequest, context)
  }

  /** Calls the view inside of the middlewares. */
  dispatchRequest(context: RequestContext): unknown {
    const middlewares = this.middlewareOf(context)
    return middlewares.length === 0
      ? this.callView(context)
      : runMiddleware(middlewares, context, () => this.callView(context))
  }

  /** Calls the view; raises the HTTP error of a URL that leads to none. */
  callView(context: RequestContext): unknown {
    const { outcome } = context
    if (outcome.kind !== 'match') return this.answerNoMatch(context)
    const { rule } = outcome
    if (context.request.method === 'OPTIONS' && this.hasAutomaticOptions(rule)) {
      return this.makeDefaultOptionsResponse(context)
    }
    const view = this.viewFunctions.get(rule.endpoint)
    if (view === undefined) {
      throw new Error(
        `The rule ${JSON.stringify(rule.rule)} has the endpoint ${JSON.stringify(rule.endpoint)}, which has no view. ` +
          'Give it one with app.endpoint(name, view).',
      )
    }
    return view(context.params as never, context)
  }

  /** The answer to a URL that no view has: a redirect, or an HTTP error. */
  answerNoMatch(context: RequestContext): unknown {
    const { outcome } = context
    switch (outcome.kind) {
      case 'redirect':
        return this.redirect(this.createUrlAdapter(context.request)!.redirectUrl(outcome), 308)
      case 'methodNotAllowed':
        throw new MethodNotAllowed(undefined, { validMethods: outcome.allowed })
      case 'websocketMismatch':
        throw new BadRequest()
      case 'error':
        throw outcome.error
      default:
        throw new NotFound()
    }
  }

  /** The answer to OPTIONS: empty, with the methods of the URL in `Allow`. */
  makeDefaultOptionsResponse(context: RequestContext): Response {
    const response = new this.responseClass('')
    const adapter = this.createUrlAdapter(context.request)!
    response.headers.set('Allow', adapter.allowedMethods(context.request.rawPath).join(', '))
    return response
  }

  /** A view's answer as a response; see `toResponse`. */
  makeResponse(answer: unknown, context: RequestContext): Response | Promise<Response> {
    return toResponse(answer, context)
  }

  /**
   * Makes the response of an answer and runs the after hooks. For the answer to an error, what fails here is logged
   * and the response is sent as far as it is.
   */
  finalizeRequest(
    context: RequestContext,
    answer: unknown,
    fromErrorHandler = false,
  ): Response | Promise<Response> {
    const made = this.makeResponse(answer, context)
    return made instanceof Promise
      ? made.then((response) => this.#process(context, response, fromErrorHandler))
      : this.#process(context, made, fromErrorHandler)
  }

  /** Runs what `afterThisRequest` collected, then the after hooks, and saves the session. */
  processResponse(context: RequestContext, response: Response): Response | Promise<Response> {
    const own = context.afterThisRequest
    const hooks = context.scope.afterRequest
    if (own === null && hooks.length === 0) return this.saveSession(context, response)
    const processed = runAfterRequest(own === null ? hooks : [...own, ...hooks], response, context)
    return processed instanceof Promise
      ? processed.then((later) => this.saveSession(context, later))
      : this.saveSession(context, processed)
  }

  /** Keeps the session of a request, if there is one to keep, and gives the response back. */
  saveSession(context: RequestContext, response: Response): Response | Promise<Response> {
    const session =
      context.openedSession ?? (context.mustRefreshSession ? (context.openSession() as SessionState) : null)
    if (session === null || session.isNull) return response
    const app = context.app
    const saved = this.sessionInterface.saveSession(app, session, response)
    return saved instanceof Promise ? saved.then(() => response) : response
  }

  #process(
    context: RequestContext,
    response: Response,
    fromErrorHandler: boolean,
  ): Response | Promise<Response> {
    if (!fromErrorHandler) return this.#finish(context, this.processResponse(context, response))
    const keep = (error: unknown): Response => {
      this.logger.exception('Request finalizing failed with an error while handling an error.', error)
      return response
    }
    try {
      const finished = this.#finish(context, this.processResponse(context, response))
      return finished instanceof Promise ? finished.catch(keep) : finished
    } catch (error) {
      return keep(error)
    }
  }

  #finish(context: RequestContext, response: Response | Promise<Response>): Response | Promise<Response> {
    if (!requestFinished.hasReceivers) return response
    if (response instanceof Promise) return response.then((later) => this.#finish(context, later))
    const sent = emit(requestFinished, context.app, { context, response })
    return sent instanceof Promise ? sent.then(() => response) : response
  }

  /** The answer to an error of a hook or a view: that of its handler, or an HTTP error itself. Throws all others on. */
  handleUserException(context: RequestContext, error: unknown): unknown {
    if (error instanceof HttpException && !this.trapHttpException(error))
      return this.handleHttpException(context, error)
    const handler = findErrorHandler(error, context.scope.errorHandlers)
    if (handler === null) throw error
    return callErrorHandler(handler, error, context)
  }

  /** The answer to an HTTP error: that of its handler, or its own page. */
  handleHttpException(context: RequestContext, error: HttpException): unknown {
    // One without a status stands for the response that it carries.
    if (error.code === null) return error
    const handler = findErrorHandler(error, context.scope.errorHandlers)
    if (handler === null) return error
    const answer = callErrorHandler(handler, error, context)
    if (this.config.DEBUG && (typeof answer === 'string' || isMarkup(answer))) {
      this.logger.warning(
        'The error handler for %d answers with the status 200, since it gives none: return reply(text, %d).',
        error.code,
        error.code,
      )
    }
    return answer
  }

  /**
   * The answer to an error that no handler took: it is logged and becomes a 500, whose handler gets an
   * `InternalServerError` with the `originalError`. With `PROPAGATE_EXCEPTIONS` it is thrown on.
   */
  handleException(context: RequestContext, error: unknown): Response | Promise<Response> {
    const sent = gotRequestException.hasReceivers
      ? emit(gotRequestException, context.app, { context, error })
      : undefined
    return sent instanceof Promise
      ? sent.then(() => this.#answerException(context, error))
      : this.#answerException(context, error)
  }

  #answerException(context: RequestContext, error: unknown): Response | Promise<Response> {
    const { PROPAGATE_EXCEPTIONS, TESTING, DEBUG } = this.config
    if (PROPAGATE_EXCEPTIONS ?? (TESTING || DEBUG)) throw error
    this.logException(context, error)
    const serverError = new InternalServerError(undefined, { originalError: error })
    const id = requestIdOf(context)
    // What a person can tell of the error; the log has it too.
    if (id !== null) serverError.description += ` If you report it, name the request ${id}.`
    const handler = findErrorHandler(serverError, context.scope.errorHandlers)
    if (handler === null) return this.finalizeRequest(context, serverError, true)
    const answer = callErrorHandler(handler, serverError, context)
    return answer instanceof Promise
      ? answer.then((later: unknown) => this.finalizeRequest(context, later, true))
      : this.finalizeRequest(context, answer, true)
  }

  /** Logs an error that becomes a 500. */
  logException(context: RequestContext, error: unknown): void {
    const id = requestIdOf(context)
    const name = id === null ? '' : ` (request ${id})`
    this.logger.exception(`Exception on ${context.request.path} [${context.request.method}]${name}`, error)
  }

  /** Whether an HTTP error is treated as any other error, so that it shows in the debugger. */
  trapHttpException(error: HttpException): boolean {
    const { TRAP_HTTP_EXCEPTIONS, TRAP_BAD_REQUEST_ERRORS, DEBUG } = this.config
    if (TRAP_HTTP_EXCEPTIONS) return true
    if (TRAP_BAD_REQUEST_ERRORS === null) return DEBUG && error instanceof BadRequestKeyError
    return TRAP_BAD_REQUEST_ERRORS && error instanceof BadRequest
  }

  /** Runs the teardown functions and closes the context. */
  tearDown(context: Context, error: unknown): void | Promise<void> {
    return tearDown(context, error)
  }
}

function announceStart(context: RequestContext): void | Promise<void> {
  if (requestStarted.hasReceivers) return emit(requestStarted, context.app, { context })
}
