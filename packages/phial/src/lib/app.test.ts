import { methodOverride, proxyFix } from '@phial/http/middleware'
import { describe, expect, it } from 'vitest'
import {
  Blueprint,
  currentApp,
  EndpointConflictError,
  lazy,
  Phial,
  Response,
  redirect,
  request,
  SetupFinishedError,
  sendFile,
  sendFromDirectory,
  unwrap,
  urlFor,
} from '../index.ts'
import { captureLog } from '../testing.ts'

function createApp(options?: ConstructorParameters<typeof Phial>[1]): Phial {
  return new Phial('test', { staticFolder: null, ...options })
}

describe('an application', () => {
  it('takes its name and folder from its module', () => {
    const app = new Phial({ url: 'file:///srv/my%20site/shop.ts' })
    expect([app.name, app.rootPath, app.staticFolder, app.staticUrlPath]).toEqual([
      'shop',
      '/srv/my site',
      '/srv/my site/static',
      '/static',
    ])
    expect(new Phial('named').rootPath).toBeNull()
  })

  it('answers requests of the runtime, also with its method taken out', async () => {
    const app = createApp()
    app.get('/', () => `Hello ${request.host}`)
    const { fetch } = app
    const response = await fetch(new globalThis.Request('http://example.com/'))
    expect(response).toBeInstanceOf(globalThis.Response)
    expect(await response.text()).toBe('Hello example.com')
  })

  it('passes on bindings and context of the runtime', async () => {
    const app = createApp()
    app.get('/', (_params, { request }) => ({ env: request.env, context: request.executionContext }))
    const response = await app.fetch(new globalThis.Request('http://localhost/'), { KV: 1 }, { id: 2 })
    expect(await response.json()).toEqual({ env: { KV: 1 }, context: { id: 2 } })
  })

  it('can be wrapped; the last wrapper sees the request first', async () => {
    const app = createApp()
    app.get('/', () => request.scheme)
    app.wrap((next) => (seen) => next(seen.with({ scheme: 'https' })))
    app.wrap((next) => async (seen) => {
      const response = await next(seen)
      response.headers.set('X-Outer', seen.scheme)
      return response
    })
    const response = await app.testClient().get('/')
    expect([response.text, response.headers.get('X-Outer')]).toEqual(['https', 'http'])
  })

  it('can be wrapped by middleware of @phial/http, and by what answers itself', async () => {
    const app = createApp()
    app.get('/', () => [request.remoteAddr, request.url])
    app.wrap((next) => proxyFix(next, { host: 1 }))
    app.wrap((next) => (seen) => (seen.path === '/up' ? new globalThis.Response('up') : next(seen)))
    const headers = {
      'X-Forwarded-For': '203.0.113.7',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'shop.test',
    }
    const response = await app.testClient().get('/', { headers })
    expect(response.json()).toEqual(['203.0.113.7', 'https://shop.test/'])
    expect((await app.testClient().get('/up')).text).toBe('up')
  })

  it('can be wrapped by middleware that changes the method', async () => {
    const app = createApp()
    app.delete('/', () => request.method)
    app.wrap(methodOverride)
    const headers = { 'X-HTTP-Method-Override': 'DELETE' }
    expect((await app.testClient().post('/', { headers })).text).toBe('DELETE')
  })

  it('uses the classes that it is given', async () => {
    class OwnResponse extends Response {
      static override defaultMimetype = 'text/plain'
    }
    const app = createApp({ responseClass: OwnResponse })
    app.get('/', () => 'x')
    app.get('/redirect', () => redirect('/'))
    expect((await app.testClient().get('/')).mimetype).toBe('text/plain')
    const own = app.requestClass.from(new globalThis.Request('http://localhost/redirect'))
    expect(await app.fetch(own)).toBeInstanceOf(OwnResponse)
  })

  it('serves files of its static folder', async () => {
    const app = new Phial(import.meta, { staticFolder: '.', staticUrlPath: '/files' })
    const client = app.testClient()
    const response = await client.get('/files/app.test.ts')
    expect(response.status).toBe(200)
    expect(response.headers.get('ETag')).not.toBeNull()
    const again = await client.get('/files/app.test.ts', {
      headers: { 'If-None-Match': response.headers.get('ETag')! },
    })
    expect(again.status).toBe(304)
    expect(urlOf(app, 'static', { filename: 'a b.txt' })).toBe('/files/a%20b.txt')
  })

  it.each([
    '/files/../package.json',
    '/files/%2e%2e/index.ts',
    '/files/..%2findex.ts',
    '/files/context%2Fcurrent.ts',
    '/files//etc/passwd',
    '/files/context',
    '/files/%00',
    '/files/missing.txt',
    '/files/..%5cindex.ts',
  ])('S30, S31: answers 404 to %s', async (path) => {
    const app = new Phial(import.meta, { staticFolder: '.', staticUrlPath: '/files' })
    expect((await app.testClient().get(path, { followRedirects: true })).status).toBe(404)
  })
})

describe('routes', () => {
  it('take the methods of their registration', async () => {
    const app = createApp()
    app.get('/r', () => 'get')
    app.post('/r', () => 'post')
    app.put('/r', () => 'put')
    app.patch('/r', () => 'patch')
    app.delete('/r', () => 'delete')
    app.route('/many', { methods: ['get', 'POST'] }, () => request.method)
    const client = app.testClient()
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      expect((await client[method]('/r')).text).toBe(method)
    }
    expect((await client.get('/many')).text).toBe('GET')
    expect((await client.post('/many')).text).toBe('POST')
  })

  it('answer HEAD as GET without a body, and OPTIONS by themselves', async () => {
    const app = createApp()
    app.get('/', () => 'hello')
    const client = app.testClient()
    const head = await client.head('/')
    expect([head.status, head.text, head.headers.get('Content-Length')]).toEqual([200, '', '5'])
    const options = await client.options('/')
    expect([options.status, options.text]).toEqual([200, ''])
    expect(new Set(options.headers.get('Allow')?.split(', '))).toEqual(new Set(['GET', 'HEAD', 'OPTIONS']))
  })

  it('leave OPTIONS to the view that wants it', async () => {
    const app = createApp()
    app.route('/own', { methods: ['OPTIONS'] }, () => 'mine')
    app.get('/none', { provideAutomaticOptions: false }, () => 'x')
    const client = app.testClient()
    expect((await client.options('/own')).text).toBe('mine')
    expect((await client.options('/none')).status).toBe(405)
  })

  it('are named by their function, their option, or methods and rule', () => {
    const app = createApp()
    function index() {
      return 'x'
    }
    expect(app.get('/', index).endpoint).toBe('index')
    expect(app.get('/a', { endpoint: 'other' }, () => 'x').endpoint).toBe('other')
    expect(app.get('/b', () => 'x').endpoint).toBe('GET /b')
  })

  it('refuse two views for one endpoint, and allow two rules for one view', () => {
    const app = createApp()
    const view = () => 'x'
    app.get('/', { endpoint: 'a' }, view)
    app.get('/again', { endpoint: 'a' }, view)
    expect(() => app.get('/b', { endpoint: 'a' }, () => 'y')).toThrow(EndpointConflictError)
  })

  it.each<[what: string, make: (app: Phial) => unknown, message: string]>([
    [
      'no blueprint',
      (app) => app.registerBlueprint('admin' as never),
      'app.registerBlueprint() takes a Blueprint; got "admin".',
    ],
    ['a class of blueprints', (app) => app.registerBlueprint(Blueprint as never), 'got the class Blueprint.'],
    [
      'nothing to use',
      (app) => app.use(undefined as never),
      'app.use() takes a middleware, which is a function,',
    ],
    [
      'nothing to mount',
      (app) => app.mount('/x', new Map() as never),
      'or a fetch handler; got an object of class Map.',
    ],
    [
      'no view for a URL',
      (app) => app.urlFor(undefined as never),
      'urlFor() takes an endpoint, or what registering a view has returned; got undefined. Something imported is undefined where two modules import each other',
    ],
    [
      'no module',
      () => new Phial(undefined as never),
      'new Phial() takes import.meta of the module that makes it, or a name; got undefined.',
    ],
  ])('say what is wrong with %s', (_what, make, message) => {
    expect(() => make(createApp())).toThrow(message)
  })

  it('say what is wrong with a registration', () => {
    const app = createApp()
    expect(() => app.get('/', 'not a view' as never)).toThrow(/needs a view as its last argument/)
    expect(() => app.get('/', { methods: ['POST'] } as never, () => 'x')).toThrow(/sets the method itself/)
    expect(() => app.route('/', { methods: 'POST' as never }, () => 'x')).toThrow(/are a list/)
  })

  it('give views the defaults of the rule', async () => {
    const app = createApp()
    app.get('/page/', { endpoint: 'pages', defaults: { page: 1 } }, ({ page }) => String(page + 1))
    expect((await app.testClient().get('/page/')).text).toBe('2')
  })

  it('may get their view later', async () => {
    const app = createApp()
    app.addUrlRule('/late', { endpoint: 'late' })
    app.endpoint('late', () => 'there')
    expect((await app.testClient().get('/late')).text).toBe('there')
  })

  it('APP-18: cannot be added once requests were handled', async () => {
    const app = createApp()
    app.get('/', () => 'x')
    await app.testClient().get('/')
    for (const late of [() => app.get('/b', () => 'x'), () => app.beforeRequest(() => undefined)]) {
      expect(late).toThrow(SetupFinishedError)
    }
    expect(() => app.errorHandler(404, () => 'x')).toThrow(/app\.errorHandler\(\) was called after/)
  })
})

describe('urlFor', () => {
  it('takes a view handle or an endpoint; unknown values become the query', () => {
    const app = createApp()
    const post = app.get('/posts/<int:id>', { endpoint: 'post' }, ({ id }) => String(id))
    app.testRequestContext('/').run(() => {
      expect(urlFor(post, { id: 3, page: 2 })).toBe('/posts/3?page=2')
      expect(urlFor('post', { id: 3, tag: ['a', 'b'], none: null })).toBe('/posts/3?tag=a&tag=b')
      expect(urlFor(post, { id: 3 }, { anchor: 'a b/c?' })).toBe('/posts/3#a%20b/c?')
      expect(urlFor(post, { id: 3 }, { external: true })).toBe('http://localhost/posts/3')
      expect(urlFor(post, { id: 3 }, { scheme: 'https' })).toBe('https://localhost/posts/3')
      expect(() => urlFor(post, { id: 3 }, { scheme: 'https', external: false })).toThrow(TypeError)
    })
  })

  it('is external outside of a request, and needs to know the server', () => {
    const app = createApp()
    app.get('/', { endpoint: 'index' }, () => 'x')
    expect(() => urlOf(app, 'index')).toThrow(/SERVER_NAME/)
    app.config.SERVER_NAME = 'example.com'
    app.config.PREFERRED_URL_SCHEME = 'https'
    app.config.APPLICATION_ROOT = '/shop'
    expect(app.urlFor('index')).toBe('https://example.com/shop/')
    expect(app.urlFor('index', {}, { external: false })).toBe('/shop/')
  })

  it('names what comes near', () => {
    const app = createApp()
    app.get('/', { endpoint: 'index' }, () => 'x')
    app.get('/p/<int:id>', { endpoint: 'post' }, () => 'x')
    app.testRequestContext('/').run(() => {
      expect(() => urlFor('indx')).toThrow(/Did you mean 'index'/)
      expect(() => urlFor('post', {})).toThrow(/id/)
    })
  })

  it('asks url defaults and build error handlers', () => {
    const app = createApp()
    app.get('/<lang>/', { endpoint: 'home' }, ({ lang }) => lang)
    app.urlDefaults((endpoint, values) => {
      if (app.urlMap.isEndpointExpecting(endpoint, 'lang')) values['lang'] ??= 'en'
    })
    app.urlBuildErrorHandlers.push((_error, endpoint) => (endpoint === 'cdn' ? 'https://cdn.test/' : null))
    app.testRequestContext('/').run(() => {
      expect(urlFor('home')).toBe('/en/')
      expect(urlFor('home', { lang: 'de' })).toBe('/de/')
      expect(urlFor('cdn')).toBe('https://cdn.test/')
      expect(() => urlFor('other')).toThrow(/other/)
    })
  })

  it('knows the path under which the application is mounted', async () => {
    const app = createApp()
    app.get('/', { endpoint: 'index' }, () => urlFor('index'))
    expect((await app.testClient().get('/', { baseUrl: 'http://localhost/mounted' })).text).toBe('/mounted/')
  })
})

describe('configuration', () => {
  it('limits bodies', async () => {
    const app = createApp({ config: { MAX_CONTENT_LENGTH: 10 } })
    app.post('/', async (_params, { request }) => request.text())
    const client = app.testClient()
    expect((await client.post('/', { body: '1234567890' })).status).toBe(200)
    expect((await client.post('/', { body: '12345678901' })).status).toBe(413)
  })

  it('refuses hosts that are not trusted, before a view sees them', async () => {
    const app = createApp({ config: { TRUSTED_HOSTS: ['example.com'] } })
    app.get('/', () => request.host)
    const client = app.testClient()
    expect((await client.get('/', { baseUrl: 'http://example.com' })).text).toBe('example.com')
    expect((await client.get('/', { baseUrl: 'http://evil.test' })).status).toBe(400)
  })

  it('takes keys from objects and gives namespaces', () => {
    const app = createApp()
    app.config.fromObject({ SHOP_NAME: 'x', lower: 1, SHOP_SIZE: 2 })
    expect(app.config.getNamespace('SHOP_')).toEqual({ name: 'x', size: 2 })
    expect('lower' in app.config).toBe(false)
    app.config.update(JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, unknown>)
    expect((app.config as unknown as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('shows what the JSON parser says in debug mode alone', async () => {
    const app = createApp()
    app.post('/', async (_params, { request }) => (await request.json()) as object)
    const client = app.testClient()
    const send = async () => (await client.post('/', { body: '{bad', contentType: 'application/json' })).text
    expect(await send()).not.toContain('Failed to decode')
    app.debug = true
    expect(await send()).toContain('Failed to decode JSON object')
  })
})

function urlOf(app: Phial, endpoint: string, values = {}): string {
  let url = ''
  if (endpoint === 'static') app.testRequestContext('/').run(() => (url = app.urlFor(endpoint, values)))
  else url = app.urlFor(endpoint, values)
  return url
}

describe('an extension', () => {
  it('sets itself up on each application that uses it, and keeps its state there', async () => {
    class Counter {
      initApp(app: Phial): void {
        const state = { requests: 0 }
        app.extensions['counter'] = state
        app.beforeRequest(() => {
          state.requests++
        })
        app.get('/count', () => String(state.requests))
      }
    }
    const counter = new Counter()
    const [first, second] = [createApp(), createApp()]
    first.use(counter)
    second.use(counter)
    const client = first.testClient()
    await client.get('/count')
    expect((await client.get('/count')).text).toBe('2')
    expect(second.extensions['counter']).toEqual({ requests: 0 })
    expect(() => first.use(counter)).toThrow(SetupFinishedError)
  })
})

describe('a mounted application', () => {
  it('gets the requests below its path, which is its root', async () => {
    const app = createApp()
    const inner = createApp()
    inner.get('/page', { endpoint: 'page' }, () => `${request.rootPath} ${request.path} ${urlFor('page')}`)
    app.get('/page', () => 'outer')
    app.mount('/inner', inner)
    app.mount('/plain', async (request) => new globalThis.Response(new URL(request.url).pathname))
    app.mount('/bound', inner.fetch)
    const client = app.testClient()
    expect((await client.get('/page')).text).toBe('outer')
    expect((await client.get('/inner/page')).text).toBe('/inner /page /inner/page')
    expect((await client.get('/inner/missing')).status).toBe(404)
    expect((await client.get('/bound/page')).text).toBe('/bound /page /bound/page')
    expect((await client.get('/plain/x')).text).toBe('/x')
    expect((await client.get('/innermost')).status).toBe(404)
    expect(() => app.mount('/late', inner)).toThrow(SetupFinishedError)
    expect(() => createApp().mount('api', inner)).toThrow(/starts with a slash/)
  })

  it('starts and stops with the application around it', async () => {
    const app = createApp()
    const inner = createApp()
    const seen: string[] = []
    inner.onStart(() => void seen.push('inner starts'))
    inner.onShutdown(async () => void seen.push('inner stops'))
    app.mount('/inner', inner)
    app.mount('/plain', { fetch: () => new globalThis.Response('') })
    app.onStart(() => void seen.push('outer starts'))
    app.onShutdown(() => void seen.push('outer stops'))
    await app.startup()
    await app.shutdown()
    expect(seen).toEqual(['inner starts', 'outer starts', 'outer stops', 'inner stops'])
  })

  it('opens WebSockets below its path', async () => {
    const app = createApp()
    const inner = createApp()
    inner.websocket('/echo', () => ({ message: (socket, data) => socket.send(data) }))
    expect(app.hasWebSockets).toBe(false)
    app.mount('/inner', inner)
    expect(app.hasWebSockets).toBe(true)
    const socket = await app.testClient().websocket('/inner/echo')
    await socket.send('hello')
    expect(await socket.receive()).toBe('hello')
    await socket.close()
  })
})

describe('a mounted application of another framework', () => {
  it('routes by the URL, which has no more than what is its own', async () => {
    const app = createApp()
    const fetch = async (
      request: globalThis.Request,
      env?: { NAME?: string },
    ): Promise<globalThis.Response> => {
      const { pathname, search } = new URL(request.url)
      const copy = new globalThis.Request('http://other.test', request)
      return new globalThis.Response(
        `${request.method} ${pathname}${search} ${await copy.text()} ${env?.NAME ?? 'none'}`,
      )
    }
    app.mount('/function', fetch)
    app.mount('/object', { fetch })
    const client = app.testClient()
    expect((await client.post('/function/x?y=1', { body: 'text' })).text).toBe('POST /x?y=1 text none')
    expect((await client.get('/object')).text).toBe('GET /  none')
    const request = new globalThis.Request('http://localhost/object/z')
    expect(await (await app.fetch(request, { NAME: 'bound' })).text()).toBe('GET /z  bound')
  })
})

describe('resources', () => {
  it('are read from the folder of the module', async () => {
    const app = new Phial(import.meta, { staticFolder: null, instancePath: import.meta.dirname })
    expect(await app.openResource('duration.ts', { asText: true })).toContain('durationSeconds')
    expect(await app.openInstanceResource('duration.ts')).toBeInstanceOf(Uint8Array)
    await expect(app.openResource('missing.sql')).rejects.toThrow(/There is no resource at .*missing\.sql/)
    await expect(new Phial('x').openResource('a')).rejects.toThrow(/Pass import\.meta/)
  })
})

describe('a lazy view', () => {
  it('is loaded once, when it is first asked for', async () => {
    const app = createApp({ config: { SERVER_NAME: 'example.com' } })
    let loads = 0
    const load = async () => {
      loads++
      return { page: ({ id }: { id: number }) => `page ${id}` }
    }
    app.get('/page/<int:id>', lazy(load, 'page'))
    app.get(
      '/broken',
      lazy(async () => ({}) as { gone: () => string }, 'gone'),
    )
    const client = app.testClient()
    expect(loads).toBe(0)
    expect([(await client.get('/page/1')).text, (await client.get('/page/2')).text]).toEqual([
      'page 1',
      'page 2',
    ])
    expect(loads).toBe(1)
    expect(app.urlFor('page', { id: 3 })).toBe('http://example.com/page/3')
    app.config.PROPAGATE_EXCEPTIONS = true
    await expect(client.get('/broken')).rejects.toThrow(
      'The module of the lazy view "gone" has no function of that name. It exports ',
    )
  })
})

describe('the log', () => {
  it('knows the request, and has parts', async () => {
    const app = createApp()
    const records = captureLog(app)
    app.get('/', () => {
      app.logger.child('db').warning('slow: %d ms', 7)
      return ''
    })
    await app.testClient().get('/?q=1')
    app.logger.error('outside')
    expect(records.map(({ name, message, request }) => [name, message, request?.path])).toEqual([
      ['test.db', 'slow: 7 ms', '/'],
      ['test', 'outside', undefined],
    ])
  })
})

describe('unwrap', () => {
  it('gives the object that a global stands for', async () => {
    const app = createApp()
    app.get('/', (_params, context) => {
      expect(unwrap(currentApp)).toBe(app)
      expect(unwrap(request)).toBe(context.request)
      expect(unwrap(app)).toBe(app)
      return ''
    })
    expect((await app.testClient().get('/')).status).toBe(200)
  })
})

describe('a form that forgot its enctype', () => {
  it.each([
    [true, /Add enctype=&#34;multipart\/form-data&#34; to the form/],
    [false, /could not understand/],
  ])('is told so in debug mode: %s', async (debug, text) => {
    const app = createApp({ config: { DEBUG: debug, TRAP_BAD_REQUEST_ERRORS: false } })
    app.post('/', async () => (await request.files()).require('photo').filename ?? '')
    const response = await app.testClient().post('/', { form: { photo: 'cat.jpg' } })
    expect([response.status, text.test(response.text)]).toEqual([400, true])
  })
})

describe('USE_X_SENDFILE', () => {
  it('leaves files to the server in front', async () => {
    const app = new Phial(import.meta, {
      staticFolder: '.',
      staticUrlPath: '/files',
      config: { USE_X_SENDFILE: true },
    })
    const client = app.testClient()
    const response = await client.get('/files/duration.ts')
    expect([response.text, response.headers.get('X-Sendfile')]).toEqual([
      '',
      `${import.meta.dirname}/duration.ts`,
    ])
    const headers = { 'If-None-Match': response.headers.get('ETag')! }
    const again = await client.get('/files/duration.ts', { headers })
    expect([again.status, again.headers.has('X-Sendfile')]).toEqual([304, false])
  })
})

describe('permanentSessionLifetime', () => {
  it('forwards to the configuration', () => {
    const app = createApp()
    app.permanentSessionLifetime = '1h'
    expect([app.permanentSessionLifetime, app.config.PERMANENT_SESSION_LIFETIME]).toEqual([3600, '1h'])
  })
})

describe('a file that is not there', () => {
  it("is the application's mistake in sendFile, and the client's in sendFromDirectory", async () => {
    const app = new Phial(import.meta, { staticFolder: null })
    const records = captureLog(app)
    app.get('/file', () => sendFile('missing.txt'))
    app.get('/folder', () => sendFromDirectory('.', 'missing.txt'))
    const client = app.testClient()
    expect([(await client.get('/file')).status, (await client.get('/folder')).status]).toEqual([500, 404])
    expect(String(records[0]!.error)).toMatch(/There is no file to send at .*missing\.txt/)
  })
})
