import { utf8 as strictUtf8, type Utf8Decoder } from './utf8.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Name and value of a field. */
export type FieldPair = [name: string, value: string]

/**
 * Reads `application/x-www-form-urlencoded` text, as bodies and query strings hold it: only `&` separates, `+` is a
 * space, a field without `=` is empty, empty fields are left out. Bad percent sequences stay as they are, and
 * percent-encoded bytes that are not UTF-8 stay percent-encoded (Werkzeug).
 *
 * @param maxFields the most fields to take, null for no limit.
 * @returns the pairs in order, or null if there are more than `maxFields`.
 */
export function parseUrlencoded(body: string, maxFields: number | null = null): FieldPair[] | null {
  // All at once: a call for each field costs more than what it does.
  const text = decodePlus(body)
  const pairs: FieldPair[] = []
  const most = maxFields ?? Number.POSITIVE_INFINITY
  // Both positions are kept while they lie ahead, so that no text is searched twice.
  let equals = -1
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('&', start)
    if (end < 0) end = text.length
    if (end > start) {
      if (pairs.length >= most) return null
      if (equals < start) {
        equals = text.indexOf('=', start)
        if (equals < 0) equals = text.length
      }
      if (equals < end) {
        pairs.push([decodePercent(text.slice(start, equals)), decodePercent(text.slice(equals + 1, end))])
      } else {
        pairs.push([decodePercent(text.slice(start, end)), ''])
      }
    }
    start = end + 1
  }
  return pairs
}

/** The text of an urlencoded body, or null if its bytes are not UTF-8. */
export function decodeUrlencodedBody(bytes: Uint8Array, decoder: Utf8Decoder = strictUtf8): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

/** Replaces `+` by spaces and percent sequences by the characters they stand for. */
export function decodeField(text: string): string {
  return decodePercent(decodePlus(text))
}

function decodePlus(text: string): string {
  return text.includes('+') ? text.replaceAll('+', ' ') : text
}

/** Most sequences stand for ASCII, for which the general way is slow. */
function decodePercent(text: string): string {
  let at = text.indexOf('%')
  if (at < 0) return text
  let result = ''
  let plain = 0
  for (; at >= 0; at = text.indexOf('%', plain)) {
    const byte = percentByte(text, at)
    if (byte < 0 || byte >= 0x80) return decodeAny(text)
    result += text.slice(plain, at) + String.fromCharCode(byte)
    plain = at + 3
  }
  return result + text.slice(plain)
}

function decodeAny(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return decodeLeniently(text)
  }
}

/** As `decodeURIComponent`, but what cannot be decoded stays percent-encoded, in upper case. */
function decodeLeniently(text: string): string {
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
      result += text.slice(plain, at) + decodeBytes(bytes)
      plain = next
    } else {
      next = at + 1
    }
    at = text.indexOf('%', next)
  }
  return result + text.slice(plain)
}

function percentByte(text: string, at: number): number {
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

function decodeBytes(bytes: readonly number[]): string {
  let result = ''
  for (let i = 0; i < bytes.length; ) {
    const size = utf8Length(bytes, i)
    if (size === 0) {
      result += `%${bytes[i]!.toString(16).toUpperCase().padStart(2, '0')}`
      i++
    } else {
      result +=
        size === 1 ? String.fromCharCode(bytes[i]!) : utf8.decode(Uint8Array.from(bytes.slice(i, i + size)))
      i += size
    }
  }
  return result
}

/** The length of the well-formed UTF-8 sequence at `i` (Unicode 15, table 3-7), or 0. */
function utf8Length(bytes: readonly number[], i: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return 1
  const size =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0
  if (size === 0 || i + size > bytes.length) return 0
  const second = bytes[i + 1]!
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let k = i + 2; k < i + size; k++) if ((bytes[k]! & 0xc0) !== 0x80) return 0
  return size
}

/** Writes pairs as `application/x-www-form-urlencoded` text: a space becomes `+`. */
export function dumpUrlencoded(pairs: Iterable<readonly [string, string]>): string {
  return new URLSearchParams(Array.from(pairs, ([name, value]) => [name, value])).toString()
}
