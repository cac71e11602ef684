import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import {
  BadData,
  BadPayload,
  BadSignature,
  base64Encode,
  InflateError,
  SignatureExpired,
  TimedSerializer,
  URLSafeSerializer,
  URLSafeTimedSerializer,
} from '../index.ts'

const NEW_YEAR = 1704067200
const at = (seconds: number): { now: () => number } => ({ now: () => seconds })

function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('The call did not throw.')
}

describe('URLSafeSerializer', () => {
  const serializer = new URLSafeSerializer('secret-key')

  // Values of ItsDangerous 2.2.
  it.each<[value: unknown, signed: string]>([
    [[1, 2, 3], 'WzEsMiwzXQ.ss4nn3igDDAwxiqsWvj3EQ9FdIQ'],
    [{ ü: '€' }, 'eyLDvCI6IuKCrCJ9.-punYvcEHuhm_Kq0uW3wMff2XZU'],
  ])('writes %j as ItsDangerous', (value, signed) => {
    expect(serializer.dumps(value)).toBe(signed)
    expect(serializer.loads(signed)).toEqual(value)
  })

  it('reads what Python compressed', () => {
    const python = '.eJyrVipJrShRslKqGCZAqRYA4g5hQA.J9SfF0lPwxJm0ZJM3H5HlsUbWgg'
    expect(serializer.loads(python)).toEqual({ text: 'x'.repeat(200) })
  })

  it('gives back every value in characters that are safe in a URL', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const signed = serializer.dumps(value)
        expect(signed).toMatch(/^[A-Za-z0-9_.-]+$/)
        expect(serializer.loads(signed)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('compresses where that is shorter', () => {
    const long = { text: 'x'.repeat(200) }
    expect(serializer.dumps(long)).toMatch(/^\./)
    expect(serializer.dumps(long).length).toBeLessThan(70)
    expect(serializer.loads(serializer.dumps(long))).toEqual(long)
    expect(serializer.dumps('short')).not.toMatch(/^\./)
  })

  it('does not unpack more than allowed (S59, L16)', () => {
    const bomb = serializer.makeSigner().sign(`.${base64Encode(deflateSync(Buffer.alloc(50_000_000, 'x')))}`)
    const start = performance.now()
    const error = errorOf(() => serializer.loads(bomb)) as BadPayload
    expect(performance.now() - start).toBeLessThan(200)
    expect(error).toBeInstanceOf(BadPayload)
    expect(error.originalError).toBeInstanceOf(InflateError)
    expect((error.originalError as Error).message).toBe(
      'The data unpacks to more than the allowed 65536 bytes.',
    )
    expect(serializer.loadsUnsafe(`${bomb.slice(0, -3)}AAA`)).toEqual({
      signatureValid: false,
      payload: undefined,
    })
  })

  it('reads what it writes at every size, and takes another limit', () => {
    const large = 'x'.repeat(70_000)
    expect(serializer.loads(serializer.dumps(large))).toBe(large)
    const generous = new URLSafeSerializer('secret-key', { maxInflatedBytes: 100_000 })
    expect(generous.dumps(large).length).toBeLessThan(300)
    expect(generous.loads(generous.dumps(large))).toBe(large)
    expect(() => serializer.loads(generous.dumps(large))).toThrow(BadPayload)
    for (const maxInflatedBytes of [Number.NaN, -1]) {
      expect(() => new URLSafeSerializer('key', { maxInflatedBytes })).toThrow(
        'Expected maxInflatedBytes to be a number from 0',
      )
    }
  })

  it.each([
    ['no base64', 'A'],
    ['no zlib', '.AAAA'],
    ['no JSON', 'AAAA'],
    ['no UTF-8', '_w'],
    ['nothing', ''],
  ])('fails as a bad payload for a signed payload that is %s (S57)', (_, payload) => {
    const error = errorOf(() => serializer.loads(serializer.makeSigner().sign(payload))) as BadPayload
    expect(error).toBeInstanceOf(BadPayload)
    expect(error.originalError).toBeInstanceOf(Error)
  })

  it('takes a format of bytes', () => {
    const reversed = new URLSafeSerializer('key', {
      serializer: {
        binary: true,
        dumps: (value) => (value as Uint8Array).slice().reverse(),
        loads: (bytes) => bytes.slice().reverse(),
      },
    })
    const data = new Uint8Array([0, 255, 128])
    expect(reversed.loads(reversed.dumps(data))).toEqual(data)
  })

  it('throws nothing but bad data for outside text, signed or not', () => {
    const pieces = fc.constantFrom(
      '.',
      'eJ',
      'A',
      '_-',
      '=',
      '!',
      'é',
      'WzFd',
      'eNqrVkrOT0lVslIqLcgvKlGyMjI2AQA7BAX4',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          const signed = serializer.makeSigner().sign(text)
          for (const token of [text, signed, signed.slice(1)]) {
            try {
              serializer.loads(token)
            } catch (error) {
              expect(error).toBeInstanceOf(BadData)
            }
          }
        },
      ),
    )
  })

  it('takes linear time', () => {
    const generous = new URLSafeSerializer('key', { maxInflatedBytes: 1e6 })
    expect(growthOf((n) => generous.loads(generous.dumps('ab'.repeat(n))))).toBeLessThan(1.7)
  })
})

describe('TimedSerializer and URLSafeTimedSerializer', () => {
  it.each([
    [TimedSerializer, '{"id": 42}.ZZIAgA.hgrgKc6Y1IQQsTpWJSVpoax8zVw'],
    [URLSafeTimedSerializer, 'eyJpZCI6NDJ9.ZZIAgA.BWgC42WFEj3zKzj6b6Jxw5heuXo'],
  ])('%o writes as ItsDangerous and checks the age', (Timed, signed) => {
    const at5 = new Timed('secret-key', { signerOptions: at(NEW_YEAR + 5) })
    expect(new Timed('secret-key', { signerOptions: at(NEW_YEAR) }).dumps({ id: 42 })).toBe(signed)
    expect(at5.loads(signed)).toEqual({ id: 42 })
    expect(at5.loads(signed, { maxAge: 5 })).toEqual({ id: 42 })
    expect(at5.loadsWithTimestamp(signed, { maxAge: 5 })).toEqual({
      value: { id: 42 },
      timestamp: new Date(NEW_YEAR * 1000),
    })
    expect(() => at5.loads(signed, { maxAge: 4 })).toThrow(SignatureExpired)
    expect(at5.loadsUnsafe(signed, { maxAge: 4 })).toEqual({ signatureValid: false, payload: { id: 42 } })
    expect(() => at5.loads(signed, { salt: 'other' })).toThrow(BadSignature)
  })

  it('reports an expired token of a fallback signer as expired', () => {
    const old = new URLSafeTimedSerializer('key', { signerOptions: at(NEW_YEAR) }).dumps(1)
    const changed = new URLSafeTimedSerializer('key', {
      signerOptions: { digestMethod: 'sha256', ...at(NEW_YEAR + 10) },
      fallbackSigners: [at(NEW_YEAR + 10), { digestMethod: 'sha512' }],
    })
    expect(changed.loads(old, { maxAge: 10 })).toBe(1)
    expect(errorOf(() => changed.loads(old, { maxAge: 9 }))).toBeInstanceOf(SignatureExpired)
  })

  it("reads and writes Flask's session cookies", () => {
    const sessions = new URLSafeTimedSerializer('dev', {
      salt: 'cookie-session',
      signerOptions: { keyDerivation: 'hmac', ...at(NEW_YEAR) },
    })
    expect(sessions.dumps({ user: 'ann' })).toBe('eyJ1c2VyIjoiYW5uIn0.ZZIAgA.ispJOhdiXe2yINHFievtRKwFhQA')
    expect(
      sessions.loads('eyJ1c2VyIjoiYW5uIn0.ZZIAgA.ispJOhdiXe2yINHFievtRKwFhQA', { maxAge: 2678400 }),
    ).toEqual({ user: 'ann' })
  })
})
