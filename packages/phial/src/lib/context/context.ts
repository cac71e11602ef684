import type { HttpException } from '@phial/http'
import type { MatchOutcome, Rule } from '@phial/router'
import type { Phial } from '../app.ts'
import type { Request } from '../request.ts'
import type { Response } from '../response.ts'
import { runInContext } from './current.ts'
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
  #globals: Globals | null = null
  #closed = false

  constructor(app: Phial) {
    this.app = app
  }

  /** The namespace of this context. */
  get g(): Globals {
    this.#globals ??= createGlobals()
    return this.#globals
  }

  /** Whether the context's work is over; the globals say so then. */
  get closed(): boolean {
    return this.#closed
  }

  hasRequest(): this is RequestContext {
    return false
  }

  /** Ends the context without running anything. */
  close(): void {
    this.#closed = true
  }

  /**
   * Runs `callback` with this context current, then the teardown functions. A promise is awaited before them.
   *
   * @returns what `callback` returns.
   */
  run<Result>(callback: () => Result): Result {
    return runInContext(this, runAndTearDown<Result>, { context: this as Context, callback })
  }
}

function runAndTearDown<Result>({ context, callback }: { context: Context; callback: () => Result }): Result {
  let result: Result
  try {
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
  /** Functions for the response of this request alone, in the order in which they were added. */
  afterThisRequest: ResponseCallback[] | null = null

  constructor(app: Phial, request: Request, outcome: RouteOutcome) {
    super(app)
    this.request = request
    this.outcome = outcome
    this.params = outcome.kind === 'match' ? outcome.values : NO_PARAMS
  }

  /** The rule that matched, or null. */
  get route(): Rule<string> | null {
    return this.outcome.kind === 'match' ? this.outcome.rule : null
  }

  /** The endpoint of the rule that matched, or null. */
  get endpoint(): string | null {
    return this.route?.endpoint ?? null
  }

  override hasRequest(): this is RequestContext {
    return true
  }
}

const NO_PARAMS: Readonly<Record<string, unknown>> = Object.freeze(
  Object.create(null) as Record<string, unknown>,
)
