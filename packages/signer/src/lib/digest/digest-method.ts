import type { BlockHash } from './block-hash.ts'
import { finishHash } from './block-hash.ts'
import { sha1Hash } from './sha1.ts'
import { sha256Hash } from './sha256.ts'
import { sha384Hash, sha512Hash } from './sha512.ts'

/**
 * A hash function with its HMAC. The four built-in ones are plain JavaScript, so they are synchronous on every
 * runtime. Give an object of your own to use another hash, or a platform's.
 */
export interface DigestMethod {
  readonly name: string
  /** The digest of the data. */
  digest(data: Uint8Array): Uint8Array
  /** Prepares a key once and returns the function that authenticates messages with it (RFC 2104). */
  hmac(key: Uint8Array): (message: Uint8Array) => Uint8Array
}

/** The built-in digests by name. */
export type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

function createDigest(hash: BlockHash): DigestMethod {
  return {
    name: hash.name,
    digest: (data) => finishHash(hash, hash.initial.slice(), data, 0),
    hmac: (key) => createHmac(hash, key),
  }
}

/**
 * The states after the two padded keys do not depend on the message: they are computed once per key, which
 * halves the work for short messages.
 */
function createHmac(hash: BlockHash, key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const { blockSize } = hash
  const short = key.length > blockSize ? finishHash(hash, hash.initial.slice(), key, 0) : key
  const pad = new Uint8Array(blockSize)
  const keyed = (mask: number): Int32Array => {
    for (let i = 0; i < blockSize; i++) pad[i] = (short[i] ?? 0) ^ mask
    const state = hash.initial.slice()
    hash.compress(state, pad, 0)
    return state
  }
  const inner = keyed(0x36)
  const outer = keyed(0x5c)
  const state = new Int32Array(inner.length)
  return (message) => {
    state.set(inner)
    const digest = finishHash(hash, state, message, blockSize)
    state.set(outer)
    return finishHash(hash, state, digest, blockSize)
  }
}

export const sha1: DigestMethod = /* @__PURE__ */ createDigest(sha1Hash)
export const sha256: DigestMethod = /* @__PURE__ */ createDigest(sha256Hash)
export const sha384: DigestMethod = /* @__PURE__ */ createDigest(sha384Hash)
export const sha512: DigestMethod = /* @__PURE__ */ createDigest(sha512Hash)

/** @throws {TypeError} if the name is not one of the built-in digests. */
export function resolveDigest(digest: DigestName | DigestMethod): DigestMethod {
  switch (digest) {
    case 'sha1':
      return sha1
    case 'sha256':
      return sha256
    case 'sha384':
      return sha384
    case 'sha512':
      return sha512
    default:
      if (typeof digest === 'object' && typeof digest?.hmac === 'function') return digest
      throw new TypeError(
        `Expected digestMethod to be 'sha1', 'sha256', 'sha384', 'sha512' or a DigestMethod, got ${String(digest)}.`,
      )
  }
}
