/** A plain `Uint8Array` over the same memory: the methods of `Buffer` have other meanings (`slice` copies nothing). */
export function asBytes(chunk: Buffer): Uint8Array {
  return new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.length)
}

/** All bytes in one piece. @param size how many there are. */
export function joinChunks(chunks: readonly Buffer[], size: number): Uint8Array {
  if (chunks.length === 1) return asBytes(chunks[0]!)
  // Not cleared, as every byte is written; and not from the pool, as its memory would be shared.
  const bytes = asBytes(Buffer.allocUnsafeSlow(size))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
