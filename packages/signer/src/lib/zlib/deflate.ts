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
import type { WritingCode } from './huffman.ts'
import { codeFromLengths, huffmanLengths } from './huffman.ts'
import { findMatches } from './match-finder.ts'

/** Symbols per block. A code fits the data better if it serves less of it, but costs some 60 bytes itself. */
const BLOCK_SYMBOLS = 16384
/** Below this many symbols a code of their own never pays for its description. */
const WORTH_OWN_CODE = 80

let fixedCodes: Codes | undefined

/**
 * Packs bytes into a zlib stream (RFC 1950, 1951), synchronously and on every runtime. About as small as zlib's
 * default level, but not byte for byte the same.
 */
export function deflate(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new BitWriter(data.length)
  writer.write(0x9c78, 16)
  const symbols = findMatches(data)
  let from = 0
  do {
    const block = symbols.subarray(from, from + BLOCK_SYMBOLS)
    from += block.length
    writeBlock(writer, block, from === symbols.length)
  } while (from < symbols.length)
  writer.align()
  const checksum = adler32(data)
  for (let shift = 24; shift >= 0; shift -= 8) writer.write((checksum >>> shift) & 255, 8)
  return writer.bytes()
}

class BitWriter {
  #out: Uint8Array<ArrayBuffer>
  #length = 0
  #bits = 0
  #bitCount = 0

  constructor(sizeHint: number) {
    this.#out = new Uint8Array(sizeHint + 64)
  }

  /** Writes `count` bits, 16 at most, the lowest first. */
  write(bits: number, count: number): void {
    this.#bits |= bits << this.#bitCount
    this.#bitCount += count
    while (this.#bitCount >= 8) {
      this.#push(this.#bits & 255)
      this.#bits >>>= 8
      this.#bitCount -= 8
    }
  }

  align(): void {
    if (this.#bitCount > 0) this.#push(this.#bits & 255)
    this.#bits = 0
    this.#bitCount = 0
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#out.slice(0, this.#length)
  }

  #push(byte: number): void {
    if (this.#length === this.#out.length) {
      const wider = new Uint8Array(this.#length * 2)
      wider.set(this.#out)
      this.#out = wider
    }
    this.#out[this.#length++] = byte
  }
}

/** The codes for the two kinds of symbols. */
interface Codes {
  readonly literals: WritingCode
  readonly distances: WritingCode
}

function writeBlock(writer: BitWriter, symbols: Int32Array, last: boolean): void {
  fixedCodes ??= {
    literals: codeFromLengths(fixedLiteralLengths()),
    distances: codeFromLengths(fixedDistanceLengths()),
  }
  writer.write(last ? 1 : 0, 1)
  if (symbols.length >= WORTH_OWN_CODE && writeWithOwnCodes(writer, symbols, fixedCodes)) return
  writer.write(1, 2)
  writeSymbols(writer, symbols, fixedCodes)
}

/** Writes a dynamic block, if that takes fewer bits than a fixed one. */
function writeWithOwnCodes(writer: BitWriter, symbols: Int32Array, fixed: Codes): boolean {
  const literalCounts = new Uint32Array(286)
  const distanceCounts = new Uint32Array(30)
  for (const symbol of symbols) {
    const distance = symbol >> 9
    const literal = distance === 0 ? symbol : 257 + indexIn(lengthBase, symbol & 511)
    literalCounts[literal] = literalCounts[literal]! + 1
    if (distance === 0) continue
    const index = indexIn(distanceBase, distance)
    distanceCounts[index] = distanceCounts[index]! + 1
  }
  literalCounts[END_OF_BLOCK] = 1
  // Without the extra bits, which are the same in every code.
  const bitsWith = ({ literals, distances }: Codes): number => {
    let bits = 0
    for (let i = 0; i < literalCounts.length; i++) bits += literalCounts[i]! * literals.lengths[i]!
    for (let i = 0; i < distanceCounts.length; i++) bits += distanceCounts[i]! * distances.lengths[i]!
    return bits
  }
  const own: Codes = {
    literals: codeFromLengths(huffmanLengths(literalCounts, MAX_BITS)),
    distances: codeFromLengths(huffmanLengths(distanceCounts, MAX_BITS)),
  }
  const header = new CodeHeader(own.literals.lengths, own.distances.lengths)
  if (header.cost() + bitsWith(own) >= bitsWith(fixed)) return false
  writer.write(2, 2)
  header.write(writer)
  writeSymbols(writer, symbols, own)
  return true
}

function writeSymbols(writer: BitWriter, symbols: Int32Array, { literals, distances }: Codes): void {
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i]!
    const distance = symbol >> 9
    if (distance === 0) {
      writer.write(literals.bits[symbol]!, literals.lengths[symbol]!)
      continue
    }
    const length = symbol & 511
    const lengthIndex = indexIn(lengthBase, length)
    writer.write(literals.bits[257 + lengthIndex]!, literals.lengths[257 + lengthIndex]!)
    writer.write(length - lengthBase[lengthIndex]!, lengthExtra[lengthIndex]!)
    const distanceIndex = indexIn(distanceBase, distance)
    writer.write(distances.bits[distanceIndex]!, distances.lengths[distanceIndex]!)
    writer.write(distance - distanceBase[distanceIndex]!, distanceExtra[distanceIndex]!)
  }
  writer.write(literals.bits[END_OF_BLOCK]!, literals.lengths[END_OF_BLOCK]!)
}

/** The two codes as they stand at the head of a dynamic block: run lengths, in a code of their own. */
class CodeHeader {
  readonly #literalCount: number
  readonly #distanceCount: number
  /** Pairs of symbol and extra value. */
  readonly #runs: [symbol: number, extra: number][] = []
  readonly #code: WritingCode
  readonly #codeLengthCount: number

  constructor(literals: Uint8Array, distances: Uint8Array) {
    this.#literalCount = Math.max(257, usedLength(literals))
    this.#distanceCount = Math.max(1, usedLength(distances))
    const lengths = [
      ...literals.subarray(0, this.#literalCount),
      ...distances.subarray(0, this.#distanceCount),
    ]
    const frequencies = new Uint32Array(19)
    for (let at = 0; at < lengths.length; ) {
      const value = lengths[at]!
      let run = 1
      while (at + run < lengths.length && lengths[at + run] === value) run += 1
      at += run
      this.#addRun(value, run)
    }
    for (const [symbol] of this.#runs) frequencies[symbol] = frequencies[symbol]! + 1
    this.#code = codeFromLengths(huffmanLengths(frequencies, 7))
    let count = 19
    while (count > 4 && this.#code.lengths[codeLengthOrder[count - 1]!] === 0) count -= 1
    this.#codeLengthCount = count
  }

  #addRun(value: number, run: number): void {
    if (value !== 0) {
      this.#runs.push([value, 0])
      run -= 1
    }
    while (run >= 3) {
      const part = Math.min(run, value === 0 ? 138 : 6)
      if (value !== 0) this.#runs.push([16, part - 3])
      else this.#runs.push(part <= 10 ? [17, part - 3] : [18, part - 11])
      run -= part
    }
    for (; run > 0; run--) this.#runs.push([value, 0])
  }

  cost(): number {
    let bits = 14 + this.#codeLengthCount * 3
    for (const [symbol] of this.#runs) bits += this.#code.lengths[symbol]! + runExtraBits(symbol)
    return bits
  }

  write(writer: BitWriter): void {
    writer.write(this.#literalCount - 257, 5)
    writer.write(this.#distanceCount - 1, 5)
    writer.write(this.#codeLengthCount - 4, 4)
    for (let i = 0; i < this.#codeLengthCount; i++) writer.write(this.#code.lengths[codeLengthOrder[i]!]!, 3)
    for (const [symbol, extra] of this.#runs) {
      writer.write(this.#code.bits[symbol]!, this.#code.lengths[symbol]!)
      writer.write(extra, runExtraBits(symbol))
    }
  }
}

function runExtraBits(symbol: number): number {
  return symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7
}

function usedLength(lengths: Uint8Array): number {
  let end = lengths.length
  while (end > 0 && lengths[end - 1] === 0) end -= 1
  return end
}

/** The last place in an ascending table whose number is not above `value`. */
function indexIn(table: readonly number[], value: number): number {
  let low = 0
  let high = table.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (table[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}
