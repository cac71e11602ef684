import { describe, expect, it } from 'vitest'
import { parseRequestCacheControl, parseResponseCacheControl } from './cache-control.ts'
import { ContentSecurityPolicy } from './content-security-policy.ts'

describe('RequestCacheControl', () => {
  it('reads directives', () => {
    const cacheControl = parseRequestCacheControl(
      'no-store, max-age=10, max-stale, min-fresh=abc, only-if-cached',
    )
    expect([cacheControl.noStore, cacheControl.maxAge, cacheControl.maxStale]).toEqual([true, 10, true])
    expect([cacheControl.minFresh, cacheControl.onlyIfCached, cacheControl.noCache]).toEqual([
      null,
      true,
      false,
    ])
    expect(parseRequestCacheControl('max-stale=5').maxStale).toBe(5)
    expect(parseRequestCacheControl(null).maxStale).toBeNull()
  })

  it('cannot be changed', () => {
    const cacheControl = parseRequestCacheControl('no-store')
    expect(() => {
      cacheControl.maxAge = 5
    }).toThrow('The Cache-Control header of a request cannot be changed.')
    expect(() => (cacheControl as Map<string, string | null>).delete('no-store')).toThrow(TypeError)
    expect(() => cacheControl.clear()).toThrow(TypeError)
  })
})

describe('ResponseCacheControl', () => {
  it('writes itself back', () => {
    let header = ''
    const cacheControl = parseResponseCacheControl('public', (changed) => {
      header = changed.toHeader()
    })
    cacheControl.maxAge = 60.9
    expect(header).toBe('public, max-age=60')
    cacheControl.public = false
    cacheControl.private = 'Set-Cookie, X'
    cacheControl.noCache = true
    expect(header).toBe('max-age=60, private="Set-Cookie, X", no-cache')
    cacheControl.maxAge = null
    cacheControl.private = null
    cacheControl.noCache = false
    expect(header).toBe('')
  })

  it.each([
    'noStore',
    'noTransform',
    'mustRevalidate',
    'proxyRevalidate',
    'immutable',
    'mustUnderstand',
    'public',
  ] as const)('has the flag %s', (name) => {
    const cacheControl = parseResponseCacheControl(null)
    cacheControl[name] = true
    expect(cacheControl[name]).toBe(true)
    cacheControl[name] = false
    expect(cacheControl.toHeader()).toBe('')
  })

  it.each(['maxAge', 'sMaxage', 'staleIfError', 'staleWhileRevalidate'] as const)(
    'has the seconds %s',
    (name) => {
      const cacheControl = parseResponseCacheControl(null)
      cacheControl[name] = 5
      expect(cacheControl[name]).toBe(5)
      expect(cacheControl.toHeader()).toMatch(/^[a-z-]+=5$/)
      expect(() => {
        cacheControl[name] = Number.NaN
      }).toThrow(RangeError)
    },
  )

  it('refuses controls (S18)', () => {
    const cacheControl = parseResponseCacheControl(null, (changed) => changed.toHeader())
    expect(() => {
      cacheControl.private = 'a\r\nSet-Cookie: x'
    }).toThrow(TypeError)
  })
})

describe('ContentSecurityPolicy', () => {
  it('reads and changes directives', () => {
    let header: string | null = null
    const policy = ContentSecurityPolicy.fromHeader(
      "default-src 'self'; script-src a  b; bare",
      (changed) => {
        header = changed.toHeader()
      },
    )
    expect([...policy]).toEqual([
      ['default-src', "'self'"],
      ['script-src', 'a  b'],
    ])
    policy.imgSrc = '* data:'
    policy.defaultSrc = null
    expect(header).toBe('script-src a  b; img-src * data:')
    expect([policy.imgSrc, policy.fontSrc]).toEqual(['* data:', null])
  })

  it('adds nonces', () => {
    const policy = new ContentSecurityPolicy([['script-src', "'self'"]])
    policy.addNonce('abc')
    policy.addNonce('abc', 'style-src')
    expect(policy.toHeader()).toBe("script-src 'self' 'nonce-abc'; style-src 'nonce-abc'")
  })

  it.each(["'self'; script-src *", 'a\r\nb'])('refuses the value %j (S18)', (value) => {
    expect(() => new ContentSecurityPolicy().set('img-src', value)).toThrow(TypeError)
  })
})
