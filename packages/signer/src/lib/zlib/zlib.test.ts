import { constants, deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { deflate } from './deflate.ts'
import { InflateError, inflate } from './inflate.ts'

const LIMIT = 1_000_000

const records = (count: number): Uint8Array =>
  Buffer.from(
    JSON.stringify(Array.from({ length: count }, (_, id) => ({ id, mail: `u${id * 7919}@example.com` }))),
  )

const noise = (length: number): Uint8Array => {
  let state = 1
  return Uint8Array.from({ length }, () => (state = (state * 48271) % 2147483647) & 255)
}

/** Few different bytes, and runs, so that there is something to find. */
const compressible = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 400 }), fc.boolean()), {
    maxLength: 30,
  })
  .map((runs) =>
    Uint8Array.from(
      runs.flatMap(([byte, count, same]) =>
        Array.from({ length: count }, (_, i) => (same ? byte : (byte * i) & 31)),
      ),
    ),
  )

const samples: [name: string, data: Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['a byte', Uint8Array.of(97)],
  ['a long run', new Uint8Array(100_000).fill(97)],
  ['few records', records(3)],
  ['many records', records(5000)],
  ['noise', noise(70_000)],
]

describe('deflate', () => {
  it.each(samples)('packs %s so that zlib and we can unpack it', (_, data) => {
    const packed = deflate(data)
    expect(Buffer.compare(inflateSync(packed), data)).toBe(0)
    expect(Buffer.compare(inflate(packed, LIMIT), data)).toBe(0)
  })

  it('is undone by zlib and by inflate', () => {
    fc.assert(
      fc.property(fc.oneof(compressible, fc.uint8Array({ maxLength: 2000 })), (data) => {
        const packed = deflate(data)
        expect(Buffer.compare(inflateSync(packed), data)).toBe(0)
        expect(Buffer.compare(inflate(packed, LIMIT), data)).toBe(0)
      }),
    )
  })

  it('packs about as small as zlib', () => {
    for (const count of [1, 3, 20, 300, 5000]) {
      const data = records(count)
      expect(deflate(data).length).toBeLessThanOrEqual(deflateSync(data).length * 1.03 + 4)
    }
  })

  it('limits code lengths where frequencies are extreme', () => {
    // Frequencies that grow as Fibonacci's numbers make the deepest tree.
    const parts: number[] = []
    for (let byte = 0, a = 1, b = 1; byte < 21; byte++, [a, b] = [b, a + b]) {
      for (let i = 0; i < a; i++) parts.push(byte)
    }
    let state = 7
    const data = Uint8Array.from(parts.sort(() => ((state = (state * 48271) % 2147483647) & 1) - 0.5))
    expect(Buffer.compare(inflateSync(deflate(data)), data)).toBe(0)
  })

  it.each(['a', 'ab', 'abc', 'aaaaaaaab'])('takes linear time for %j repeated', (piece) => {
    const run = (n: number): Uint8Array => deflate(Buffer.from(piece.repeat(n / 4)))
    expect(growthOf(run)).toBeLessThan(1.7)
  })
})

describe('inflate', () => {
  it.each(samples)('unpacks %s as zlib packs it, at every level and strategy', (_, data) => {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [
        constants.Z_DEFAULT_STRATEGY,
        constants.Z_HUFFMAN_ONLY,
        constants.Z_RLE,
        constants.Z_FIXED,
      ]) {
        expect(Buffer.compare(inflate(deflateSync(data, { level, strategy }), LIMIT), data)).toBe(0)
      }
    }
  })

  it('stops at the limit (S59)', () => {
    const data = records(100)
    const packed = deflateSync(data)
    expect(inflate(packed, data.length).length).toBe(data.length)
    expect(() => inflate(packed, data.length - 1)).toThrow(`more than the allowed ${data.length - 1} bytes`)
    expect(() => inflate(deflateSync(noise(1000), { level: 0 }), 999)).toThrow(
      'more than the allowed 999 bytes',
    )
    expect(() => inflate(packed, Number.NaN)).toThrow('Expected the maximum of bytes to be a number from 0')
  })

  it('ignores what follows the stream, as Python does', () => {
    expect(inflate(Buffer.concat([deflateSync('abc'), Buffer.from('junk')]), 10)).toEqual(
      new Uint8Array(Buffer.from('abc')),
    )
  })

  it('throws at every place where a stream can end early', () => {
    const packed = deflateSync(records(20))
    for (let length = 0; length < packed.length; length++) {
      expect(() => inflate(packed.subarray(0, length), LIMIT)).toThrow(InflateError)
    }
  })

  it.each<[what: string, bytes: number[], message: string]>([
    ['another method', [0x79, 0x9c], 'header check fails'],
    ['a window too large', [0x88, 0x1c], 'a window up to 32 KiB'],
    ['a preset dictionary', [0x78, 0xbb], 'without a preset dictionary'],
    ['a block of kind 3', [0x78, 0x9c, 0x07], 'got kind 3'],
    ['lengths that disagree', [0x78, 0x9c, 0x01, 1, 0, 0, 0], 'lengths of a stored block'],
    ['a copy from before the start', [0x78, 0x9c, 0x03, 0x02, 0, 0], 'there are only 0'],
    ['a wrong checksum', [0x78, 0x9c, 0x03, 0x00, 0, 0, 0, 2], 'checksum'],
    ['too many codes', [0x78, 0x9c, 0xfd, 0xff, 0xff], 'up to 286 length'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => inflate(Uint8Array.from(bytes), LIMIT)).toThrow(message)
  })

  it('agrees with zlib on damaged streams, and throws nothing but its own error', () => {
    const bases = [records(1), records(4), new Uint8Array(300).fill(1)].flatMap((data) =>
      [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED].map((strategy) => deflateSync(data, { strategy })),
    )
    const damage = fc.array(fc.tuple(fc.nat({ max: 200 }), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    })
    const outcome = (unpack: () => Uint8Array): string => {
      try {
        return Buffer.from(unpack()).toString('hex')
      } catch {
        return 'error'
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...bases), damage, (base, changes) => {
        const bytes = Uint8Array.from(base)
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte
        expect(outcome(() => inflate(bytes, LIMIT))).toBe(outcome(() => inflateSync(bytes)))
        try {
          inflate(bytes, LIMIT)
        } catch (error) {
          expect(error).toBeInstanceOf(InflateError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('takes linear time', () => {
    expect(growthOf((n) => inflate(deflateSync(new Uint8Array(n)), n))).toBeLessThan(1.7)
    // Empty blocks: much work for no output.
    expect(
      growthOf((n) => {
        const blocks = new Uint8Array(n)
        blocks.set([0x78, 0x9c])
        blocks.fill(0x02, 2)
        try {
          inflate(blocks, 10)
        } catch (error) {
          if (!(error instanceof InflateError)) throw error
        }
      }),
    ).toBeLessThan(1.7)
  })
})
