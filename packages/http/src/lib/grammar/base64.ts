const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const DIGITS = new Int8Array(128).fill(-1)
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i

/**
 * Decodes base64 as lenient as Python does: other characters are skipped, and what stands behind the padding is
 * ignored. Null if padding is missing.
 */
export function base64Decode(text: string): Uint8Array | null {
  const bytes: number[] = []
  let bits = 0
  let digits = 0
  let padding = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 61) {
      padding++
      if (digits >= 2 && digits + padding >= 4) return Uint8Array.from(bytes)
      continue
    }
    const digit = DIGITS[code] ?? -1
    if (digit < 0) continue
    padding = 0
    bits = ((bits << 6) | digit) & 0xffff
    digits = (digits + 1) % 4
    if (digits === 2) bytes.push((bits >> 4) & 0xff)
    else if (digits === 3) bytes.push((bits >> 2) & 0xff)
    else if (digits === 0) bytes.push(bits & 0xff)
  }
  return digits === 0 ? Uint8Array.from(bytes) : null
}

/** Encodes bytes as base64 with padding. */
export function base64Encode(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
