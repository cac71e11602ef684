import { describe, expect, it } from 'vitest'
import { g, hasRequestContext, Phial, redirect, request, session, urlFor } from '../../index.ts'
import { MemorySessionStore, StoredSessionInterface } from '../../sessions.ts'

declare module '../../index.ts' {
  interface SessionData {
    user?: string
  }
}

function createApp(options?: ConstructorParameters<typeof Phial>[1]): Phial {
  const app = new Phial('test', {
    staticFolder: null,
    config: { SECRET_KEY: 'a secret key of tests' },
    ...options,
  })
  app.get('/', () => `user ${session.user}`)
  app.post('/login', async () => {
    session.user = (await request.form()).require('user')
    g['seen'] = true
    return redirect('/')
  })
  return app
}

describe('sessionTransaction', () => {
  it.each([
    ['in a cookie', {}],
    ['in a store', { sessionInterface: new StoredSessionInterface(new MemorySessionStore()) }],
  ])('changes and shows the session of the client, %s', async (_where, options) => {
    const client = createApp(options).testClient()
    const isNew = await client.sessionTransaction((session) => {
      session.user = 'ann'
      return session.new
    })
    expect(isNew).toBe(true)
    expect((await client.get('/')).text).toBe('user ann')
    await client.sessionTransaction(async (session) => {
      await Promise.resolve()
      expect(session.user).toBe('ann')
      session.user = 'bob'
    })
    expect((await client.get('/')).text).toBe('user bob')
    await client.sessionTransaction((session) => session.clear())
    expect((await client.get('/')).text).toBe('user undefined')
  })

  it('says what it needs', async () => {
    const app = createApp({ config: {} })
    await expect(app.testClient().sessionTransaction(() => 1)).rejects.toThrow(/has no SECRET_KEY/)
    const client = createApp().testClient({ useCookies: false })
    await expect(client.sessionTransaction(() => 1)).rejects.toThrow(/keeps no cookies/)
  })
})

describe('use', () => {
  it('keeps the context of the last request', async () => {
    const app = createApp()
    const client = app.testClient()
    await client.use(async () => {
      expect(hasRequestContext()).toBe(false)
      await client.post('/login', { form: { user: 'ann' } })
      expect([session.user, g['seen'], request.path, urlFor('GET /')]).toEqual(['ann', true, '/login', '/'])
      await client.get('/?page=2')
      expect([request.args.get('page'), g['seen'], session.user]).toEqual(['2', undefined, 'ann'])
    })
    expect(hasRequestContext()).toBe(false)
  })
})

describe('the client of an application', () => {
  it('follows redirects and remembers them', async () => {
    const client = createApp().testClient()
    const response = await client.post('/login', { form: { user: 'ann' }, followRedirects: true })
    expect([response.text, response.request.path]).toEqual(['user ann', '/'])
    expect(response.history.map(({ status, location }) => [status, location])).toEqual([[302, '/']])
  })

  it('says who it is', async () => {
    const app = createApp()
    app.get('/agent', () => String(request.userAgent))
    const client = app.testClient()
    expect((await client.get('/agent')).text).toBe('phial-test-client')
    expect((await client.get('/agent', { headers: { 'User-Agent': 'mine' } })).text).toBe('mine')
  })

  it('asks where the configuration says that the application is', async () => {
    const app = createApp({
      subdomainMatching: true,
      config: { SERVER_NAME: 'example.com:8000', APPLICATION_ROOT: '/app', PREFERRED_URL_SCHEME: 'https' },
    })
    app.get('/where', () => request.url)
    app.get('/where', { subdomain: 'api', endpoint: 'api' }, () => `api ${request.url}`)
    expect((await app.testClient().get('/where')).text).toBe('https://example.com:8000/app/where')
    expect((await app.testClient({ subdomain: 'api' }).get('/where')).text).toBe(
      'api https://api.example.com:8000/app/where',
    )
  })

  it('sends JSON with whatever content type it is given', async () => {
    const app = createApp()
    app.post('/json', async () => ({ type: request.mimetype, got: await request.json() }))
    const client = app.testClient()
    expect((await client.post('/json', { json: { n: 2n } })).json()).toEqual({
      type: 'application/json',
      got: { n: 2 },
    })
    const response = await client.post('/json', { json: [1], contentType: 'application/problem+json' })
    expect(response.json()).toEqual({ type: 'application/problem+json', got: [1] })
  })
})
