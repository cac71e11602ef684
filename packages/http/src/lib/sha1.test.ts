import { describe, expect, it } from 'vitest'
import { sha1Hex } from './sha1.ts'

async function webSha1(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

describe('sha1Hex', () => {
  it('agrees with Web Crypto for every length around the block size', async () => {
    for (let length = 0; length < 140; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 0xff)
      expect(sha1Hex(bytes)).toBe(await webSha1(bytes))
    }
    const large = Uint8Array.from({ length: 100_001 }, (_, i) => (i * i) & 0xff)
    expect(sha1Hex(large)).toBe(await webSha1(large))
  })
})
