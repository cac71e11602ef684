import { toBytes, utf8Encode } from './bytes.ts'
import { BadData } from './errors.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const PAD = 0x3d
const SKIPPED = 64

const values = /* @__PURE__ */ createValues()

function createValues(): Uint8Array {
  const table = new Uint8Array(256).fill(SKIPPED)
  for (let i = 0; i < 64; i++) table[ALPHABET.charCodeAt(i)] = i
  // The classic alphabet is understood too: Python's decoder translates `-_` to `+/` and then reads both.
  table[0x2b] = 62
  table[0x2f] = 63
  return table
}

/** Whether a character can stand inside base64url text, padding included. */
export function isBase64Character(character: string): boolean {
  return character.length === 1 && (character === '=' || ALPHABET.includes(character))
}

/**
 * URL-safe base64 without padding (RFC 4648, section 5). Text is encoded as UTF-8 first.
 *
 * @throws {TypeError} if the text has a lone surrogate.
 */
export function base64Encode(value: string | Uint8Array): string {
  const bytes = toBytes(value)
  const whole = bytes.length - (bytes.length % 3)
  let out = ''
  for (let i = 0; i < whole; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!
    out +=
      ALPHABET[group >> 18]! +
      ALPHABET[(group >> 12) & 63]! +
      ALPHABET[(group >> 6) & 63]! +
      ALPHABET[group & 63]!
  }
  if (bytes.length - whole === 1) {
    const group = bytes[whole]! << 4
    out += ALPHABET[group >> 6]! + ALPHABET[group & 63]!
  } else if (bytes.length - whole === 2) {
    const group = (bytes[whole]! << 10) | (bytes[whole + 1]! << 2)
    out += ALPHABET[group >> 12]! + ALPHABET[(group >> 6) & 63]! + ALPHABET[group & 63]!
  }
  return out
}

/**
 * Bytes of URL-safe base64 text, with or without padding.
 *
 * As forgiving as ItsDangerous: characters outside the alphabet are skipped, the bits that the last
 * character has too many are ignored, and what follows complete padding is not read. So many texts stand
 * for the same bytes: never use an encoded token as a one-time key or as a cache key.
 *
 * @throws {BadData} if what is left after skipping is no complete base64 text.
 */
export function base64Decode(text: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof text !== 'string') return decodeForgiving(text, text.length)
  return decodePlain(text) ?? decodeForgiving(text, countAscii(text))
}

/** Like {@link base64Decode}, but counts a text as its UTF-8 bytes, as ItsDangerous does inside a token. */
export function base64DecodeSection(section: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof section !== 'string') return decodeForgiving(section, section.length)
  return decodePlain(section) ?? base64Decode(utf8Encode(section))
}

/** Text of the alphabet only, as it nearly always is; for anything else `undefined`. */
function decodePlain(text: string): Uint8Array<ArrayBuffer> | undefined {
  const { length } = text
  const left = length & 3
  if (left === 1) return undefined
  const out = new Uint8Array((length * 3) >> 2)
  const whole = length - left
  let end = 0
  for (let i = 0; i < whole; i += 4) {
    const a = valueAt(text, i)
    const b = valueAt(text, i + 1)
    const c = valueAt(text, i + 2)
    const d = valueAt(text, i + 3)
    if ((a | b | c | d) >= SKIPPED) return undefined
    out[end++] = (a << 2) | (b >> 4)
    out[end++] = (b << 4) | (c >> 2)
    out[end++] = (c << 6) | d
  }
  if (left === 0) return out
  const a = valueAt(text, whole)
  const b = valueAt(text, whole + 1)
  const c = left === 3 ? valueAt(text, whole + 2) : 0
  if ((a | b | c) >= SKIPPED) return undefined
  out[end++] = (a << 2) | (b >> 4)
  if (left === 3) out[end] = (b << 4) | (c >> 2)
  return out
}

function valueAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? SKIPPED
}

function countAscii(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x80) count += 1
  return count
}

function decodeForgiving(text: string | Uint8Array, counted: number): Uint8Array<ArrayBuffer> {
  const { length } = text
  const out = new Uint8Array((length * 3 + 3) >> 2)
  let end = 0
  let group = 0
  let filled = 0
  let pads = 0
  // The length is first padded to a multiple of four, counting the characters that are skipped.
  const total = length + ((4 - (counted % 4)) % 4)
  for (let i = 0; i < total; i++) {
    const code = i >= length ? PAD : typeof text === 'string' ? text.charCodeAt(i) : text[i]!
    if (code === PAD) {
      pads += 1
      if (filled >= 2 && filled + pads >= 4) return out.slice(0, end)
      if (filled < 2) pads = 0
      continue
    }
    const value = code < 256 ? values[code]! : SKIPPED
    if (value === SKIPPED) continue
    pads = 0
    group = ((group << 6) | value) & 0xffffff
    filled = (filled + 1) & 3
    if (filled === 2) out[end++] = (group >> 4) & 255
    else if (filled === 3) out[end++] = (group >> 2) & 255
    else if (filled === 0) out[end++] = group & 255
  }
  if (filled !== 0) {
    throw new BadData(
      `Expected base64 text in groups of four characters, but the last group has ${filled} and no matching padding.`,
    )
  }
  return out.slice(0, end)
}
