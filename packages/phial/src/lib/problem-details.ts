import { HttpException } from '@phial/http'
import type { Phial } from './app.ts'
import type { ErrorClass, ErrorHandler } from './error-handlers.ts'
import type { Response } from './response.ts'
import { ValidationError } from './validation/validation-error.ts'

/** What error handlers can be registered on, whatever its prefix: an application or a blueprint. */
interface ErrorScope {
  errorHandler<Thrown extends Error>(ErrorClass: ErrorClass<Thrown>, handler: ErrorHandler<Thrown>): void
}

/**
 * Answers all HTTP errors of an application or a blueprint as problem details (RFC 9457), for APIs: errors of views,
 * unknown URLs, unhandled errors. Status and headers such as `Allow` and `Retry-After` stay.
 *
 * ```ts
 * answerWithProblems(app)
 * // {"type":"about:blank","title":"Not Found","status":404,"detail":"no book 7"}
 * ```
 */
export function answerWithProblems(scope: ErrorScope): void {
  scope.errorHandler(HttpException, (error, { app }) => problemOf(error, app))
}

function problemOf(error: HttpException, app: Phial): Response {
  if (error instanceof ValidationError) return app.responseClass.from(error.getResponse())
  const response = app.responseClass.from(error.getResponse())
  // An answer that the error brought itself is what its author wanted.
  if (error.response !== null) return response
  const problem = { type: 'about:blank', title: error.title, status: error.code, detail: error.description }
  response.setData(`${JSON.stringify(problem)}\n`)
  response.contentType = 'application/problem+json'
  return response
}
