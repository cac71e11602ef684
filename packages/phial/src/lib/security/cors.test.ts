import { describe, expect, it } from 'vitest'
import { abort, Blueprint, Phial } from '../../index.ts'
import { allowCors, type CorsOptions } from '../../security.ts'

function createApp(options: CorsOptions): Phial {
  const app = new Phial('test', { staticFolder: null })
  allowCors(app, options)
  app.beforeRequest(({ request }) => {
    if (request.args.has('login')) abort(401)
  })
  app.route('/', { methods: ['GET', 'PUT'] }, () => 'hello')
  return app
}

const ORIGIN = 'https://example.com'
const PREFLIGHT = { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' }

describe('S93: answers to other origins', () => {
  it('say that listed origins may read them', async () => {
    const client = createApp({ origins: [ORIGIN], exposeHeaders: ['X-Total'] }).testClient()
    const response = await client.get('/', { headers: { Origin: ORIGIN } })
    expect(response.headers.toList().filter(([name]) => /^(?:access|vary)/i.test(name))).toEqual([
      ['Vary', 'Origin'],
      ['Access-Control-Allow-Origin', ORIGIN],
      ['Access-Control-Expose-Headers', 'X-Total'],
    ])
  })

  it.each([
    'https://evil.test',
    'http://example.com',
    'https://example.com.evil.test',
    'https://example.com:8443',
    'https://EXAMPLE.com',
    'null',
    '',
  ])('do not let %j read them, and vary all the same', async (origin) => {
    const client = createApp({ origins: [ORIGIN], credentials: true }).testClient()
    for (const headers of [{ Origin: origin }, { ...PREFLIGHT, Origin: origin }]) {
      const response = await client.open('/', {
        method: 'Access-Control-Request-Method' in headers ? 'OPTIONS' : 'GET',
        headers,
      })
      expect([response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]).toEqual([
        null,
        'Origin',
      ])
      expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    }
  })

  it('are allowed to ask first, without a login', async () => {
    const client = createApp({ origins: [ORIGIN], credentials: true, maxAge: 60 }).testClient()
    const response = await client.options('/?login', {
      headers: { ...PREFLIGHT, 'Access-Control-Request-Headers': 'x-a, content-type' },
    })
    expect([response.status, response.headers.get('Access-Control-Allow-Methods')]).toEqual([
      200,
      'GET, HEAD, POST, PUT, PATCH, DELETE',
    ])
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('x-a, content-type')
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(response.headers.get('Access-Control-Max-Age')).toBe('60')
    expect(response.headers.get('Vary')).toBe('Origin, Access-Control-Request-Headers')
    expect((await client.get('/?login', { headers: { Origin: ORIGIN } })).status).toBe(401)
  })

  it('come for errors too', async () => {
    const client = createApp({ origins: [ORIGIN] }).testClient()
    const response = await client.get('/missing', { headers: { Origin: ORIGIN } })
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([404, ORIGIN])
  })

  it('may be for all, or for whom a function names', async () => {
    const all = await createApp({ origins: '*' })
      .testClient()
      .get('/', { headers: { Origin: 'null' } })
    expect([all.headers.get('Access-Control-Allow-Origin'), all.headers.get('Vary')]).toEqual(['*', null])
    const some = createApp({ origins: (origin) => origin.endsWith('.example.com') }).testClient()
    const response = await some.get('/', { headers: { Origin: 'https://a.example.com' } })
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('https://a.example.com')
  })

  it('may be those of a blueprint alone', async () => {
    const app = new Phial('test', { staticFolder: null })
    const api = new Blueprint('api', null, { urlPrefix: '/api' })
    allowCors(api, { origins: [ORIGIN], allowHeaders: ['X-Key'] })
    api.put('/', () => '')
    app.get('/', () => '')
    app.registerBlueprint(api)
    const client = app.testClient()
    const preflight = await client.options('/api/', { headers: PREFLIGHT })
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('X-Key')
    expect((await client.get('/', { headers: { Origin: ORIGIN } })).headers.has('Vary')).toBe(false)
  })

  it('cannot be for all together with credentials, and need origins', () => {
    expect(() => createApp({ origins: '*', credentials: true })).toThrow(/any site could read answers/)
    for (const origin of ['example.com', 'https://example.com/', 'null', '*']) {
      expect(() => createApp({ origins: [origin] }), origin).toThrow(/An origin is a scheme and a host/)
    }
  })
})
