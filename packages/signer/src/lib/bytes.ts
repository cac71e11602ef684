const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * UTF-8 bytes of a text. `TextEncoder` is not used because it turns every lone surrogate into U+FFFD:
 * two different texts would have the same signature.
 *
 * @throws {TypeError} if the text has a lone surrogate.
 */
export function utf8Encode(text: string): Uint8Array<ArrayBuffer> {
  const { length } = text
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return encodeFrom(text, i, out)
    out[i] = code
  }
  return out
}

/** Goes on at the first character that is not ASCII. */
function encodeFrom(text: string, start: number, ascii: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(start + (text.length - start) * 3)
  out.set(ascii.subarray(0, start))
  let end = start
  for (let i = start; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code < 0x80) {
      out[end++] = code
      continue
    }
    if (code < 0x800) {
      out[end++] = 0xc0 | (code >> 6)
    } else if (code < 0xd800 || code > 0xdfff) {
      out[end++] = 0xe0 | (code >> 12)
      out[end++] = 0x80 | ((code >> 6) & 63)
    } else {
      const low = text.charCodeAt(i + 1)
      if (code > 0xdbff || !(low >= 0xdc00 && low <= 0xdfff)) {
        throw new TypeError(
          `Expected well-formed text, got a lone surrogate (U+${code.toString(16).toUpperCase()}) at index ${i}.`,
        )
      }
      i += 1
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
      out[end++] = 0xf0 | (code >> 18)
      out[end++] = 0x80 | ((code >> 12) & 63)
      out[end++] = 0x80 | ((code >> 6) & 63)
    }
    out[end++] = 0x80 | (code & 63)
  }
  return out.slice(0, end)
}

/** @throws {TypeError} if the bytes are not UTF-8. */
export function utf8Decode(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Text as UTF-8, bytes as they are. */
export function toBytes(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? utf8Encode(value) : value
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Where `needle` last begins in `bytes`, or -1. */
export function lastIndexOfBytes(bytes: Uint8Array, needle: Uint8Array): number {
  for (let at = bytes.length - needle.length; at >= 0; at--) {
    let i = 0
    while (i < needle.length && bytes[at + i] === needle[i]) i += 1
    if (i === needle.length) return at
  }
  return -1
}

/** Compares in a time that depends on the lengths only. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
