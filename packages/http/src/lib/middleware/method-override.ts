import { type FetchApp, type FetchHandler, toHandler } from './fetch-app.ts'

export interface MethodOverrideOptions {
  /** The header that names the method. Default `X-HTTP-Method-Override`. */
  header?: string
  /** The methods that may be named. Default PUT, PATCH and DELETE. */
  methods?: readonly string[]
}

/**
 * Lets clients that can only POST use other methods, named in a header. It is off unless you wrap an application in
 * it: it changes which rules and guards a request meets.
 *
 * @see https://flask.palletsprojects.com/en/stable/patterns/methodoverrides/
 */
export function methodOverride(
  app: FetchApp | FetchHandler,
  options: MethodOverrideOptions = {},
): FetchHandler {
  const { header = 'X-HTTP-Method-Override', methods = ['PUT', 'PATCH', 'DELETE'] } = options
  const allowed = new Set(methods.map((method) => method.toUpperCase()))
  const handler = toHandler(app)
  return (request, env, executionContext) => {
    const wanted = request.method === 'POST' ? request.header(header)?.toUpperCase() : undefined
    const changed = wanted !== undefined && allowed.has(wanted) ? request.with({ method: wanted }) : request
    return handler(changed, env, executionContext)
  }
}
