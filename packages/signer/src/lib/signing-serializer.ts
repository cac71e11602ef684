import { utf8Decode } from './bytes.ts'
import { BadPayload, BadSignature } from './errors.ts'
import type { PayloadCodec } from './payload.ts'
import type { SecretKey, SecretKeys } from './secret-keys.ts'
import { secretKeyList } from './secret-keys.ts'
import type { Signer } from './signer.ts'
import type { TimestampSignerOptions } from './timestamp-signer.ts'

/** Options of the signers that a serializer makes: all but the salt, which the serializer gives. */
export type SerializerSignerOptions = Omit<TimestampSignerOptions, 'salt'>

/** A signer class: `Signer`, `TimestampSigner` or a subclass of yours with the same constructor. */
export type SignerClass<signer extends Signer> = new (
  secretKeys: SecretKeys,
  options?: TimestampSignerOptions,
) => signer

/** Another way in which a token may be signed: other options, another class, or both. */
export type FallbackSigner<signer extends Signer> =
  | SerializerSignerOptions
  | SignerClass<signer>
  | readonly [signer: SignerClass<signer>, options: SerializerSignerOptions]

/** Options that all serializers have. The defaults are those of ItsDangerous. */
export interface SigningOptions<signer extends Signer> {
  /**
   * Tells uses of one secret key apart: what was signed with one salt is not valid with another. Not secret.
   * Default: `'itsdangerous'`.
   */
  readonly salt?: string | Uint8Array | undefined
  /** The class that signs. Default: `Signer`, in the timed serializers `TimestampSigner`. */
  readonly signer?: SignerClass<signer> | undefined
  /** Options for the signer, and for fallback signers that bring none. Default: none. */
  readonly signerOptions?: SerializerSignerOptions | undefined
  /**
   * What else to try when a signature does not match. While you change the signer or its options, put the old
   * ones here. Default: nothing.
   */
  readonly fallbackSigners?: readonly FallbackSigner<signer>[] | undefined
}

/** Options of the methods that make or read a token. */
export interface SaltOptions {
  /** For this call, in place of the serializer's salt. */
  readonly salt?: string | Uint8Array | undefined
}

/** What `loadsUnsafe` found. */
export interface UnsafeResult {
  /** Whether the signature is right. If not, anybody may have written the payload. */
  readonly signatureValid: boolean
  /** The value, or `undefined` if it cannot be read. */
  readonly payload: unknown
}

/** How many signers are kept. */
const KEPT_SALTS = 32

/** What all serializers share: keys, salts, signers and their order. */
export abstract class SigningSerializer<signer extends Signer> {
  readonly salt: string | Uint8Array
  readonly fallbackSigners: readonly FallbackSigner<signer>[]

  readonly #secretKeys: readonly SecretKey[]
  readonly #signerClass: SignerClass<signer>
  readonly #signerOptions: SerializerSignerOptions
  readonly #codec: PayloadCodec
  readonly #kept = new Map<string | Uint8Array, readonly signer[]>()

  constructor(
    secretKeys: SecretKeys,
    options: SigningOptions<signer>,
    defaultSigner: SignerClass<signer>,
    codec: PayloadCodec,
  ) {
    this.#secretKeys = secretKeyList(secretKeys)
    this.salt = options.salt ?? 'itsdangerous'
    this.fallbackSigners = options.fallbackSigners ?? []
    this.#signerClass = options.signer ?? defaultSigner
    this.#signerOptions = options.signerOptions ?? {}
    this.#codec = codec
  }

  /**
   * The signed text of a value.
   *
   * @throws {TypeError} if the serializer cannot represent the value.
   */
  dumps(value: unknown, options: SaltOptions = {}): string {
    const signed = this.#signersFor(options.salt)[0]!.sign(this.dumpPayload(value))
    return typeof signed === 'string' ? signed : utf8Decode(signed)
  }

  /** What is signed for a value. */
  dumpPayload(value: unknown): string | Uint8Array {
    return this.#codec.dump(value)
  }

  /**
   * The value of a payload whose signature was checked elsewhere.
   *
   * @throws {BadPayload} if it cannot be read.
   */
  loadPayload(payload: string | Uint8Array): unknown {
    return this.#codec.load(payload)
  }

  /** A new signer. */
  makeSigner(salt: string | Uint8Array = this.salt): signer {
    return new this.#signerClass(this.#secretKeys, { ...this.#signerOptions, salt })
  }

  /** The signers to try, in order: the one that also signs, then each fallback with each secret key. */
  *iterUnsigners(salt: string | Uint8Array = this.salt): Generator<signer, void, undefined> {
    yield this.makeSigner(salt)
    for (const fallback of this.fallbackSigners) {
      const [signerClass, options] = this.#resolveFallback(fallback)
      for (const secretKey of this.#secretKeys) yield new signerClass(secretKey, { ...options, salt })
    }
  }

  /**
   * What `open` gives with the first signer that fits.
   *
   * @param isFinal Whether an error ends the search.
   */
  protected openWithAny<result>(
    salt: string | Uint8Array | undefined,
    open: (signer: signer) => result,
    isFinal?: (error: BadSignature) => boolean,
  ): result {
    let last: BadSignature | undefined
    for (const signer of this.#signersFor(salt)) {
      try {
        return open(signer)
      } catch (error) {
        if (!(error instanceof BadSignature) || isFinal?.(error)) throw error
        last = error
      }
    }
    throw last
  }

  protected readUnsafe(load: () => unknown): UnsafeResult {
    try {
      return { signatureValid: true, payload: load() }
    } catch (error) {
      if (error instanceof BadPayload) return { signatureValid: true, payload: undefined }
      if (!(error instanceof BadSignature)) throw error
      return { signatureValid: false, payload: this.#readAnyway(error.payload) }
    }
  }

  #readAnyway(payload: string | Uint8Array | undefined): unknown {
    if (payload === undefined) return undefined
    try {
      return this.loadPayload(payload)
    } catch (error) {
      if (error instanceof BadPayload) return undefined
      throw error
    }
  }

  #resolveFallback(
    fallback: FallbackSigner<signer>,
  ): readonly [SignerClass<signer>, SerializerSignerOptions] {
    if (typeof fallback === 'function') return [fallback, this.#signerOptions]
    return isPair(fallback) ? fallback : [this.#signerClass, fallback]
  }

  /** Keys are derived once per salt. Salts may come from outside, so the number of kept ones has a limit. */
  #signersFor(salt: string | Uint8Array | undefined): readonly signer[] {
    const wanted = salt ?? this.salt
    const kept = this.#kept.get(wanted)
    if (kept !== undefined) return kept
    const signers = [...this.iterUnsigners(wanted)]
    // Bytes given to one call can change before the next.
    if (typeof wanted === 'string' || wanted === this.salt) {
      if (this.#kept.size >= KEPT_SALTS) this.#kept.clear()
      this.#kept.set(wanted, signers)
    }
    return signers
  }
}

function isPair<signer extends Signer>(
  fallback: Exclude<FallbackSigner<signer>, SignerClass<signer>>,
): fallback is readonly [SignerClass<signer>, SerializerSignerOptions] {
  return Array.isArray(fallback)
}
