import type { TextFormat } from './json.ts'
import type { PayloadCodec } from './payload.ts'
import { textPayload } from './payload.ts'
import type { SecretKeys } from './secret-keys.ts'
import { Signer } from './signer.ts'
import type { SaltOptions, SigningOptions, UnsafeResult } from './signing-serializer.ts'
import { SigningSerializer } from './signing-serializer.ts'

/** Options of {@link Serializer}. */
export interface SerializerOptions extends SigningOptions<Signer> {
  /** Values to text and back. Default: JSON as Python writes it, see `jsonText`. */
  readonly serializer?: TextFormat | undefined
}

/**
 * Turns values into signed text and back.
 *
 * Compatible with `itsdangerous.Serializer`:
 * <https://itsdangerous.palletsprojects.com/en/stable/serializer/>.
 */
export class Serializer extends SigningSerializer<Signer> {
  /** @throws {TypeError} if a secret key is missing or empty. */
  constructor(secretKeys: SecretKeys, options: SerializerOptions = {}, codec?: PayloadCodec) {
    super(secretKeys, options, Signer, codec ?? textPayload(options.serializer))
  }

  /**
   * The value of a signed text. Check its shape before use: the signature only says that a holder of the key
   * wrote it.
   *
   * @throws {BadSignature} if the signature is missing or wrong.
   * @throws {BadPayload} if the signature is right, but the payload cannot be read.
   */
  loads(signed: string | Uint8Array, options: SaltOptions = {}): unknown {
    return this.openWithAny(options.salt, (signer) => this.loadPayload(signer.unsign(signed)))
  }

  /**
   * Like {@link loads}, but reads the payload even if the signature is wrong, and throws for no bad data. For
   * debugging: who wrote the token wrote the payload.
   */
  loadsUnsafe(signed: string | Uint8Array, options: SaltOptions = {}): UnsafeResult {
    return this.readUnsafe(() => this.loads(signed, options))
  }
}
