/** Tables that both directions of DEFLATE share (RFC 1951, sections 3.2.5 to 3.2.7). */

/** The symbol that ends a block. */
export const END_OF_BLOCK = 256

export const MAX_BITS = 15

/** The shortest match with length symbol 257 + i. */
export const lengthBase: readonly number[] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]

/** Extra bits after length symbol 257 + i. */
export const lengthExtra: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]

/** The smallest distance with distance symbol i. */
export const distanceBase: readonly number[] = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]

/** Extra bits after distance symbol i. */
export const distanceExtra: readonly number[] = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]

/** The order in which the lengths of the code-length codes are sent. */
export const codeLengthOrder: readonly number[] = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]

/** Code lengths of the fixed literal and length code. */
export function fixedLiteralLengths(): Uint8Array {
  return new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)
}

/** Code lengths of the fixed distance code. Symbols 30 and 31 have codes that may not be used. */
export function fixedDistanceLengths(): Uint8Array {
  return new Uint8Array(32).fill(5)
}
