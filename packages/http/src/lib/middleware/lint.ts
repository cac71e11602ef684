import { Response } from '../response/response.ts'
import { ResponseBase } from '../response/response-base.ts'
import { isBodyless } from '../response/wire.ts'
import { type FetchAnswer, type FetchApp, type FetchHandler, toHandler } from './fetch-app.ts'

export interface LintOptions {
  /** Told of each breach. Default: it is thrown as an error. */
  report?: (message: string) => void
}

/**
 * Checks that an application keeps the contract of fetch handlers and of HTTP. For tests and development.
 *
 * It looks at the answer's class and whether its body can still be read, at statuses that may have no body, at
 * `Content-Length`, entity tags, `Location` and `Transfer-Encoding`.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/middleware/lint/
 */
export function lint(app: FetchApp | FetchHandler, options: LintOptions = {}): FetchHandler {
  const handler = toHandler(app)
  const report =
    options.report ??
    ((message: string): never => {
      throw new Error(message)
    })
  return (request, env, executionContext) => {
    const answer = handler(request, env, executionContext)
    if (!(answer instanceof Promise)) return checked(answer)
    return answer.then(checked)

    function checked(answer: FetchAnswer): FetchAnswer {
      for (const message of breaches(answer, request.method))
        report(`${request.method} ${request.path}: ${message}`)
      return answer
    }
  }
}

function* breaches(answer: FetchAnswer, method: string): Generator<string> {
  if (!(answer instanceof ResponseBase) && !(answer instanceof globalThis.Response)) {
    yield `the handler must answer with a Response, got ${describe(answer)}.`
    return
  }
  const { status, headers } = answer
  if (answer.bodyUsed) yield 'the body of the response has been read already, so nothing is left to send.'
  const content = answer instanceof ResponseBase ? answer.content : answer.body
  const length = headers.get('Content-Length')
  if (isBodyless(status)) {
    if (content !== null && content !== '')
      yield `a response with status ${status} has no body, this one has.`
    if (status === 204 && length !== null) yield 'a response with status 204 has no Content-Length.'
  } else if (length !== null && method !== 'HEAD') {
    if (!/^\d+$/.test(length)) yield `Content-Length must be a number, got ${JSON.stringify(length)}.`
    else if (content instanceof Uint8Array && content.length !== Number(length)) {
      yield `Content-Length is ${length}, but the body has ${content.length} bytes.`
    }
  }
  if (headers.has('Transfer-Encoding')) yield 'Transfer-Encoding is the business of the server.'
  const etag = headers.get('ETag')
  if (etag !== null && !/^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag)) {
    yield `an ETag stands in double quotes, with W/ before them if it is weak; got ${etag}.`
  }
  const redirects = status === 301 || status === 302 || status === 303 || status === 307 || status === 308
  if (redirects && !headers.has('Location')) yield `a response with status ${status} needs a Location.`
  if (answer instanceof Response && status >= 200 && status < 300 && content !== null && content !== '') {
    if (!headers.has('Content-Type')) yield 'a response with a body needs a Content-Type.'
  }
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return `an object of class ${value.constructor?.name ?? 'Object'}`
}
