import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BadTimeSignature, TimestampSignerOptions } from '../index.ts'
import { BadSignature, SignatureExpired, Signer, TimestampSigner } from '../index.ts'

/** 2024-01-01T00:00:00Z */
const NEW_YEAR = 1704067200
const newYear = new Date(NEW_YEAR * 1000)

const at = (seconds: number, options: TimestampSignerOptions = {}): TimestampSigner =>
  new TimestampSigner('secret-key', { now: () => seconds, ...options })

function errorOf(call: () => unknown): BadTimeSignature {
  try {
    call()
  } catch (error) {
    return error as BadTimeSignature
  }
  throw new Error('The call did not throw.')
}

describe('TimestampSigner', () => {
  // Value of ItsDangerous 2.2.
  const signed = 'hello.ZZIAgA.IOm55AMCknueUdxpU651UqCe3wg'

  it('signs as ItsDangerous', () => {
    expect(at(NEW_YEAR).sign('hello')).toBe(signed)
    expect(at(NEW_YEAR + 0.9).sign('hello')).toBe(signed)
    expect(at(0).sign('hello')).toMatch(/^hello\.\./)
    expect(at(NEW_YEAR).unsign(signed)).toBe('hello')
    expect(at(NEW_YEAR).unsignWithTimestamp(signed)).toEqual({ value: 'hello', timestamp: newYear })
  })

  it('uses the clock of the system by default', () => {
    const signer = new TimestampSigner('key')
    const before = Math.floor(Date.now() / 1000)
    const { timestamp } = signer.unsignWithTimestamp(signer.sign('a'), { maxAge: 60 })
    expect(timestamp.getTime() / 1000 - before).toBeOneOf([0, 1])
  })

  it('gives back every text and all bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, data) => {
        expect(at(5).unsign(at(5).sign(text))).toBe(text)
        expect(at(5).unsign(at(5).sign(data))).toEqual(data)
      }),
    )
  })

  it.each<[now: number, maxAge: number, isValid: boolean]>([
    [NEW_YEAR, 0, true],
    [NEW_YEAR + 10, 10, true],
    [NEW_YEAR + 10.9, 10, true],
    [NEW_YEAR + 11, 10, false],
    [NEW_YEAR - 1, 10, false],
    [NEW_YEAR + 1e9, Number.POSITIVE_INFINITY, true],
  ])('at %i with maxAge %d: %s', (now, maxAge, isValid) => {
    expect(at(now).validate(signed, { maxAge })).toBe(isValid)
  })

  it('says how old a signature is, and when it was made', () => {
    const error = errorOf(() => at(NEW_YEAR + 20).unsign(signed, { maxAge: 10 }))
    expect(error).toBeInstanceOf(SignatureExpired)
    expect(error.message).toBe('The signature is 20 seconds old; the maximum is 10.')
    expect(error.payload).toBe('hello')
    expect(error.dateSigned).toEqual(newYear)
  })

  it('takes a signature from the future only within the allowed skew (S56)', () => {
    const error = errorOf(() => at(NEW_YEAR - 5).unsign(signed, { maxAge: 10 }))
    expect(error).toBeInstanceOf(SignatureExpired)
    expect(error.message).toBe('The signature is 5 seconds from the future; check the clocks.')
    expect(at(NEW_YEAR - 5, { allowedSkew: 5 }).unsign(signed, { maxAge: 10 })).toBe('hello')
    expect(at(NEW_YEAR - 6, { allowedSkew: 5 }).validate(signed, { maxAge: 10 })).toBe(false)
  })

  it.each([
    ['eight bytes', '__________8'],
    ['after the year 9999', 'Ov____8A'],
    ['nine bytes', 'AAAAAAAAAAAA'],
    ['no base64', 'A'],
  ])('fails as a bad signature for a signed time of %s (S56)', (_, time) => {
    const token = new Signer('secret-key').sign(`hello.${time}`)
    for (const call of [
      () => at(NEW_YEAR).unsign(token, { maxAge: 10 }),
      () => at(NEW_YEAR).unsignWithTimestamp(token),
    ]) {
      const error = errorOf(call)
      expect(error.name).toBe('BadTimeSignature')
      expect(error.payload).toBe('hello')
      expect(error.dateSigned).toBeUndefined()
    }
  })

  it('fails for a signed text without a time', () => {
    const error = errorOf(() => at(NEW_YEAR).unsign(new Signer('secret-key').sign('hello')))
    expect(error.name).toBe('BadTimeSignature')
    expect(error.message).toContain('no time in it')
  })

  it('tells the claimed time of a wrong signature', () => {
    const error = errorOf(() => at(NEW_YEAR).unsign(signed.replace('hello', 'hellO')))
    expect(error.name).toBe('BadTimeSignature')
    expect(error.payload).toBe('hellO')
    expect(error.dateSigned).toEqual(newYear)
    expect(errorOf(() => at(NEW_YEAR).unsign('hello.bad')).name).toBe('BadSignature')
  })

  it.each([Number.NaN, '5', null])('does not take the maxAge %s for no limit', (maxAge) => {
    expect(() => at(NEW_YEAR).unsign(signed, { maxAge: maxAge as number })).toThrow(
      'Expected maxAge to be a number of seconds, got',
    )
  })

  it.each([-1, -0.5, Number.NEGATIVE_INFINITY])(
    'finds every signature too old for the maxAge %s',
    (maxAge) => {
      expect(errorOf(() => at(NEW_YEAR).unsign(signed, { maxAge })).name).toBe('SignatureExpired')
      expect(errorOf(() => at(NEW_YEAR).unsign('hello.bad', { maxAge })).name).toBe('BadSignature')
    },
  )

  it.each([Number.NaN, -1])('does not sign with the clock at %s', (now) => {
    expect(() => at(now).sign('a')).toThrow('Expected the clock to give seconds from 0')
  })

  it('throws nothing but bad signatures for outside data', () => {
    const parts = fc.constantFrom('hello', '.', 'ZZIAgA', 'IOm55AMCknueUdxpU651UqCe3wg', '', 'é', '\ud800')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const token = pieces.join('')
        if (token === signed) return
        expect(errorOf(() => at(NEW_YEAR).unsign(token, { maxAge: 5 }))).toBeInstanceOf(BadSignature)
      }),
    )
  })
})
