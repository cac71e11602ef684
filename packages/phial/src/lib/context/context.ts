import type { HttpException } from '@phial/http'
import type { MatchOutcome, Rule } from '@phial/router'
import type { Phial } from '../app.ts'
import type { Scope } from '../blueprints/scope.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import type { Session } from '../sessions/session.ts'
import type { SessionState } from '../sessions/session-state.ts'
import { appContextPushed } from '../signals/app-signals.ts'
import { emitNow } from '../signals/signal.ts'
import { type ContextSlot, currentContext, runInContext } from './current.ts'
import { createGlobals, type Globals } from './globals-bag.ts'

/** Called with the response before it is sent; what it returns replaces the response. */
export type ResponseCallback = (
  response: Response,
  context: RequestContext,
) => Response | void | undefined | Promise<Response | void | undefined>

/** Where the URL of a request leads: what the router says, or the HTTP error that matching raised. */
export type RouteOutcome = MatchOutcome<string> | { readonly kind: 'error'; readonly error: HttpException }

/**
 * What is current while a command or a request runs: the application and `g`, and for a request what
 * {@link RequestContext} adds.
 */
export class Context {
  readonly app: Phial
  /** By which the globals find this context. @internal */
  readonly slot: ContextSlot = { context: this }
  #globals: Globals | null = null
  #outer: ContextSlot | null = null

  constructor(app: Phial) {
    this.app = app
  }

  /** The namespace of this context. */
  get g(): Globals {
    this.#globals ??= createGlobals()
    return this.#globals
  }

  /** What the globals see: this context, or null once its work is over. */
  get current(): Context | null {
    return this.slot.context
  }

  hasRequest(): this is RequestContext {
    return false
  }

  /** The request that the globals see: that of this context, or of the one in which {@link run} was called. */
  get requestContext(): RequestContext | null {
    return this.#outer?.context?.requestContext ?? null
  }

  /** Ends the context without running anything. */
  close(): void {
    this.slot.context = null
  }

  /**
   * Runs `callback` with this context current, then the teardown functions. A promise is awaited before them.
   *
   * @returns what `callback` returns.
   */
  run<Result>(callback: () => Result): Result {
    this.#outer = currentContext()?.slot ?? null
    return runInContext(this, runAndTearDown<Result>, { context: this as Context, callback })
  }
}

function runAndTearDown<Result>({ context, callback }: { context: Context; callback: () => Result }): Result {
  let result: Result
  try {
    if (appContextPushed.hasReceivers) {
      emitNow(appContextPushed, context.app, { context }, (error) =>
        context.app.logger.exception('A receiver of appcontext-pushed failed.', error),
      )
    }
    result = callback()
  } catch (error) {
    context.app.tearDown(context, error)
    throw error
  }
  if (result instanceof Promise) {
    return result.then(
      async (value: unknown) => {
        await context.app.tearDown(context, null)
        return value
      },
      async (error: unknown) => {
        await context.app.tearDown(context, error)
        throw error
      },
    ) as Result
  }
  context.app.tearDown(context, null)
  return result
}

/** What is current while one request is handled. Views get it as their second argument. */
export class RequestContext extends Context {
  readonly request: Request
  /** Where the router came out: a match, a redirect, or why there is none. */
  readonly outcome: RouteOutcome
  /** The converted values of the URL, by name. */
  readonly params: Readonly<Record<string, unknown>>
  /** What applies to the request: hooks and error handlers of the application and of the endpoint's blueprints. */
  readonly scope: Scope
  #session: SessionState | null = null
  /** Functions for the response of this request alone, in the order in which they were added. */
  afterThisRequest: ResponseCallback[] | null = null

  constructor(app: Phial, request: Request, outcome: RouteOutcome) {
    super(app)
    this.request = request
    this.outcome = outcome
    this.params = outcome.kind === 'match' ? outcome.values : NO_PARAMS
    this.scope = app.scopeOfRequest(request, outcome.kind === 'match' ? outcome.rule.endpoint : null)
  }

  /** What is remembered of the client from request to request. */
  get session(): Session {
    const state = this.#session ?? this.openSession()
    if (state instanceof Promise) {
      throw new Error(
        'The sessions of this application come from a store, and this one is not there yet. ' +
          'Outside of a request that is handled, open it first: await context.openSession().',
      )
    }
    return state.view
  }

  /** The session if something has opened it, else null. */
  get openedSession(): SessionState | null {
    return this.#session
  }

  /** Whether the session has to be opened at the end, since its cookie may have to be sent again. */
  get mustRefreshSession(): boolean {
    return this.app.sessionInterface.mustRefresh(this.app, this.request)
  }

  /** Opens the session; a promise if it comes from a store. Once open, it stays. */
  openSession(): SessionState | Promise<SessionState> {
    if (this.#session !== null) return this.#session
    const { app } = this
    const opened = app.sessionInterface.openSession(app, this.request)
    const keep = (state: SessionState | null): SessionState => {
      this.#session ??= state ?? app.sessionInterface.makeNullSession(app)
      return this.#session
    }
    return opened instanceof Promise ? opened.then(keep) : keep(opened)
  }

  /** The rule that matched, or null. */
  get route(): Rule<string> | null {
    return this.outcome.kind === 'match' ? this.outcome.rule : null
  }

  /** The endpoint of the rule that matched, or null. */
  get endpoint(): string | null {
    return this.route?.endpoint ?? null
  }

  /** A context for the same request and session that lasts longer than this one, with its own `g`. */
  copy(): RequestContext {
    const copy = new RequestContext(this.app, this.request, this.outcome)
    copy.#session = this.#session
    return copy
  }

  override hasRequest(): this is RequestContext {
    return true
  }

  override get requestContext(): RequestContext {
    return this
  }
}

const NO_PARAMS: Readonly<Record<string, unknown>> = Object.freeze(
  Object.create(null) as Record<string, unknown>,
)
