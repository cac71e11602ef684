import { describe, expect, it } from 'vitest'
import {
  EndpointPrefix,
  type RoutableRequest,
  Rule,
  ruleTemplate,
  Subdomain,
  Submount,
  UrlMap,
} from '../index.ts'

const rules = (): Rule[] => [
  new Rule('/', { endpoint: 'home' }),
  new Rule('/users/<int:id>', { endpoint: 'user', methods: ['GET', 'DELETE'] }),
  new Rule('/files/<path:name>', { endpoint: 'file', buildOnly: true }),
  new Rule('/ws', { endpoint: 'socket', websocket: true }),
  new Rule('/docs/', { endpoint: 'docs', subdomain: 'help' }),
  new Rule('/page/<slug>/', { endpoint: 'page' }),
]

describe('build', () => {
  const urls = new UrlMap(rules()).bind('example.org', { rootPath: '/app' })

  it('writes paths, and whole URLs when asked or needed', () => {
    expect(urls.build('home')).toBe('/app/')
    expect(urls.build('user', { id: 7 })).toBe('/app/users/7')
    expect(urls.build('user', { id: 7 }, { forceExternal: true })).toBe('http://example.org/app/users/7')
    expect(urls.build('home', {}, { forceExternal: true, urlScheme: 'https' })).toBe(
      'https://example.org/app/',
    )
    expect(urls.build('home', {}, { forceExternal: true, urlScheme: '' })).toBe('//example.org/app/')
    expect(urls.build('docs')).toBe('http://help.example.org/app/docs/')
    expect(urls.build('socket')).toBe('ws://example.org/app/ws')
    expect(urls.build('socket', {}, { urlScheme: 'https' })).toBe('wss://example.org/app/ws')
    expect(urls.build('file', { name: 'a/ü.css' })).toBe('/app/files/a/%C3%BC.css')
  })

  it('writes other values as query: lists repeat the key, null is left out', () => {
    expect(
      urls.build('home', { a: [1, 2, null], b: null, c: undefined, d: 'x y&=', e: new Set(['s']) }),
    ).toBe('/app/?a=1&a=2&d=x+y%26%3D&e=s')
    expect(urls.build('home', new URLSearchParams('a=1&a=2&b=3'))).toBe('/app/?a=1&a=2&b=3')
    expect(urls.build('home', new Map([['a', '1']]))).toBe('/app/?a=1')
    expect(urls.build('home', { a: 1 }, { appendUnknown: false })).toBe('/app/')
  })

  it('sorts the query when the map says so', () => {
    const sorted = new UrlMap(rules(), { sortParameters: true }).bind('h')
    expect(sorted.build('home', { b: 1, c: [10, 9], a: 3 })).toBe('/?a=3&b=1&c=9&c=10')
    const byValue = new UrlMap(rules(), { sortParameters: true, sortKey: ([, value]) => Number(value) }).bind(
      'h',
    )
    expect(byValue.build('home', { a: 3, b: 1 })).toBe('/?b=1&a=3')
  })

  it('picks the rule by values and method', () => {
    const map = new UrlMap([
      new Rule('/list', { endpoint: 'list', defaults: { page: 1 } }),
      new Rule('/list/<int:page>', { endpoint: 'list' }),
      new Rule('/save/<x>', { endpoint: 'e', methods: ['POST'] }),
      new Rule('/show/<x>', { endpoint: 'e', methods: ['GET'] }),
    ])
    const urls = map.bind('h')
    expect(urls.build('list', { page: 1 })).toBe('/list')
    expect(urls.build('list', { page: 1n })).toBe('/list')
    expect(urls.build('list', { page: 2 })).toBe('/list/2')
    expect(urls.build('list')).toBe('/list')
    expect(urls.build('e', { x: 'a' })).toBe('/show/a')
    expect(urls.build('e', { x: 'a' }, { method: 'POST' })).toBe('/save/a')
  })

  it.each([
    ['//evil.example/x', '/evil.example/x'],
    ['/\\evil.example', '/%5Cevil.example'],
    ['\\\\evil.example', '/%5C%5Cevil.example'],
    ['https://evil.example', '/https://evil.example'],
  ])('S39: no value makes another host: %s', (p, expected) => {
    const urls = new UrlMap([new Rule('/<path:p>', { endpoint: 'p' })]).bind('example.org')
    expect(urls.build('p', { p })).toBe(expected)
  })

  it('S39: a value in the host is quoted', () => {
    const urls = new UrlMap([new Rule('/', { endpoint: 'u', subdomain: '<user>' })]).bind('example.org')
    expect(urls.build('u', { user: 'evil.example?#@' })).toBe('http://evil.example%3F%23@.example.org/')
  })

  it('S39: takes endpoints as names only', () => {
    for (const endpoint of ['constructor', '__proto__', 'toString']) {
      expect(() => urls.build(endpoint)).toThrow(expect.objectContaining({ name: 'BuildError', endpoint }))
    }
    expect(urls.build('home', JSON.parse('{"__proto__": "x"}'))).toBe('/app/?__proto__=x')
  })
})

describe('a BuildError', () => {
  const urls = new UrlMap(rules()).bind('example.org')
  const message = (
    endpoint: string,
    values: Record<string, unknown> = {},
    method: string | null = null,
  ): string => {
    try {
      return urls.build(endpoint, values, { method })
    } catch (error) {
      return (error as Error).message
    }
  }

  it('names the endpoint that may be meant', () => {
    expect(message('usr')).toBe("Could not build URL for endpoint 'usr'. Did you mean 'user' instead?")
  })

  it('names the values that are missing', () => {
    expect(message('user', { name: 'a' })).toBe(
      "Could not build URL for endpoint 'user' with values 'name'. Did you forget to specify values 'id'?",
    )
  })

  it('names the methods that would do', () => {
    expect(message('user', { id: 1 }, 'POST')).toBe(
      "Could not build URL for endpoint 'user' ('POST') with values 'id'. Did you mean to use methods 'DELETE', 'GET', 'HEAD'?",
    )
  })

  it('has no suggestion without rules', () => {
    expect(() => new UrlMap().bind('h').build('x')).toThrow(/^Could not build URL for endpoint 'x'\.$/)
  })
})

describe('match and its relatives', () => {
  const urls = new UrlMap(rules()).bind('example.org', { queryArgs: 'a=1' })

  it('give endpoint, values and rule', () => {
    const { endpoint, values, rule } = urls.match('/users/7')
    expect([endpoint, values, rule.rule]).toEqual(['user', { id: 7 }, '/users/<int:id>'])
  })

  it.each([
    ['/nothing', { name: 'NotFound', code: 404 }],
    ['/page/x', { name: 'RequestRedirect', code: 308, newUrl: 'http://example.org/page/x/?a=1' }],
    ['/ws', { name: 'WebsocketMismatch', code: 400 }],
  ])('throw for %s', (path, error) => expect(() => urls.match(path)).toThrow(expect.objectContaining(error)))

  it('throw MethodNotAllowed with the methods', () => {
    expect(() => urls.match('/users/7', { method: 'post' })).toThrow(
      expect.objectContaining({
        name: 'MethodNotAllowed',
        code: 405,
        validMethods: ['DELETE', 'GET', 'HEAD'],
      }),
    )
    expect(urls.allowedMethods('/users/7')).toEqual(['DELETE', 'GET', 'HEAD'])
    expect(urls.allowedMethods('/')).toEqual([])
  })

  it('test tells whether there is a rule', () => {
    expect([
      urls.test('/'),
      urls.test('/page/x'),
      urls.test('/nothing'),
      urls.test('/users/7', 'POST'),
    ]).toEqual([true, true, false, false])
  })

  it('dispatch calls the view, gives redirects back, throws the rest', () => {
    expect(urls.dispatch((endpoint, values) => [endpoint, values], '/users/7')).toEqual(['user', { id: 7 }])
    expect(urls.dispatch(() => null, '/page/x')).toMatchObject({ name: 'RequestRedirect' })
    expect(() => urls.dispatch(() => null, '/nothing')).toThrow()
    expect(urls.dispatch(() => null, '/nothing', { catchErrors: true })).toMatchObject({ code: 404 })
  })

  it('writes the query of a redirect from values', () => {
    expect(() => urls.match('/page/x', { queryArgs: { b: [1, 2], c: 'ü' } })).toThrow(
      expect.objectContaining({ newUrl: 'http://example.org/page/x/?b=1&b=2&c=%C3%BC' }),
    )
  })
})

describe('bind', () => {
  const map = new UrlMap([
    new Rule('/', { endpoint: 'root' }),
    new Rule('/', { endpoint: 'sub', subdomain: '<s>' }),
  ])

  it('writes server names as they travel', () => {
    expect(map.bind('EXAMPLE.org:81').serverName).toBe('example.org:81')
    expect(map.bind('Bücher.example').serverName).toBe('xn--bcher-kva.example')
    expect(map.bind('example.org.').serverName).toBe('example.org.')
  })

  it.each(['..', 'a..b', `${'a'.repeat(64)}.test`, '.test'])('refuses %s', (name) => {
    expect(() => map.bind(name)).toThrow(expect.objectContaining({ name: 'BadHost', code: 400 }))
  })

  const request = (changes: Partial<RoutableRequest>): RoutableRequest => ({
    scheme: 'http',
    host: 'example.org',
    rootPath: '',
    path: '/',
    queryString: '',
    method: 'GET',
    ...changes,
  })

  it('reads a request', () => {
    const urls = map.bindToRequest(
      request({
        host: 'Bob.Example.org',
        scheme: 'https',
        rootPath: '/app',
        queryString: 'a=1',
        method: 'POST',
      }),
      { serverName: 'example.org:443' },
    )
    expect(urls).toMatchObject({
      serverName: 'example.org',
      subdomain: 'bob',
      rootPath: '/app/',
      urlScheme: 'https',
      queryArgs: 'a=1',
      defaultMethod: 'POST',
    })
    expect(urls.match().values).toEqual({ s: 'bob' })
  })

  it('knows WebSockets', () => {
    expect(map.bindToRequest(request({ isWebsocket: true })).urlScheme).toBe('ws')
    expect(map.bindToRequest(request({ isWebsocket: true, scheme: 'https' })).websocket).toBe(true)
  })

  it('gives a host that is not ours a subdomain that no rule has', () => {
    const options = { serverName: 'example.org' }
    expect(map.bindToRequest(request({ host: 'evil.test' }), options).subdomain).toBe('<invalid>')
    expect(map.bindToRequest(request({ host: 'notexample.org' }), options).subdomain).toBe('<invalid>')
  })

  it('ignores subdomains when they are not matched', () => {
    const plain = new UrlMap([new Rule('/n', { endpoint: 'n', subdomain: 'x' })], {
      subdomainMatching: false,
    })
    expect(plain.bindToRequest(request({ host: 'any.example.org', path: '/n' })).match().endpoint).toBe('n')
  })
})

describe('groups of rules', () => {
  it('mount, prefix and move them to subdomains', () => {
    const map = new UrlMap([
      new EndpointPrefix('blog.', [
        new Submount('/blog/', [
          new Rule('/', { endpoint: 'index', websocket: true }),
          new Subdomain('<lang>', [new Rule('/<slug>', { endpoint: 'show', methods: ['GET'] })]),
        ]),
      ]),
    ])
    expect(
      [...map.iterRules()].map((rule) => [rule.rule, rule.endpoint, rule.subdomain, rule.websocket]),
    ).toEqual([
      ['/blog/', 'blog.index', '', true],
      ['/blog/<slug>', 'blog.show', '<lang>', false],
    ])
    expect(map.bind('h').build('blog.show', { lang: 'de', slug: 'a' })).toBe('http://de.h/blog/a')
  })

  it('fill templates', () => {
    const resource = ruleTemplate([
      new Rule('/$name/', { endpoint: '$name.list', defaults: { kind: '$name', page: 1 } }),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a place of a rule template.
      new Rule('/${name}s/$$/<int:id>', { endpoint: '$name.show', subdomain: '$name' }),
    ])
    const map = new UrlMap([resource({ name: 'user' }), resource({ name: 'page' })])
    const urls = map.bind('h')
    expect(urls.match('/user/').values).toEqual({ kind: 'user', page: 1 })
    expect(urls.build('page.show', { id: 3 })).toBe('http://page.h/pages/$/3')
    expect(() => new UrlMap([resource({ other: 'x' })])).toThrow("no value for '$name' (given: other)")
    expect(() => new UrlMap([ruleTemplate([new Rule('/$', {})])({})])).toThrow("write '$$' for a dollar sign")
  })

  it('leave the rules free for other maps; a rule belongs to one', () => {
    const rule = new Rule('/x', { endpoint: 'x' })
    new UrlMap([new Submount('/a', [rule])])
    new UrlMap([rule])
    expect(() => new UrlMap([rule])).toThrow('belongs to a map already')
    expect(() => new UrlMap([rule.empty()])).not.toThrow()
  })

  it('keep subclasses and their options', () => {
    class LanguageRule extends Rule {
      override suitableFor(values: Readonly<Record<string, unknown>>, method: string | null): boolean {
        return super.suitableFor({ lang: 'en', ...values }, method)
      }
      override build(
        values: Readonly<Record<string, unknown>>,
        appendUnknown: boolean,
      ): readonly [string, string] | null {
        return super.build({ lang: 'en', ...values }, appendUnknown)
      }
    }
    const map = new UrlMap([new Submount('/<lang>', [new LanguageRule('/x', { endpoint: 'x' })])])
    expect(map.bind('h').build('x')).toBe('/en/x')
  })
})

describe('a map', () => {
  it('tells what an endpoint expects', () => {
    const map = new UrlMap(rules())
    expect(map.isEndpointExpecting('user', 'id')).toBe(true)
    expect(map.isEndpointExpecting('user', 'lang')).toBe(false)
    expect(map.isEndpointExpecting('unknown', 'lang')).toBe(false)
  })

  it('gets rules at any time', () => {
    const map = new UrlMap()
    expect(map.matcher.match('/', 'GET').kind).toBe('notFound')
    map.add(new Rule('/', { endpoint: 'home' }))
    expect(map.bind('h').match().endpoint).toBe('home')
    map.add(new Rule('/page/<int:n>', { endpoint: 'page' }))
    map.add(new Rule('/page/', { endpoint: 'page', defaults: { n: 1 } }))
    expect(map.bind('h').outcome('/page/1').kind).toBe('redirect')
  })

  it('refuses methods that are one string', () => {
    expect(() => new Rule('/', { methods: 'GET' })).toThrow("write ['GET']")
  })

  it('takes endpoints of any type', () => {
    const view = (): string => 'x'
    const map = new UrlMap<() => string>([new Rule<() => string>('/', { endpoint: view })])
    expect(map.bind('h').match('/').endpoint()).toBe('x')
    expect(map.bind('h').build(view)).toBe('/')
  })

  it('shows its rules as text', () => {
    const map = new UrlMap([new Rule('/a/<x>', { endpoint: 'e', methods: ['GET'], subdomain: 's' })])
    expect(String([...map.iterRules('e')][0])).toBe("<Rule 's|/a/<x>' (GET, HEAD) -> e>")
  })
})
