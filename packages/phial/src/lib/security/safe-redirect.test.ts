import { describe, expect, it } from 'vitest'
import { Phial, request } from '../../index.ts'
import { isSafeRedirect, safeRedirect } from '../../security.ts'

describe('S90: a target from outside', () => {
  it.each([
    '/',
    '/page?x=1#part',
    '/a//b',
    '/ü',
    '/%2F%2Fevil.test',
    'https://example.com',
    'https://example.com/page',
    'https://example.com/?next=https://evil.test',
  ])('is followed: %j', (target) => {
    expect(isSafeRedirect(target, 'https://example.com')).toBe(true)
  })

  it.each([
    '',
    'page',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/..//evil.test',
    '/%2e//evil.test',
    '/./%2e/..//evil.test',
    'https:evil.test',
    'https:/evil.test',
    'https://evil.test',
    'http://example.com/',
    'https://example.com.evil.test/',
    'https://example.com@evil.test/',
    'https://example.com:8443/',
    'https://example.com//evil.test',
    'javascript:alert(1)',
    'data:text/html,x',
    `/${'x'.repeat(9000)}`,
  ])('is not followed: %j', (target) => {
    expect(isSafeRedirect(target, 'https://example.com')).toBe(false)
    expect(isSafeRedirect(target.replace('https', 'http'), 'http://example.org')).toBe(false)
  })

  it('leads to the fallback where it is not safe', async () => {
    const app = new Phial('test', { staticFolder: null })
    app.get('/', () => safeRedirect(request.args.get('next'), '/home', 303))
    const client = app.testClient()
    const location = async (next: string) =>
      (await client.get('/', { query: next === '' ? {} : { next } })).location
    expect([await location('/page'), await location('//evil.test'), await location('')]).toEqual([
      '/page',
      '/home',
      '/home',
    ])
    expect(await location('http://localhost/x')).toBe('http://localhost/x')
  })
})
