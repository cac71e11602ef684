import { describe, expect, it } from 'vitest'
import type { Request } from '../request/request.ts'
import { Response } from '../response/response.ts'
import { Client, createClient } from './client.ts'
import type { RequestOptions } from './request-builder.ts'

const file = (content: string, name: string, type = ''): File => new File([content], name, { type })

/** Tells what arrived. */
async function echo(request: Request): Promise<Response> {
  const files: unknown[] = []
  const { method, target, scheme, rootPath, remoteAddr, contentType, contentLength } = request
  const isForm = contentType?.includes('form') ?? false
  if (isForm) {
    for (const [name, { filename, contentType: type, size }] of (await request.files()).items({
      multi: true,
    })) {
      files.push([name, filename, type, size])
    }
  }
  const answer = {
    method,
    target,
    scheme,
    rootPath,
    remoteAddr,
    contentType: contentType?.replace(/boundary=.*/, 'boundary') ?? null,
    contentLength,
    headers: request.headers.toList().filter(([name]) => !name.startsWith('Content-')),
    form: isForm ? [...(await request.form()).items({ multi: true })] : null,
    files: isForm ? files : null,
    body: isForm ? null : await request.text(),
  }
  return new Response(JSON.stringify(answer), { mimetype: 'application/json' })
}

interface Echo {
  [name: string]: unknown
}

const client = createClient({ fetch: echo })
const send = async (...args: Parameters<Client['open']>): Promise<Echo> =>
  (await client.open(...args)).json<Echo>()

describe('a request of the client', () => {
  it('is a GET of localhost', async () => {
    expect(await send('/')).toEqual({
      method: 'GET',
      target: '/',
      scheme: 'http',
      rootPath: '',
      remoteAddr: '127.0.0.1',
      contentType: null,
      contentLength: null,
      headers: [['Host', 'localhost']],
      form: null,
      files: null,
      body: '',
    })
  })

  it.each(['get', 'post', 'put', 'patch', 'delete', 'options', 'trace'] as const)(
    'has the method of %s()',
    async (method) => {
      expect((await client[method]('/')).json()).toMatchObject({ method: method.toUpperCase() })
    },
  )

  it.each([
    ['/a/../b//c/%2e%2e/%zz', '/a/../b//c/%2e%2e/%zz'],
    ['//evil.test/a', '//evil.test/a'],
    ['/ä b?ü=%FF#frag', '/%C3%A4%20b?%C3%BC=%FF'],
    ['a', '/a'],
    ['?x=1', '/?x=1'],
    ['', '/'],
    ['*', '*'],
    ['/\n', '/%0A'],
    ['/\ud800', '/%EF%BF%BD'],
    ['/a:b', '/a:b'],
  ])('sends the path %j as %j', async (path, target) => {
    expect(await send(path)).toMatchObject({ target })
  })

  it('may go to a whole URL', async () => {
    expect(await send('https://a.test:8443/x?y')).toMatchObject({
      scheme: 'https',
      target: '/x?y',
      headers: [['Host', 'a.test:8443']],
    })
    expect(await send('http://a.test')).toMatchObject({ target: '/' })
  })

  it('goes to the application mounted at the base URL', async () => {
    const expected = { scheme: 'https', rootPath: '/app', target: '/x', headers: [['Host', 'a.test']] }
    expect(await send('/x', { baseUrl: 'https://a.test/app/' })).toMatchObject(expected)
    expect(await send('/x', { baseUrl: 'https://a.test', rootPath: '/app' })).toMatchObject(expected)
    await expect(send('/x', { rootPath: 'app' })).rejects.toThrow(/root path/)
    await expect(send('/x', { baseUrl: 'a.test' })).rejects.toThrow(/Expected a URL/)
  })

  it.each([
    [{ a: 1, b: ['x y', true], c: null, d: undefined, e: '' }, '/?a=1&b=x+y&b=true&e='],
    [
      [
        ['a', 'ü'],
        ['a', '&'],
      ] as [string, string][],
      '/?a=%C3%BC&a=%26',
    ],
    [new URLSearchParams('a=1&a=2'), '/?a=1&a=2'],
    ['a=%zz&ü', '/?a=%zz&%C3%BC'],
    ['', '/'],
    [{}, '/'],
  ])('takes the query %j', async (query, target) => {
    expect(await send('/', { query })).toMatchObject({ target })
  })

  it('has one query and one content', async () => {
    await expect(send('/?a', { query: 'b' })).rejects.toThrow(/query is given twice/)
    await expect(send('/', { form: {}, json: 1 })).rejects.toThrow(/one content/)
    await expect(send('/', { body: '', files: {} })).rejects.toThrow(/one content/)
  })

  it('sends a form', async () => {
    expect(
      await send('/', { method: 'post', form: { a: ['1', 2], b: true, c: null, d: 'ü &' } }),
    ).toMatchObject({
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded',
      contentLength: 27,
      form: [
        ['a', '1'],
        ['a', '2'],
        ['b', 'true'],
        ['d', 'ü &'],
      ],
      files: [],
    })
  })

  it('sends files in a form (TST-04)', async () => {
    expect(
      await send('/', {
        form: { a: '1', f: file('abc', 'ü.txt', 'text/plain') },
        files: {
          g: [
            { content: 'x', filename: 'x.png' },
            { content: Uint8Array.of(1, 2), contentType: 'image/png' },
          ],
          h: { content: new Blob(['blob'], { type: 'text/x' }), filename: 'b' },
          i: new Blob(['z']),
        },
      }),
    ).toMatchObject({
      contentType: 'multipart/form-data; boundary',
      form: [['a', '1']],
      files: [
        ['f', 'ü.txt', 'text/plain', 3],
        ['g', 'x.png', 'image/png', 1],
        ['g', '', 'image/png', 2],
        ['h', 'b', 'text/x', 4],
        ['i', 'blob', 'application/octet-stream', 1],
      ],
    })
  })

  it('wants content in a file', () => {
    const file = { data: 'x', filename: 'a.txt' } as never
    expect(() => client.build('/', { files: { photo: file } }).toRequest()).toThrow(
      /"photo" has no content\. Give a File/,
    )
  })

  it('sends a form without files as multipart when told to', async () => {
    for (const contentType of ['multipart/form-data', 'multipart/form-data; boundary=abc']) {
      expect(await send('/', { form: { a: '1' }, contentType })).toMatchObject({
        contentType: 'multipart/form-data; boundary',
        form: [['a', '1']],
      })
    }
    await expect(
      send('/', { files: { f: file('', 'x') }, contentType: 'application/x-www-form-urlencoded' }),
    ).rejects.toThrow(/"f" cannot be sent as application/)
  })

  it('sends JSON', async () => {
    expect(await send('/', { json: { a: 'ü' } })).toMatchObject({
      contentType: 'application/json',
      contentLength: 10,
      body: '{"a":"ü"}',
    })
    expect(await send('/', { json: null, contentType: 'application/x+json' })).toMatchObject({
      contentType: 'application/x+json',
      body: 'null',
    })
    await expect(send('/', { json: () => 1 })).rejects.toThrow(/cannot be sent as JSON/)
  })

  it.each<[string, RequestOptions, string | null, string, number | null]>([
    ['text', { body: 'ü' }, null, 'ü', 2],
    ['no text', { body: '' }, null, '', 0],
    ['bytes', { body: Uint8Array.of(97) }, null, 'a', 1],
    ['a buffer', { body: Uint8Array.of(97).buffer }, null, 'a', 1],
    ['a Blob', { body: new Blob(['a'], { type: 'text/x' }) }, 'text/x', 'a', 1],
    ['a type of its own', { body: 'a', headers: { 'content-type': 'text/y' } }, 'text/y', 'a', 1],
    [
      'another type',
      { body: 'a', headers: { 'content-type': 'text/y' }, contentType: 'text/z' },
      'text/z',
      'a',
      1,
    ],
    ['a stream', { body: new Blob(['a']).stream() as unknown as AsyncIterable<Uint8Array> }, null, 'a', null],
  ])('sends %s', async (_name, options, contentType, body, contentLength) => {
    expect(await send('/', options)).toMatchObject({ contentType, body, contentLength })
  })

  it('sends URLSearchParams and FormData as forms', async () => {
    const data = new FormData()
    data.append('a', '1')
    data.append('f', file('abc', 'x.txt', 'text/plain'))
    expect(await send('/', { body: data })).toMatchObject({
      form: [['a', '1']],
      files: [['f', 'x.txt', 'text/plain', 3]],
    })
    expect(await send('/', { body: new URLSearchParams('a=1') })).toMatchObject({ form: [['a', '1']] })
  })

  it('sends headers and authorization', async () => {
    expect(
      await send('/', { headers: { 'X-A': ['1', '2'], Host: 'b.test' }, auth: ['Jö', 'a:b'] }),
    ).toMatchObject({
      headers: [
        ['Host', 'b.test'],
        ['X-A', '1'],
        ['X-A', '2'],
        ['Authorization', `Basic ${Buffer.from('Jö:a:b').toString('base64')}`],
      ],
    })
    expect(await send('/', { auth: 'Bearer x' })).toMatchObject({
      headers: [
        ['Host', 'localhost'],
        ['Authorization', 'Bearer x'],
      ],
    })
  })

  it('takes defaults of the client', async () => {
    const own = new Client(echo, {
      baseUrl: 'http://x.test',
      defaults: { headers: { A: '1', B: '1' }, remoteAddr: '10.0.0.1' },
    })
    expect((await own.get('/', { headers: { b: '2' } })).json()).toMatchObject({
      remoteAddr: '10.0.0.1',
      headers: [
        ['Host', 'x.test'],
        ['A', '1'],
        ['b', '2'],
      ],
    })
  })

  it('passes bindings and context on', async () => {
    const seen = createClient((_request, env, context) => new Response(JSON.stringify([env, context])))
    expect((await seen.get('/', { env: { A: 1 }, executionContext: 'c' })).json()).toEqual([{ A: 1 }, 'c'])
  })
})

describe('a response of the client', () => {
  const answer = (response: Response | globalThis.Response): Client => createClient(() => response)

  it('has the data as bytes, text and JSON', async () => {
    const response = await answer(new Response('{"a": "ü"}', { mimetype: 'application/problem+json' })).get(
      '/x',
    )
    expect(response).toMatchObject({
      status: 200,
      ok: true,
      isJson: true,
      mimetype: 'application/problem+json',
      history: [],
    })
    expect(response.data).toEqual(new TextEncoder().encode('{"a": "ü"}'))
    expect(response.text).toBe('{"a": "ü"}')
    expect(response.json<{ a: string }>().a).toBe('ü')
    expect(response.headers.get('Content-Length')).toBe('11')
    expect(response.request.target).toBe('/x')
  })

  it('says what it is when it is no JSON', async () => {
    const response = await answer(new Response('<p>no', { status: 500, mimetype: 'text/html' })).get('/x')
    expect(() => response.json()).toThrow(
      /JSON in the response 500 to GET \/x, got text\/html; charset=utf-8: "<p>no"/,
    )
  })

  it('may be one of the runtime', async () => {
    const headers = new globalThis.Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X', 'y'],
    ])
    const response = await answer(new globalThis.Response('x', { status: 201, headers })).get('/')
    expect(response.status).toBe(201)
    expect(response.text).toBe('x')
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=1', 'b=2'])
  })

  it('is read to its end, and closed', async () => {
    const log: string[] = []
    const response = new Response(
      (function* () {
        yield 'a'
        log.push('end')
        yield 'b'
      })(),
    )
    response.callOnClose(() => void log.push('closed'))
    const received = await answer(response).get('/')
    expect(received.text).toBe('ab')
    expect(received.headers.has('Content-Length')).toBe(false)
    expect(log).toEqual(['end', 'closed'])
  })

  it('has no content for HEAD and 304', async () => {
    const head = await answer(new Response('abc')).head('/')
    expect([head.text, head.headers.get('Content-Length')]).toEqual(['', '3'])
    expect((await answer(new globalThis.Response('abc')).head('/')).text).toBe('')
    expect((await answer(new Response('abc', { status: 304 })).get('/')).text).toBe('')
  })

  it('is the error that the application throws', async () => {
    const failing = createClient(() => {
      throw new RangeError('broken')
    })
    await expect(failing.get('/')).rejects.toThrow(RangeError)
  })
})

describe('redirects of the client (TST-06)', () => {
  /** Redirects to the `to` of the query with the status in the path, else shows the request. */
  const app = async (request: Request): Promise<Response> => {
    const status = /^\/(3\d\d)$/.exec(request.path)?.[1]
    if (status === undefined) return echo(request)
    const headers: [string, string][] = [
      ['Location', request.args.get('to', '/end')],
      ['Set-Cookie', 'seen=1'],
    ]
    return new Response('', { status: Number(status), headers })
  }
  const own = createClient(app)
  const follow = async (path: string, options: Parameters<Client['open']>[1] = {}): Promise<Echo> =>
    (await own.open(path, { followRedirects: true, ...options })).json<Echo>()

  it('are not followed unless asked for', async () => {
    const response = await own.get('/302')
    expect(response).toMatchObject({ status: 302, location: '/end', history: [] })
  })

  it.each([301, 302, 303, 305])('turn a POST into a GET without content for %d', async (status) => {
    expect(await follow(`/${status}`, { method: 'POST', json: 1, headers: { 'X-A': '1' } })).toMatchObject({
      method: 'GET',
      target: '/end',
      contentType: null,
      contentLength: null,
      body: '',
      headers: [
        ['Host', 'localhost'],
        ['X-A', '1'],
        ['Cookie', 'seen=1'],
      ],
    })
  })

  it.each([307, 308])('keep method and content for %d', async (status) => {
    expect(await follow(`/${status}`, { method: 'PUT', json: [1] })).toMatchObject({
      method: 'PUT',
      contentType: 'application/json',
      body: '[1]',
    })
    const form = { a: '1', f: file('abc', 'x') }
    expect(await follow(`/${status}`, { method: 'POST', form })).toMatchObject({
      method: 'POST',
      form: [['a', '1']],
      files: [['f', 'x', 'application/octet-stream', 3]],
    })
  })

  it('keep HEAD', async () => {
    const response = await own.head('/303', { followRedirects: true })
    expect(response.request.method).toBe('HEAD')
  })

  it('remember the way', async () => {
    const response = await own.get('/301?to=/302', { followRedirects: true })
    expect(response.request.target).toBe('/end')
    expect(response.history.map(({ status, request }) => [status, request.target])).toEqual([
      [301, '/301?to=/302'],
      [302, '/302'],
    ])
    expect(response.history[1]!.history).toHaveLength(1)
  })

  it.each([
    ['/x/../y?a=%zz#frag', '/x/../y?a=%zz'],
    ['x', '/x'],
    ['http://localhost/abs', '/abs'],
    ['//localhost/abs', '/abs'],
    ['http://localhost', '/'],
    ['/\xe4', '/%C3%A4'],
  ])('lead to %j', async (to, target) => {
    expect(await follow('/302', { query: { to } })).toMatchObject({ target })
  })

  it.each([
    ['/app/x', '/app', '/x'],
    ['/app', '/app', '/'],
    ['/app?a', '/app', '/?a'],
    ['/application', '', '/application'],
    ['/', '', '/'],
  ])('to %s stay in the application or leave it', async (to, rootPath, target) => {
    expect(await follow('/302', { rootPath: '/app', query: { to } })).toMatchObject({ rootPath, target })
  })

  it('in a loop are an error', async () => {
    const loop = createClient(() => new Response('', { status: 302, headers: { Location: '/' } }))
    await expect(loop.get('/', { followRedirects: true })).rejects.toThrow(
      expect.objectContaining({
        name: 'ClientRedirectError',
        message: expect.stringContaining('Loop detected'),
      }),
    )
    let count = 0
    const endless = createClient(
      () => new Response('', { status: 302, headers: { Location: `/${count++}` } }),
    )
    await expect(endless.get('/', { followRedirects: true })).rejects.toThrow(/More than 20 redirects/)
  })

  it('to other hosts are not followed', async () => {
    for (const to of ['http://example.test/', '//example.test/', 'http://notlocalhost/', 'https://local/']) {
      await expect(follow('/302', { query: { to } })).rejects.toThrow(/leads to another host/)
    }
    await expect(follow('/302', { query: { to: 'http://a.localhost/' } })).rejects.toThrow(
      /allowSubdomainRedirects/,
    )
  })

  it('to subdomains and other schemes are followed when allowed', async () => {
    const allowed = createClient(app, { allowSubdomainRedirects: true })
    const response = await allowed.get('/302?to=https://a.localhost:8443/x', { followRedirects: true })
    expect(response.json()).toMatchObject({
      scheme: 'https',
      target: '/x',
      headers: [['Host', 'a.localhost:8443']],
    })
  })

  it('without a location end the way', async () => {
    const response = await createClient(() => new Response('x', { status: 304 })).get('/', {
      followRedirects: true,
    })
    expect(response.status).toBe(304)
  })
})
