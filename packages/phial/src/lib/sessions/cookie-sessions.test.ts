import { URLSafeTimedSerializer } from '@phial/signer'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { flash, Markup, Phial, type PhialConfig, reply, request, session, tuple, Uuid } from '../../index.ts'
import { SecureCookieSessionInterface } from '../../sessions.ts'
import { captureLog } from '../../testing.ts'

declare module '../../index.ts' {
  interface SessionData {
    cart?: { items: string[] }
  }
}

function createApp(config: Partial<PhialConfig> = {}): Phial {
  const app = new Phial('test', {
    staticFolder: null,
    config: { SECRET_KEY: 'a secret key of tests', ...config },
  })
  app.get('/set/<name>/<value>', ({ name, value }) => {
    session[name] = value
    return 'set'
  })
  app.get('/get/<name>', ({ name }) => String(session[name]))
  app.get('/add/<item>', ({ item }) => {
    session.cart ??= { items: [] }
    session.cart.items.push(item)
    return String(session.modified)
  })
  app.get('/cart', () => ({ items: session.cart?.items ?? [] }))
  app.get('/permanent', () => {
    session['kept'] = 1
    session.permanent = true
    return ''
  })
  app.get('/clear', () => {
    session.clear()
    return ''
  })
  app.get('/nothing', () => 'no session here')
  return app
}

function cookieOf(response: { headers: { getAll(name: string): string[] } }): string | undefined {
  return response.headers.getAll('Set-Cookie')[0]
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a session', () => {
  it('remembers from request to request', async () => {
    const client = createApp().testClient()
    await client.get('/set/user/ann')
    expect((await client.get('/get/user')).text).toBe('ann')
    expect((await client.get('/get/other')).text).toBe('undefined')
  })

  it('S52: can be kept from shared caches', async () => {
    const plain = createApp().testClient()
    expect((await plain.get('/set/a/1')).headers.get('Cache-Control')).toBe(null)
    const app = createApp({ SESSION_CACHE_CONTROL: 'private' })
    app.get('/public', () => {
      session['b'] = 1
      return reply('', 200, { 'Cache-Control': 'no-store' })
    })
    const client = app.testClient()
    expect((await client.get('/set/a/1')).headers.get('Cache-Control')).toBe('private')
    expect((await client.get('/get/a')).headers.get('Cache-Control')).toBe(null)
    expect((await client.get('/public')).headers.get('Cache-Control')).toBe('no-store')
    expect((await client.get('/clear')).headers.get('Cache-Control')).toBe('private')
  })

  it('is an object whose members stand beside its entries', async () => {
    const app = createApp()
    app.get('/', () => {
      expect([session.new, session.modified, session.permanent]).toEqual([true, false, false])
      session.set('new', 'an entry')
      session.update({ a: 1, b: 2 })
      expect([session.new, session.get('new'), session.get('c', 3)]).toEqual([true, 'an entry', 3])
      expect(Object.keys(session)).toEqual(['new', 'a', 'b'])
      expect('a' in session && session.has('a') && !('c' in session)).toBe(true)
      expect([session.pop('a'), session.pop('a', 'gone'), session.setDefault('d', 4)]).toEqual([1, 'gone', 4])
      delete session['b']
      expect({ ...session }).toMatchObject({ d: 4 })
      expect(() => {
        ;(session as { new: boolean }).new = false
      }).toThrow(/session\.set\('new', …\)/)
      expect(() => {
        session.get = () => 1
      }).toThrow(TypeError)
      return ''
    })
    expect((await app.testClient().get('/')).status).toBe(200)
  })

  it('notices changes inside of its values', async () => {
    const client = createApp().testClient()
    expect((await client.get('/add/tea')).text).toBe('true')
    expect((await client.get('/add/milk')).text).toBe('true')
    expect((await client.get('/cart')).json()).toEqual({ items: ['tea', 'milk'] })
    expect(cookieOf(await client.get('/cart'))).toBeUndefined()
  })

  it('keeps tuples, bytes, Markup, UUIDs and dates, and finds changes in them', async () => {
    const app = createApp()
    const id = 'd5ff0fb4-6a9c-4dbc-8f06-2e4f1c6e2d7a'
    app.get('/', () => {
      session['values'] = [tuple(1, 'x'), new Uint8Array([0, 255]), new Markup('<b>'), new Uuid(id)]
      session['date'] = new Date('2020-05-17T13:14:15Z')
      return ''
    })
    app.get('/look', () => {
      const [pair, bytes, html, uuid] = session['values'] as unknown[]
      expect([pair, bytes, String(html), String(uuid)]).toEqual([
        tuple(1, 'x'),
        new Uint8Array([0, 255]),
        '<b>',
        id,
      ])
      expect(session.modified).toBe(false)
      ;(session['date'] as Date).setUTCFullYear(2021)
      return String(session.modified)
    })
    app.get('/date', () => (session['date'] as Date).toISOString())
    const client = app.testClient()
    await client.get('/')
    expect((await client.get('/look')).text).toBe('true')
    expect((await client.get('/date')).text).toBe('2021-05-17T13:14:15.000Z')
  })

  it('costs nothing where it is not used', async () => {
    const app = createApp()
    const open = vi.spyOn(app.sessionInterface, 'openSession')
    const client = app.testClient()
    await client.get('/set/a/1')
    expect(open).toHaveBeenCalledTimes(1)
    const response = await client.get('/nothing')
    expect([cookieOf(response), response.headers.get('Vary')]).toEqual([undefined, null])
    expect(open).toHaveBeenCalledTimes(1)
  })

  it('takes its cookie back when it is emptied, and sends none while it is empty', async () => {
    const client = createApp().testClient()
    expect(cookieOf(await client.get('/get/a'))).toBeUndefined()
    await client.get('/set/a/1')
    const response = await client.get('/clear')
    expect(cookieOf(response)).toBe(
      'session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path=/',
    )
    expect(response.headers.get('Vary')).toBe('Cookie')
    expect(client.getCookie('session')).toBeNull()
  })

  it('is sent with the cookie that the configuration says', async () => {
    const app = createApp({
      SESSION_COOKIE_NAME: '__Secure-sid',
      SESSION_COOKIE_DOMAIN: 'example.com',
      SESSION_COOKIE_PATH: '/app',
      SESSION_COOKIE_HTTPONLY: false,
      SESSION_COOKIE_SECURE: true,
      SESSION_COOKIE_SAMESITE: 'None',
      SESSION_COOKIE_PARTITIONED: true,
    })
    const cookie = cookieOf(await app.testClient().get('/set/a/1'))
    expect(cookie).toMatch(
      /^__Secure-sid=\S+; Domain=example\.com; Secure; Path=\/app; SameSite=None; Partitioned$/,
    )
    const other = createApp({ APPLICATION_ROOT: '/mounted' })
    expect(cookieOf(await other.testClient().get('/set/a/1'))).toMatch(/; HttpOnly; Path=\/mounted$/)
  })

  it('lasts for its lifetime if it is permanent, and each request makes it last longer', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-01-01T00:00:00Z') })
    const app = createApp({ PERMANENT_SESSION_LIFETIME: '2h' })
    const client = app.testClient()
    expect(cookieOf(await client.get('/permanent'))).toContain('Expires=Mon, 01 Jan 2024 02:00:00 GMT')
    vi.setSystemTime(new Date('2024-01-01T01:30:00Z'))
    const refreshed = await client.get('/nothing')
    expect(cookieOf(refreshed)).toContain('Expires=Mon, 01 Jan 2024 03:30:00 GMT')
    expect(refreshed.headers.get('Vary')).toBe('Cookie')
    vi.setSystemTime(new Date('2024-01-01T03:31:00Z'))
    expect((await client.get('/get/kept')).text).toBe('undefined')
  })

  it('is not sent again where SESSION_REFRESH_EACH_REQUEST is off', async () => {
    const client = createApp({ SESSION_REFRESH_EACH_REQUEST: false }).testClient()
    await client.get('/permanent')
    expect(cookieOf(await client.get('/nothing'))).toBeUndefined()
    expect(cookieOf(await client.get('/get/kept'))).toBeUndefined()
  })

  it('refuses a lifetime that is none', async () => {
    const app = createApp({ PERMANENT_SESSION_LIFETIME: 'soon', PROPAGATE_EXCEPTIONS: true })
    await expect(app.testClient().get('/permanent')).rejects.toThrow(
      `PERMANENT_SESSION_LIFETIME is a number of seconds, or a number with a unit as in '31d', got "soon".`,
    )
  })

  it('warns of a cookie that browsers drop', async () => {
    const app = createApp()
    const records = captureLog(app)
    app.get('/long', () => {
      session['long'] = Array.from({ length: 400 }, () => Math.random().toString(36)).join('')
      return ''
    })
    await app.testClient().get('/long')
    expect(records.map(({ level, message }) => [level, message.includes('4093')])).toEqual([
      ['warning', true],
    ])
    app.config.MAX_COOKIE_SIZE = 0
    await app.testClient().get('/long')
    expect(records.length).toBe(1)
  })

  it('says which value it cannot hold', async () => {
    const app = createApp({ PROPAGATE_EXCEPTIONS: true })
    app.get('/', () => {
      session['callback'] = () => 1
      return ''
    })
    await expect(app.testClient().get('/')).rejects.toThrow(
      'The session cannot keep "callback": JSON cannot hold a function.',
    )
  })

  it('L09: refuses values that contain themselves', async () => {
    const app = createApp({ PROPAGATE_EXCEPTIONS: true })
    app.get('/', () => {
      const circle: unknown[] = []
      circle.push(circle, circle)
      session['circle'] = circle
      return ''
    })
    await expect(app.testClient().get('/')).rejects.toThrow(/100 levels/)
  })
})

describe('without a secret key', () => {
  it('a session is empty, and writing says how to set one', async () => {
    const app = createApp({ SECRET_KEY: null, PROPAGATE_EXCEPTIONS: true })
    app.get('/flash', () => {
      flash('x')
      return ''
    })
    app.get('/pop-missing', () => String(session.pop('missing', '')))
    const client = app.testClient()
    const response = await client.get('/get/a')
    expect([response.text, response.headers.get('Vary')]).toEqual(['undefined', null])
    for (const path of ['/set/a/1', '/clear', '/permanent', '/add/x', '/flash', '/pop-missing']) {
      await expect(client.get(path), path).rejects.toThrow(
        /The session is unavailable because no secret key was set\..*SECRET_KEY/,
      )
    }
  })
})

describe('the cookie', () => {
  it('S53, R19: is read with former keys, and signed with the present one', async () => {
    const app = createApp({ SECRET_KEY: 'the old secret key' })
    const client = app.testClient()
    await client.get('/set/a/1')
    app.config.SECRET_KEY = 'the new secret key'
    expect((await client.get('/get/a')).text).toBe('undefined')
    app.config.SECRET_KEY_FALLBACKS = ['the oldest secret key', 'the old secret key']
    expect((await client.get('/get/a')).text).toBe('1')
    await client.get('/set/b/2')
    app.config.SECRET_KEY_FALLBACKS = null
    expect((await client.get('/get/a')).text).toBe('1')
  })

  it('is signed with a key of bytes too, as Flask has them', async () => {
    const text = createApp({ SECRET_KEY: 'a secret key of tests' })
    const client = text.testClient()
    await client.get('/set/a/1')
    text.config.SECRET_KEY = new TextEncoder().encode('a secret key of tests')
    expect((await client.get('/get/a')).text).toBe('1')
    const random = crypto.getRandomValues(new Uint8Array(32))
    text.config.SECRET_KEY = random
    expect((await client.get('/get/a')).text).toBe('undefined')
    await client.get('/set/a/2')
    text.config.SECRET_KEY = 'another key of tests'
    text.config.SECRET_KEY_FALLBACKS = [random]
    expect((await client.get('/get/a')).text).toBe('2')
  })

  it.each([
    ['is changed', (value: string) => `${value.slice(0, -2)}xx`],
    ['is no cookie of ours', () => 'bogus'],
    ['is empty', () => ''],
    ['is signed for another use', () => new URLSafeTimedSerializer('a secret key of tests').dumps({ a: 1 })],
  ])('S55: that %s is an empty session', async (_what, change) => {
    const app = createApp()
    const client = app.testClient()
    await client.get('/set/a/1')
    client.setCookie('session', change(client.getCookie('session')!.value))
    expect((await client.get('/get/a')).text).toBe('undefined')
  })

  it.each([
    ['text', '"text"'],
    ['a list', '[1]'],
    ['no JSON', '{'],
    ['bytes that are none', '{"a":{" b":1}}'],
    ['bytes with a bad base64', '{"a":{" b":"€"}}'],
    ['a UUID that is none', '{"a":{" u":"x"}}'],
    ['a date that is none', '{"a":{" d":"yesterday"}}'],
    ['Markup that is none', '{"a":{" m":{}}}'],
    ['a tuple that is none', '{"a":{" t":1}}'],
    ['a tagged object that is none', '{"a":{" di":1}}'],
    ['an object that is nested too deep', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])(
    'S57: with a good signature that holds %s is an empty session, with one warning',
    async (_what, json) => {
      const app = createApp()
      const records = captureLog(app)
      const sessions = app.sessionInterface as SecureCookieSessionInterface
      vi.spyOn(sessions.serializer, 'dumps').mockReturnValueOnce(json)
      const cookie = sessions.getSigningSerializer(app)!.dumps(null)
      const client = app.testClient()
      client.setCookie('session', cookie)
      expect((await client.get('/get/a')).text).toBe('undefined')
      expect(records.map(({ level }) => level)).toEqual(['warning'])
    },
  )

  it('S59: unpacks to 64 KiB at most', async () => {
    const app = createApp()
    const records = captureLog(app)
    const large = new URLSafeTimedSerializer('a secret key of tests', {
      salt: 'cookie-session',
      signerOptions: { keyDerivation: 'hmac' },
      maxInflatedBytes: 1_000_000,
    })
    const client = app.testClient()
    client.setCookie('session', large.dumps({ a: 'y'.repeat(500_000) }))
    expect((await client.get('/get/a')).text).toBe('undefined')
    expect(records.length).toBe(1)
  })

  it('S61: that another host set first does not hide ours', async () => {
    const app = createApp()
    const client = app.testClient()
    await client.get('/set/a/1')
    const { value } = client.getCookie('session')!
    const fresh = app.testClient()
    const records = captureLog(app)
    const response = await fresh.get('/get/a', { headers: { Cookie: `session=tossed; session=${value}` } })
    expect(response.text).toBe('1')
    expect(records.map(({ message }) => message.slice(0, 43))).toEqual([
      'A request has 2 cookies for the session. An',
    ])
  })

  it('S56: that was signed in the future is an empty session', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-01-02T00:00:00Z') })
    const client = createApp().testClient()
    await client.get('/set/a/1')
    vi.setSystemTime(new Date('2024-01-01T00:00:00Z'))
    expect((await client.get('/get/a')).text).toBe('undefined')
  })

  it('S16: cannot change what objects inherit', async () => {
    const app = createApp()
    app.get('/', () => {
      session.set('__proto__', { polluted: true })
      session.set('constructor', 'x')
      return ''
    })
    const client = app.testClient()
    await client.get('/')
    await client.get('/cart')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect((await client.get('/get/constructor')).text).toBe('x')
  })

  it('may be signed otherwise', async () => {
    const sessions = new SecureCookieSessionInterface()
    sessions.digestMethod = 'sha256'
    sessions.salt = 'mine'
    const app = new Phial('test', {
      sessionInterface: sessions,
      config: { SECRET_KEY: 'a secret key of tests' },
    })
    app.get('/', () => {
      session['a'] = 1
      return ''
    })
    const cookie = cookieOf(await app.testClient().get('/'))!
    const token = cookie.slice('session='.length, cookie.indexOf(';'))
    const options = {
      salt: 'mine',
      signerOptions: { keyDerivation: 'hmac', digestMethod: 'sha256' },
    } as const
    expect(new URLSafeTimedSerializer('a secret key of tests', options).loads(token)).toEqual({ a: 1 })
  })
})

describe('S52: any look at the session makes the response vary with the cookie', () => {
  it.each<[string, () => unknown]>([
    ['reading', () => session['a']],
    ['get', () => session.get('a')],
    ['has', () => session.has('a')],
    ['in', () => 'a' in session],
    ['keys', () => Object.keys(session)],
    ['entries', () => Object.entries(session)],
    ['spread', () => ({ ...session })],
    ['JSON', () => JSON.stringify(session)],
    [
      'for in',
      () => {
        for (const key in session) return key
        return ''
      },
    ],
    ['permanent', () => session.permanent],
    ['pop', () => session.pop('b')],
    ['delete', () => Reflect.deleteProperty(session, 'b')],
    [
      'setting modified',
      () => {
        session.modified = true
      },
    ],
  ])('%s', async (_what, look) => {
    const app = createApp()
    app.get('/', () => {
      look()
      return ''
    })
    const client = app.testClient()
    await client.get('/set/a/1')
    expect((await client.get('/')).headers.get('Vary')).toBe('Cookie')
  })

  it('but asking whether it is new does not', async () => {
    const app = createApp()
    app.get('/', () => `${session.new} ${session.modified} ${session.accessed} ${request.path}`)
    expect((await app.testClient().get('/')).headers.get('Vary')).toBeNull()
  })
})

describe('S53: a short key', () => {
  it.each([
    [{}, 1],
    [{ DEBUG: true }, 0],
    [{ TESTING: true }, 0],
  ])('is warned of once: %j', async (config, warnings) => {
    const app = createApp({ SECRET_KEY: 'dev', ...config })
    const records = captureLog(app)
    const client = app.testClient()
    await client.get('/set/a/1')
    await client.get('/get/a')
    expect(records.filter(({ message }) => message.includes('The SECRET_KEY has 3 characters')).length).toBe(
      warnings,
    )
  })
})
