import { describe, expect, it, vi } from 'vitest'
import { Phial, type PhialConfig, requestStarted, session } from '../../index.ts'
import { MemorySessionStore, type SessionStore, StoredSessionInterface } from '../../sessions.ts'

function createApp(store: SessionStore, config: Partial<PhialConfig> = {}): Phial {
  const app = new Phial('test', {
    staticFolder: null,
    sessionInterface: new StoredSessionInterface(store),
    config,
  })
  app.get('/set/<value>', ({ value }) => {
    session['a'] = value
    return ''
  })
  app.get('/get', async () => String(session['a']))
  app.get('/login', () => {
    session.regenerate()
    return ''
  })
  app.get('/logout', () => {
    session.clear()
    return ''
  })
  return app
}

describe('sessions in a store', () => {
  it('are kept on the server; the cookie has an id alone, and no secret key is needed', async () => {
    const store = new MemorySessionStore()
    const client = createApp(store).testClient()
    await client.get('/set/1')
    const id = client.getCookie('session')!.value
    expect(id).toMatch(/^[\w-]{43}$/)
    expect(store.get(id)).toEqual({ a: '1' })
    expect((await client.get('/get')).text).toBe('1')
    await client.get('/set/2')
    expect(client.getCookie('session')!.value).toBe(id)
  })

  it('may be read later: views and hooks wait for them', async () => {
    const inner = new MemorySessionStore()
    const store: SessionStore = {
      get: async (id) => inner.get(id),
      set: async (id, entries, seconds) => inner.set(id, entries, seconds),
      delete: async (id) => inner.delete(id),
    }
    const app = createApp(store)
    const seen: unknown[] = []
    app.beforeRequest(() => {
      seen.push(session['a'])
    })
    const client = app.testClient()
    await requestStarted.connectedTo(
      () => seen.push(session['a']),
      async () => {
        await client.get('/set/1')
        await client.get('/get')
      },
      { sender: app },
    )
    expect(seen).toEqual([undefined, undefined, '1', '1'])
  })

  it('say how to open them outside of a request', async () => {
    const store = new MemorySessionStore()
    const app = createApp({ ...store, get: async () => ({ a: 1 }) } as unknown as SessionStore)
    const context = app.testRequestContext('/', { headers: { Cookie: `session=${'x'.repeat(43)}` } })
    expect(() => context.session).toThrow(/await context\.openSession\(\)/)
    await context.openSession()
    expect(context.session['a']).toBe(1)
  })

  it('S60: get a new id when a user logs in, and the former one is worth nothing', async () => {
    const store = new MemorySessionStore()
    const client = createApp(store).testClient()
    await client.get('/set/1')
    const before = client.getCookie('session')!.value
    await client.get('/login')
    const after = client.getCookie('session')!.value
    expect(after).not.toBe(before)
    expect([store.get(before), store.get(after)]).toEqual([null, { a: '1' }])
  })

  it('S60: are deleted on logout', async () => {
    const store = new MemorySessionStore()
    const client = createApp(store).testClient()
    await client.get('/set/1')
    await client.get('/logout')
    expect([store.size, client.getCookie('session')]).toEqual([0, null])
  })

  it.each(['x'.repeat(43), '../../etc/passwd', ''])('S60: never take over the unknown id %j', async (id) => {
    const store = new MemorySessionStore()
    const client = createApp(store).testClient()
    client.setCookie('session', id)
    expect((await client.get('/get')).text).toBe('undefined')
    await client.get('/set/1')
    expect(client.getCookie('session')!.value).not.toBe(id)
    expect(store.get(id)).toBeNull()
  })

  it('S60: leave no record of those who only read', async () => {
    const store = new MemorySessionStore()
    const client = createApp(store).testClient()
    const response = await client.get('/get')
    expect([store.size, response.headers.get('Set-Cookie'), response.headers.get('Vary')]).toEqual([
      0,
      null,
      'Cookie',
    ])
  })

  it('end after their lifetime', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    const store = new MemorySessionStore({ maxSessions: 2 })
    store.set('a', { x: 1 }, 60)
    vi.setSystemTime(59_000)
    expect(store.get('a')).toEqual({ x: 1 })
    vi.setSystemTime(60_000)
    expect(store.get('a')).toBeNull()
    for (const id of ['b', 'c', 'd']) store.set(id, {}, 60)
    expect([store.get('b'), store.size]).toEqual([null, 2])
    vi.useRealTimers()
  })

  it('R24: an error of the store is an error of the application', async () => {
    const store: SessionStore = {
      get: async () => {
        throw new Error('the store is down')
      },
      set: () => undefined,
      delete: () => undefined,
    }
    const app = createApp(store)
    app.errorHandler(Error, (error) => `handled: ${error.message}`)
    const client = app.testClient()
    client.setCookie('session', 'x'.repeat(43))
    expect((await client.get('/get')).text).toBe('handled: the store is down')
  })
})
