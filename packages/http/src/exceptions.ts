/**
 * The HTTP errors as classes, by name.
 *
 * @module
 */
export type { AbortOptions, HttpExceptionClass } from './lib/exceptions/abort.ts'
export { Aborter, abort, defaultExceptions } from './lib/exceptions/abort.ts'
export type {
  MethodNotAllowedOptions,
  RangeNotSatisfiableOptions,
  UnauthorizedOptions,
} from './lib/exceptions/client-errors.ts'
export {
  BadHost,
  BadRequest,
  BadRequestKeyError,
  ClientDisconnected,
  Conflict,
  ExpectationFailed,
  FailedDependency,
  Forbidden,
  Gone,
  ImATeapot,
  LengthRequired,
  Locked,
  MethodNotAllowed,
  MisdirectedRequest,
  NotAcceptable,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
  RequestEntityTooLarge,
  RequestedRangeNotSatisfiable,
  RequestHeaderFieldsTooLarge,
  RequestTimeout,
  RequestURITooLarge,
  SecurityError,
  TooManyRequests,
  Unauthorized,
  UnavailableForLegalReasons,
  UnprocessableEntity,
  UnsupportedMediaType,
} from './lib/exceptions/client-errors.ts'
export type { HttpExceptionOptions } from './lib/exceptions/http-exception.ts'
export { HttpException } from './lib/exceptions/http-exception.ts'
export type { RetryAfterOptions } from './lib/exceptions/retryable-error.ts'
export type { InternalServerErrorOptions } from './lib/exceptions/server-errors.ts'
export {
  BadGateway,
  GatewayTimeout,
  HTTPVersionNotSupported,
  InternalServerError,
  NotImplemented,
  ServiceUnavailable,
} from './lib/exceptions/server-errors.ts'
