import { describe, expect, it } from 'vitest'
import { g, html, Phial, Response, reply, request } from '../index.ts'
import { captureLog } from './testing/capture-log.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

describe('what a view may return', () => {
  const app = createApp()
  app.get('/text', () => '<p>ü</p>')
  app.get('/markup', () => html`<p>${'<'}</p>`)
  app.get('/object', () => ({ a: 1, b: ['x'] }))
  app.get('/array', () => [1, 2])
  app.get('/map', () => ({ m: new Map([['k', 1]]), s: new Set([1]), big: 2n ** 70n, empty: {} }))
  app.get('/bytes', () => new Uint8Array([1, 2]))
  app.get('/blob', () => new Blob(['x'], { type: 'text/css' }))
  app.get('/reply', () => reply('made', 201, { 'X-A': '1' }))
  app.get('/reply-reason', () => reply({ a: 1 }, '418 Tea'))
  app.get('/reply-headers', () => reply('x', { 'X-B': '2' }))
  app.get('/response', () => new Response('own', { status: 202 }))
  app.get(
    '/fetch-response',
    () => new globalThis.Response('theirs', { status: 203, headers: { 'X-C': '3' } }),
  )
  app.get('/handler', () => (seen: globalThis.Request) => new globalThis.Response(seen.method))
  app.get('/later', async () => 'later')
  app.get('/generator', function* () {
    yield 'a'
    yield 'b'
  })
  app.get('/async-generator', async function* () {
    yield 'a'
    await Promise.resolve()
    yield request.path
  })
  const client = app.testClient()

  it.each<[path: string, status: number, type: string, body: string]>([
    ['/text', 200, 'text/html; charset=utf-8', '<p>ü</p>'],
    ['/markup', 200, 'text/html; charset=utf-8', '<p>&lt;</p>'],
    ['/object', 200, 'application/json', '{"a":1,"b":["x"]}\n'],
    ['/array', 200, 'application/json', '[1,2]\n'],
    ['/map', 200, 'application/json', '{"m":{"k":1},"s":[1],"big":1180591620717411303424,"empty":{}}\n'],
    ['/bytes', 200, 'text/html; charset=utf-8', '\x01\x02'],
    ['/blob', 200, 'text/css', 'x'],
    ['/reply', 201, 'text/html; charset=utf-8', 'made'],
    ['/reply-reason', 418, 'application/json', '{"a":1}\n'],
    ['/reply-headers', 200, 'text/html; charset=utf-8', 'x'],
    ['/response', 202, 'text/html; charset=utf-8', 'own'],
    ['/fetch-response', 203, 'text/plain;charset=UTF-8', 'theirs'],
    ['/handler', 200, 'text/plain;charset=UTF-8', 'GET'],
    ['/later', 200, 'text/html; charset=utf-8', 'later'],
    ['/generator', 200, 'text/html; charset=utf-8', 'ab'],
    ['/async-generator', 200, 'text/html; charset=utf-8', 'a/async-generator'],
  ])('%s', async (path, status, type, body) => {
    const response = await client.get(path)
    expect([response.status, response.headers.get('Content-Type'), response.text]).toEqual([
      status,
      type,
      body,
    ])
  })

  it('gives a reply its headers', async () => {
    expect((await client.get('/reply')).headers.get('X-A')).toBe('1')
    expect((await client.get('/reply-headers')).headers.get('X-B')).toBe('2')
    expect((await client.get('/fetch-response')).headers.get('X-C')).toBe('3')
  })
})

describe('a view that returns nothing', () => {
  it.each([undefined, null])('is an error that names the view: %s', async (nothing) => {
    const app = createApp()
    app.get('/', { endpoint: 'index' }, () => nothing as never)
    app.testing = true
    await expect(app.testClient().get('/')).rejects.toThrow(/"index" did not return a valid response/)
  })

  it('is an error that lists what may be returned, for numbers and the like', async () => {
    const app = createApp()
    app.get('/', { endpoint: 'index' }, () => 5 as never)
    app.testing = true
    await expect(app.testClient().get('/')).rejects.toThrow(/the number 5.*Expected a string or Markup/)
  })
})

describe('hooks', () => {
  it('run in the order of Flask', async () => {
    const app = createApp()
    const seen: string[] = []
    app.urlValuePreprocessor((endpoint) => void seen.push(`values ${endpoint}`))
    app.beforeRequest(() => void seen.push('before 1'))
    app.beforeRequest(async () => void seen.push('before 2'))
    app.afterRequest((response) => {
      seen.push('after 1')
      return response
    })
    app.afterRequest(async () => void seen.push('after 2'))
    app.teardownRequest(() => void seen.push('teardown 1'))
    app.teardownRequest(async () => void seen.push('teardown 2'))
    app.teardownAppContext(() => void seen.push('context'))
    app.get('/', { endpoint: 'index' }, () => {
      seen.push('view')
      return 'x'
    })
    await app.testClient().get('/')
    expect(seen).toEqual([
      'values index',
      'before 1',
      'before 2',
      'view',
      'after 2',
      'after 1',
      'teardown 2',
      'teardown 1',
      'context',
    ])
  })

  it('a before hook that answers takes the place of the view', async () => {
    const app = createApp()
    app.beforeRequest(() => reply('stop', 403))
    app.beforeRequest(() => {
      throw new Error('must not run')
    })
    app.get('/', () => 'view')
    const response = await app.testClient().get('/')
    expect([response.status, response.text]).toEqual([403, 'stop'])
  })

  it('run for 404 and 405 too', async () => {
    const app = createApp()
    const seen: string[] = []
    app.beforeRequest(({ endpoint }) => void seen.push(String(endpoint)))
    app.afterRequest((response) => response.headers.set('X-After', '1'))
    app.post('/only-post', () => 'x')
    const client = app.testClient()
    const missing = await client.get('/missing')
    expect([missing.status, missing.headers.get('X-After')]).toEqual([404, '1'])
    const wrong = await client.get('/only-post')
    expect(wrong.status).toBe(405)
    expect(new Set(wrong.headers.get('Allow')?.split(', '))).toEqual(new Set(['POST', 'OPTIONS']))
    expect(seen).toEqual(['null', 'null'])
  })

  it('R07: all teardowns run, and what they throw is logged, not sent', async () => {
    const app = createApp()
    const log = captureLog(app)
    const seen: string[] = []
    app.teardownRequest(() => void seen.push('first'))
    app.teardownRequest(async () => {
      throw new Error('second failed')
    })
    app.teardownRequest(() => {
      throw new Error('third failed')
    })
    app.get('/', () => 'fine')
    const response = await app.testClient().get('/')
    expect([response.status, response.text]).toEqual([200, 'fine'])
    expect(seen).toEqual(['first'])
    expect(log.map(({ error }) => (error as Error).message)).toEqual(['third failed', 'second failed'])
  })

  it('teardown gets the error that nothing handled, and null for one that a handler took', async () => {
    const app = createApp()
    captureLog(app)
    const seen: unknown[] = []
    app.teardownRequest((error) => void seen.push(error))
    app.errorHandler(RangeError, () => 'handled')
    app.get('/handled', () => {
      throw new RangeError('known')
    })
    const unknown = new Error('unknown')
    app.get('/unhandled', () => {
      throw unknown
    })
    const client = app.testClient()
    await client.get('/handled')
    await client.get('/unhandled')
    expect(seen).toEqual([null, unknown])
  })

  it('teardown of a streamed response waits for its end, and the context lives until then', async () => {
    const app = createApp()
    const seen: string[] = []
    app.teardownRequest(() => void seen.push('teardown'))
    app.get('/', async function* () {
      g['n'] = 1
      yield 'a'
      seen.push(`stream ${String(g['n'])}`)
      yield 'b'
    })
    expect((await app.testClient().get('/')).text).toBe('ab')
    expect(seen).toEqual(['stream 1', 'teardown'])
  })
})

describe('a synchronous request', () => {
  it('is answered without a promise', () => {
    const app = createApp()
    app.beforeRequest(() => undefined)
    app.afterRequest((response) => response)
    app.get('/', () => 'x')
    const response = app.fetch(app.requestClass.from(new globalThis.Request('http://localhost/')))
    expect(response).toBeInstanceOf(Response)
    expect(response).toBeInstanceOf(globalThis.Response)
  })
})
