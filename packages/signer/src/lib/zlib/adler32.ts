const MODULUS = 65521
/** The most bytes whose sums cannot pass 2^32. */
const RUN = 5552

/** The checksum at the end of a zlib stream (RFC 1950, section 9). */
export function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(at + RUN, bytes.length)
    for (; at < end; at++) {
      a += bytes[at]!
      b += a
    }
    a %= MODULUS
    b %= MODULUS
  }
  return ((b << 16) | a) >>> 0
}
