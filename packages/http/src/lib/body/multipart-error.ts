/** What is wrong with a multipart body. */
export type MultipartErrorKind =
  /** Not multipart as RFC 2046 has it: cut short, no usable headers, bytes that are not UTF-8. */
  | 'malformed'
  /** A boundary that no sender may use, or too much before the first boundary. */
  | 'refused'
  /** Over one of the limits. */
  | 'too-large'

/** Thrown by the multipart decoder. The form reader answers `refused` with 400 and `too-large` with 413. */
export class MultipartError extends Error {
  override readonly name: string = 'MultipartError'
  readonly kind: MultipartErrorKind

  constructor(kind: MultipartErrorKind, message: string) {
    super(message)
    this.kind = kind
  }
}
