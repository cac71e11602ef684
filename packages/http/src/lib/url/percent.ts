import { percentByte } from '../grammar/charset.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The characters, by code, that {@link percentEncode} leaves as they are. */
export type SafeCharacters = Uint8Array

/** Letters, digits and `_.-~`, which never need encoding (RFC 3986 §2.3), and those in `more`. */
export function safeCharacters(more: string): SafeCharacters {
  const table = new Uint8Array(128)
  const unreserved = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'
  for (const character of unreserved + more) table[character.charCodeAt(0)] = 1
  return table
}

/** Percent-encodes the UTF-8 bytes of all characters but the safe ones. A lone surrogate becomes U+FFFD. */
export function percentEncode(text: string, safe: SafeCharacters): string {
  let unsafe = 0
  while (unsafe < text.length && safe[text.charCodeAt(unsafe)] === 1) unsafe++
  if (unsafe === text.length) return text
  let result = text.slice(0, unsafe)
  for (const byte of encoder.encode(text.slice(unsafe))) {
    result += safe[byte] === 1 ? String.fromCharCode(byte) : percent(byte)
  }
  return result
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/** Replaces percent sequences by the UTF-8 characters they stand for; bytes that are no UTF-8 stay percent-encoded. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return percentDecodeExcept(text, NOTHING)
  }
}

const NOTHING = new Uint8Array(256)

/** As {@link percentDecode}, but leaves the sequences of these bytes as they are. */
export function percentDecodeExcept(text: string, kept: Uint8Array): string {
  let result = ''
  let plain = 0
  for (let at = text.indexOf('%'); at >= 0; ) {
    const bytes: number[] = []
    let next = at
    for (let byte = percentByte(text, next); byte >= 0 && kept[byte] !== 1; byte = percentByte(text, next)) {
      bytes.push(byte)
      next += 3
    }
    if (bytes.length > 0) {
      result += text.slice(plain, at) + decodeKnown(bytes)
      plain = next
    } else {
      next = at + 1
    }
    at = text.indexOf('%', next)
  }
  return result + text.slice(plain)
}

/** The characters of UTF-8 bytes; those that are none are percent-encoded again. */
function decodeKnown(bytes: readonly number[]): string {
  let result = ''
  for (let i = 0; i < bytes.length; ) {
    const size = utf8Length(bytes, i)
    if (size === 0) result += percent(bytes[i]!)
    else if (size === 1) result += String.fromCharCode(bytes[i]!)
    else result += decoder.decode(Uint8Array.from(bytes.slice(i, i + size)))
    i += Math.max(size, 1)
  }
  return result
}

/** The length of the well-formed UTF-8 sequence at `i` (Unicode 15, table 3-7), or 0. */
function utf8Length(bytes: readonly number[], i: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return 1
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (size === 0 || i + size > bytes.length) return 0
  const second = bytes[i + 1]!
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let k = i + 2; k < i + size; k++) if ((bytes[k]! & 0xc0) !== 0x80) return 0
  return size
}
