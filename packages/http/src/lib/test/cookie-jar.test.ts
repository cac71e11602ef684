import { describe, expect, it } from 'vitest'
import type { Request } from '../request/request.ts'
import { Response } from '../response/response.ts'
import { type Client, createClient } from './client.ts'

describe('cookies of the client (TST-05)', () => {
  /** Sets what the query says and shows what it got. */
  const app = (request: Request): Response => {
    const response = new Response(request.headers.get('Cookie') ?? '')
    for (const cookie of request.args.getList('set')) response.headers.add('Set-Cookie', cookie)
    return response
  }
  const sent = async (own: Client, url: string): Promise<string> => (await own.get(url)).text

  it('come back to the host that set them', async () => {
    const own = createClient(app)
    await own.get('/', { query: { set: ['a=1', 'b="2\\0543"; HttpOnly; SameSite=Lax'] } })
    expect(await sent(own, '/')).toBe('a=1; b="2\\0543"')
    expect(await sent(own, 'http://localhost:8080/')).toBe('a=1; b="2\\0543"')
    expect(await sent(own, 'http://sub.localhost/')).toBe('')
    expect(own.getCookie('b')).toEqual({
      key: 'b',
      value: '"2\\0543"',
      decodedKey: 'b',
      decodedValue: '2,3',
      expires: null,
      maxAge: null,
      domain: 'localhost',
      originOnly: true,
      path: '/',
      secure: false,
      httpOnly: true,
      sameSite: 'Lax',
    })
    expect(own.getCookie('c')).toBeNull()
  })

  it.each([
    ['a=1', '/x/y', ['/x', '/x/', '/x/z', '/x/y/z'], ['/', '/xy', '/y']],
    ['a=1; Path=/x', '/', ['/x', '/x/', '/x/y', '/x?y'], ['/', '/xy', '/y/x']],
    ['a=1; Path=/x/', '/', ['/x/', '/x/y'], ['/', '/x']],
    ['a=1; Path=x', '/', ['/', '/x'], []],
    [
      'a=1; Domain=a.test',
      'http://b.a.test/',
      ['http://a.test/', 'http://b.a.test/', 'http://c.b.A.test/'],
      ['/', 'http://ba.test/'],
    ],
    ['a=1; domain=.A.test', 'http://a.test/', ['http://b.a.test/'], ['/']],
    ['a=1; Secure', 'https://localhost/', ['https://localhost/'], ['/']],
    ['a=1; Expires=Wed, 01 Jan 2020 00:00:00 GMT', '/', ['/'], []],
  ])('follow %s set at %s', async (cookie, url, there, elsewhere) => {
    const own = createClient(app)
    await own.get(url, { query: { set: cookie } })
    for (const place of there) expect([place, await sent(own, place)]).toEqual([place, 'a=1'])
    for (const place of elsewhere) expect([place, await sent(own, place)]).toEqual([place, ''])
  })

  it('are compared with the whole path', async () => {
    const own = createClient(app, { baseUrl: 'http://localhost/app' })
    await own.get('/', { query: { set: 'a=1; Path=/app' } })
    expect(await sent(own, '/x')).toBe('a=1')
    expect((await own.get('/x', { rootPath: '' })).text).toBe('')
  })

  it.each(['a=; Max-Age=0', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=x; max-age=-1'])(
    'are deleted by %s',
    async (header) => {
      const own = createClient(app)
      own.setCookie('a', '1')
      own.setCookie('b', '2')
      await own.get('/', { query: { set: header } })
      expect(await sent(own, '/')).toBe('b=2')
    },
  )

  it('are set and deleted by hand', async () => {
    const own = createClient(app)
    own.setCookie('a', 'x;ü')
    own.setCookie('a', 'y', { path: '/p', domain: 'A.test' })
    own.setCookie('b', 'z', { domain: 'a.test', originOnly: false })
    expect(own.getCookie('a')?.decodedValue).toBe('x;ü')
    expect(await sent(own, 'http://a.test/p')).toBe('a=y; b=z')
    expect(await sent(own, 'http://x.a.test/p')).toBe('b=z')
    own.deleteCookie('a', { path: '/p', domain: 'a.test' })
    own.deleteCookie('a')
    own.deleteCookie('a')
    expect([...own.cookies].map(({ key, domain }) => [key, domain])).toEqual([['b', 'a.test']])
  })

  it('go with one request, or stay behind', async () => {
    const own = createClient(app)
    own.setCookie('a', '1')
    expect((await own.get('/', { cookies: { b: '2' }, headers: { Cookie: 'c=3' } })).text).toBe(
      'c=3; a=1; b=2',
    )
    expect((await own.get('/', { cookies: false })).text).toBe('')
    expect(await sent(own, '/')).toBe('a=1')
  })

  it('can be turned off', async () => {
    const own = createClient(app, { useCookies: false })
    await own.get('/?set=a=1')
    expect(await sent(own, '/')).toBe('')
    for (const use of [() => own.getCookie('a'), () => own.setCookie('a'), () => own.deleteCookie('a')]) {
      expect(use).toThrow(/keeps no cookies/)
    }
  })

  it('ignore headers that hold no cookie', async () => {
    const own = createClient(app)
    await own.get('/', { query: { set: ['', ';', 'a', '; Path=/'] } })
    expect([...own.cookies].length).toBeLessThan(2)
    expect(own.cookies.get('a', 'localhost')).toBeNull()
  })
})
