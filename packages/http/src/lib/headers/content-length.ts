import { parseListHeader } from '../grammar/list.ts'
import { parsePlainInteger, trimBlanks } from '../grammar/token.ts'

/**
 * The length of a body as its headers say: null if they do not, or it is sent in chunks; 0 for a `Content-Length` that
 * is negative or no integer.
 */
export function getContentLength(
  contentLength: string | null,
  transferEncoding: string | null = null,
): number | null {
  if (contentLength === null) return null
  if (transferEncoding !== null) {
    const encodings = parseListHeader(transferEncoding)
    if (encodings.some((encoding) => encoding.toLowerCase() === 'chunked')) return null
  }
  return Math.max(0, parsePlainInteger(trimBlanks(contentLength)) ?? 0)
}
