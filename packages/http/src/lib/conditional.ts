import { RequestedRangeNotSatisfiable } from './exceptions/client-errors.ts'
import { httpDate } from './grammar/date.ts'
import { parseETags } from './headers/etags.ts'
import { isResourceModified } from './headers/is-resource-modified.ts'
import { parseRange } from './headers/range.ts'
import type { RequestBase } from './request/request-base.ts'
import { sliceContent } from './response/byte-slice.ts'
import type { ResponseBase } from './response/response-base.ts'

export interface MakeConditionalOptions {
  /** Whether ranges are answered, or the unit for `Accept-Ranges`; true stands for `bytes`. Default false. */
  acceptRanges?: boolean | string
  /** The length of the whole content in bytes; ranges are answered only where it is known. */
  completeLength?: number
}

/**
 * Makes a response answer the conditions and ranges of a request, in place: 304 if the client has it already, 412 if
 * `If-Match` fails, 206 with the part that was asked for. Only for GET and HEAD; set `ETag` or `Last-Modified` first.
 *
 * @throws RequestedRangeNotSatisfiable (416) for a range that is bad or outside of the content.
 * @see RFC 9110 §13 and §14
 */
export function makeConditional<Made extends ResponseBase>(
  response: Made,
  request: RequestBase,
  options: MakeConditionalOptions = {},
): Made {
  if (request.method !== 'GET' && request.method !== 'HEAD') return response
  if (!response.headers.has('Date')) response.headers.set('Date', httpDate())
  if (!answerRange(response, request, options) && !isModified(response, request, true)) {
    const ifMatch = request.header('If-Match')
    response.status = ifMatch !== null && parseETags(ifMatch).size > 0 ? 412 : 304
  }
  return response
}

/** Answers a range if one is asked for and the response still is what the client has a part of. */
function answerRange(response: ResponseBase, request: RequestBase, options: MakeConditionalOptions): boolean {
  const { acceptRanges = false, completeLength = 0 } = options
  if (acceptRanges === false) return false
  response.headers.set('Accept-Ranges', acceptRanges === true ? 'bytes' : acceptRanges)
  const header = request.header('Range')
  if (header === null || completeLength === 0) return false
  if (request.header('If-Range') !== null && isModified(response, request, false)) return false

  const range = parseRange(header)
  const part = range?.rangeForLength(completeLength) ?? null
  const contentRange = range?.toContentRangeHeader(completeLength) ?? null
  if (part === null || contentRange === null) {
    throw new RequestedRangeNotSatisfiable(undefined, { length: completeLength })
  }
  const [start, stop] = part
  response.content = sliceContent(response.content, start, stop)
  response.headers.set('Content-Length', stop - start)
  response.headers.set('Content-Range', contentRange)
  response.status = 206
  return true
}

function isModified(response: ResponseBase, request: RequestBase, ignoreIfRange: boolean): boolean {
  return isResourceModified({
    range: request.header('Range'),
    ifRange: request.header('If-Range'),
    ifModifiedSince: request.header('If-Modified-Since'),
    ifNoneMatch: request.header('If-None-Match'),
    ifMatch: request.header('If-Match'),
    etag: response.headers.getFirst('ETag'),
    lastModified: response.headers.getFirst('Last-Modified'),
    ignoreIfRange,
  })
}
