import { adler32 } from './adler32.ts'
import {
  codeLengthOrder,
  distanceBase,
  distanceExtra,
  END_OF_BLOCK,
  fixedDistanceLengths,
  fixedLiteralLengths,
  lengthBase,
  lengthExtra,
  MAX_BITS,
} from './deflate-tables.ts'

/** The bytes are not the zlib stream they should be, or they unpack to more than is allowed. */
export class InflateError extends Error {
  override name = 'InflateError'
}

/**
 * Unpacks a zlib stream (RFC 1950, 1951), synchronously and on every runtime. What follows the stream is
 * ignored, as Python's `zlib.decompress` does.
 *
 * @param maxBytes The most bytes to give out. A few kilobytes can stand for megabytes, so there is no default.
 * @throws {InflateError} if the stream is malformed, ends early, has a wrong checksum or is too large.
 */
export function inflate(stream: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> {
  return new Inflater(stream, maxBytes).run()
}

/** Codes up to this length are found by one look into a table, the few longer ones bit by bit. */
const QUICK_BITS = 9

/** A canonical Huffman code. */
interface Code {
  /** By the next `QUICK_BITS` bits: symbol << 4 | length, or 0. */
  readonly quick: Uint16Array
  /** How many codes there are of each length. */
  readonly counts: Uint16Array
  /** The symbols in the order of their codes. */
  readonly symbols: Uint16Array
}

let fixedCodes: { literals: Code; distances: Code } | undefined

function createCode(lengths: Uint8Array, what: string): Code {
  const counts = new Uint16Array(MAX_BITS + 1)
  for (const length of lengths) counts[length] = counts[length]! + 1
  const used = lengths.length - counts[0]!
  counts[0] = 0
  let left = 1
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    left = left * 2 - counts[bits]!
    if (left < 0) throw new InflateError(`Expected a prefix code for ${what}, but its code lengths overlap.`)
  }
  // A single code of one bit is the only one that may leave a gap: the other bit is an error where it is met.
  if (left > 0 && used > 0 && (what === 'code lengths' || used > 1 || counts[1] !== 1)) {
    throw new InflateError(`Expected a complete code for ${what}, but its code lengths leave gaps.`)
  }

  const symbols = new Uint16Array(used)
  const quick = new Uint16Array(1 << QUICK_BITS)
  const slots = new Uint16Array(MAX_BITS + 2)
  const nextCode = new Uint16Array(MAX_BITS + 2)
  for (let bits = 1; bits <= MAX_BITS; bits++) {
    slots[bits + 1] = slots[bits]! + counts[bits]!
    nextCode[bits + 1] = (nextCode[bits]! + counts[bits]!) << 1
  }
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!
    if (length === 0) continue
    const slot = slots[length]!
    slots[length] = slot + 1
    symbols[slot] = symbol
    const code = nextCode[length]!
    nextCode[length] = code + 1
    if (length > QUICK_BITS) continue
    for (let at = reverseBits(code, length); at < 1 << QUICK_BITS; at += 1 << length)
      quick[at] = (symbol << 4) | length
  }
  return { quick, counts, symbols }
}

function reverseBits(code: number, length: number): number {
  let reversed = 0
  for (let i = 0; i < length; i++) {
    reversed = (reversed << 1) | (code & 1)
    code >>= 1
  }
  return reversed
}

class Inflater {
  readonly #in: Uint8Array
  readonly #maxBytes: number
  #at = 0
  #bits = 0
  #bitCount = 0
  #out: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(stream: Uint8Array, maxBytes: number) {
    if (!(maxBytes >= 0)) {
      throw new TypeError(`Expected the maximum of bytes to be a number from 0, got ${String(maxBytes)}.`)
    }
    this.#in = stream
    this.#maxBytes = maxBytes
    this.#out = new Uint8Array(Math.min(maxBytes, Math.max(256, stream.length * 4)))
  }

  run(): Uint8Array<ArrayBuffer> {
    this.#readHeader()
    for (let last = false; !last; ) {
      last = this.#take(1) === 1
      const kind = this.#take(2)
      if (kind === 0) this.#copyStored()
      else if (kind === 1) this.#decodeFixed()
      else if (kind === 2) this.#decodeDynamic()
      else throw new InflateError('Expected a block of kind 0, 1 or 2, got kind 3.')
    }
    const out = this.#out.slice(0, this.#length)
    this.#bits = 0
    this.#bitCount &= ~7
    this.#at -= this.#bitCount >> 3
    if (this.#at + 4 > this.#in.length) throw this.#truncated()
    const given = new DataView(this.#in.buffer, this.#in.byteOffset + this.#at, 4).getUint32(0)
    if (given !== adler32(out)) throw new InflateError('The checksum of the unpacked data does not match.')
    return out
  }

  #readHeader(): void {
    const method = this.#take(8)
    const flags = this.#take(8)
    if (((method << 8) | flags) % 31 !== 0)
      throw new InflateError('Expected a zlib stream, but its header check fails.')
    if ((method & 15) !== 8 || method >> 4 > 7) {
      throw new InflateError(
        `Expected the method deflate with a window up to 32 KiB, got header byte ${method}.`,
      )
    }
    if (flags & 32) throw new InflateError('Expected a zlib stream without a preset dictionary.')
  }

  #truncated(): InflateError {
    return new InflateError(`The zlib stream ends early, after ${this.#in.length} bytes.`)
  }

  /** The next `count` bits, 13 at most. */
  #take(count: number): number {
    while (this.#bitCount < count) {
      if (this.#at >= this.#in.length) throw this.#truncated()
      this.#bits |= this.#in[this.#at++]! << this.#bitCount
      this.#bitCount += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#bitCount -= count
    return value
  }

  #decodeSymbol(code: Code): number {
    while (this.#bitCount < MAX_BITS && this.#at < this.#in.length) {
      this.#bits |= this.#in[this.#at++]! << this.#bitCount
      this.#bitCount += 8
    }
    const found = code.quick[this.#bits & ((1 << QUICK_BITS) - 1)]!
    const length = found & 15
    if (length !== 0) {
      if (length > this.#bitCount) throw this.#truncated()
      this.#bits >>>= length
      this.#bitCount -= length
      return found >> 4
    }
    return this.#decodeLong(code)
  }

  /** Walks down the lengths: codes of one length are consecutive numbers. */
  #decodeLong(code: Code): number {
    let value = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      value |= this.#take(1)
      const count = code.counts[length]!
      if (value - count < first) return code.symbols[index + (value - first)]!
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw new InflateError('Met bits that stand for no symbol of the code.')
  }

  #reserve(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#out.length) return
    if (needed > this.#maxBytes) {
      throw new InflateError(`The data unpacks to more than the allowed ${this.#maxBytes} bytes.`)
    }
    const wider = new Uint8Array(Math.min(this.#maxBytes, Math.max(needed, this.#out.length * 2)))
    wider.set(this.#out.subarray(0, this.#length))
    this.#out = wider
  }

  #copyStored(): void {
    this.#take(this.#bitCount & 7)
    const length = this.#take(8) | (this.#take(8) << 8)
    const complement = this.#take(8) | (this.#take(8) << 8)
    if ((length ^ complement) !== 0xffff)
      throw new InflateError('The two lengths of a stored block do not agree.')
    this.#at -= this.#bitCount >> 3
    this.#bits = 0
    this.#bitCount = 0
    if (this.#at + length > this.#in.length) throw this.#truncated()
    this.#reserve(length)
    this.#out.set(this.#in.subarray(this.#at, this.#at + length), this.#length)
    this.#at += length
    this.#length += length
  }

  #decodeFixed(): void {
    fixedCodes ??= {
      literals: createCode(fixedLiteralLengths(), 'literals'),
      distances: createCode(fixedDistanceLengths(), 'distances'),
    }
    this.#decodeBlock(fixedCodes.literals, fixedCodes.distances)
  }

  #decodeDynamic(): void {
    const literalCount = this.#take(5) + 257
    const distanceCount = this.#take(5) + 1
    const codeLengthCount = this.#take(4) + 4
    if (literalCount > 286 || distanceCount > 30) {
      throw new InflateError(
        `Expected up to 286 length and 30 distance codes, got ${literalCount} and ${distanceCount}.`,
      )
    }
    const codeLengths = new Uint8Array(19)
    for (let i = 0; i < codeLengthCount; i++) codeLengths[codeLengthOrder[i]!] = this.#take(3)
    const code = createCode(codeLengths, 'code lengths')

    const lengths = new Uint8Array(literalCount + distanceCount)
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.#decodeSymbol(code)
      if (symbol < 16) {
        lengths[at++] = symbol
        continue
      }
      if (symbol === 16 && at === 0) throw new InflateError('Expected a code length before its repetition.')
      const value = symbol === 16 ? lengths[at - 1]! : 0
      const repeat =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (at + repeat > lengths.length) throw new InflateError('The code lengths repeat beyond their end.')
      lengths.fill(value, at, at + repeat)
      at += repeat
    }
    if (lengths[END_OF_BLOCK] === 0) throw new InflateError('Expected a code for the end of the block.')
    this.#decodeBlock(
      createCode(lengths.subarray(0, literalCount), 'literals'),
      createCode(lengths.subarray(literalCount), 'distances'),
    )
  }

  #decodeBlock(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.#decodeSymbol(literals)
      if (symbol < END_OF_BLOCK) {
        this.#reserve(1)
        this.#out[this.#length++] = symbol
        continue
      }
      if (symbol === END_OF_BLOCK) return
      const lengthIndex = symbol - 257
      if (lengthIndex >= lengthBase.length) throw new InflateError(`Length symbol ${symbol} may not be used.`)
      const length = lengthBase[lengthIndex]! + this.#take(lengthExtra[lengthIndex]!)
      const distanceIndex = this.#decodeSymbol(distances)
      if (distanceIndex >= distanceBase.length) {
        throw new InflateError(`Distance symbol ${distanceIndex} may not be used.`)
      }
      const distance = distanceBase[distanceIndex]! + this.#take(distanceExtra[distanceIndex]!)
      if (distance > this.#length) {
        throw new InflateError(`A copy reaches ${distance} bytes back, but there are only ${this.#length}.`)
      }
      this.#reserve(length)
      const out = this.#out
      let to = this.#length
      // Byte by byte: source and target may overlap, which repeats a short pattern.
      for (let from = to - distance, end = to + length; to < end; ) out[to++] = out[from++]!
      this.#length = to
    }
  }
}
