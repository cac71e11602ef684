import { constantTimeEqual } from './bytes.ts'
import type { DigestMethod, DigestName } from './digest/digest-method.ts'
import { resolveDigest } from './digest/digest-method.ts'

/** How a signature is made from a derived key and a value. */
export interface SigningAlgorithm {
  /** The signature of the value. */
  getSignature(key: Uint8Array, value: Uint8Array): Uint8Array
  /** Whether a signature is the right one. Must take the same time for every wrong one. */
  verifySignature(key: Uint8Array, value: Uint8Array, signature: Uint8Array): boolean
}

/** HMAC (RFC 2104): what {@link Signer} uses unless told otherwise. */
export class HmacAlgorithm implements SigningAlgorithm {
  readonly digestMethod: DigestMethod

  // A signer gives the same key object each time, so what can be computed from the key alone is kept.
  readonly #prepared = new WeakMap<Uint8Array, (message: Uint8Array) => Uint8Array>()

  /** @param digestMethod Default: `'sha1'`. */
  constructor(digestMethod: DigestName | DigestMethod = 'sha1') {
    this.digestMethod = resolveDigest(digestMethod)
  }

  getSignature(key: Uint8Array, value: Uint8Array): Uint8Array {
    let authenticate = this.#prepared.get(key)
    if (authenticate === undefined) {
      authenticate = this.digestMethod.hmac(key)
      this.#prepared.set(key, authenticate)
    }
    return authenticate(value)
  }

  verifySignature(key: Uint8Array, value: Uint8Array, signature: Uint8Array): boolean {
    return constantTimeEqual(signature, this.getSignature(key, value))
  }
}

/** No signature at all: **everything** with an empty signature is accepted. For tests only. */
export class NoneAlgorithm implements SigningAlgorithm {
  getSignature(): Uint8Array {
    return new Uint8Array(0)
  }

  verifySignature(_key: Uint8Array, _value: Uint8Array, signature: Uint8Array): boolean {
    return signature.length === 0
  }
}
