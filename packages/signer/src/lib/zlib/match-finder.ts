const MIN_MATCH = 3
const MAX_MATCH = 258
const WINDOW = 32768
const MAX_HASH_BITS = 13
/** How many earlier places are compared: bounds the work per byte, so the whole stays linear. */
const MAX_CHAIN = 128
/** A match of this length is taken without looking for a longer one. */
const GOOD_MATCH = 32
/** A match of three bytes from further away costs more bits than it saves. */
const MAX_SHORT_DISTANCE = 512

/** The earlier places of each three bytes. */
interface Index {
  readonly data: Uint8Array
  readonly hashShift: number
  /** The latest place by hash, or -1. */
  readonly heads: Int32Array
  /** The place before a place, for the last `WINDOW` places. */
  readonly previous: Int32Array
}

/**
 * Replaces repetitions in the data by references (LZ77). A match is put off by one byte if the next byte begins a longer
 * one.
 *
 * @returns Symbols: a byte as it is, or `distance << 9 | length`.
 */
export function findMatches(data: Uint8Array): Int32Array {
  const { length: end } = data
  const hashBits = Math.min(MAX_HASH_BITS, Math.max(6, 32 - Math.clz32(end)))
  const index: Index = {
    data,
    hashShift: 32 - hashBits,
    heads: new Int32Array(1 << hashBits).fill(-1),
    previous: new Int32Array(Math.min(end, WINDOW)),
  }
  const symbols = new Int32Array(end)
  let count = 0
  let at = 0
  while (at < end) {
    let match = search(index, at)
    insert(index, at)
    if (match === 0) {
      symbols[count++] = data[at++]!
      continue
    }
    while ((match & 511) < GOOD_MATCH && at + 1 < end) {
      const later = search(index, at + 1)
      if ((later & 511) <= (match & 511)) break
      symbols[count++] = data[at++]!
      insert(index, at)
      match = later
    }
    symbols[count++] = match
    const next = at + (match & 511)
    for (at += 1; at < next; at++) insert(index, at)
  }
  return symbols.subarray(0, count)
}

function hashAt(data: Uint8Array, at: number, shift: number): number {
  const three = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!
  return Math.imul(three, 0x9e3779b1) >>> shift
}

function insert({ data, hashShift, heads, previous }: Index, at: number): void {
  if (at + MIN_MATCH > data.length) return
  const hash = hashAt(data, at, hashShift)
  previous[at & (WINDOW - 1)] = heads[hash]!
  heads[hash] = at
}

/** The longest match for the bytes from `at` on, the nearest of several, as a symbol; or 0. */
function search({ data, hashShift, heads, previous }: Index, at: number): number {
  const limit = Math.min(MAX_MATCH, data.length - at)
  if (limit < MIN_MATCH) return 0
  const oldest = Math.max(0, at - WINDOW + 1)
  let bestLength = MIN_MATCH - 1
  let bestDistance = 0
  let candidate = heads[hashAt(data, at, hashShift)]!
  for (let tries = MAX_CHAIN; candidate >= oldest && tries > 0; tries--) {
    if (data[candidate + bestLength] === data[at + bestLength]) {
      let length = 0
      while (length < limit && data[candidate + length] === data[at + length]) length += 1
      if (length > bestLength) {
        bestLength = length
        bestDistance = at - candidate
        if (length === limit) break
      }
    }
    const older = previous[candidate & (WINDOW - 1)]!
    if (older >= candidate) break
    candidate = older
  }
  if (bestDistance === 0 || (bestLength === MIN_MATCH && bestDistance > MAX_SHORT_DISTANCE)) return 0
  return (bestDistance << 9) | bestLength
}
