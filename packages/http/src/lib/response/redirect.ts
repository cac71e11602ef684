import { escapeToString } from '@phial/markup'
import { checkLocation } from './location.ts'
import { Response } from './response.ts'

/** The statuses that send a client elsewhere (RFC 9110 §15.4). */
export type RedirectStatus = 301 | 302 | 303 | 305 | 307 | 308

/**
 * A response that sends the client to another URL.
 *
 * @param location a URL or path; what URLs cannot hold is percent-encoded.
 * @param status default 302. After a POST, 303 makes browsers GET the target; 307 and 308 keep method and body.
 * @param responseClass the class of the response; default `Response`.
 * @throws RangeError if the status does not redirect.
 * @throws TypeError if the location holds line ends or other controls, or is longer than 8 KiB.
 */
export function redirect<Made extends Response = Response>(
  location: string,
  status: number = 302,
  responseClass: new (body: string, init: { status: number; mimetype: string }) => Made = Response as never,
): Made {
  if (!(status >= 300 && status < 400) || status === 304) {
    throw new RangeError(
      `redirect() needs a status that redirects: 301, 302, 303, 307 or 308; got ${status}.`,
    )
  }
  const target = checkLocation(location)
  const shown = escapeToString(location)
  const response = new responseClass(
    '<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n' +
      `<p>You should be redirected automatically to the target URL: <a href="${shown}">${shown}</a>. If not, click the link.\n`,
    { status, mimetype: 'text/html' },
  )
  response.headers.set('Location', target)
  return response
}
