/**
 * What can be wrong with signed data. Catch {@link BadData} for all of it, {@link BadSignature} for
 * "not ours, or too old", {@link BadPayload} for "ours, but not readable".
 *
 * Mirrors `itsdangerous.exc`.
 */

/** Base of every error that a bad token can cause. */
export class BadData extends Error {
  override name = 'BadData'
}

/** The signature is missing or does not match. */
export class BadSignature extends BadData {
  override name = 'BadSignature'

  /**
   * The text (or bytes, if bytes were given) before the signature, where one could be split off.
   * Anybody may have written it: for logs and messages only.
   */
  readonly payload: string | Uint8Array | undefined

  constructor(message: string, payload?: string | Uint8Array, options?: ErrorOptions) {
    super(message, options)
    this.payload = payload
  }
}

/** The time in the token is missing or malformed, or the signature around it does not match. */
export class BadTimeSignature extends BadSignature {
  override name = 'BadTimeSignature'

  /** When the token says it was signed. Only proven if the error is a {@link SignatureExpired}. */
  readonly dateSigned: Date | undefined

  constructor(message: string, payload?: string | Uint8Array, dateSigned?: Date, options?: ErrorOptions) {
    super(message, payload, options)
    this.dateSigned = dateSigned
  }
}

/** The signature is right, but older than the allowed age, or from the future. */
export class SignatureExpired extends BadTimeSignature {
  override name = 'SignatureExpired'
}

/** A signed header is missing or malformed. For formats with a header, such as JWS; unused here. */
export class BadHeader extends BadSignature {
  override name = 'BadHeader'

  /** The header, if it could be read. */
  readonly header: unknown

  /** What went wrong inside, if anything did. */
  readonly originalError: unknown

  constructor(message: string, payload?: string | Uint8Array, header?: unknown, originalError?: unknown) {
    super(message, payload, originalError === undefined ? undefined : { cause: originalError })
    this.header = header
    this.originalError = originalError
  }
}

/**
 * The signature is right, but the payload cannot be decoded: written by another serializer, or larger
 * than the limit. Not a {@link BadSignature}, as in ItsDangerous.
 */
export class BadPayload extends BadData {
  override name = 'BadPayload'

  /** The error of the decoder. The same as `cause`. */
  readonly originalError: unknown

  constructor(message: string, originalError?: unknown) {
    super(message, originalError === undefined ? undefined : { cause: originalError })
    this.originalError = originalError
  }
}
