/**
 * Signed and timed data: text that everybody can read and only the holder of the key can write. Compatible with
 * ItsDangerous, synchronous on every runtime.
 *
 * ```ts
 * import { URLSafeTimedSerializer } from '@phial/signer'
 *
 * const links = new URLSafeTimedSerializer('a long random secret', { salt: 'activate' })
 * const token = links.dumps({ user: 42 })
 * links.loads(token, { maxAge: 3600 }) // { user: 42 }, for an hour
 * ```
 *
 * @module
 */

export type { SigningAlgorithm } from './lib/algorithm.ts'
export { HmacAlgorithm, NoneAlgorithm } from './lib/algorithm.ts'
export { base64Decode, base64Encode } from './lib/base64.ts'
export { constantTimeEqual } from './lib/bytes.ts'
export type { DigestMethod, DigestName } from './lib/digest/digest-method.ts'
export { sha1, sha256, sha384, sha512 } from './lib/digest/digest-method.ts'
export {
  BadData,
  BadHeader,
  BadPayload,
  BadSignature,
  BadTimeSignature,
  SignatureExpired,
} from './lib/errors.ts'
export type { BinaryFormat, TextFormat } from './lib/json.ts'
export { compactJson, jsonText } from './lib/json.ts'
export type { PayloadCodec } from './lib/payload.ts'
export type { SecretKey, SecretKeys } from './lib/secret-keys.ts'
export type { SerializerOptions } from './lib/serializer.ts'
export { Serializer } from './lib/serializer.ts'
export type { KeyDerivation, SignerOptions } from './lib/signer.ts'
export { Signer } from './lib/signer.ts'
export type {
  FallbackSigner,
  SaltOptions,
  SerializerSignerOptions,
  SignerClass,
  SigningOptions,
  UnsafeResult,
} from './lib/signing-serializer.ts'
export type { TimedLoadOptions, TimedSerializerOptions } from './lib/timed-serializer.ts'
export { TimedSerializer } from './lib/timed-serializer.ts'
export type { MaxAgeOptions, Timestamped, TimestampSignerOptions } from './lib/timestamp-signer.ts'
export { TimestampSigner } from './lib/timestamp-signer.ts'
export type { URLSafeSerializerOptions, URLSafeTimedSerializerOptions } from './lib/url-safe.ts'
export { URLSafeSerializer, URLSafeTimedSerializer } from './lib/url-safe.ts'
export { InflateError } from './lib/zlib/inflate.ts'
