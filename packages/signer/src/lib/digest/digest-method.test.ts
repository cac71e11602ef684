import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestMethod } from '../../index.ts'
import { constantTimeEqual, Signer, sha1, sha256, sha384, sha512 } from '../../index.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe.each([sha1, sha256, sha384, sha512])('$name', (digest) => {
  it('agrees with the platform at every length around a block', () => {
    for (let length = 0; length < 300; length++) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
      expect(hex(digest.digest(data))).toBe(createHash(digest.name).update(data).digest('hex'))
      expect(hex(digest.hmac(data)(data))).toBe(createHmac(digest.name, data).update(data).digest('hex'))
    }
  })

  it('agrees with the platform for long and random data', () => {
    const long = new Uint8Array(1_000_003).fill(0xa5)
    expect(hex(digest.digest(long))).toBe(createHash(digest.name).update(long).digest('hex'))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 200 }), (data, key) => {
        expect(hex(digest.hmac(key)(data))).toBe(createHmac(digest.name, key).update(data).digest('hex'))
      }),
    )
  })

  it('keeps a prepared key usable between other uses', () => {
    const key = new Uint8Array([1, 2, 3])
    const authenticate = digest.hmac(key)
    const first = hex(authenticate(key))
    digest.hmac(new Uint8Array([9]))(new Uint8Array(100))
    expect(hex(authenticate(key))).toBe(first)
  })
})

describe('DigestMethod', () => {
  it('can be the platform', () => {
    const platform: DigestMethod = {
      name: 'sha3-256',
      digest: (data) => createHash('sha3-256').update(data).digest(),
      hmac: (key) => (message) => createHmac('sha3-256', key).update(message).digest(),
    }
    const signer = new Signer('key', { digestMethod: platform })
    expect(signer.unsign(signer.sign('a'))).toBe('a')
  })
})

describe('constantTimeEqual', () => {
  it('compares bytes (S54)', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(constantTimeEqual(bytes, Uint8Array.of(1, 2, 3))).toBe(true)
    expect(constantTimeEqual(bytes, Uint8Array.of(1, 2, 4))).toBe(false)
    expect(constantTimeEqual(bytes, Uint8Array.of(0, 2, 3))).toBe(false)
    expect(constantTimeEqual(bytes, Uint8Array.of(1, 2))).toBe(false)
    expect(constantTimeEqual(new Uint8Array(0), new Uint8Array(0))).toBe(true)
  })
})
