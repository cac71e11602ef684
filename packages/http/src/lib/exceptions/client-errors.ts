import type { WwwAuthenticate } from '../headers/www-authenticate.ts'
import { HttpException, type HttpExceptionOptions } from './http-exception.ts'
import { type RetryAfterOptions, RetryableError } from './retryable-error.ts'

const BAD_REQUEST = 'The browser (or proxy) sent a request that this server could not understand.'

export class BadRequest extends HttpException {
  override readonly name: string = 'BadRequest'
  override readonly code: number = 400

  constructor(description: string | null = BAD_REQUEST, options?: HttpExceptionOptions) {
    super(description, options)
  }
}

/** A form field, query argument or other item that a view requires is missing. */
export class BadRequestKeyError extends BadRequest {
  override readonly name: string = 'BadRequestKeyError'
  /** The missing key, or null. It is not shown on the default page. */
  readonly key: string | null

  constructor(key: string | null = null, description?: string | null, options?: HttpExceptionOptions) {
    super(description, options)
    this.key = key
  }
}

/** The request breaks a rule that protects the application. */
export class SecurityError extends BadRequest {
  override readonly name: string = 'SecurityError'
}

/** The `Host` header is not a host. */
export class BadHost extends BadRequest {
  override readonly name: string = 'BadHost'
}

/** The client went away before its request was complete. */
export class ClientDisconnected extends BadRequest {
  override readonly name: string = 'ClientDisconnected'
}

export interface UnauthorizedOptions extends HttpExceptionOptions {
  /** Challenges for the `WWW-Authenticate` header, one header each. */
  wwwAuthenticate?: WwwAuthenticate | readonly WwwAuthenticate[]
}

export class Unauthorized extends HttpException {
  override readonly name: string = 'Unauthorized'
  override readonly code: number = 401
  readonly wwwAuthenticate: readonly WwwAuthenticate[]

  constructor(
    description:
      | string
      | null = "The server could not verify that you are authorized to access the URL requested. You either supplied the wrong credentials (e.g. a bad password), or your browser doesn't understand how to supply the credentials required.",
    options: UnauthorizedOptions = {},
  ) {
    super(description, options)
    const challenges = options.wwwAuthenticate ?? []
    this.wwwAuthenticate = Array.isArray(challenges) ? challenges : [challenges as WwwAuthenticate]
  }

  override getHeaders(): [name: string, value: string][] {
    const headers = super.getHeaders()
    for (const challenge of this.wwwAuthenticate) headers.push(['WWW-Authenticate', challenge.toHeader()])
    return headers
  }
}

export class Forbidden extends HttpException {
  override readonly name: string = 'Forbidden'
  override readonly code: number = 403

  constructor(
    description:
      | string
      | null = "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.",
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class NotFound extends HttpException {
  override readonly name: string = 'NotFound'
  override readonly code: number = 404

  constructor(
    description:
      | string
      | null = 'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export interface MethodNotAllowedOptions extends HttpExceptionOptions {
  /** The methods that would be accepted, for the `Allow` header. */
  validMethods?: readonly string[]
}

export class MethodNotAllowed extends HttpException {
  override readonly name: string = 'MethodNotAllowed'
  override readonly code: number = 405
  readonly validMethods: readonly string[] | null

  constructor(
    description: string | null = 'The method is not allowed for the requested URL.',
    options: MethodNotAllowedOptions = {},
  ) {
    super(description, options)
    this.validMethods = options.validMethods ?? null
  }

  override getHeaders(): [name: string, value: string][] {
    const headers = super.getHeaders()
    if (this.validMethods !== null && this.validMethods.length > 0)
      headers.push(['Allow', this.validMethods.join(', ')])
    return headers
  }
}

export class NotAcceptable extends HttpException {
  override readonly name: string = 'NotAcceptable'
  override readonly code: number = 406

  constructor(
    description:
      | string
      | null = 'The resource identified by the request is only capable of generating response entities which have content characteristics not acceptable according to the accept headers sent in the request.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class RequestTimeout extends HttpException {
  override readonly name: string = 'RequestTimeout'
  override readonly code: number = 408

  constructor(
    description:
      | string
      | null = "The server closed the network connection because the browser didn't finish the request within the specified time.",
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class Conflict extends HttpException {
  override readonly name: string = 'Conflict'
  override readonly code: number = 409

  constructor(
    description:
      | string
      | null = 'A conflict happened while processing the request. The resource might have been modified while the request was being processed.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class Gone extends HttpException {
  override readonly name: string = 'Gone'
  override readonly code: number = 410

  constructor(
    description:
      | string
      | null = 'The requested URL is no longer available on this server and there is no forwarding address. If you followed a link from a foreign page, please contact the author of this page.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class LengthRequired extends HttpException {
  override readonly name: string = 'LengthRequired'
  override readonly code: number = 411

  constructor(
    description:
      | string
      | null = 'A request with this method requires a valid <code>Content-Length</code> header.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class PreconditionFailed extends HttpException {
  override readonly name: string = 'PreconditionFailed'
  override readonly code: number = 412

  constructor(
    description: string | null = 'The precondition on the request for the URL failed positive evaluation.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class RequestEntityTooLarge extends HttpException {
  override readonly name: string = 'RequestEntityTooLarge'
  override readonly code: number = 413

  constructor(
    description: string | null = 'The data value transmitted exceeds the capacity limit.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class RequestURITooLarge extends HttpException {
  override readonly name: string = 'RequestURITooLarge'
  override readonly code: number = 414

  constructor(
    description:
      | string
      | null = 'The length of the requested URL exceeds the capacity limit for this server. The request cannot be processed.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class UnsupportedMediaType extends HttpException {
  override readonly name: string = 'UnsupportedMediaType'
  override readonly code: number = 415

  constructor(
    description: string | null = 'The server does not support the media type transmitted in the request.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export interface RangeNotSatisfiableOptions extends HttpExceptionOptions {
  /** The length of the whole body in `units`, for the `Content-Range` header. */
  length?: number
  /** The unit of the range; default `bytes`. */
  units?: string
}

export class RequestedRangeNotSatisfiable extends HttpException {
  override readonly name: string = 'RequestedRangeNotSatisfiable'
  override readonly code: number = 416
  readonly length: number | null
  readonly units: string

  constructor(
    description: string | null = 'The server cannot provide the requested range.',
    options: RangeNotSatisfiableOptions = {},
  ) {
    super(description, options)
    this.length = options.length ?? null
    this.units = options.units ?? 'bytes'
  }

  override getHeaders(): [name: string, value: string][] {
    const headers = super.getHeaders()
    if (this.length !== null) headers.push(['Content-Range', `${this.units} */${this.length}`])
    return headers
  }
}

export class ExpectationFailed extends HttpException {
  override readonly name: string = 'ExpectationFailed'
  override readonly code: number = 417

  constructor(
    description: string | null = 'The server could not meet the requirements of the Expect header',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class ImATeapot extends HttpException {
  override readonly name: string = 'ImATeapot'
  override readonly code: number = 418

  constructor(
    description: string | null = 'This server is a teapot, not a coffee machine',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class MisdirectedRequest extends HttpException {
  override readonly name: string = 'MisdirectedRequest'
  override readonly code: number = 421

  constructor(
    description: string | null = 'The server is not able to produce a response.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class UnprocessableEntity extends HttpException {
  override readonly name: string = 'UnprocessableEntity'
  override readonly code: number = 422

  constructor(
    description:
      | string
      | null = 'The request was well-formed but was unable to be followed due to semantic errors.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class Locked extends HttpException {
  override readonly name: string = 'Locked'
  override readonly code: number = 423

  constructor(
    description: string | null = 'The resource that is being accessed is locked.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class FailedDependency extends HttpException {
  override readonly name: string = 'FailedDependency'
  override readonly code: number = 424

  constructor(
    description:
      | string
      | null = 'The method could not be performed on the resource because the requested action depended on another action and that action failed.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class PreconditionRequired extends HttpException {
  override readonly name: string = 'PreconditionRequired'
  override readonly code: number = 428

  constructor(
    description:
      | string
      | null = 'This request is required to be conditional; try using "If-Match" or "If-Unmodified-Since".',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class TooManyRequests extends RetryableError {
  override readonly name: string = 'TooManyRequests'
  override readonly code: number = 429

  constructor(
    description: string | null = 'This user has exceeded an allotted request count. Try again later.',
    options?: RetryAfterOptions,
  ) {
    super(description, options)
  }
}

export class RequestHeaderFieldsTooLarge extends HttpException {
  override readonly name: string = 'RequestHeaderFieldsTooLarge'
  override readonly code: number = 431

  constructor(
    description: string | null = 'One or more header fields exceeds the maximum size.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class UnavailableForLegalReasons extends HttpException {
  override readonly name: string = 'UnavailableForLegalReasons'
  override readonly code: number = 451

  constructor(description: string | null = 'Unavailable for legal reasons.', options?: HttpExceptionOptions) {
    super(description, options)
  }
}
