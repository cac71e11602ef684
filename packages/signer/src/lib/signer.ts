import type { SigningAlgorithm } from './algorithm.ts'
import { HmacAlgorithm } from './algorithm.ts'
import { base64DecodeSection, base64Encode, isBase64Character } from './base64.ts'
import { concatBytes, lastIndexOfBytes, toBytes, utf8Encode } from './bytes.ts'
import type { DigestMethod, DigestName } from './digest/digest-method.ts'
import { resolveDigest } from './digest/digest-method.ts'
import { BadData, BadSignature } from './errors.ts'
import type { SecretKeys } from './secret-keys.ts'
import { secretKeyList } from './secret-keys.ts'

/**
 * How the key that signs is made from the secret key and the salt:
 *
 * - `'django-concat'`: digest of salt + `signer` + secret key
 * - `'concat'`: digest of salt + secret key
 * - `'hmac'`: HMAC of the salt with the secret key (what Flask's sessions use)
 * - `'none'`: the secret key itself; the salt has no effect
 */
export type KeyDerivation = 'django-concat' | 'concat' | 'hmac' | 'none'

/** Options of {@link Signer}. The defaults are those of ItsDangerous. */
export interface SignerOptions {
  /**
   * Tells uses of one secret key apart: what was signed with one salt is not valid with another. Not secret.
   * Default: `'itsdangerous.Signer'`.
   */
  readonly salt?: string | Uint8Array | undefined
  /** Stands between value and signature. May not be base64 characters only. Default: `'.'`. */
  readonly sep?: string | undefined
  /** Default: `'django-concat'`. */
  readonly keyDerivation?: KeyDerivation | undefined
  /** The hash of the derivation and the HMAC. Default: `'sha1'`, which is sound inside HMAC. */
  readonly digestMethod?: DigestName | DigestMethod | undefined
  /** Default: HMAC with `digestMethod`. */
  readonly algorithm?: SigningAlgorithm | undefined
}

/**
 * Appends signatures to values, and gives values back if their signature is right. The value stays readable
 * for everybody; it just cannot be changed.
 *
 * Compatible with `itsdangerous.Signer`: <https://itsdangerous.palletsprojects.com/en/stable/signer/>.
 */
export class Signer {
  /** Stands between value and signature. */
  readonly sep: string
  readonly salt: Uint8Array
  readonly keyDerivation: KeyDerivation
  readonly digestMethod: DigestMethod
  readonly algorithm: SigningAlgorithm

  readonly #sepBytes: Uint8Array
  readonly #secretKeys: readonly Uint8Array[]
  readonly #derivedKeys: (Uint8Array | undefined)[] = []

  /**
   * @throws {TypeError} if a secret key is missing or empty, or an option has no meaning.
   */
  constructor(secretKeys: SecretKeys, options: SignerOptions = {}) {
    this.#secretKeys = secretKeyList(secretKeys)
    this.sep = options.sep ?? '.'
    if ([...this.sep].every(isBase64Character)) {
      throw new TypeError(
        `Expected a separator that cannot be part of a signature, got ${JSON.stringify(this.sep)}. ASCII letters, digits, "-", "_" and "=" do not separate.`,
      )
    }
    this.#sepBytes = utf8Encode(this.sep)
    this.salt = toBytes(options.salt ?? 'itsdangerous.Signer').slice()
    this.keyDerivation = options.keyDerivation ?? 'django-concat'
    this.digestMethod = resolveDigest(options.digestMethod ?? 'sha1')
    this.algorithm = options.algorithm ?? new HmacAlgorithm(this.digestMethod)
  }

  /**
   * The key that signs, made from a secret key and the salt. Override it for another derivation; it is called
   * once for each secret key. No protection for short passwords: secret keys must be long and random.
   */
  deriveKey(secretKey: Uint8Array): Uint8Array {
    switch (this.keyDerivation) {
      case 'django-concat':
        return this.digestMethod.digest(concatBytes(this.salt, utf8Encode('signer'), secretKey))
      case 'concat':
        return this.digestMethod.digest(concatBytes(this.salt, secretKey))
      case 'hmac':
        return this.digestMethod.hmac(secretKey)(this.salt)
      case 'none':
        return secretKey
      default:
        throw new TypeError(
          `Expected keyDerivation 'django-concat', 'concat', 'hmac' or 'none', got ${String(this.keyDerivation)}.`,
        )
    }
  }

  /** The signature of a value with the newest key, as base64url. */
  getSignature(value: string | Uint8Array): string {
    return base64Encode(
      this.algorithm.getSignature(this.#derivedKey(this.#secretKeys.length - 1), toBytes(value)),
    )
  }

  /**
   * The value with its signature.
   *
   * @throws {TypeError} if a text has a lone surrogate.
   */
  sign(value: string): string
  sign(value: Uint8Array): Uint8Array
  sign(value: string | Uint8Array): string | Uint8Array
  sign(value: string | Uint8Array): string | Uint8Array {
    const signature = this.getSignature(value)
    if (typeof value === 'string') return value + this.sep + signature
    return concatBytes(value, this.#sepBytes, utf8Encode(signature))
  }

  /** Whether a signature belongs to a value, under any of the secret keys. Newest first. */
  verifySignature(value: string | Uint8Array, signature: string | Uint8Array): boolean {
    let given: Uint8Array
    let bytes: Uint8Array
    try {
      given = base64DecodeSection(signature)
      bytes = toBytes(value)
    } catch (error) {
      if (error instanceof BadData || error instanceof TypeError) return false
      throw error
    }
    for (let i = this.#secretKeys.length - 1; i >= 0; i--) {
      if (this.algorithm.verifySignature(this.#derivedKey(i), bytes, given)) return true
    }
    return false
  }

  /**
   * The value without its signature.
   *
   * @throws {BadSignature} if the signature is missing or wrong; its `payload` is the unproven value.
   */
  unsign(signed: string): string
  unsign(signed: Uint8Array): Uint8Array
  unsign(signed: string | Uint8Array): string | Uint8Array
  unsign(signed: string | Uint8Array): string | Uint8Array {
    const parts = this.splitLast(signed)
    if (parts === undefined)
      throw new BadSignature(`Expected a value, "${this.sep}" and a signature; there is no "${this.sep}".`)
    if (!this.verifySignature(parts[0], parts[1]))
      throw new BadSignature('The signature does not match.', parts[0])
    return parts[0]
  }

  /** Whether {@link unsign} would succeed. */
  validate(signed: string | Uint8Array): boolean {
    try {
      this.unsign(signed)
      return true
    } catch (error) {
      if (error instanceof BadSignature) return false
      throw error
    }
  }

  /** What stands before and after the last separator. */
  protected splitLast(text: string | Uint8Array): [string | Uint8Array, string | Uint8Array] | undefined {
    if (typeof text === 'string') {
      const at = text.lastIndexOf(this.sep)
      return at < 0 ? undefined : [text.slice(0, at), text.slice(at + this.sep.length)]
    }
    if (!(text instanceof Uint8Array)) {
      throw new TypeError(`Expected signed text or bytes, got ${text === null ? 'null' : typeof text}.`)
    }
    const at = lastIndexOfBytes(text, this.#sepBytes)
    return at < 0 ? undefined : [text.subarray(0, at), text.subarray(at + this.#sepBytes.length)]
  }

  #derivedKey(index: number): Uint8Array {
    return (this.#derivedKeys[index] ??= this.deriveKey(this.#secretKeys[index]!))
  }
}
