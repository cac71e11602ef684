import { describe, expect, it } from 'vitest'
import { checkLimit, DEFAULT_BODY_LIMITS, resolveBodyLimits } from './limits.ts'

describe('body limits', () => {
  it('are on by default (L03-L07, L11)', () => {
    expect(DEFAULT_BODY_LIMITS).toEqual({
      maxContentLength: 16_777_216,
      maxJsonLength: 1_048_576,
      maxUrlencodedLength: 1_048_576,
      maxFormMemorySize: 500_000,
      maxFormParts: 1_000,
      maxFormFields: 1_000,
      maxFiles: 100,
      maxFileSize: null,
      maxPartHeaders: 16,
      maxPartHeaderBytes: 8_192,
      maxNameBytes: 1_024,
      maxFilenameBytes: 1_024,
      maxPreambleBytes: 8_192,
    })
  })

  it('are filled in from the defaults, and a result is taken as it is', () => {
    const limits = resolveBodyLimits({ maxFormParts: 3, maxFileSize: undefined as never })
    expect(limits).toEqual({ ...DEFAULT_BODY_LIMITS, maxFormParts: 3 })
    expect(resolveBodyLimits(limits)).toBe(limits)
    expect(resolveBodyLimits()).toBe(DEFAULT_BODY_LIMITS)
    expect(Object.isFrozen(limits)).toBe(true)
  })

  it('take the rest from other limits', () => {
    const base = resolveBodyLimits({ maxFiles: 2 })
    expect(resolveBodyLimits({ maxFormParts: null }, base)).toMatchObject({ maxFiles: 2, maxFormParts: null })
    expect(resolveBodyLimits(null, base)).toBe(base)
  })

  it.each(['10 potatoes', '1e9', '100', Number.NaN, -1, Number.POSITIVE_INFINITY, 1.5, true, 10n, {}])(
    'never take %s for a limit, nor for "no limit"',
    (value) => {
      expect(() => checkLimit('maxFiles', value)).toThrow(/maxFiles must be a whole number/)
      for (const name of Object.keys(DEFAULT_BODY_LIMITS)) {
        expect(() => resolveBodyLimits({ [name]: value })).toThrow(name)
      }
    },
  )

  it('refuse unknown names', () => {
    expect(() => resolveBodyLimits({ maxFormPart: 1 } as never)).toThrow(/Unknown body limit "maxFormPart"/)
  })
})
