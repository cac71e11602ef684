import { SignatureExpired } from './errors.ts'
import type { TextFormat } from './json.ts'
import type { PayloadCodec } from './payload.ts'
import { textPayload } from './payload.ts'
import type { SecretKeys } from './secret-keys.ts'
import type { SaltOptions, SigningOptions, UnsafeResult } from './signing-serializer.ts'
import { SigningSerializer } from './signing-serializer.ts'
import type { MaxAgeOptions, Timestamped } from './timestamp-signer.ts'
import { TimestampSigner } from './timestamp-signer.ts'

/** Options of {@link TimedSerializer}. */
export interface TimedSerializerOptions extends SigningOptions<TimestampSigner> {
  /** Values to text and back. Default: JSON as Python writes it, see `jsonText`. */
  readonly serializer?: TextFormat | undefined
}

/** Options of the methods of {@link TimedSerializer} that read a token. */
export interface TimedLoadOptions extends SaltOptions, MaxAgeOptions {}

/**
 * Turns values into signed text that tells when it was made, and back.
 *
 * Compatible with `itsdangerous.TimedSerializer`:
 * <https://itsdangerous.palletsprojects.com/en/stable/timed/>.
 */
export class TimedSerializer extends SigningSerializer<TimestampSigner> {
  /** @throws {TypeError} if a secret key is missing or empty. */
  constructor(secretKeys: SecretKeys, options: TimedSerializerOptions = {}, codec?: PayloadCodec) {
    super(secretKeys, options, TimestampSigner, codec ?? textPayload(options.serializer))
  }

  /**
   * The value of a signed text. Check its shape before use: the signature only says that a holder of the key
   * wrote it.
   *
   * @throws {SignatureExpired} if it is older than `maxAge` seconds, or from the future.
   * @throws {BadSignature} if signature or time are missing or wrong.
   * @throws {BadPayload} if the signature is right, but the payload cannot be read.
   */
  loads(signed: string | Uint8Array, options: TimedLoadOptions = {}): unknown {
    return this.#open(options, (signer) => this.loadPayload(signer.unsign(signed, options)))
  }

  /** Like {@link loads}, with the time of signing. */
  loadsWithTimestamp(signed: string | Uint8Array, options: TimedLoadOptions = {}): Timestamped<unknown> {
    return this.#open(options, (signer) => {
      const { value, timestamp } = signer.unsignWithTimestamp(signed, options)
      return { value: this.loadPayload(value), timestamp }
    })
  }

  /**
   * Like {@link loads}, but reads the payload even if the signature is wrong or old, and throws for no bad
   * data. For debugging: who wrote the token wrote the payload.
   */
  loadsUnsafe(signed: string | Uint8Array, options: TimedLoadOptions = {}): UnsafeResult {
    return this.readUnsafe(() => this.loads(signed, options))
  }

  #open<result>(options: TimedLoadOptions, open: (signer: TimestampSigner) => result): result {
    // An expired signature was right: no other signer will do better.
    return this.openWithAny(options.salt, open, (error) => error instanceof SignatureExpired)
  }
}
