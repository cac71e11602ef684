import { type BodyChunk, type Headers, type HeadersInit, HttpException } from '@phial/http'
import { isMarkup, type Markup } from '@phial/markup'
import type { RequestContext } from './context/context.ts'
import { inContext } from './context/stream-with-context.ts'
import { Reply } from './reply.ts'
import type { Response } from './response.ts'

/**
 * What a view returned, as a response. Returns a promise only for a fetch handler that answers with one.
 *
 * @throws TypeError for nothing (`undefined`, `null`) and for what no response can be made of; it names the view.
 */
export function toResponse(value: unknown, context: RequestContext): Response | Promise<Response> {
  const { app } = context
  const { responseClass } = app
  if (typeof value === 'string') return new responseClass(value)
  if (value instanceof responseClass) return value
  if (value === undefined || value === null) throw new TypeError(nothingReturned(value, context))
  if (typeof value === 'function') return fromHandler(value as FetchFunction, context)
  if (typeof value !== 'object') throw new TypeError(cannotRespond(value, context))

  if (value instanceof Reply) return fromReply(value, context)
  if (isMarkup(value)) return new responseClass((value as Markup).toString())
  if (Array.isArray(value)) return app.jsonResponse(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) {
    return isFetchable(value) ? fromHandler(value.fetch.bind(value), context) : app.jsonResponse(value)
  }
  if (value instanceof globalThis.Response) return responseClass.from(value)
  if (value instanceof HttpException) return responseClass.from(value.getResponse())
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return new responseClass(value)
  if (value instanceof Blob)
    return new responseClass(value, value.type === '' ? {} : { contentType: value.type })
  if (value instanceof ReadableStream) return new responseClass(value)
  if (value instanceof URLSearchParams) {
    return new responseClass(value.toString(), { mimetype: 'application/x-www-form-urlencoded' })
  }
  if (isFetchable(value)) return fromHandler(value.fetch.bind(value), context)
  if (value instanceof Map || value instanceof Set) return app.jsonResponse(value)
  if (Symbol.asyncIterator in value || Symbol.iterator in value) {
    return new responseClass(inContext(value as Iterable<BodyChunk> | AsyncIterable<BodyChunk>, context))
  }
  if (value instanceof Error) throw new TypeError(cannotRespond(value, context))
  // An object of a class: what JSON makes of it, as for dataclasses in Flask.
  return app.jsonResponse(value)
}

type FetchFunction = (request: globalThis.Request) => unknown

function isFetchable(value: object): value is { fetch: FetchFunction } {
  return typeof (value as { fetch?: unknown }).fetch === 'function'
}

function fromHandler(handler: FetchFunction, context: RequestContext): Response | Promise<Response> {
  const answer = handler(context.request as unknown as globalThis.Request)
  if (answer instanceof Promise) return answer.then((value: unknown) => fromAnswer(value, context))
  return fromAnswer(answer, context)
}

function fromAnswer(answer: unknown, context: RequestContext): Response {
  if (answer instanceof globalThis.Response) return context.app.responseClass.from(answer)
  throw new TypeError(
    `The view of ${describeView(context)} returned a function or an object with fetch(), which must answer with a ` +
      `Response, but gave ${describe(answer)}.`,
  )
}

function fromReply(reply: Reply, context: RequestContext): Response | Promise<Response> {
  const response = toResponse(reply.body, context)
  if (response instanceof Promise) return response.then((later) => withReply(later, reply))
  return withReply(response, reply)
}

function withReply(response: Response, { body, status, headers }: Reply): Response {
  if (status !== undefined) response.status = status
  if (headers !== undefined) setHeaders(response.headers, headers, isContent(body))
  return response
}

/** What a response is made of with its headers at once. */
function isContent(body: unknown): boolean {
  if (typeof body === 'string' || body instanceof Uint8Array || isMarkup(body)) return true
  return typeof (body as Iterator<unknown>).next === 'function'
}

/**
 * In a list of pairs all of a name count for text and bytes, and for other bodies the last, as in Flask; but each
 * cookie is one of its own.
 */
function setHeaders(target: Headers, headers: HeadersInit, keepsAll: boolean): void {
  if (keepsAll || !Array.isArray(headers)) {
    target.update(headers)
    return
  }
  for (const [name, value] of headers as [string, string][]) {
    if (name.toLowerCase() === 'set-cookie') target.add(name, value)
    else target.set(name, value)
  }
}

function nothingReturned(value: undefined | null, context: RequestContext): string {
  return (
    `The view function for ${describeView(context)} did not return a valid response. ` +
    `It returned ${value === null ? 'null' : 'undefined, or ended without a return statement'}. ` +
    "Return text, an object for JSON, or a response; return '' for an empty page."
  )
}

function cannotRespond(value: unknown, context: RequestContext): string {
  return (
    `The view function for ${describeView(context)} returned ${describe(value)}, of which no response can be made. ` +
    'Expected a string or Markup (HTML), an object or array (JSON), bytes, a Blob, a stream, an iterator of strings, ' +
    'a Response, or reply(body, status, headers).'
  )
}

function describeView(context: RequestContext): string {
  return JSON.stringify(context.endpoint ?? context.request.path)
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'object') return `an object of class ${value.constructor?.name ?? 'Object'}`
  return `the ${typeof value} ${String(value)}`
}
