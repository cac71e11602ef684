import type { HeadersInit } from '@phial/http'

/** A view's answer with its own status and headers: what a tuple is in Flask. Made by {@link reply}. */
export class Reply {
  readonly body: unknown
  readonly status: number | string | undefined
  readonly headers: HeadersInit | undefined

  constructor(body: unknown, status?: number | string, headers?: HeadersInit) {
    this.body = body
    this.status = status
    this.headers = headers
  }
}

/**
 * An answer with a status and headers, for a view to return. An array alone is always JSON.
 *
 * ```ts
 * app.post('/posts', () => reply({ id: 7 }, 201, { Location: '/posts/7' }))
 * ```
 *
 * @param body anything that a view may return; of a response, the status is replaced and the headers are set.
 * @param status a number, or a number with a reason as in `'201 Made'`; default: that of the body.
 */
export function reply(body: string | object, status: number | string, headers?: HeadersInit): Reply
export function reply(body: string | object, headers: HeadersInit): Reply
export function reply(
  body: string | object,
  status: number | string | HeadersInit,
  headers?: HeadersInit,
): Reply {
  if (typeof status === 'number' || typeof status === 'string') return new Reply(body, status, headers)
  return new Reply(body, undefined, status)
}
