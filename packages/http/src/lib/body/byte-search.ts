/** Finds one byte sequence again and again (Horspool): most steps skip the length of the sequence. */
export interface ByteSearch {
  /** What is searched for. */
  readonly needle: Uint8Array
  /** How far to step when a window ends in a byte. */
  readonly shift: Uint8Array
}

/** Prepares the search for `needle`, which must have 1 to 255 bytes. */
export function createByteSearch(needle: Uint8Array): ByteSearch {
  const last = needle.length - 1
  if (last < 0 || last > 254)
    throw new RangeError(`A byte search takes 1 to 255 bytes, got ${needle.length}.`)
  const shift = new Uint8Array(256).fill(needle.length)
  for (let i = 0; i < last; i++) shift[needle[i]!] = last - i
  return { needle, shift }
}

/** The first place in `bytes` from `from` up to `end` where the whole sequence stands, or -1. */
export function findBytes(search: ByteSearch, bytes: Uint8Array, from: number, end: number): number {
  const { needle, shift } = search
  const last = needle.length - 1
  const lastByte = needle[last]!
  let at = from + last
  while (at < end) {
    const byte = bytes[at]!
    if (byte === lastByte) {
      let i = 0
      const start = at - last
      while (i < last && bytes[start + i] === needle[i]) i++
      if (i === last) return start
    }
    at += shift[byte]!
  }
  return -1
}
