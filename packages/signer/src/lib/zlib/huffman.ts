/** A prefix code to write with: for each symbol its length in bits (0: unused) and its reversed bits. */
export interface WritingCode {
  readonly lengths: Uint8Array
  readonly bits: Uint16Array
}

/** The canonical code of the given lengths (RFC 1951, section 3.2.2), each code reversed for writing. */
export function codeFromLengths(lengths: Uint8Array): WritingCode {
  const bits = new Uint16Array(lengths.length)
  const counts = new Uint16Array(17)
  for (const length of lengths) if (length > 0) counts[length] = counts[length]! + 1
  const next = new Uint16Array(17)
  for (let length = 1; length < 16; length++) next[length + 1] = (next[length]! + counts[length]!) << 1
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!
    if (length === 0) continue
    let code = next[length]!
    next[length] = code + 1
    let reversed = 0
    for (let i = 0; i < length; i++) {
      reversed = (reversed << 1) | (code & 1)
      code >>= 1
    }
    bits[symbol] = reversed
  }
  return { lengths, bits }
}

/**
 * Code lengths for symbols of the given frequencies, none above `maxLength`. Two symbols at least have a code,
 * because readers refuse most incomplete codes.
 */
export function huffmanLengths(frequencies: Uint32Array, maxLength: number): Uint8Array {
  const weights = frequencies.slice()
  for (let symbol = 0, used = count(weights); used < 2; symbol++) {
    if (weights[symbol] !== 0) continue
    weights[symbol] = 1
    used += 1
  }
  for (;;) {
    const lengths = unlimitedLengths(weights)
    if (lengths.every((length) => length <= maxLength)) return lengths
    // Flatter weights make a flatter tree: costs a few bits, in the rare case that a code gets too long.
    for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) weights[i] = (weights[i]! >> 1) | 1
  }
}

function count(weights: Uint32Array): number {
  let used = 0
  for (const weight of weights) if (weight > 0) used += 1
  return used
}

/** Huffman's algorithm with two queues: the sorted leaves, and the inner nodes, which come out sorted. */
function unlimitedLengths(weights: Uint32Array): Uint8Array {
  const leaves: number[] = []
  for (let symbol = 0; symbol < weights.length; symbol++) if (weights[symbol]! > 0) leaves.push(symbol)
  leaves.sort((a, b) => weights[a]! - weights[b]! || a - b)
  const inner = leaves.length - 1
  // Nodes: the leaves, then the inner nodes in the order of their making; the last one is the root.
  const weight = new Float64Array(leaves.length + inner)
  const parent = new Uint16Array(leaves.length + inner)
  for (let i = 0; i < leaves.length; i++) weight[i] = weights[leaves[i]!]!
  let leaf = 0
  let node = leaves.length
  for (let made = leaves.length; made < weight.length; made++) {
    for (let child = 0; child < 2; child++) {
      const smallest =
        leaf < leaves.length && (node >= made || weight[leaf]! <= weight[node]!) ? leaf++ : node++
      weight[made] = weight[made]! + weight[smallest]!
      parent[smallest] = made
    }
  }
  const depth = new Uint8Array(weight.length)
  const lengths = new Uint8Array(weights.length)
  for (let i = weight.length - 2; i >= 0; i--) depth[i] = depth[parent[i]!]! + 1
  for (let i = 0; i < leaves.length; i++) lengths[leaves[i]!] = depth[i]!
  return lengths
}
