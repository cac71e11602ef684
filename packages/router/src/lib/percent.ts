/**
 * Percent-encoding of path segments and queries (WHATWG URL, "URL path segment string" and
 * "application/x-www-form-urlencoded" as Python's `quote` and `urlencode` write them), and the
 * decoder for the segments of a request path.
 */

/**
 * Stands for an encoded slash inside a decoded segment. A lone surrogate cannot come out of UTF-8, so
 * it is never confused with a character of the path.
 */
const ENCODED_SLASH = '\uDFFF'

/** As the second half of a pair it belongs to a character. */
const LONE_ENCODED_SLASH = /(?<![\uD800-\uDBFF])\uDFFF/g

/** Puts text in the place of the encoded slashes of a decoded segment. */
export function replaceEncodedSlashes(text: string, slash: '/' | '%2F'): string {
  return text.includes(ENCODED_SLASH) ? text.replace(LONE_ENCODED_SLASH, slash) : text
}

const encoder = new TextEncoder()
const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'
const segmentSafe = safeTable("!$&'()*+,/:;=@")
const querySafe = safeTable("!$'()*,/:;?@")
const escapes = Array.from(
  { length: 256 },
  (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
)

/** Quotes text for a path. Slashes stay; `%` becomes `%25`. */
export function quotePath(text: string): string {
  return quote(text, segmentSafe, false)
}

/** Quotes the decoded text of one segment: a slash inside it is written as `%2F`. */
export function quoteSegment(text: string): string {
  return text.includes(ENCODED_SLASH)
    ? text.split(LONE_ENCODED_SLASH).map(quotePath).join('%2F')
    : quotePath(text)
}

/** Quotes a name or a value of a query; a space becomes `+`. */
export function quoteQuery(text: string): string {
  return quote(text, querySafe, true)
}

/**
 * Decodes the percent escapes of one path segment, once. It never throws: bytes that are not UTF-8 and
 * `%` without two hexadecimal digits stay as they are written. An encoded slash is kept apart from those between segments:
 * see `replaceEncodedSlashes`.
 */
export function decodeSegment(segment: string): string {
  let at = segment.indexOf('%')
  if (at === -1) return segment
  let out = ''
  let from = 0
  while (at !== -1) {
    const run = escapeRun(segment, at)
    if (run === at) {
      at = segment.indexOf('%', at + 1)
      continue
    }
    out += segment.slice(from, at) + decodeRun(segment, at, run)
    from = run
    at = segment.indexOf('%', run)
  }
  return out + segment.slice(from)
}

/** The end of the escapes `%XX%XX…` that start at `start`. */
function escapeRun(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) === 0x25 && byteAt(text, at) !== -1) at += 3
  return at
}

/** Decodes a run of escapes: valid UTF-8 sequences become characters, other bytes keep their escape. */
function decodeRun(text: string, start: number, end: number): string {
  let out = ''
  for (let at = start; at < end; ) {
    const first = byteAt(text, at)
    if (first === 0x2f) {
      out += ENCODED_SLASH
      at += 3
    } else if (first < 0x80) {
      out += String.fromCharCode(first)
      at += 3
    } else {
      const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
      const point = at + 3 * length <= end ? codePointAt(text, at, first, length) : -1
      if (point === -1) {
        out += text.slice(at, at + 3)
        at += 3
      } else {
        out += String.fromCodePoint(point)
        at += 3 * length
      }
    }
  }
  return out
}

/** The code point of a sequence of `length` escapes, -1 when it is not well-formed (RFC 3629). */
function codePointAt(text: string, at: number, first: number, length: number): number {
  if (first < 0xc2 || first > 0xf4) return -1
  let point = first & (length === 2 ? 0x1f : length === 3 ? 0x0f : 0x07)
  for (let index = 1; index < length; index++) {
    const next = byteAt(text, at + 3 * index)
    if ((next & 0xc0) !== 0x80) return -1
    point = (point << 6) | (next & 0x3f)
  }
  if (length === 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return -1
  if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return -1
  return point
}

/** The byte of the escape at `at`, -1 when the two characters after `%` are not hexadecimal. */
function byteAt(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at + 1))
  const low = hexDigit(text.charCodeAt(at + 2))
  return high === -1 || low === -1 ? -1 : high * 16 + low
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function quote(text: string, safe: readonly boolean[], plus: boolean): string {
  let at = 0
  while (at < text.length && safe[text.charCodeAt(at)] === true) at++
  if (at === text.length) return text
  let out = text.slice(0, at)
  for (const byte of encoder.encode(text.slice(at))) {
    if (safe[byte] === true) out += String.fromCharCode(byte)
    else if (plus && byte === 0x20) out += '+'
    else out += escapes[byte]
  }
  return out
}

function safeTable(extra: string): boolean[] {
  const table = new Array<boolean>(256).fill(false)
  for (const character of UNRESERVED + extra) table[character.charCodeAt(0)] = true
  return table
}
