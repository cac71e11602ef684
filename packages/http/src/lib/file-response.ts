import { makeConditional } from './conditional.ts'
import { httpDate } from './grammar/date.ts'
import { dumpFilenameDisposition } from './headers/content-disposition.ts'
import { contentTypeWithCharset } from './headers/content-type.ts'
import { guessType } from './mime-types.ts'
import type { RequestBase } from './request/request-base.ts'
import { Response } from './response/response.ts'
import type { ResponseContent } from './response/response-base.ts'

/** How a file is sent. */
export interface SendFileOptions {
  /** The content type without parameters. Default: guessed from the name. */
  mimetype?: string
  /** Ask the browser to save the file and not to show it. Default false. */
  asAttachment?: boolean
  /** The name under which browsers save it. Default: the file's own. */
  downloadName?: string
  /** Answer conditions and ranges of the request. Default true. */
  conditional?: boolean
  /** Whether an `ETag` is sent, or the tag itself. Default true; only files have one by themselves. */
  etag?: boolean | string
  /** When the file was changed: a date, or seconds since 1970. Default: the file's own time. */
  lastModified?: Date | number
  /** Seconds for which caches may keep it, also by path. Null, the default: they ask each time (`no-cache`). */
  maxAge?: number | null | ((path: string | null) => number | null)
  /** Let the server in front send files on disk: their path goes as `X-Sendfile`, and no content. Default false. */
  useXSendfile?: boolean
  /** The class of the response. Default `Response`. */
  responseClass?: typeof Response
}

/** A file that is open or in memory. */
export interface FileToSend {
  readonly content: ResponseContent
  /** In bytes, or null for a stream. */
  readonly size: number | null
  /** Null for what is no file. */
  readonly path: string | null
  readonly name: string | null
  readonly lastModified: Date | null
  /** The entity tag without quotes, or null. */
  readonly etag: string | null
}

/**
 * A response that sends a file.
 *
 * @throws TypeError if the type cannot be guessed, or an attachment has no name: give `downloadName` or `mimetype`.
 * @throws RequestedRangeNotSatisfiable (416) for a bad range.
 * @see https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.send_file
 */
export function fileResponse(
  file: FileToSend,
  request: RequestBase,
  options: SendFileOptions = {},
): Response {
  const { asAttachment = false, conditional = true, etag = true } = options
  const name = options.downloadName ?? file.name
  const response = new (options.responseClass ?? Response)(null)
  response.headerList.length = 0
  const { headers } = response

  let { mimetype } = options
  if (mimetype === undefined) {
    if (name === null) {
      throw new TypeError(
        'The content type of a file is guessed from its name, and this one has none. ' +
          "Give { downloadName: 'report.pdf' } or { mimetype: 'application/pdf' }.",
      )
    }
    const [type, encoding] = guessType(name)
    mimetype = type ?? 'application/octet-stream'
    // Not for attachments: browsers would unpack a .tar.gz while they save it under that name.
    if (encoding !== null && !asAttachment) headers.set('Content-Encoding', encoding)
  }
  headers.set('Content-Type', contentTypeWithCharset(mimetype))

  if (name !== null)
    headers.set('Content-Disposition', dumpFilenameDisposition(asAttachment ? 'attachment' : 'inline', name))
  else if (asAttachment) {
    throw new TypeError("An attachment needs a name. Give { downloadName: 'report.pdf' }.")
  }

  const isSentElsewhere = options.useXSendfile === true && file.path !== null
  if (isSentElsewhere) headers.set('X-Sendfile', file.path)
  else {
    response.content = file.content
    if (file.size !== null) headers.set('Content-Length', file.size)
  }
  const lastModified = options.lastModified ?? file.lastModified
  if (lastModified !== null) headers.set('Last-Modified', httpDate(lastModified))
  setCaching(
    response,
    typeof options.maxAge === 'function' ? options.maxAge(file.path) : (options.maxAge ?? null),
  )
  const tag = typeof etag === 'string' ? etag : etag ? file.etag : null
  if (tag !== null) response.setEtag(tag)
  if (!conditional) return response
  // Ranges are then up to the server in front.
  if (isSentElsewhere) {
    makeConditional(response, request)
    if (response.status === 304) headers.delete('X-Sendfile')
    return response
  }
  return makeConditional(response, request, {
    acceptRanges: true,
    ...(file.size === null ? {} : { completeLength: file.size }),
  })
}

function setCaching(response: Response, maxAge: number | null): void {
  if (maxAge === null) {
    response.headers.set('Cache-Control', 'no-cache')
    return
  }
  response.headers.set(
    'Cache-Control',
    maxAge > 0 ? `public, max-age=${maxAge}` : `no-cache, max-age=${maxAge}`,
  )
  response.headers.set('Expires', httpDate(Math.floor(Date.now() / 1000) + maxAge))
}
