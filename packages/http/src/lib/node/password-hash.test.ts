import { describe, expect, it } from 'vitest'
import { checkPasswordHash, generatePasswordHash, generateSalt } from './password-hash.ts'

const FAST = 'pbkdf2:sha256:10'

describe('generatePasswordHash', () => {
  it('makes scrypt hashes in the format of Werkzeug by default', async () => {
    const hash = await generatePasswordHash('secret')
    expect(hash).toMatch(/^scrypt:32768:8:1\$[a-zA-Z0-9]{16}\$[0-9a-f]{128}$/)
    expect(await checkPasswordHash(hash, 'secret')).toBe(true)
    expect(await checkPasswordHash(hash, 'Secret')).toBe(false)
  })

  it.each([
    ['scrypt:16:1:1', 'scrypt:16:1:1', 128],
    ['pbkdf2:sha256:10', 'pbkdf2:sha256:10', 64],
    ['pbkdf2:sha512:10', 'pbkdf2:sha512:10', 128],
    ['pbkdf2:sha3_256:10', 'pbkdf2:sha3_256:10', 64],
    ['pbkdf2:md5:10', 'pbkdf2:md5:10', 32],
    ['pbkdf2:SHA256:10', 'pbkdf2:sha256:10', 64],
  ])('takes the method %s', async (method, prefix, digits) => {
    const hash = await generatePasswordHash('pässwörd €', { method, saltLength: 3 })
    expect(hash).toMatch(new RegExp(`^${prefix}\\$[a-zA-Z0-9]{3}\\$[0-9a-f]{${digits}}$`))
    expect(await checkPasswordHash(hash, 'pässwörd €')).toBe(true)
    expect(await checkPasswordHash(hash, 'pässwörd')).toBe(false)
  })

  it('makes another salt each time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => generatePasswordHash('x', { method: FAST })))
    expect(a).not.toBe(b)
  })

  it.each([
    'plain',
    '',
    'scrypt:1',
    'scrypt:a:b:c',
    'scrypt:16:1:-1',
    'pbkdf2:bogus',
    'pbkdf2:sha256:0',
    'pbkdf2:sha256:1e3',
    'pbkdf2:sha256:1:2',
    'pbkdf2:__proto__:1',
  ])('refuses the method %j', async (method) => {
    await expect(generatePasswordHash('x', { method })).rejects.toThrow(/Invalid password hash method/)
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses a salt of %s characters', async (saltLength) => {
    await expect(generatePasswordHash('x', { method: FAST, saltLength })).rejects.toThrow(/length of a salt/)
  })

  it('refuses a password over 1 KiB, counted in bytes (L17)', async () => {
    const longest = 'ü'.repeat(512)
    const hash = await generatePasswordHash(longest, { method: FAST })
    expect(await checkPasswordHash(hash, longest)).toBe(true)
    await expect(generatePasswordHash(`${longest}x`, { method: FAST })).rejects.toThrow(/at most 1024 bytes/)
  })
})

describe('checkPasswordHash', () => {
  it('reads the name of the hash in capitals', async () => {
    const hash = await generatePasswordHash('secret', { method: FAST })
    expect(await checkPasswordHash(hash.replace('sha256', 'SHA256'), 'secret')).toBe(true)
  })

  it('does not hash a password over 1 KiB (L17)', async () => {
    const hash = `${FAST}$salt$00`
    expect(await checkPasswordHash(hash, 'x'.repeat(10_000_000))).toBe(false)
  })

  it.each(['', 'nodollar', 'a$b', '$'])('is false for %j, which is no hash', async (hash) => {
    expect(await checkPasswordHash(hash, 'x')).toBe(false)
  })

  it.each(['$$', 'plain$$x', 'scrypt:1:2$s$h', 'scrypt:3:1:1$s$h', 'pbkdf2:bogus:1$s$h'])(
    'throws for %j, whose method is damaged',
    async (hash) => {
      await expect(checkPasswordHash(hash, 'x')).rejects.toThrow()
    },
  )

  it.each(['', 'zz', 'é', '1f924a28'])('is false for the value %j', async (value) => {
    expect(await checkPasswordHash(`${FAST}$salt$${value}`, 'x')).toBe(false)
  })

  it('lets the event loop run meanwhile', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await generatePasswordHash('secret')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(2)
  })
})

describe('generateSalt', () => {
  it('uses all letters and digits about equally', () => {
    const counts = new Map<string, number>()
    for (const character of generateSalt(62_000)) counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(62)
    // Five standard deviations of a fair draw are about 157.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(250)
  })
})
