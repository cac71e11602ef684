import { describe, expect, it } from 'vitest'
import { Request } from '../request/request.ts'
import type { RequestSource } from '../request/request-source.ts'
import { Response } from '../response/response.ts'
import { dispatcher } from './dispatcher.ts'
import { httpProxy } from './http-proxy.ts'
import { lint } from './lint.ts'
import { methodOverride } from './method-override.ts'
import { proxyFix } from './proxy-fix.ts'

function makeRequest(
  target: string,
  headers: Record<string, string> = {},
  more: Partial<RequestSource> = {},
): Request {
  return new Request({
    method: 'GET',
    target,
    scheme: 'http',
    rawHeaders: Object.entries({ Host: 'app.test', ...headers }).flat(),
    rootPath: '',
    remoteAddr: '10.0.0.1',
    server: ['app.test', 80],
    body: null,
    signal: new AbortController().signal,
    ...more,
  })
}

/** An application that shows what it sees. */
const show = (request: Request): Response =>
  Response.json({
    root: request.rootPath,
    path: request.path,
    url: request.url,
    client: request.remoteAddr,
    method: request.method,
  })

async function seen(answer: unknown): Promise<Record<string, unknown>> {
  return (await ((await answer) as Response).json()) as Record<string, unknown>
}

describe('proxyFix', () => {
  it('S08: believes the last hop alone by default, and only address and scheme', async () => {
    const app = proxyFix(show)
    const request = makeRequest('/', {
      'X-Forwarded-For': '6.6.6.6, 1.2.3.4',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'evil.test',
      'X-Forwarded-Prefix': '/evil',
    })
    expect(await seen(app(request))).toMatchObject({ client: '1.2.3.4', url: 'https://app.test/', root: '' })
  })

  it.each([
    ['X-Forwarded-Proto', 'javascript'],
    ['X-Forwarded-Proto', 'https:'],
    ['X-Forwarded-Host', 'evil.test/path'],
    ['X-Forwarded-Host', 'user@evil.test'],
    ['X-Forwarded-Host', 'evil.test:99999'],
    ['X-Forwarded-Port', '0'],
    ['X-Forwarded-Port', '80; x'],
    ['X-Forwarded-Prefix', '//evil.test'],
    ['X-Forwarded-Prefix', '/\\evil.test'],
    ['X-Forwarded-Prefix', 'no-slash'],
  ])('S08: ignores %s: %s', async (name, value) => {
    const app = proxyFix(show, { proto: 1, host: 1, port: 1, prefix: 1 })
    expect(await seen(app(makeRequest('/', { [name]: value })))).toMatchObject({
      url: 'http://app.test/',
      root: '',
    })
  })

  it('S08: gives no value to a hop that is not there', async () => {
    const app = proxyFix(show, { for: 2 })
    expect(await seen(app(makeRequest('/', { 'X-Forwarded-For': '1.2.3.4' })))).toMatchObject({
      client: '10.0.0.1',
    })
  })

  it('refuses numbers of hops that are none', () => {
    for (const hops of [-1, 1.5, Number.NaN]) expect(() => proxyFix(show, { for: hops })).toThrow(RangeError)
  })
})

describe('dispatcher', () => {
  const app = dispatcher(() => new Response('root'), {
    '/api': show,
    '/api/v2': (request) => new Response(`v2 ${request.path}`),
  })

  it('moves the path of a mounted application', async () => {
    expect(await seen(app(makeRequest('/api/users?x=1')))).toMatchObject({
      root: '/api',
      path: '/users',
      url: 'http://app.test/api/users?x=1',
    })
    expect(await seen(app(makeRequest('/api')))).toMatchObject({ root: '/api', path: '/' })
  })

  it('prefers the longest path', async () => {
    expect(await (await app(makeRequest('/api/v2/x'))).text()).toBe('v2 /x')
  })

  it.each(['/', '/apis', '/other/api', '/API', '/api%2Fv2'])(
    'does not take %s for a mount',
    async (target) => {
      expect(await (await app(makeRequest(target))).text()).toBe('root')
    },
  )

  it('S31: compares decoded segments', async () => {
    expect(await seen(app(makeRequest('/%61pi/x')))).toMatchObject({ path: '/x' })
  })
})

describe('methodOverride', () => {
  it('S40: changes POST alone, to listed methods alone', async () => {
    const app = methodOverride(show)
    const send = (method: string, wanted: string) =>
      seen(app(makeRequest('/', { 'X-HTTP-Method-Override': wanted }, { method })))
    expect(await send('POST', 'delete')).toMatchObject({ method: 'DELETE' })
    expect(await send('POST', 'TRACE')).toMatchObject({ method: 'POST' })
    expect(await send('GET', 'DELETE')).toMatchObject({ method: 'GET' })
  })
})

describe('lint', () => {
  const breach = (answer: unknown, method = 'GET') => {
    const messages: string[] = []
    lint(() => answer as Response, { report: (message) => messages.push(message) })(
      makeRequest('/x', {}, { method }),
    )
    return messages.join(' ')
  }

  it.each<[what: string, answer: unknown, message: RegExp]>([
    ['no response', 'text', /must answer with a Response/],
    ['a body with 304', new Response('x', { status: 304 }), /no body/],
    ['an unquoted ETag', new Response('x', { headers: { ETag: 'abc' } }), /double quotes/],
    ['a redirect to nowhere', new Response('', { status: 302 }), /needs a Location/],
    ['framing', new Response('x', { headers: { 'Transfer-Encoding': 'chunked' } }), /business of the server/],
    ['a wrong length', new Response(new Uint8Array(3), { headers: { 'Content-Length': '2' } }), /3 bytes/],
  ])('finds %s', (_what, answer, message) => {
    expect(breach(answer)).toMatch(message)
  })

  it('is silent about what is right', () => {
    expect(breach(new Response('x'))).toBe('')
    expect(breach(new Response(null, { status: 204 }))).toBe('')
    expect(breach(new globalThis.Response('x'))).toBe('')
  })

  it('throws where nobody is told', () => {
    expect(() => lint(() => 5 as never)(makeRequest('/x'))).toThrow(
      'GET /x: the handler must answer with a Response, got 5.',
    )
  })
})

describe('httpProxy', () => {
  it('S25: does not let a path lead out of its prefix', async () => {
    const app = httpProxy(() => new Response('app'), { '/api/': { target: 'http://127.0.0.1:1' } })
    for (const target of ['/api/../admin', '/api/%2e%2e/admin', '/api/.%2E/admin', '/api/..\\admin']) {
      expect((await app(makeRequest(target))).status).toBe(400)
    }
    expect(await (await app(makeRequest('/other'))).text()).toBe('app')
  })

  it('answers 502 where nobody listens', async () => {
    const app = httpProxy(() => new Response('app'), { '/api/': { target: 'http://127.0.0.1:1' } })
    expect((await app(makeRequest('/api/x'))).status).toBe(502)
  })

  it('refuses targets that are no servers', () => {
    expect(() => httpProxy(show, { '/a/': { target: 'file:///etc' } })).toThrow(/http and https/)
    expect(() => httpProxy(show, { '/a': { target: 'http://127.0.0.1' } })).toThrow(
      /starts and ends with a slash/,
    )
  })
})
