import { findHeader, removeHeader } from '../headers/header-list.ts'
import type { ResponseBase, ResponseContent } from './response-base.ts'

/** Whether a response with this status never has a body (RFC 9110 §6.4.1). */
export function isBodyless(status: number): boolean {
  return status === 204 || status === 304 || status === 205 || (status >= 100 && status < 200)
}

// Headers that describe a body; a 304 has none to describe (RFC 9110 §15.4.5), but for those that keep caches right.
const ENTITY_HEADERS: readonly string[] = [
  'Allow',
  'Content-Encoding',
  'Content-Language',
  'Content-Length',
  'Content-MD5',
  'Content-Range',
  'Content-Type',
  'Last-Modified',
]

/**
 * The size of content in bytes, or null where it is known only at its end.
 *
 * @param byteLength the size of a text in UTF-8; runtimes have faster ways than a portable one.
 */
export function contentSize(
  content: ResponseContent,
  byteLength: (text: string) => number = utf8Length,
): number | null {
  if (typeof content === 'string') return byteLength(content)
  if (content instanceof Uint8Array) return content.length
  return content === null ? 0 : null
}

/**
 * Completes the header list of a response for the wire, in place, and gives it back: `Content-Length` for content
 * whose size is known, nothing about a body where there may be none.
 *
 * @param size that of the response's content; see {@link contentSize}.
 * @throws TypeError if the response sets `Transfer-Encoding`, or a `Content-Length` that is not the content's size:
 *   framing is the gateway's, and two opinions about it let one response pass for two.
 */
export function finishHeaders(
  response: ResponseBase,
  isHead = false,
  size: number | null = contentSize(response.content),
): string[] {
  const { headerList, status } = response
  if (isBodyless(status)) {
    if (status === 304) for (const name of ENTITY_HEADERS) removeHeader(headerList, name)
    else removeHeader(headerList, 'Content-Length')
    return headerList
  }
  if (findHeader(headerList, 'Transfer-Encoding') >= 0) {
    throw new TypeError(
      'A response may not set Transfer-Encoding: the server frames the message. Remove the header.',
    )
  }
  const at = findHeader(headerList, 'Content-Length')
  if (size !== null) {
    if (at < 0) {
      headerList.push('Content-Length', String(size))
    } else if (headerList[at + 1] !== String(size) && !(isHead && size === 0)) {
      throw new TypeError(
        `The response sets Content-Length: ${headerList[at + 1]}, but its content has ${size} bytes. Leave the header out.`,
      )
    }
  } else if (at >= 0 && !/^\d{1,15}$/.test(headerList[at + 1]!)) {
    throw new TypeError(
      `Content-Length must be a number of bytes, got ${JSON.stringify(headerList[at + 1])}.`,
    )
  }
  return headerList
}

/** The size of a text in UTF-8, in bytes, on any runtime. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2
      i++
    } else bytes += 2
  }
  return bytes
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
