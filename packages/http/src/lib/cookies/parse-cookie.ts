import { ImmutableMultiDict } from '../collections/multi-dict.ts'
import { isBlank, trimBlanks } from '../grammar/token.ts'

export interface ParseCookieOptions {
  /** The most cookies to take; null for no limit. Default 100. */
  maxCookies?: number | null
  /** The most characters of the header to read; null for no limit. Default 8,192. */
  maxLength?: number | null
  /** Told when a limit leaves cookies out. */
  onWarning?: (message: string) => void
}

const MAX_COOKIES = 100
const MAX_LENGTH = 8192

/**
 * Reads a `Cookie` header. Names are taken as they are, and only spaces and tabs are trimmed; a name that comes twice
 * keeps both values, the first counts. Values in quotes are unquoted as Python writes them (`\"`, `\054`).
 *
 * @param header with one character per byte, as headers arrive, or decoded.
 * @see RFC 6265 §4.2
 */
export function parseCookie(
  header: string | null,
  options: ParseCookieOptions = {},
): ImmutableMultiDict<string> {
  if (header === null || header === '') return new ImmutableMultiDict()
  const { maxCookies = MAX_COOKIES, maxLength = MAX_LENGTH, onWarning } = options
  let text = header
  if (maxLength !== null && text.length > maxLength) {
    text = text.slice(0, Math.max(text.lastIndexOf(';', maxLength), 0))
    onWarning?.(`The Cookie header has ${header.length} characters; those after ${text.length} are ignored.`)
  }
  text = decodeBytes(text)

  const pairs: [string, string][] = []
  // Kept while it lies ahead, so that no text is searched twice.
  let equals = -1
  for (let at = 0; at < text.length; ) {
    if (maxCookies !== null && pairs.length >= maxCookies) {
      onWarning?.(`The Cookie header has more than ${maxCookies} cookies; the rest is ignored.`)
      break
    }
    const semicolon = text.indexOf(';', at)
    let end = semicolon < 0 ? text.length : semicolon
    if (equals < at) {
      equals = text.indexOf('=', at)
      if (equals < 0) equals = text.length
    }
    if (equals >= end) {
      const name = trimBlanks(text.slice(at, end))
      if (name !== '') pairs.push([name, ''])
      at = end + 1
      continue
    }
    const name = trimBlanks(text.slice(at, equals))
    let start = equals + 1
    while (start < end && isBlank(text.charCodeAt(start))) start++
    let value: string
    const close = text.charCodeAt(start) === 34 ? closingQuote(text, start) : -1
    if (close >= 0) {
      value = unquote(text.slice(start + 1, close))
      end = text.indexOf(';', close)
      if (end < 0) end = text.length
    } else {
      value = trimBlanks(text.slice(start, end))
      if (value.length > 1 && value.startsWith('"') && value.endsWith('"'))
        value = unquote(value.slice(1, -1))
    }
    if (name !== '') pairs.push([name, value])
    at = end + 1
  }
  return new ImmutableMultiDict(pairs)
}

/** The quote that ends the value, if nothing but spaces stands between it and the next `;` or the end; else -1. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 92) {
      at++
    } else if (code === 34) {
      let next = at + 1
      while (isBlank(text.charCodeAt(next))) next++
      return next === text.length || text.charCodeAt(next) === 59 ? at : -1
    }
  }
  return -1
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as characters to the text they are in UTF-8; other text stays. */
function decodeBytes(text: string): string {
  let hasBytes = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 255) return text
    if (code > 127) hasBytes = true
  }
  if (!hasBytes) return text
  try {
    return strictUtf8.decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  } catch {
    return text
  }
}

/** Resolves `\"`, `\\` and octal `\303\274`, which stand for bytes of UTF-8. */
function unquote(text: string): string {
  if (!text.includes('\\')) return text
  const bytes: number[] = []
  const source = new TextEncoder().encode(text)
  for (let i = 0; i < source.length; i++) {
    if (source[i] !== 92 || i + 1 === source.length) {
      bytes.push(source[i]!)
      continue
    }
    const [a, b, c] = [source[i + 1]! - 48, (source[i + 2] ?? 0) - 48, (source[i + 3] ?? 0) - 48]
    if (a >= 0 && a <= 3 && b >= 0 && b <= 7 && c >= 0 && c <= 7) {
      bytes.push(a * 64 + b * 8 + c)
      i += 3
    } else {
      bytes.push(source[++i]!)
    }
  }
  return utf8.decode(Uint8Array.from(bytes))
}
