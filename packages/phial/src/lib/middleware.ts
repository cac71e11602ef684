import type { RequestContext } from './context/context.ts'
import type { Response } from './response.ts'
import type { ViewReturn } from './typing.ts'

/**
 * Wraps the views of its scope: `next()` gives the view's response, and throws what the view throws. What a middleware
 * returns takes the place of the response; nothing leaves it as it is.
 *
 * ```ts
 * app.use(async (context, next) => {
 *   const start = performance.now()
 *   const response = await next()
 *   response.headers.set('Server-Timing', `view;dur=${performance.now() - start}`)
 * })
 * ```
 *
 * It runs after the before hooks and before the after hooks. Error handlers come after it, so what it throws, or lets
 * pass, goes to them.
 */
export type Middleware = (
  context: RequestContext,
  next: () => Promise<Response>,
) => ViewReturn | void | Promise<ViewReturn | void>

/**
 * Runs a view inside of middlewares, the first outermost.
 *
 * @param view what is wrapped: gives an answer of any kind.
 * @throws Error if a middleware neither answers nor calls `next`.
 */
export async function runMiddleware(
  middlewares: readonly Middleware[],
  context: RequestContext,
  view: () => unknown,
  from = 0,
): Promise<Response> {
  const { app } = context
  const middleware = middlewares[from]
  if (middleware === undefined) return app.makeResponse(await view(), context)
  let inner: Promise<Response> | null = null
  const next = (): Promise<Response> => {
    if (inner !== null) throw new Error(`${describe(middleware)} called next() twice for one request.`)
    inner = runMiddleware(middlewares, context, view, from + 1)
    return inner
  }
  const answer = await middleware(context, next)
  if (answer !== undefined && answer !== null) return app.makeResponse(answer, context)
  if (inner === null) {
    throw new Error(
      `${describe(middleware)} returned nothing and did not call next(). Return an answer, or await next().`,
    )
  }
  return inner
}

function describe({ name }: Middleware): string {
  return name === '' ? 'A middleware' : `The middleware ${name}`
}
