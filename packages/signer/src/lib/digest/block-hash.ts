/** A hash of the MD family (FIPS 180-4): a state, and a function that mixes one block into it. */
export interface BlockHash {
  readonly name: string
  /** Bytes per block. */
  readonly blockSize: 64 | 128
  /** Bytes of the result; the state may be longer (SHA-384). */
  readonly digestSize: number
  /** The first state, in big-endian 32-bit words. */
  readonly initial: Int32Array
  compress(state: Int32Array, data: Uint8Array, offset: number): void
}

// Work space of `finishHash`. Nothing here awaits, so one set serves all.
const tail = /* @__PURE__ */ new Uint8Array(256)

/**
 * Mixes the last part of a message and its length into `state` (which is used up) and returns the digest.
 *
 * @param before Bytes that were mixed into `state` earlier: whole blocks.
 */
export function finishHash(
  hash: BlockHash,
  state: Int32Array,
  data: Uint8Array,
  before: number,
): Uint8Array<ArrayBuffer> {
  const { blockSize, digestSize } = hash
  const { length } = data
  let at = 0
  for (; at + blockSize <= length; at += blockSize) hash.compress(state, data, at)

  const left = length - at
  const lengthBytes = blockSize >> 3
  const end = left + 1 + lengthBytes <= blockSize ? blockSize : blockSize * 2
  for (let i = 0; i < left; i++) tail[i] = data[at + i]!
  tail[left] = 0x80
  tail.fill(0, left + 1, end)
  const bytes = before + length
  writeWord(tail, end - 8, Math.floor(bytes / 0x20000000))
  writeWord(tail, end - 4, bytes << 3)
  for (let block = 0; block < end; block += blockSize) hash.compress(state, tail, block)

  const digest = new Uint8Array(digestSize)
  for (let i = 0; i < digestSize; i += 4) writeWord(digest, i, state[i >> 2]!)
  return digest
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24
  bytes[at + 1] = word >>> 16
  bytes[at + 2] = word >>> 8
  bytes[at + 3] = word
}
