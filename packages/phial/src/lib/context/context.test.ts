import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  afterThisRequest,
  copyCurrentRequestContext,
  currentApp,
  flash,
  g,
  getFlashedMessages,
  hasAppContext,
  hasRequestContext,
  makeResponse,
  Phial,
  Request,
  Response,
  request,
  session,
  streamWithContext,
  urlFor,
} from '../../index.ts'

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

describe('the globals', () => {
  it('stand for the objects of the request in force', async () => {
    const app = createApp()
    app.get('/<name>', async ({ name }, context) => {
      g['name'] = name
      await sleep(1)
      expect(request.path).toBe(`/${name}`)
      expect(request).toBeInstanceOf(Request)
      expect(request.args.get('q')).toBe('1')
      expect(currentApp.name).toBe('test')
      expect(currentApp).toBeInstanceOf(Phial)
      expect(context.g['name']).toBe(name)
      expect([...Object.keys(g)]).toEqual(['name'])
      expect('name' in g && g.has('name')).toBe(true)
      return String(g.pop('name'))
    })
    expect((await app.testClient().get('/ann?q=1')).text).toBe('ann')
  })

  it('R15: of interleaved requests, each has its own session and messages', async () => {
    const app = createApp()
    app.config.SECRET_KEY = 'a secret key of tests'
    app.get('/<int:id>', async ({ id }) => {
      session['id'] = id
      flash(`message ${id}`)
      await sleep(Math.random() * 5)
      return { id: session['id'], messages: getFlashedMessages() }
    })
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, id) => (await app.testClient().get(`/${id}`)).json()),
    )
    expect(answers).toEqual(answers.map((_, id) => ({ id, messages: [`message ${id}`] })))
  })

  it('R15: of 1,000 interleaved requests never mix', async () => {
    const app = createApp()
    app.beforeRequest(() => {
      g['id'] = request.args.get('id')
    })
    app.get('/', async () => {
      await sleep(Math.random() * 5)
      const first = g['id']
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
      return `${String(first)} ${request.args.get('id')} ${String(g['id'])}`
    })
    const client = app.testClient()
    const ids = Array.from({ length: 1000 }, (_, id) => id)
    const texts = await Promise.all(ids.map(async (id) => (await client.get(`/?id=${id}`)).text))
    expect(texts).toEqual(ids.map((id) => `${id} ${id} ${id}`))
  })

  it('say what to do outside of a context', () => {
    expect(() => request.path).toThrow(/Working outside of request context.*\n\n.*test client/)
    expect(() => g['x']).toThrow(/Working outside of application context.*\n\n.*appContext\(\)\.run/)
    expect(() => currentApp.name).toThrow(/Working outside of application context/)
    expect(() => urlFor('x')).toThrow(/Working outside of application context/)
    expect(hasAppContext()).toBe(false)
    expect(hasRequestContext()).toBe(false)
  })

  it('are gone when the request is over', async () => {
    const app = createApp()
    let late: Promise<boolean> | undefined
    app.get('/', () => {
      late = sleep(5).then(() => hasRequestContext())
      return 'x'
    })
    await app.testClient().get('/')
    expect(await late).toBe(false)
  })

  it('keep the methods of g', async () => {
    const app = createApp()
    app.appContext().run(() => {
      expect(g.get('missing', 5)).toBe(5)
      expect(g.setDefault('a', 1)).toBe(1)
      expect(g.setDefault('a', 2)).toBe(1)
      expect(g['toString']).toBeUndefined()
      expect(() => {
        ;(g as Record<string, unknown>)['get'] = 1
      }).toThrow(TypeError)
    })
  })
})

describe('contexts by hand', () => {
  it('an application context has an application and g, and no request', () => {
    const app = createApp()
    const torn: unknown[] = []
    app.teardownAppContext((error) => void torn.push(error))
    expect(app.appContext().run(() => [currentApp.name, hasRequestContext()])).toEqual(['test', false])
    expect(torn).toEqual([null])
  })

  it('tear down after the promise, and with the error', async () => {
    const app = createApp()
    const torn: unknown[] = []
    app.teardownAppContext((error) => void torn.push(error))
    const failure = new Error('x')
    const failing = app.appContext().run(async () => {
      await sleep(1)
      throw failure
    })
    expect(torn).toEqual([])
    await expect(failing).rejects.toBe(failure)
    expect(torn).toEqual([failure])
  })

  it('a made-up request matches its URL', () => {
    const app = createApp()
    app.get('/users/<int:id>', { endpoint: 'user' }, ({ id }) => String(id))
    app.testRequestContext('/users/7?tab=a', { method: 'GET' }).run(() => {
      expect([request.endpoint, request.viewArgs, request.args.get('tab')]).toEqual(['user', { id: 7 }, 'a'])
      expect(urlFor('user', { id: 8 })).toBe('/users/8')
    })
  })

  it('CTX-08: contexts of two applications restore each other', async () => {
    const inner = new Phial('inner', { staticFolder: null })
    inner.get('/', () => currentApp.name)
    const outer = new Phial('outer', { staticFolder: null })
    outer.get('/', async () => {
      const answer = await (await inner.fetch(new globalThis.Request('http://localhost/'))).text()
      return `${answer} in ${currentApp.name}`
    })
    expect((await outer.testClient().get('/')).text).toBe('inner in outer')
  })
})

describe('helpers of a request', () => {
  it('afterThisRequest runs once, before the after hooks', async () => {
    const app = createApp()
    const seen: string[] = []
    app.afterRequest(() => void seen.push('hook'))
    app.get('/once', () => {
      afterThisRequest((response) => {
        seen.push('own')
        response.headers.set('X-Once', '1')
      })
      return 'x'
    })
    app.get('/other', () => 'x')
    const client = app.testClient()
    expect((await client.get('/once')).headers.get('X-Once')).toBe('1')
    expect((await client.get('/other')).headers.get('X-Once')).toBeNull()
    expect(seen).toEqual(['own', 'hook', 'hook'])
  })

  it('makeResponse gives what a view may return as a response', async () => {
    const app = createApp()
    app.get('/', () => {
      const response = makeResponse({ a: 1 }, 201, { 'X-A': '1' })
      response.setCookie('seen', 'yes')
      return response
    })
    const response = await app.testClient().get('/')
    expect([response.status, response.text, response.headers.get('Set-Cookie')]).toEqual([
      201,
      '{"a":1}\n',
      'seen=yes; Path=/',
    ])
  })
})

describe('an application context inside of a request', () => {
  it('has its own g, and does not hide the request', async () => {
    const app = createApp()
    app.get('/page', { endpoint: 'page' }, () => {
      g['outer'] = 1
      return app.appContext().run(() => {
        expect([g['outer'], hasRequestContext()]).toEqual([undefined, true])
        return `${request.path} ${urlFor('page')}`
      })
    })
    expect((await app.testClient().get('/page')).text).toBe('/page /page')
  })
})

describe('copyCurrentRequestContext', () => {
  it('lets work go on with the request and the session when the response has been sent', async () => {
    const app = createApp()
    app.config.SECRET_KEY = 'a secret key of tests'
    let later: Promise<string> | undefined
    const ended: unknown[] = []
    app.teardownRequest(() => void ended.push(g['mine']))
    app.get('/', () => {
      g['mine'] = 1
      session['user'] = 'ann'
      const work = copyCurrentRequestContext(async (word: string) => {
        await sleep(5)
        return `${word} ${request.path} ${String(session['user'])} ${String(g['mine'])}`
      })
      later = work('late')
      return 'sent'
    })
    expect((await app.testClient().get('/')).text).toBe('sent')
    expect(await later).toBe('late / ann undefined')
    expect(ended).toEqual([1, undefined])
  })
})

describe('streamWithContext', () => {
  it('keeps the request for a stream that is put into a response by hand', async () => {
    const app = createApp()
    async function* rows() {
      yield `${request.path} `
      await sleep(1)
      yield request.args.get('q') ?? ''
    }
    app.get('/with', () => new Response(streamWithContext(rows()), { mimetype: 'text/csv' }))
    app.get('/view', () => rows())
    const client = app.testClient()
    const response = await client.get('/with?q=1')
    expect([response.text, response.mimetype]).toEqual(['/with 1', 'text/csv'])
    expect((await client.get('/view?q=2')).text).toBe('/view 2')
  })

  it('R03: ends the generator when the client leaves', async () => {
    const app = createApp()
    const seen: string[] = []
    function* endless() {
      try {
        for (;;) yield 'x'
      } finally {
        seen.push(`closed ${request.path}`)
      }
    }
    app.get('/', () => new Response(streamWithContext(endless())))
    const response = await app.fetch(new globalThis.Request('http://localhost/'))
    const reader = response.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(seen).toEqual(['closed /'])
  })
})
