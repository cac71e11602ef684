import { assertNoControls } from '../grammar/field-value.ts'
import { dumpOptionsHeader } from './options-header.ts'

/**
 * Writes a `Content-Disposition` header. A name outside of ASCII is sent twice: as `filename` with what is left of it
 * in ASCII for old clients, and whole as `filename*` (RFC 6266, RFC 8187).
 *
 * @param type `attachment` to save the content, `inline` to show it.
 * @throws TypeError if the name holds line ends or other controls.
 */
export function dumpContentDisposition(
  type: 'attachment' | 'inline',
  filename: string | null = null,
): string {
  if (filename === null) return type
  assertNoControls('the file name', filename)
  if (!/[^\x00-\x7f]/.test(filename)) return dumpOptionsHeader(type, { filename })
  const simple = filename.normalize('NFKD').replace(/[^\x00-\x7f]/g, '')
  return dumpOptionsHeader(type, { filename: simple, 'filename*': `UTF-8''${encodeExtended(filename)}` })
}

/** Percent-encodes all but attr-char (RFC 8187 §3.2.1). A lone surrogate becomes U+FFFD. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, percentEncoded)
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
