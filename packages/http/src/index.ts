/**
 * Requests and responses with everything that HTTP says about them: what Werkzeug is to Python.
 *
 * @module
 */
export type { FileStorage } from './lib/body/file-storage.ts'
export type { FileStoreFactory } from './lib/body/file-store.ts'
export type { ParsedForm } from './lib/body/form-reader.ts'
export type { BodyLimits } from './lib/body/limits.ts'
export { DEFAULT_BODY_LIMITS, resolveBodyLimits } from './lib/body/limits.ts'
export type { MakeConditionalOptions } from './lib/conditional.ts'
export { makeConditional } from './lib/conditional.ts'
export type { AbortOptions, HttpExceptionClass } from './lib/exceptions/abort.ts'
export { Aborter, abort, defaultExceptions } from './lib/exceptions/abort.ts'
export {
  BadRequest,
  BadRequestKeyError,
  ClientDisconnected,
  MethodNotAllowed,
  NotFound,
  RequestEntityTooLarge,
  SecurityError,
  UnsupportedMediaType,
} from './lib/exceptions/client-errors.ts'
export type { HttpExceptionOptions } from './lib/exceptions/http-exception.ts'
export { HttpException } from './lib/exceptions/http-exception.ts'
export { InternalServerError } from './lib/exceptions/server-errors.ts'
export type { SendFileOptions } from './lib/file-response.ts'
export type { HeaderParameters, HeadersInit, HeaderValue } from './lib/headers/headers.ts'
export { Headers } from './lib/headers/headers.ts'
export { BodySource, BytesBody, StreamBody } from './lib/request/body-source.ts'
export type { FetchSourceOptions } from './lib/request/fetch-source.ts'
export { FetchSource } from './lib/request/fetch-source.ts'
export { parseJson } from './lib/request/json-body.ts'
export type { FetchSite } from './lib/request/request.ts'
export { Request } from './lib/request/request.ts'
export type { GetDataOptions, GetJsonOptions } from './lib/request/request-body.ts'
export type { RequestSource, SourceChanges } from './lib/request/request-source.ts'
export type { BodyChunk } from './lib/response/body-content.ts'
export { toByteChunks } from './lib/response/body-content.ts'
export type { FetchResponseOptions } from './lib/response/fetch-response.ts'
export { toFetchResponse } from './lib/response/fetch-response.ts'
export type { RedirectStatus } from './lib/response/redirect.ts'
export { redirect } from './lib/response/redirect.ts'
export type { DateValue, DeleteCookieOptions } from './lib/response/response.ts'
export { Response } from './lib/response/response.ts'
export type { ResponseBody, ResponseContent, ResponseInit } from './lib/response/response-base.ts'
export { ResponseBase } from './lib/response/response-base.ts'
export { contentSize, finishHeaders, isBodyless } from './lib/response/wire.ts'
export type { SafeJoinOptions } from './lib/safe-join.ts'
export { safeJoin } from './lib/safe-join.ts'
export { secureFilename } from './lib/secure-filename.ts'
