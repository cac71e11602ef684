import type { Headers } from '../headers/headers.ts'
import { parseOptionsHeader } from '../headers/options-header.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The text of a field. A part may say that it is ASCII or ISO-8859-1; all else is read as UTF-8, whatever the part
 * says. Bytes that do not fit become U+FFFD.
 */
export function decodePartText(bytes: Uint8Array, headers: Headers): string {
  const contentType = headers.getFirst('Content-Type')
  if (contentType === null) return utf8.decode(bytes)
  const charset = parseOptionsHeader(contentType)[1].get('charset')?.toLowerCase()
  if (charset === 'iso-8859-1') return decodeBytes(bytes, 0x100)
  if (charset === 'ascii' || charset === 'us-ascii') return decodeBytes(bytes, 0x80)
  return utf8.decode(bytes)
}

// TextDecoder reads both names as windows-1252.
function decodeBytes(bytes: Uint8Array, end: number): string {
  let text = ''
  for (const byte of bytes) text += byte < end ? String.fromCharCode(byte) : '\ufffd'
  return text
}
