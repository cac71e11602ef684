import { describe, expect, it } from 'vitest'
import { RequestBuilder, type RequestOptions } from '../test/request-builder.ts'
import { Request } from './request.ts'

const make = (path?: string, options?: RequestOptions): Request =>
  new RequestBuilder(path, options).toRequest() as Request

describe('the line of a request', () => {
  it('gives each part of the URL', () => {
    const request = make('/caf%C3%A9/a%2Fb?x=1&y=%20', { baseUrl: 'https://shop.test:8443/mounted' })
    expect({
      scheme: request.scheme,
      isSecure: request.isSecure,
      host: request.host,
      rootPath: request.rootPath,
      path: request.path,
      rawPath: request.rawPath,
      fullPath: request.fullPath,
      queryString: request.queryString,
      hostUrl: request.hostUrl,
      rootUrl: request.rootUrl,
      baseUrl: request.baseUrl,
      url: request.url,
    }).toEqual({
      scheme: 'https',
      isSecure: true,
      host: 'shop.test:8443',
      rootPath: '/mounted',
      path: '/café/a/b',
      rawPath: '/caf%C3%A9/a%2Fb',
      fullPath: '/café/a/b?x=1&y=%20',
      queryString: 'x=1&y=%20',
      hostUrl: 'https://shop.test:8443/',
      rootUrl: 'https://shop.test:8443/mounted/',
      baseUrl: 'https://shop.test:8443/mounted/caf%C3%A9/a%2Fb',
      url: 'https://shop.test:8443/mounted/caf%C3%A9/a%2Fb?x=1&y=%20',
    })
    expect(request.iri).toBe('https://shop.test:8443/mounted/café/a%2Fb?x=1&y=%20')
  })

  it('S34: makes no host of a path that starts with two slashes', () => {
    const request = new Request({ ...make().source, target: '///evil.test//a?//x' })
    expect([request.path, request.fullPath, request.baseUrl, request.url, request.rawPath]).toEqual([
      '/evil.test//a',
      '/evil.test//a?//x',
      'http://localhost/evil.test//a',
      'http://localhost/evil.test//a?//x',
      '///evil.test//a',
    ])
  })

  it('leaves out the port of the scheme', () => {
    expect(make('/', { baseUrl: 'http://shop.test:80' }).url).toBe('http://shop.test/')
    expect(make('/', { baseUrl: 'https://shop.test:443' }).url).toBe('https://shop.test/')
  })

  it('S06: refuses hosts that are not trusted, wherever the host is used', () => {
    const request = make('/', { headers: { Host: 'evil.test' } })
    expect(request.host).toBe('evil.test')
    const guarded = make('/', { headers: { Host: 'evil.test' } })
    guarded.trustedHosts = ['.shop.test']
    expect(() => guarded.url).toThrow(expect.objectContaining({ code: 400 }))
    const trusted = make('/', { headers: { Host: 'www.shop.test' } })
    trusted.trustedHosts = ['.shop.test']
    expect(trusted.url).toBe('http://www.shop.test/')
  })

  it.each(['a b.test', 'a.test/path', 'user@a.test', 'a.test:port', 'a\\b.test'])(
    'S06: takes no host of %j',
    (host) => {
      const request = make('/', { headers: { Host: host } })
      expect(request.host === '' || request.host === null || !request.host.includes(host)).toBe(true)
    },
  )

  it('reads arguments once, in order, with all values', () => {
    const { args } = make('/?a=1&b=2&a=3&empty&%F0%9F=x')
    expect(args.get('a')).toBe('1')
    expect(args.getList('a')).toEqual(['1', '3'])
    expect(args.get('empty')).toBe('')
    expect(args.get('missing')).toBeNull()
    expect([...args.keys()].slice(0, 3)).toEqual(['a', 'b', 'empty'])
  })
})

describe('the headers of a request', () => {
  it('gives typed values', () => {
    const request = make('/', {
      headers: {
        Accept: 'text/html;q=0.5, application/json',
        'Accept-Language': 'de, en;q=0.7',
        Cookie: 'a=1; b="two"',
        'If-None-Match': 'W/"x", "y"',
        Range: 'bytes=0-9',
        'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
        Authorization: 'Bearer token',
        'Sec-Fetch-Site': 'same-origin',
      },
    })
    expect(request.acceptMimetypes.bestMatch(['text/html', 'application/json'])).toBe('application/json')
    expect(request.acceptLanguages.best).toBe('de')
    expect([...request.cookies.items()]).toEqual([
      ['a', '1'],
      ['b', 'two'],
    ])
    expect(request.ifNoneMatch.containsWeak('x')).toBe(true)
    expect(request.range?.ranges).toEqual([[0, 10]])
    expect(request.authorization?.token).toBe('token')
    expect(request.secFetchSite).toBe('same-origin')
    expect(String(request.userAgent)).toContain('Firefox')
  })

  it('cannot be changed', () => {
    expect(() => make().headers.set('X-New', '1')).toThrow(TypeError)
  })
})

describe('the body of a request', () => {
  it('can be read again, and in another form', async () => {
    const request = make('/', { method: 'POST', json: { a: [1] } })
    expect(await request.json()).toEqual({ a: [1] })
    expect(await request.text()).toBe('{"a": [1]}'.replaceAll(' ', ''))
    expect(await request.json()).toEqual({ a: [1] })
    expect((await request.blob()).type).toBe('application/json')
  })

  it('is JSON by its content type, or by force', async () => {
    const text = { method: 'POST', body: '{"a":1}', contentType: 'text/plain' }
    await expect(make('/', text).json()).rejects.toMatchObject({ code: 415 })
    expect(await make('/', text).getJson({ force: true })).toEqual({ a: 1 })
    expect(await make('/', text).getJson({ silent: true })).toBeNull()
    const problem = { ...text, contentType: 'application/problem+json; charset=utf-8' }
    expect(await make('/', problem).json()).toEqual({ a: 1 })
    const bad = { method: 'POST', body: '{"a":', contentType: 'application/json' }
    await expect(make('/', bad).json()).rejects.toMatchObject({ code: 400 })
    expect(await make('/', bad).getJson({ silent: true })).toBeNull()
  })

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json;charset=utf-8',
    'application/json ; a=b',
  ])('S10: one reading of the content type %j decides', async (contentType) => {
    expect(await make('/', { method: 'POST', body: '1', contentType }).json()).toBe(1)
  })

  it.each(['application/jsonx', 'application/json,text/plain', 'text/plain;application/json', 'json'])(
    'S10: %j is no JSON',
    async (contentType) => {
      await expect(make('/', { method: 'POST', body: '1', contentType }).json()).rejects.toMatchObject({
        code: 415,
      })
    },
  )

  it.each(['gzip', 'br', 'GZIP, identity', 'x'])(
    'S24, L15: is neither JSON nor a form when it is packed with %s',
    async (encoding) => {
      const headers = { 'Content-Encoding': encoding }
      const json = make('/', { method: 'POST', json: {}, headers })
      await expect(json.json()).rejects.toMatchObject({ code: 415 })
      const form = make('/', { method: 'POST', form: { a: '1' }, headers })
      await expect(form.form()).rejects.toMatchObject({ code: 415 })
      expect((await form.bytes()).length).toBe(3)
    },
  )

  it('takes Content-Encoding: identity for what it is', async () => {
    const headers = { 'Content-Encoding': 'identity' }
    expect(await make('/', { method: 'POST', json: 1, headers }).json()).toBe(1)
  })

  it('holds fields and files of a form', async () => {
    const request = make('/?q=1', {
      method: 'POST',
      form: { name: 'Ann', tag: ['a', 'b'], photo: new File(['xyz'], 'me.png', { type: 'image/png' }) },
    })
    const form = await request.form()
    expect([form.get('name'), form.getList('tag')]).toEqual(['Ann', ['a', 'b']])
    const photo = (await request.files()).get('photo')!
    expect([photo.filename, photo.type, await photo.text()]).toEqual(['me.png', 'image/png', 'xyz'])
    expect((await request.values()).get('q')).toBe('1')
    expect((await request.values()).get('name')).toBe('Ann')
    const data = await request.formData()
    expect(data.getAll('tag')).toEqual(['a', 'b'])
  })

  it('L03: is refused over the limit, announced or not, in every form', async () => {
    const body = new Uint8Array(101)
    const limited = (options: RequestOptions): Request => {
      const request = make('/', { method: 'POST', ...options })
      request.maxContentLength = 100
      return request
    }
    await expect(limited({ body }).bytes()).rejects.toMatchObject({ code: 413 })
    await expect(limited({ body: new Blob([body]).stream() }).text()).rejects.toMatchObject({ code: 413 })
    await expect(limited({ form: { a: 'x'.repeat(101) } }).form()).rejects.toMatchObject({ code: 413 })
    await expect(limited({ json: 'x'.repeat(101) }).json()).rejects.toMatchObject({ code: 413 })
    expect((await limited({ body: body.subarray(1) }).bytes()).length).toBe(100)
  })

  it.each(['10 potatoes', Number.NaN, -1, 1.5])('L03: cannot have the limit %j', (limit) => {
    expect(() => {
      make().maxContentLength = limit as number
    }).toThrow(/maxContentLength/)
  })

  it('comes piece by piece where it is wanted so', async () => {
    const request = make('/', { method: 'POST', body: 'one two' })
    let text = ''
    for await (const chunk of request.stream()) text += new TextDecoder().decode(chunk)
    expect(text).toBe('one two')
  })
})

describe('as a Fetch request', () => {
  it('is an instance, and has its members', async () => {
    const request = make('/p', { method: 'POST', body: 'text' })
    expect(request).toBeInstanceOf(globalThis.Request)
    expect(await new Response(request.body).text()).toBe('text')
    expect(request.bodyUsed).toBe(true)
  })

  it('becomes a real one', async () => {
    const real = make('/p?x=1', { method: 'PUT', body: 'text', headers: { 'X-A': '1' } }).toFetch()
    expect([real.method, real.url, real.headers.get('X-A'), await real.text()]).toEqual([
      'PUT',
      'http://localhost/p?x=1',
      '1',
      'text',
    ])
  })

  it('is made from one', async () => {
    const request = Request.from(
      new globalThis.Request('https://a.test/x%20y?q=1', { method: 'POST', body: 'b', headers: { A: '1' } }),
    )
    expect([
      request.path,
      request.args.get('q'),
      request.host,
      request.header('a'),
      await request.text(),
    ]).toEqual(['/x y', '1', 'a.test', '1', 'b'])
  })

  it('is copied with changes, and stays as it is', () => {
    const request = make('/one', { headers: { A: '1' } })
    const other = request.with({ target: '/two', scheme: 'https' })
    expect([request.url, other.url, other.header('A')]).toEqual([
      'http://localhost/one',
      'https://localhost/two',
      '1',
    ])
  })
})
