import { HttpException, type HttpExceptionOptions } from './http-exception.ts'
import { type RetryAfterOptions, RetryableError } from './retryable-error.ts'

export interface InternalServerErrorOptions extends HttpExceptionOptions {
  /** The unexpected error that became this one; also its `cause`. */
  originalError?: unknown
}

export class InternalServerError extends HttpException {
  override readonly name: string = 'InternalServerError'
  override readonly code: number = 500
  /** The unexpected error behind this one, for logs and error handlers; never shown on the default page. */
  readonly originalError: unknown

  constructor(
    description:
      | string
      | null = 'The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.',
    options: InternalServerErrorOptions = {},
  ) {
    super(
      description,
      options.originalError === undefined ? options : { cause: options.originalError, ...options },
    )
    this.originalError = options.originalError ?? null
  }
}

export class NotImplemented extends HttpException {
  override readonly name: string = 'NotImplemented'
  override readonly code: number = 501

  constructor(
    description: string | null = 'The server does not support the action requested by the browser.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class BadGateway extends HttpException {
  override readonly name: string = 'BadGateway'
  override readonly code: number = 502

  constructor(
    description: string | null = 'The proxy server received an invalid response from an upstream server.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class ServiceUnavailable extends RetryableError {
  override readonly name: string = 'ServiceUnavailable'
  override readonly code: number = 503

  constructor(
    description:
      | string
      | null = 'The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.',
    options?: RetryAfterOptions,
  ) {
    super(description, options)
  }
}

export class GatewayTimeout extends HttpException {
  override readonly name: string = 'GatewayTimeout'
  override readonly code: number = 504

  constructor(
    description: string | null = 'The connection to an upstream server timed out.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}

export class HTTPVersionNotSupported extends HttpException {
  override readonly name: string = 'HTTPVersionNotSupported'
  override readonly code: number = 505

  constructor(
    description: string | null = 'The server does not support the HTTP protocol version used in the request.',
    options?: HttpExceptionOptions,
  ) {
    super(description, options)
  }
}
