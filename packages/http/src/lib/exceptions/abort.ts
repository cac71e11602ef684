import type { Response } from '../response/response.ts'
import * as client from './client-errors.ts'
import { HttpException, type HttpExceptionOptions } from './http-exception.ts'
import * as server from './server-errors.ts'

/** A class of HTTP errors, as an {@link Aborter} makes them. */
export type HttpExceptionClass = new (
  description?: string | null,
  options?: HttpExceptionOptions,
) => HttpException

/** The error class of each status that has one. */
export const defaultExceptions: ReadonlyMap<number, HttpExceptionClass> = new Map<number, HttpExceptionClass>(
  [
    [400, client.BadRequest],
    [401, client.Unauthorized],
    [403, client.Forbidden],
    [404, client.NotFound],
    [405, client.MethodNotAllowed],
    [406, client.NotAcceptable],
    [408, client.RequestTimeout],
    [409, client.Conflict],
    [410, client.Gone],
    [411, client.LengthRequired],
    [412, client.PreconditionFailed],
    [413, client.RequestEntityTooLarge],
    [414, client.RequestURITooLarge],
    [415, client.UnsupportedMediaType],
    [416, client.RequestedRangeNotSatisfiable],
    [417, client.ExpectationFailed],
    [418, client.ImATeapot],
    [421, client.MisdirectedRequest],
    [422, client.UnprocessableEntity],
    [423, client.Locked],
    [424, client.FailedDependency],
    [428, client.PreconditionRequired],
    [429, client.TooManyRequests],
    [431, client.RequestHeaderFieldsTooLarge],
    [451, client.UnavailableForLegalReasons],
    [500, server.InternalServerError],
    [501, server.NotImplemented],
    [502, server.BadGateway],
    [503, server.ServiceUnavailable],
    [504, server.GatewayTimeout],
    [505, server.HTTPVersionNotSupported],
  ],
)

/** What {@link Aborter.abort} takes besides the status: what the classes of single statuses take. */
export interface AbortOptions
  extends client.UnauthorizedOptions,
    client.MethodNotAllowedOptions,
    client.RangeNotSatisfiableOptions,
    server.InternalServerErrorOptions {
  /** When to try again (429, 503): seconds, or a date. */
  retryAfter?: number | Date
  /** The text of the default page. */
  description?: string
}

/** Raises the error of a status. An application has one, so that it can be given errors of its own. */
export class Aborter {
  readonly #classes: ReadonlyMap<number, HttpExceptionClass>

  /** @param extra error classes by status, in addition to or in place of {@link defaultExceptions}. */
  constructor(extra: Iterable<readonly [number, HttpExceptionClass]> = []) {
    this.#classes = new Map([...defaultExceptions, ...extra])
  }

  /**
   * Ends the request.
   *
   * @param status a status between 400 and 505 that has an error class, or a response to answer with.
   * @param description the text of the default page, or the error's options.
   * @throws HttpException always; RangeError if the status has no error class.
   */
  abort(
    status: number | Response | globalThis.Response,
    description?: string | AbortOptions,
    options: AbortOptions = {},
  ): never {
    if (typeof status !== 'number') throw new HttpException(null, { response: status })
    const ErrorClass = this.#classes.get(status)
    if (ErrorClass === undefined) {
      throw new RangeError(
        `abort() was called with ${status}, which is not the status of an HTTP error. ` +
          'Expected a status from 400 to 505 that has an error class, or a response.',
      )
    }
    if (typeof description === 'object') options = description
    throw new ErrorClass(typeof description === 'string' ? description : options.description, options)
  }
}

const defaultAborter: Aborter = new Aborter()

/** Ends the request with an HTTP error; see {@link Aborter.abort}. */
export function abort(
  status: number | Response | globalThis.Response,
  description?: string | AbortOptions,
  options?: AbortOptions,
): never {
  defaultAborter.abort(status, description, options)
}
