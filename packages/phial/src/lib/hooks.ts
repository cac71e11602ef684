import type { Context, RequestContext, ResponseCallback } from './context/context.ts'
import type { Middleware } from './middleware.ts'
import { describe } from './not-expected.ts'
import type { Response } from './response.ts'
import type { ViewReturn } from './typing.ts'

/** Runs before the view; what it returns, other than nothing, is taken as the view's answer. */
export type BeforeRequest = (
  context: RequestContext,
) => ViewReturn | void | undefined | null | Promise<ViewReturn | void | undefined | null>

/** Runs after the view with the response; may return another one. */
export type AfterRequest = ResponseCallback

/** Runs at the end of a request, whatever happened; gets the error that nothing handled, or null. */
export type TeardownRequest = (error: unknown, context: RequestContext) => void | Promise<void>

/** Runs at the end of every context, also of commands. */
export type TeardownAppContext = (error: unknown, context: Context) => void | Promise<void>

/** May change the values of the URL before hooks and view see them. */
export type UrlValuePreprocessor = (
  endpoint: string,
  values: Record<string, unknown>,
  context: RequestContext,
) => void

/** May add values before a URL is built. */
export type UrlDefaults = (endpoint: string, values: Record<string, unknown>) => void

/** Gives values to all templates that are rendered; those given to `renderTemplate` win. */
export type ContextProcessor = (context: Context) => Readonly<Record<string, unknown>>

/** The hooks of an application, in the order in which they were registered. */
export interface Hooks {
  readonly urlValuePreprocessors: UrlValuePreprocessor[]
  readonly beforeRequest: BeforeRequest[]
  readonly afterRequest: AfterRequest[]
  readonly teardownRequest: TeardownRequest[]
  readonly teardownAppContext: TeardownAppContext[]
  readonly urlDefaults: UrlDefaults[]
  readonly contextProcessors: ContextProcessor[]
  readonly middleware: Middleware[]
}

export function createHooks(): Hooks {
  return {
    urlValuePreprocessors: [],
    beforeRequest: [],
    afterRequest: [],
    teardownRequest: [],
    teardownAppContext: [],
    urlDefaults: [],
    contextProcessors: [],
    middleware: [],
  }
}

/** Runs the before hooks until one answers. Stays synchronous until a hook returns a promise. */
export function runBeforeRequest(
  hooks: readonly BeforeRequest[],
  context: RequestContext,
  from = 0,
): unknown {
  for (let i = from; i < hooks.length; i++) {
    const value = hooks[i]!(context)
    if (value instanceof Promise) {
      return value.then((answer) => answer ?? runBeforeRequest(hooks, context, i + 1))
    }
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Gives the response to each callback in turn. Stays synchronous until one returns a promise. */
export function runAfterRequest(
  callbacks: readonly ResponseCallback[],
  response: Response,
  context: RequestContext,
  from = 0,
): Response | Promise<Response> {
  for (let i = from; i < callbacks.length; i++) {
    const changed = callbacks[i]!(response, context)
    if (changed instanceof Promise) {
      const before = response
      const callback = callbacks[i]!
      return changed.then((later) =>
        runAfterRequest(callbacks, replaced(later, before, callback, context), context, i + 1),
      )
    }
    response = replaced(changed, response, callbacks[i]!, context)
  }
  return response
}

/** The response after a callback: the one that it gave, or the one before. */
function replaced(
  given: unknown,
  before: Response,
  callback: ResponseCallback,
  { app }: RequestContext,
): Response {
  if (given === undefined || given === null) return before
  if (given instanceof app.responseClass) return given
  if (given instanceof globalThis.Response) return app.responseClass.from(given)
  const name = callback.name === '' ? '' : ` ${JSON.stringify(callback.name)}`
  throw new TypeError(
    `The after hook${name} returned ${describe(given)}. Expected a response, or nothing to keep the one that it got: ` +
      'unlike a view it has to make it, as in new Response(text).',
  )
}
