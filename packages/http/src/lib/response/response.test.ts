import { describe, expect, it } from 'vitest'
import { Response } from './response.ts'

async function* pieces(): AsyncGenerator<string, void, undefined> {
  yield 'one '
  yield 'two'
}

describe('the content of a response', () => {
  it.each([
    ['text', 'héllo', 'héllo'],
    ['bytes', new TextEncoder().encode('bytes'), 'bytes'],
    ['an ArrayBuffer', new TextEncoder().encode('buffer').buffer, 'buffer'],
    ['a Blob', new Blob(['blob']), 'blob'],
    ['an iterable', ['a', new TextEncoder().encode('b')], 'ab'],
    ['nothing', null, ''],
  ])('may be %s', async (_what, body, expected) => {
    expect(await new Response(body as string).text()).toBe(expected)
  })

  it('may come in pieces', async () => {
    const response = new Response(pieces())
    expect(response.isStreamed).toBe(true)
    expect(await response.text()).toBe('one two')
    expect(await new Response(new Blob(['s']).stream()).text()).toBe('s')
  })

  it('may be nothing else', () => {
    expect(() => new Response(5 as unknown as string)).toThrow(TypeError)
    expect(() => new Response({} as unknown as string)).toThrow(TypeError)
  })

  it('can be set and read again', async () => {
    const response = new Response('old')
    response.setData('new')
    expect(new TextDecoder().decode(await response.getData())).toBe('new')
    expect(await Response.json({ a: 1 }).json()).toEqual({ a: 1 })
    expect(() => Response.json(undefined)).toThrow(TypeError)
  })

  it('is kept when it came in pieces and was read for a tag', async () => {
    const response = new Response(pieces())
    await response.freeze()
    expect(response.contentLength).toBe(7)
    expect(response.getEtag()![0]).toMatch(/^[0-9a-f]{40}$/)
    expect(await response.text()).toBe('one two')
  })
})

describe('the status of a response', () => {
  it('is a number, and may have words of its own', () => {
    const response = new Response('', { status: '404 Gone Fishing' })
    expect([response.status, response.statusText, response.customStatusText, response.ok]).toEqual([
      404,
      'Gone Fishing',
      'Gone Fishing',
      false,
    ])
    response.status = 201
    expect([response.status, response.statusText, response.customStatusText, response.ok]).toEqual([
      201,
      'Created',
      null,
      true,
    ])
  })

  it.each([99, 600, 1.5, Number.NaN, '', 'abc', '20'])('cannot be %j', (status) => {
    expect(() => new Response('', { status: status as number })).toThrow(RangeError)
  })

  it.each(['a\r\nX-Evil: 1', 'a\nb', 'snow \u2603'])('S18: takes no reason like %j', (statusText) => {
    expect(() => new Response('', { statusText })).toThrow(TypeError)
  })
})

describe('the headers of a response', () => {
  it('give text its charset, and other types none', () => {
    expect(new Response('').contentType).toBe('text/plain; charset=utf-8')
    expect(new Response('', { mimetype: 'text/css' }).contentType).toBe('text/css; charset=utf-8')
    expect(new Response('', { mimetype: 'image/png' }).contentType).toBe('image/png')
    expect(new Response('', { contentType: 'text/x; a=b' }).contentType).toBe('text/x; a=b')
    expect(new Response(new Blob([''], { type: 'image/gif' })).contentType).toBe('image/gif')
    const response = new Response('')
    response.mimetype = 'application/xml'
    expect([response.contentType, response.mimetype]).toEqual([
      'application/xml; charset=utf-8',
      'application/xml',
    ])
  })

  it('have typed values that are written back', () => {
    const response = new Response('')
    response.cacheControl.maxAge = 60
    response.cacheControl.public = true
    response.vary.add('Cookie')
    response.vary.add('cookie')
    response.allow = ['GET', 'HEAD']
    response.lastModified = new Date(0)
    response.retryAfter = 5
    response.setEtag('x', true)
    response.contentSecurityPolicy.defaultSrc = "'self'"
    expect(response.headers.toList().slice(1)).toEqual([
      ['Cache-Control', 'max-age=60, public'],
      ['Vary', 'Cookie'],
      ['Allow', 'GET, HEAD'],
      ['Last-Modified', 'Thu, 01 Jan 1970 00:00:00 GMT'],
      ['Retry-After', '5'],
      ['ETag', 'W/"x"'],
      ['Content-Security-Policy', "default-src 'self'"],
    ])
    response.vary.delete('Cookie')
    response.lastModified = null
    expect([response.headers.has('Vary'), response.headers.has('Last-Modified')]).toEqual([false, false])
  })

  it('S18: take no values that would end a line', () => {
    const response = new Response('')
    expect(() => response.headers.set('X-A', 'a\r\nX-Evil: 1')).toThrow(TypeError)
    expect(() => response.headers.set('X A', 'a')).toThrow(TypeError)
    expect(() => {
      response.location = '/a\nb'
    }).toThrow(TypeError)
  })

  it('hold cookies, each on a line of its own', () => {
    const response = new Response('')
    response.setCookie('a', '1', { httpOnly: true, sameSite: 'Lax', maxAge: 60 })
    response.setCookie('b', 'two words')
    response.deleteCookie('c', { path: '/x' })
    expect(response.headers.getAll('Set-Cookie')).toEqual([
      expect.stringMatching(/^a=1; (?:Expires=[^;]+; )?Max-Age=60; HttpOnly; Path=\/; SameSite=Lax$/),
      'b="two words"; Path=/',
      'c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/x',
    ])
  })
})

describe('as a Fetch response', () => {
  it('is an instance, and becomes a real one', async () => {
    const response = new Response('text', { status: 201, headers: { 'X-A': '1' } })
    response.setCookie('a', '1')
    response.setCookie('b', '2')
    expect(response).toBeInstanceOf(globalThis.Response)
    const real = response.toFetch()
    expect([
      real.status,
      real.headers.get('X-A'),
      real.headers.getSetCookie().length,
      await real.text(),
    ]).toEqual([201, '1', 2, 'text'])
  })

  it('is cloned with its own headers', async () => {
    const response = new Response('text')
    const copy = response.clone()
    copy.headers.set('X-A', '1')
    expect(response.headers.has('X-A')).toBe(false)
    expect([await response.text(), await copy.text()]).toEqual(['text', 'text'])
  })

  it('tells when it has been sent, once, and the rest though one fails', () => {
    const response = new Response('text')
    const calls: string[] = []
    response.callOnClose(() => calls.push('a'))
    response.callOnClose(() => {
      throw new Error('b')
    })
    response.callOnClose(() => calls.push('c'))
    expect(() => response.close()).toThrow('b')
    response.close()
    expect(calls.sort()).toEqual(['a', 'c'])
  })
})
