import type { BinaryFormat, TextFormat } from './json.ts'
import type { SecretKeys } from './secret-keys.ts'
import type { SerializerOptions } from './serializer.ts'
import { Serializer } from './serializer.ts'
import type { TimedSerializerOptions } from './timed-serializer.ts'
import { TimedSerializer } from './timed-serializer.ts'
import { urlSafePayload } from './url-safe-payload.ts'

interface UrlSafeOptions {
  /** Values to text or bytes and back. Default: JSON without blanks, see `compactJson`. */
  readonly serializer?: TextFormat | BinaryFormat | undefined
  /**
   * What a compressed payload may unpack to, in bytes; larger ones are a `BadPayload`. Larger values are signed
   * without compression. Default: 65536.
   */
  readonly maxInflatedBytes?: number | undefined
}

/** Options of {@link URLSafeSerializer}. */
export interface URLSafeSerializerOptions extends Omit<SerializerOptions, 'serializer'>, UrlSafeOptions {}

/** Options of {@link URLSafeTimedSerializer}. */
export interface URLSafeTimedSerializerOptions
  extends Omit<TimedSerializerOptions, 'serializer'>,
    UrlSafeOptions {}

/**
 * A {@link Serializer} whose text has only letters, digits, `-`, `_` and `.`, and is compressed where that makes
 * it shorter.
 *
 * Compatible with `itsdangerous.URLSafeSerializer`:
 * <https://itsdangerous.palletsprojects.com/en/stable/url_safe/>.
 */
export class URLSafeSerializer extends Serializer {
  /** @throws {TypeError} if a secret key is missing or empty. */
  constructor(secretKeys: SecretKeys, options: URLSafeSerializerOptions = {}) {
    const { serializer, maxInflatedBytes, ...rest } = options
    super(secretKeys, rest, urlSafePayload(serializer, maxInflatedBytes))
  }
}

/** A {@link TimedSerializer} with the text of {@link URLSafeSerializer}: what Flask's session cookie is. */
export class URLSafeTimedSerializer extends TimedSerializer {
  /** @throws {TypeError} if a secret key is missing or empty. */
  constructor(secretKeys: SecretKeys, options: URLSafeTimedSerializerOptions = {}) {
    const { serializer, maxInflatedBytes, ...rest } = options
    super(secretKeys, rest, urlSafePayload(serializer, maxInflatedBytes))
  }
}
