import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import { BadData, base64Decode, base64Encode } from '../index.ts'

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

describe('base64Encode', () => {
  it('writes what Node writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(base64Encode(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect([...base64Decode(base64Encode(bytes))]).toEqual([...bytes])
      }),
    )
  })

  it('takes text as UTF-8', () => {
    expect(base64Encode('ü€😀')).toBe(Buffer.from('ü€😀').toString('base64url'))
  })
})

describe('base64Decode', () => {
  it.each([
    ['', ''],
    ['YQ', 'a'],
    ['YQ==', 'a'],
    ['YR', 'a'],
    ['YWI=', 'ab'],
    ['YWJj', 'abc'],
    ['-_-_', '\xfb\xff\xbf'],
    ['+/+/', '\xfb\xff\xbf'],
    ['!', ''],
    ['Y!W!J!j!', 'abc'],
    ['YéQ', 'a'],
    ['YQ==YQ==', 'a'],
  ])('reads %j as %j, as ItsDangerous (S58)', (encoded, decoded) => {
    expect(text(base64Decode(encoded))).toBe(decoded)
  })

  it.each(['Y', 'YWJjY', 'YQ!', 'Y===', '=YQ='])('refuses %j', (encoded) => {
    expect(() => base64Decode(encoded)).toThrow(BadData)
  })

  it('takes linear time', () => {
    for (const piece of ['YWJj', '!!!!', 'é', '====']) {
      expect(growthOf((n) => base64Decode(piece.repeat(n)))).toBeLessThan(1.7)
    }
  })
})
