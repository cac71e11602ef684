import { assertNoControls } from '../grammar/field-value.ts'
import { percentEncode, safeCharacters } from '../url/percent.ts'
import { dumpOptionsHeader } from './options-header.ts'

// attr-char of RFC 8187 §3.2.1.
const ATTRIBUTE = safeCharacters('!#$&+^`|')

/**
 * Writes a `Content-Disposition` header with a file name. A name outside of ASCII is sent twice: as `filename` with
 * what is left of it in ASCII for old clients, and whole as `filename*` (RFC 6266, RFC 8187).
 *
 * @param type `attachment` to save the content, `inline` to show it.
 * @throws TypeError if the name holds line ends or other controls.
 */
export function dumpFilenameDisposition(type: 'attachment' | 'inline', filename: string): string {
  assertNoControls('the file name', filename)
  const simple = withoutOthers(filename)
  if (simple === filename) return dumpOptionsHeader(type, { filename })
  return dumpOptionsHeader(type, {
    filename: withoutOthers(filename.normalize('NFKD')),
    'filename*': `UTF-8''${percentEncode(filename, ATTRIBUTE)}`,
  })
}

/** The ASCII characters of a text. */
function withoutOthers(text: string): string {
  return text.replace(/[^\x00-\x7f]/g, '')
}
