import { scanToken } from './token.ts'

/** A value of RFC 8187: its charset in lower case (or empty), and the text behind it, still percent-encoded. */
export interface ExtendedValue {
  readonly charset: string
  readonly encoded: string
}

/** Splits `charset'language'encoded`; null if the text has not that form. What follows the encoded text is ignored. */
export function splitExtendedValue(text: string): ExtendedValue | null {
  // An apostrophe is a token character, so that the first two are looked for.
  const first = text.indexOf("'")
  if (first < 0 || scanToken(text, 0) < first) return null
  const second = text.indexOf("'", first + 1)
  if (second < 0 || scanToken(text, first) < second) return null
  const end = scanToken(text, second + 1)
  if (end === second + 1) return null
  return { charset: text.slice(0, first).toLowerCase(), encoded: text.slice(second + 1, end) }
}

/** The charsets that clients may send; others leave a value percent-encoded. */
export function isKnownCharset(charset: string | null): charset is string {
  return charset === 'utf-8' || charset === 'iso-8859-1' || charset === 'ascii' || charset === 'us-ascii'
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Decodes percent sequences; bytes that the charset does not know become U+FFFD. Bad sequences stay. */
export function percentDecodeAs(text: string, charset: string): string {
  if (!text.includes('%')) return text
  let result = ''
  let plain = 0
  for (let at = text.indexOf('%'); at >= 0; ) {
    const bytes: number[] = []
    let next = at
    for (let byte = percentByte(text, next); byte >= 0; byte = percentByte(text, next)) {
      bytes.push(byte)
      next += 3
    }
    if (bytes.length > 0) {
      result += text.slice(plain, at) + decodeBytes(bytes, charset)
      plain = next
    } else {
      next = at + 1
    }
    at = text.indexOf('%', next)
  }
  return result + text.slice(plain)
}

function decodeBytes(bytes: readonly number[], charset: string): string {
  if (charset === 'utf-8') return utf8.decode(Uint8Array.from(bytes))
  // Not TextDecoder: its iso-8859-1 is windows-1252.
  const limit = charset === 'iso-8859-1' ? 0x100 : 0x80
  return bytes.map((byte) => (byte < limit ? String.fromCharCode(byte) : '\ufffd')).join('')
}

/** The byte of the percent sequence at `at`, or -1. */
export function percentByte(text: string, at: number): number {
  if (text.charCodeAt(at) !== 37) return -1
  const high = hexDigit(text.charCodeAt(at + 1))
  const low = hexDigit(text.charCodeAt(at + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
