import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BadData,
  BadPayload,
  BadSignature,
  compactJson,
  Serializer,
  Signer,
  TimestampSigner,
} from '../index.ts'

function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('The call did not throw.')
}

describe('Serializer', () => {
  const serializer = new Serializer('secret-key')

  // Values of ItsDangerous 2.2.
  it.each<[value: unknown, signed: string]>([
    [[1, 2, 3], '[1, 2, 3].Z-Ob-83izPfnlgCyPePJ2OHs3nc'],
    [null, 'null.7LqhIXjLAOP3hP6eS2jp3nVmwB8'],
    [{ nested: { a: [{ b: null }] } }, '{"nested": {"a": [{"b": null}]}}.rBW6BMz7-sMk5-XSREjccrqL9MM'],
  ])('writes %j as ItsDangerous', (value, signed) => {
    expect(serializer.dumps(value)).toBe(signed)
    expect(serializer.loads(signed)).toEqual(value)
    expect(serializer.loads(new TextEncoder().encode(signed))).toEqual(value)
  })

  it('writes JSON as Python', () => {
    expect(serializer.dumpPayload({ 'a,b:': ['ü€😀"\\,', '\x7f\n'] })).toBe(
      '{"a,b:": ["\\u00fc\\u20ac\\ud83d\\ude00\\"\\\\,", "\\u007f\\n"]}',
    )
  })

  it('gives back every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(serializer.loads(serializer.dumps(value))).toEqual(plain)
      }),
    )
  })

  it.each([undefined, () => 1, Symbol('s')])('refuses %s, which JSON cannot represent', (value) => {
    expect(() => serializer.dumps(value)).toThrow('Expected a value that JSON can represent')
  })

  it('keeps salts apart', () => {
    const signed = serializer.dumps(1, { salt: 'activate' })
    expect(serializer.loads(signed, { salt: 'activate' })).toBe(1)
    expect(serializer.loads(signed, { salt: new TextEncoder().encode('activate') })).toBe(1)
    expect(() => serializer.loads(signed)).toThrow(BadSignature)
    expect(() => serializer.loads(signed, { salt: 'other' })).toThrow(BadSignature)
    expect(new Serializer('secret-key', { salt: 'activate' }).loads(signed)).toBe(1)
  })

  it('stays right with more salts than it keeps', () => {
    const tokens = Array.from({ length: 100 }, (_, i) => serializer.dumps(i, { salt: `salt ${i}` }))
    tokens.forEach((token, i) => {
      expect(serializer.loads(token, { salt: `salt ${i}` })).toBe(i)
    })
  })

  it('reads what older keys signed (S53)', () => {
    const signed = new Serializer('old').dumps('x')
    expect(new Serializer(['old', 'new']).loads(signed)).toBe('x')
    expect(() => new Serializer(['new']).loads(signed)).toThrow(BadSignature)
    expect(() => new Serializer('')).toThrow('Secret key 1 of 1 is empty')
  })

  it('reads what fallback signers signed, with any key', () => {
    const strong = { signerOptions: { digestMethod: 'sha512' } } as const
    const old = new Serializer('old').dumps('x')
    expect(() => new Serializer(['old', 'new'], strong).loads(old)).toThrow(BadSignature)
    for (const fallback of [{}, { digestMethod: 'sha1' } as const, [Signer, {}] as const]) {
      expect(new Serializer(['old', 'new'], { ...strong, fallbackSigners: [fallback] }).loads(old)).toBe('x')
    }
    const timed = new Serializer('old', {
      signer: TimestampSigner,
      signerOptions: { digestMethod: 'sha512' },
    }).dumps('x')
    const fallbackSigners = [[TimestampSigner, { digestMethod: 'sha512' }]] as const
    expect(new Serializer('old', { fallbackSigners }).loads(timed)).toBe('x')
    expect(
      new Serializer('old', { ...strong, fallbackSigners: [TimestampSigner] }).loadsUnsafe(timed)
        .signatureValid,
    ).toBe(true)
  })

  it('tells a bad payload from a bad signature (S57)', () => {
    const error = errorOf(() => serializer.loads(serializer.makeSigner().sign('{no json'))) as BadPayload
    expect(error).toBeInstanceOf(BadPayload)
    expect(error).not.toBeInstanceOf(BadSignature)
    expect(error.originalError).toBeInstanceOf(SyntaxError)
    expect(error.cause).toBe(error.originalError)
    const notText = serializer.makeSigner().sign(new Uint8Array([255]))
    expect(errorOf(() => serializer.loads(notText))).toBeInstanceOf(BadPayload)
  })

  it('reads unproven payloads when asked to', () => {
    expect(serializer.loadsUnsafe(serializer.dumps([1]))).toEqual({ signatureValid: true, payload: [1] })
    expect(serializer.loadsUnsafe('[2].bad')).toEqual({ signatureValid: false, payload: [2] })
    expect(serializer.loadsUnsafe('{2.bad')).toEqual({ signatureValid: false, payload: undefined })
    expect(serializer.loadsUnsafe('bad')).toEqual({ signatureValid: false, payload: undefined })
    expect(serializer.loadsUnsafe(serializer.makeSigner().sign('{'))).toEqual({
      signatureValid: true,
      payload: undefined,
    })
  })

  it('takes another text format', () => {
    const compact = new Serializer('secret-key', { serializer: compactJson })
    expect(compact.dumps({ ü: [1, 2] })).toMatch(/^\{"ü":\[1,2\]\}\./)
  })

  it('throws nothing but bad data for outside text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), (signed) => {
        expect(errorOf(() => serializer.loads(signed))).toBeInstanceOf(BadData)
        expect(serializer.loadsUnsafe(signed).signatureValid).toBe(false)
      }),
    )
  })
})
