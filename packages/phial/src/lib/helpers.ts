import { type AbortOptions, type HeadersInit, abort as httpAbort, type SendFileOptions } from '@phial/http'
import type { Phial } from './app.ts'
import type { ResponseCallback } from './context/context.ts'
import { currentContext, requireContext, requireRequestContext } from './context/current.ts'
import { Reply } from './reply.ts'
import type { Response } from './response.ts'

/**
 * Ends the request with an HTTP error. It never returns, so `users[id] ?? abort(404)` has the type of a user.
 *
 * @param status a status from 400 to 505, or a response to answer with.
 * @param description the text of the error page, or options such as `{ retryAfter: 60 }`.
 * @throws HttpException always; RangeError for a status that is no HTTP error.
 */
export function abort(
  status: number | globalThis.Response | Response,
  description?: string | AbortOptions,
  options?: AbortOptions,
): never {
  const app: Phial | undefined = currentContext()?.app
  return app === undefined ? httpAbort(status, description, options) : app.abort(status, description, options)
}

/**
 * A response that sends the client to another URL.
 *
 * @param location a URL or a path.
 * @param status default 302; after a POST, 303 makes browsers GET the target.
 */
export function redirect(location: string, status = 302): Response {
  return requireContext().app.redirect(location, status)
}

/**
 * Anything that a view may return as a response, to set headers or cookies on.
 *
 * ```ts
 * const response = makeResponse('<h1>Hello</h1>')
 * response.setCookie('seen', 'yes')
 * return response
 * ```
 */
export function makeResponse(
  body: string | object = '',
  status?: number | string,
  headers?: HeadersInit,
): Response {
  const context = requireRequestContext()
  const answer = status === undefined && headers === undefined ? body : new Reply(body, status, headers)
  const response = context.app.makeResponse(answer, context)
  if (response instanceof Promise) {
    throw new TypeError(
      'makeResponse() was given an application that answers later. Return it from the view itself.',
    )
  }
  return response
}

/** A JSON response of any value, also of those that a view cannot return: numbers, text, null. */
export function jsonify(value: unknown): Response {
  return requireContext().app.jsonResponse(value)
}

/** Runs `callback` with the response of this request, before the application's own after hooks. */
export function afterThisRequest(callback: ResponseCallback): ResponseCallback {
  const context = requireRequestContext()
  context.afterThisRequest ??= []
  context.afterThisRequest.push(callback)
  return callback
}

/**
 * A function that runs `callback` in a copy of the current request's context, whenever it is called: for work that
 * goes on when the response has been sent. The copy has the request and the session, and its own `g`; teardown functions
 * run at its end.
 */
export function copyCurrentRequestContext<Args extends readonly unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const context = requireRequestContext()
  return (...args) => context.copy().run(() => callback(...args))
}

/** What can be sent as a file: a path, bytes, a `Blob` or a stream. */
export type FileSource = string | URL | Uint8Array | Blob | ReadableStream<Uint8Array>

/**
 * A response with a file: type by name, `ETag`, conditions and ranges answered. A relative path is relative to the
 * application's folder. For paths that clients give, use {@link sendFromDirectory}.
 *
 * @throws Error if there is no such file; it becomes a 500.
 */
export async function sendFile(source: FileSource, options?: SendFileOptions): Promise<Response> {
  const { app, request } = requireRequestContext()
  const files = await import('@phial/http/files-node')
  const path =
    typeof source === 'string' && app.rootPath !== null ? files.resolvePath(app.rootPath, source) : source
  return (await files.sendFile(path, request, {
    maxAge: (sent) => app.getSendFileMaxAge(sent),
    responseClass: app.responseClass,
    useXSendfile: app.config.USE_X_SENDFILE,
    ...options,
  })) as Response
}

/**
 * A response with a file of a folder, by a path that a client gave. A relative folder is relative to the application's.
 *
 * @throws NotFound (404) for everything that is not a regular file inside the folder.
 */
export async function sendFromDirectory(
  directory: string,
  path: string,
  options?: SendFileOptions,
): Promise<Response> {
  const { app, request } = requireRequestContext()
  const files = await import('@phial/http/files-node')
  const folder = app.rootPath === null ? directory : files.resolvePath(app.rootPath, directory)
  return (await files.sendFromDirectory(folder, path, request, {
    maxAge: (sent) => app.getSendFileMaxAge(sent),
    responseClass: app.responseClass,
    useXSendfile: app.config.USE_X_SENDFILE,
    ...options,
  })) as Response
}
