import { codePoints } from '../code-points.ts'
import { LookupError, UnicodeDecodeError, UnicodeEncodeError } from '../python-errors.ts'
import { textArgument } from './arguments.ts'

/** The largest byte of the encodings that have one byte for a character. */
const LIMITS: Readonly<Record<string, number>> = { ascii: 0x80, 'latin-1': 0x100 }

/** The encoding that a name stands for: `utf-8`, `ascii` or `latin-1`. */
export function encodingArgument(value: unknown, method: string): string {
  const name = textArgument(
    value,
    (type) => `${method}() argument 'encoding' must be str, not ${typeOf(type)}`,
  )
  switch (name.toLowerCase().replace(/[_ ]/g, '-')) {
    case 'utf-8':
    case 'utf8':
    case 'u8':
      return 'utf-8'
    case 'ascii':
    case 'us-ascii':
      return 'ascii'
    case 'latin-1':
    case 'latin1':
    case 'iso-8859-1':
      return 'latin-1'
    default:
      throw new LookupError(`unknown encoding: ${name}`)
  }
}

/** What happens to what cannot be encoded or decoded. */
export function errorsArgument(value: unknown, method: string): string {
  return textArgument(value, (type) => `${method}() argument 'errors' must be str, not ${typeOf(type)}`)
}

/** Python's own parsing of arguments knows `None` by its name. */
function typeOf(type: string): string {
  return type === 'NoneType' ? 'None' : type
}

/** @throws {UnicodeEncodeError} if the text has characters that the encoding has not, and `errors` is `strict`. */
export function encode(text: string, encoding: string, errors: string): Uint8Array {
  const limit = LIMITS[encoding]
  if (limit === undefined) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const [index, character] of codePoints(text).entries()) {
    const code = character.codePointAt(0)!
    if (code < limit) bytes.push(code)
    else for (const other of instead(code, index, errors, encoding, limit)) bytes.push(other.charCodeAt(0))
  }
  return Uint8Array.from(bytes)
}

function instead(code: number, index: number, errors: string, encoding: string, limit: number): string {
  const hex = code.toString(16)
  const escaped =
    code > 0xffff
      ? `\\U${hex.padStart(8, '0')}`
      : code > 0xff
        ? `\\u${hex.padStart(4, '0')}`
        : `\\x${hex.padStart(2, '0')}`
  switch (errors) {
    case 'ignore':
      return ''
    case 'replace':
      return '?'
    case 'xmlcharrefreplace':
      return `&#${code};`
    case 'backslashreplace':
      return escaped
    case 'strict':
      throw new UnicodeEncodeError(
        `'${encoding}' codec can't encode character '${escaped}' in position ${index}: ordinal not in range(${limit})`,
      )
    default:
      throw new LookupError(`unknown error handler name '${errors}'`)
  }
}

/** @throws {UnicodeDecodeError} if the bytes are no text of the encoding, unless `errors` is another word than `strict`. */
export function decode(bytes: Uint8Array, encoding: string, errors: string): string {
  if (encoding === 'utf-8') {
    try {
      return new TextDecoder('utf-8', { fatal: errors === 'strict', ignoreBOM: true }).decode(bytes)
    } catch {
      throw new UnicodeDecodeError("'utf-8' codec can't decode the bytes")
    }
  }
  let text = ''
  for (const [index, byte] of bytes.entries()) {
    if (byte < LIMITS[encoding]!) text += String.fromCharCode(byte)
    else if (errors === 'strict') {
      throw new UnicodeDecodeError(
        `'ascii' codec can't decode byte 0x${byte.toString(16)} in position ${index}: ordinal not in range(128)`,
      )
    } else if (errors !== 'ignore') text += '\ufffd'
  }
  return text
}
