import { ClientDisconnected, HttpException, type Request, Response } from '@phial/http'
import type { NodeSource } from './node-source.ts'
import { errorPage } from './refusal.ts'

/** Logs an error with the request that it came from. */
export function reportError({ gateway }: NodeSource, request: Request, error: unknown): void {
  const thrown =
    error instanceof Error ? '' : ` (thrown was ${typeof error}, not an Error, so there is no stack)`
  try {
    gateway.logger.error(`Exception on ${request.target} [${request.method}]${thrown}`, error)
  } catch {
    // A logger that fails must not take the server down.
  }
}

/** The answer that an error is, or that `onError` gives for it; else a plain page, and the error is logged. */
export function answerOf(source: NodeSource, request: Request, error: unknown): Response {
  const { onError } = source.gateway
  if (error instanceof HttpException && error.code !== null) {
    const answer = error.getResponse()
    if (answer instanceof Response) {
      if (answer.status >= 500) reportError(source, request, error)
      return answer
    }
  }
  if (onError !== null) {
    const answer = onError(error, request)
    if (answer instanceof Response) return answer
  }
  // An error handler that gives no answer has still seen the error.
  else reportError(source, request, error)
  return plainAnswer()
}

/** The page for an error of which nothing may be told. */
export function plainAnswer(): Response {
  return new Response(
    errorPage(
      500,
      'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
    ),
    { status: 500, contentType: 'text/html; charset=utf-8' },
  )
}

/** Whether an error only says that the client has gone. */
export function isAbort(source: NodeSource, error: unknown): boolean {
  return (
    error instanceof ClientDisconnected ||
    (error instanceof Error && error.name === 'AbortError') ||
    (source.signal.aborted && error === source.signal.reason)
  )
}
