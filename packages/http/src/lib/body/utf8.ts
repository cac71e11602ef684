/** Gives bytes as text; a byte order mark stays. */
export interface Utf8Decoder {
  /** @throws TypeError if the bytes are not UTF-8. */
  decode(bytes: Uint8Array): string
}

/** The way that every runtime has. */
export const utf8: Utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
