import { describe, expect, it } from 'vitest'
import { redirect } from '../../index.ts'

describe('a redirect', () => {
  it('has a page for people, and the location in ASCII', () => {
    const response = redirect('/grüße?a=1&b=<2>')
    expect([response.status, response.headers.get('Location')]).toEqual([
      302,
      '/gr%C3%BC%C3%9Fe?a=1&b=%3C2%3E',
    ])
    expect(response.content).toContain('<a href="/grüße?a=1&amp;b=&lt;2&gt;">/grüße?a=1&amp;b=&lt;2&gt;</a>')
  })

  it.each([[200], [304], [400], [Number.NaN]])('is none with the status %s', (status) => {
    expect(() => redirect('/', status)).toThrow('needs a status that redirects: 301, 302, 303, 307 or 308')
  })

  it('L18: goes no further than 8 KiB, counted as it is sent', () => {
    const longest = `/${'a'.repeat(8191)}`
    expect(redirect(longest).headers.get('Location')).toBe(longest)
    expect(() => redirect(`${longest}a`)).toThrow('A location may have 8192 characters, this one has 8193.')
    expect(() => redirect(`/${'ü'.repeat(1500)}`)).toThrow('this one has 9001.')
  })

  it.each(['/a\r\nSet-Cookie: a=1', '/a\n', '/\0', '/a\x7f'])('leads nowhere with %j', (location) => {
    expect(() => redirect(location)).toThrow('A location may hold no line ends or control characters')
  })
})
