import { describe, expect, it } from 'vitest'
import { type CookieOptions, dumpCookie } from './dump-cookie.ts'

describe('dumpCookie', () => {
  it.each<[string, string, CookieOptions, string]>([
    ['a', '', {}, 'a=; Path=/'],
    ['a', 'b c,"', {}, 'a="b c\\054\\""; Path=/'],
    ['a', 'ü\n\x1f', {}, 'a="\\303\\274\\012\\037"; Path=/'],
    ['ü', 'b', { path: null }, '\u00c3\u00bc=b'],
    ['a', 'b', { maxAge: 9.9, syncExpires: false }, 'a=b; Max-Age=9; Path=/'],
    ['a', 'b', { expires: 0, maxAge: 0 }, 'a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/'],
    [
      'a',
      'b',
      { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' },
      'a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/',
    ],
    ['a', 'b', { domain: '.bücher.test:80' }, 'a=b; Domain=xn--bcher-kva.test; Path=/'],
    ['a', 'b', { path: '/ü;' }, 'a=b; Path=/%C3%BC%3B'],
    [
      'a',
      'b',
      { secure: true, httpOnly: true, sameSite: 'none' },
      'a=b; Secure; HttpOnly; Path=/; SameSite=None',
    ],
    ['a', 'b', { partitioned: true }, 'a=b; Secure; Path=/; Partitioned'],
    ['__Host-a', 'b', { secure: true }, '__Host-a=b; Secure; Path=/'],
    [
      '__Secure-a',
      'b',
      { secure: true, domain: 'x.test', path: '/p' },
      '__Secure-a=b; Domain=x.test; Secure; Path=/p',
    ],
  ])('writes %s=%j with %j', (name, value, options, expected) => {
    expect(dumpCookie(name, value, options)).toBe(expected)
  })

  it('gives old browsers the end as a date', () => {
    const [, end] = /Expires=(.*); Max-Age=60/.exec(dumpCookie('a', 'b', { maxAge: 60 }))!
    expect(Math.abs(Date.parse(end!) - Date.now() - 60_000)).toBeLessThan(5000)
  })

  it.each<[string, CookieOptions]>([
    ['', {}],
    ['a b', {}],
    ['a;b', {}],
    ['a=b', {}],
    ['a\r\nSet-Cookie: x', {}],
    ['a\x85', {}],
    ['a', { domain: 'x; Secure' }],
    ['a', { domain: 'x\r\ny' }],
    ['a', { domain: 'ü x' }],
    ['a', { expires: 'never; Secure' }],
    ['a', { expires: 'never\r\nX: y' }],
    ['a', { sameSite: 'bogus' as 'Lax' }],
    ['a', { sameSite: 'None' }],
    ['a', { partitioned: true, secure: false }],
    ['__Secure-a', {}],
    ['__Host-a', {}],
    ['__Host-a', { secure: true, path: '/x' }],
    ['__host-a', { secure: true, domain: 'x.test' }],
  ])('refuses %j with %j (S51)', (name, options) => {
    expect(() => dumpCookie(name, 'v', options)).toThrow(TypeError)
  })

  it.each<CookieOptions>([
    { maxAge: Number.NaN },
    { maxAge: Number.POSITIVE_INFINITY },
    { expires: new Date('x') },
  ])('refuses %j', (options) => {
    expect(() => dumpCookie('a', 'b', options)).toThrow(RangeError)
  })

  it('tells of cookies that browsers drop, and refuses those that servers refuse (L10)', () => {
    const warnings: string[] = []
    const onWarning = (message: string): void => void warnings.push(message)
    dumpCookie('a', 'x'.repeat(4083), { onWarning })
    expect(warnings).toEqual([])
    dumpCookie('a', 'x'.repeat(4084), { onWarning })
    dumpCookie('a', 'x'.repeat(50), { onWarning, maxSize: 10 })
    dumpCookie('a', 'x'.repeat(5000), { onWarning, maxSize: 0 })
    expect(warnings).toHaveLength(2)
    expect(warnings[0]).toBe(
      'The cookie "a" is too large: its value has 4084 bytes and the rest of the header 10, 4094 in all, and the limit is 4093. Browsers may ignore it.',
    )
    expect(() => dumpCookie('a', 'x'.repeat(8192))).toThrow('servers take 8192 at most')
  })
})
