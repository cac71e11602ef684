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

/**
 * Replaces repetitions by references (LZ77): calls `literal` and `reference` in the order of the data. A match
 * is put off by one byte if the next byte begins a longer one.
 */
export function findMatches(
  data: Uint8Array,
  literal: (byte: number) => void,
  reference: (length: number, distance: number) => void,
): void {
  const hashBits = Math.min(MAX_HASH_BITS, Math.max(6, 32 - Math.clz32(data.length)))
  const hashShift = 32 - hashBits
  const heads = new Int32Array(1 << hashBits).fill(-1)
  const previous = new Int32Array(Math.min(data.length, WINDOW))
  let matchLength = 0
  let matchDistance = 0

  const insert = (at: number): void => {
    if (at + MIN_MATCH > data.length) return
    const hash = hashAt(data, at, hashShift)
    previous[at % WINDOW] = heads[hash]!
    heads[hash] = at
  }

  const search = (at: number): void => {
    matchLength = MIN_MATCH - 1
    matchDistance = 0
    const limit = Math.min(MAX_MATCH, data.length - at)
    if (limit < MIN_MATCH) return
    const oldest = Math.max(0, at - WINDOW + 1)
    let candidate = heads[hashAt(data, at, hashShift)]!
    for (let tries = MAX_CHAIN; candidate >= oldest && tries > 0; tries--) {
      if (data[candidate + matchLength] === data[at + matchLength]) {
        let length = 0
        while (length < limit && data[candidate + length] === data[at + length]) length += 1
        if (length > matchLength) {
          matchLength = length
          matchDistance = at - candidate
          if (length === limit) return
        }
      }
      const older = previous[candidate % WINDOW]!
      if (older >= candidate) return
      candidate = older
    }
  }

  let at = 0
  while (at < data.length) {
    search(at)
    insert(at)
    if (matchLength < MIN_MATCH || (matchLength === MIN_MATCH && matchDistance > MAX_SHORT_DISTANCE)) {
      literal(data[at++]!)
      continue
    }
    let length = matchLength
    let distance = matchDistance
    while (length < GOOD_MATCH && at + 1 < data.length) {
      search(at + 1)
      if (matchLength <= length) break
      literal(data[at++]!)
      insert(at)
      length = matchLength
      distance = matchDistance
    }
    reference(length, distance)
    const end = at + length
    for (at += 1; at < end; at++) insert(at)
  }
}

function hashAt(data: Uint8Array, at: number, shift: number): number {
  const three = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!
  return Math.imul(three, 0x9e3779b1) >>> shift
}
