import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatchOutcome, Rule, type RuleOptions, UrlMap, type UrlMapOptions } from '../index.ts'

function mapOf(rules: Record<string, string | RuleOptions>, options?: UrlMapOptions): UrlMap {
  const list = Object.entries(rules).map(
    ([rule, value]) => new Rule(rule, typeof value === 'string' ? { endpoint: value } : value),
  )
  return new UrlMap(list, options)
}

/** An outcome in a line: the endpoint and the values, or what else came of it. */
function summary(outcome: MatchOutcome<string>): string {
  if (outcome.kind === 'match') return `${outcome.rule.endpoint} ${JSON.stringify(outcome.values)}`
  if (outcome.kind === 'redirect')
    return outcome.reason === 'path' ? `redirect ${outcome.path}` : `redirect ${outcome.reason}`
  return outcome.kind === 'methodNotAllowed' ? `methodNotAllowed ${outcome.allowed}` : outcome.kind
}

const get = (map: UrlMap, path: string, method = 'GET'): string => summary(map.matcher.match(path, method))

describe('order of preference', () => {
  const map = mapOf({
    '/users/<name>': 'byName',
    '/users/<int:id>': 'byId',
    '/users/me': 'me',
    '/users/<path:rest>': 'rest',
    '/users/<name>.json': 'json',
    '/users/<a>-<b>': 'pair',
    '/users/<name>/edit': 'edit',
  })

  it.each([
    ['/users/me', 'me {}'],
    ['/users/7', 'byId {"id":7}'],
    ['/users/ada', 'byName {"name":"ada"}'],
    ['/users/ada.json', 'json {"name":"ada"}'],
    ['/users/a-b', 'pair {"a":"a","b":"b"}'],
    ['/users/a-b-c', 'pair {"a":"a-b","b":"c"}'],
    ['/users/ada/edit', 'edit {"name":"ada"}'],
    ['/users/ada/posts/1', 'rest {"rest":"ada/posts/1"}'],
    ['/users/', 'notFound'],
    ['/other', 'notFound'],
  ])('%s', (path, expected) => expect(get(map, path)).toBe(expected))

  it('comes back from a fixed segment that leads nowhere', () => {
    const map = mapOf({ '/a/b/c': 'fixed', '/<x>/b/d': 'first', '/a/<y>/e': 'second', '/<x>/<y>/<z>': 'all' })
    expect(get(map, '/a/b/d')).toBe('first {"x":"a"}')
    expect(get(map, '/a/b/e')).toBe('second {"y":"b"}')
    expect(get(map, '/a/b/f')).toBe('all {"x":"a","y":"b","z":"f"}')
  })

  it('takes the rule that was added first among equals, whatever is added later', () => {
    const map = mapOf({ '/<string(length=2):a>': 'two', '/<string(length=3):a>': 'three', '/<b>': 'any' })
    map.add(new Rule('/<int:n>/x', { endpoint: 'other' }))
    expect([get(map, '/ab'), get(map, '/abc'), get(map, '/abcd')]).toEqual([
      'two {"a":"ab"}',
      'three {"a":"abc"}',
      'any {"b":"abcd"}',
    ])
  })

  it('finds its way among many fixed segments with one first letter', () => {
    const rules = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`/item${index}/<x>`, `e${index}`]),
    )
    const map = mapOf({ ...rules, '/日本/<x>': 'japan', '/<y>/<x>': 'rest' })
    expect(get(map, '/item42/a')).toBe('e42 {"x":"a"}')
    expect(get(map, '/item50/a')).toBe('rest {"y":"item50","x":"a"}')
    expect(get(map, '/日本/a')).toBe('japan {"x":"a"}')
    expect(get(map, '/%E6%97%A5%E6%9C%AC/a')).toBe('japan {"x":"a"}')
  })
})

describe('methods', () => {
  const map = new UrlMap([
    new Rule('/items', { endpoint: 'list', methods: ['GET'] }),
    new Rule('/items', { endpoint: 'create', methods: ['post'] }),
    new Rule('/<name>', { endpoint: 'patch', methods: ['PATCH'] }),
    new Rule('/any', { endpoint: 'any' }),
    new Rule('/me', { endpoint: 'replaceMe', methods: ['PUT'] }),
  ])

  it('picks the rule by method, HEAD with GET', () => {
    expect(get(map, '/items')).toBe('list {}')
    expect(get(map, '/items', 'HEAD')).toBe('list {}')
    expect(get(map, '/items', 'POST')).toBe('create {}')
  })

  it('falls through to a rule with a parameter when the fixed one has not the method', () => {
    expect(get(map, '/me', 'PATCH')).toBe('patch {"name":"me"}')
  })

  it('names the methods of all rules for the path (S40: TRACE is not one)', () => {
    expect(get(map, '/items', 'TRACE')).toBe('methodNotAllowed GET,HEAD,PATCH,POST')
    expect(get(map, '/other')).toBe('methodNotAllowed PATCH')
    expect(get(map, '/other/x')).toBe('notFound')
  })

  it('takes every method without a list', () => expect(get(map, '/any', 'ANYTHING')).toBe('any {}'))

  it('takes no method with an empty list', () => {
    const map = mapOf({ '/none': { endpoint: 'none', methods: [] } })
    expect(get(map, '/none')).toBe('notFound')
  })
})

describe('slashes', () => {
  const map = mapOf({
    '/': 'home',
    '/leaf': 'leaf',
    '/branch/': 'branch',
    '/u/<name>/': 'user',
    '/p/<path:p>/': 'path',
  })

  it.each([
    ['', 'redirect /'],
    ['/branch', 'redirect /branch/'],
    ['/leaf/', 'notFound'],
    ['/u/ada', 'redirect /u/ada/'],
    ['/p/a/b', 'redirect /p/a/b/'],
    ['/p/a/b/', 'path {"p":"a/b"}'],
    ['//leaf', 'leaf {}'],
    ['/branch//', 'redirect /branch/'],
    ['/u//ada/', 'redirect /u/ada/'],
    ['/u//ada', 'redirect /u/ada/'],
    ['/x//y', 'notFound'],
  ])('%s', (path, expected) => expect(get(map, path)).toBe(expected))

  it('match with and without, where they are not strict', () => {
    const loose = mapOf(
      { '/leaf': 'leaf', '/branch/': 'branch', '/u/<name>': 'user' },
      { strictSlashes: false },
    )
    expect(get(loose, '/leaf/')).toBe('leaf {}')
    expect(get(loose, '/branch')).toBe('branch {}')
    expect(get(loose, '/u/ada/')).toBe('user {"name":"ada"}')
  })

  it('stay doubled where they are not merged', () => {
    const map = mapOf({ '/a//b': 'two', '/a/b': 'one', '/p/<path:p>': 'path' }, { mergeSlashes: false })
    expect(get(map, '/a//b')).toBe('two {}')
    expect(get(map, '/p/x//y')).toBe('path {"p":"x//y"}')
  })

  it('in front count as one', () => {
    const map = mapOf({ '/': 'home', '/<x>': 'one' }, { mergeSlashes: false })
    expect(get(map, '///a')).toBe('one {"x":"a"}')
    expect(get(map, '//')).toBe('home {}')
    expect(get(map, 'a')).toBe('one {"x":"a"}')
  })
})

describe('percent escapes', () => {
  const map = mapOf({
    '/öl/<x>': 'oil',
    '/x/<x>/end': 'x',
    '/files/<path:p>': 'files',
    '/a b': 'space',
    '/%41': 'percent',
    '/n/<int:n>': 'int',
  })

  it.each([
    ['/%C3%B6l/a%20b', 'oil {"x":"a b"}'],
    ['/%c3%b6l/%E2%82%AC', 'oil {"x":"€"}'],
    ['/a%20b', 'space {}'],
    ['/%2541', 'percent {}'],
    ['/%41', 'notFound'],
    ['/n/%31%32', 'int {"n":12}'],
    ['/x/%25/end', 'x {"x":"%"}'],
  ])('%s is decoded once', (path, expected) => expect(get(map, path)).toBe(expected))

  it.each([
    ['/x/a%2Fb/end', 'x {"x":"a/b"}'],
    ['/x/%2F/end', 'x {"x":"/"}'],
    ['/x/a%2Fend', 'notFound'],
    ['/files/a%2Fb/c', 'files {"p":"a%2Fb/c"}'],
    ['/files/a%252Fb', 'files {"p":"a%2Fb"}'],
    ['/x/%F0%91%BF%BF%2F%F0%91%BF%BF/end', 'x {"x":"\u{11fff}/\u{11fff}"}'],
  ])('S31: an encoded slash stays inside its segment: %s', (path, expected) =>
    expect(get(map, path)).toBe(expected),
  )

  it.each([
    ['/x/%FF/end', 'x {"x":"%FF"}'],
    ['/x/%C3/end', 'x {"x":"%C3"}'],
    ['/x/%C0%AF/end', 'x {"x":"%C0%AF"}'],
    ['/x/%ED%A0%80/end', 'x {"x":"%ED%A0%80"}'],
    ['/x/%F5%80%80%80/end', 'x {"x":"%F5%80%80%80"}'],
    ['/x/%E2%82/end', 'x {"x":"%E2%82"}'],
    ['/x/%C3%B6%FF%41/end', 'x {"x":"ö%FFA"}'],
    ['/x/%/end', 'x {"x":"%"}'],
    ['/x/%4/end', 'x {"x":"%4"}'],
    ['/x/%zz%20/end', 'x {"x":"%zz "}'],
    ['/x/%00/end', 'x {"x":"\\u0000"}'],
  ])('S38: bytes that are no text stay as they are: %s', (path, expected) =>
    expect(get(map, path)).toBe(expected),
  )

  it.each([
    ['/%61', ['/a'], '/a {}'],
    ['/%31', ['/<int:n>', '/<x>/b'], '/<int:n> {"n":1}'],
    ['/%61/', ['/a/', '/<x>/b'], '/a/ {}'],
    ['/x/%61', ['/x/a', '/x/b/<y>'], '/x/a {}'],
  ])('count where the text as sent leads nowhere: %s', (path, rules, expected) => {
    const map = mapOf(Object.fromEntries(rules.map((rule) => [rule, rule])))
    expect(get(map, path)).toBe(expected)
  })

  it('S34: a redirect quotes the path, with one slash in front', () => {
    const map = mapOf({ '/<x>/': 'x', '/<x>/<y>/': 'y' })
    expect(get(map, '/%5Cevil.example')).toBe('redirect /%5Cevil.example/')
    expect(get(map, '//evil.example')).toBe('redirect /evil.example/')
    expect(get(map, '//evil.example/%2e%2e')).toBe('redirect /evil.example/../')
    expect(get(map, '/%2Fevil.example')).toBe('redirect /%2Fevil.example/')
    expect(get(map, '/a%0D%0Ab%3F%23')).toBe('redirect /a%0D%0Ab%3F%23/')
  })
})

describe('what is escaped', () => {
  const rules = fc.subarray(
    [
      '/',
      '/a',
      '/ab/',
      '/a/b',
      '/a/b/',
      '/a%b',
      '/%b',
      '/1/<x>',
      '/<x>',
      '/<x>/b/',
      '/<int:n>',
      '/<int:n>/b',
    ].concat([
      '/<path:p>',
      '/<path:p>/a/b',
      '/<path:p>/',
      '/<any(a,b):k>',
      '/<x>-<y>',
      '/b<x>',
      '/<x>/<y>/1',
      '/1/1/1',
    ]),
    { minLength: 1, maxLength: 6 },
  )
  const pieces = fc.array(fc.constantFrom('a', 'b', '1', 'ab', '-', '.', '/', '/', '//', 'é', 'c'), {
    maxLength: 8,
  })

  it('comes to the same as what is not', () => {
    fc.assert(
      fc.property(rules, pieces, fc.nat(7), fc.constantFrom('GET', 'POST'), (paths, parts, place, method) => {
        const map = new UrlMap(
          paths.map(
            (path, index) => new Rule(path, { endpoint: path, methods: [index % 2 ? 'POST' : 'GET'] }),
          ),
        )
        const plain = `/${parts.join('')}`
        const escaped = `/${parts.map((part, at) => (at === place ? percentEncoded(part) : part)).join('')}`
        expect(map.matcher.match(plain, method)).toEqual(map.matcher.match(escaped, method))
      }),
      { numRuns: 3000 },
    )
  })

  function percentEncoded(text: string): string {
    return text.replace(/[^/]/g, (character) =>
      Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16)}`).join(''),
    )
  }
})

describe('dot segments', () => {
  const rules = { '/static/<path:p>': 'static', '/raw/<path:p>/edit': 'edit', '/x/<name>': 'x' }

  it.each([
    '/static/..',
    '/static/../etc/passwd',
    '/static/a/../b',
    '/static/./a',
    '/static/a/.',
    '/static/%2e%2e/a',
    '/static/a/%2E./b',
    '/raw/../edit',
    '/raw/a/../b/edit',
  ])('S31: %s does not reach a path parameter that refuses them', (path) => {
    expect(get(mapOf(rules, { rejectDotSegments: true }), path)).toBe('notFound')
  })

  it.each([
    ['/static/a..b', 'static {"p":"a..b"}'],
    ['/static/...', 'static {"p":"..."}'],
    ['/static/.well-known/x', 'static {"p":".well-known/x"}'],
    ['/x/..', 'x {"name":".."}'],
  ])('%s is no dot segment of a path parameter', (path, expected) => {
    expect(get(mapOf(rules, { rejectDotSegments: true }), path)).toBe(expected)
  })

  it('match by default, as in Werkzeug', () => {
    expect(get(mapOf(rules), '/static/../a')).toBe('static {"p":"../a"}')
  })
})

describe('hosts', () => {
  const map = new UrlMap([
    new Rule('/', { endpoint: 'root' }),
    new Rule('/', { endpoint: 'api', subdomain: 'api' }),
    new Rule('/<int:n>', { endpoint: 'user', subdomain: '<name>' }),
    new Rule('/docs/', { endpoint: 'docs', subdomain: 'v<int:major>.api' }),
  ])
  const at = (host: string, path: string): string => summary(map.matcher.match(path, 'GET', host))

  it('are matched before the path', () => {
    expect(at('', '/')).toBe('root {}')
    expect(at('api', '/')).toBe('api {}')
    expect(at('ada', '/7')).toBe('user {"name":"ada","n":7}')
    expect(at('api', '/7')).toBe('user {"name":"api","n":7}')
    expect(at('v2.api', '/docs')).toBe('redirect /docs/')
    expect(at('v2.api', '/docs/')).toBe('docs {"major":2}')
    expect(at('', '/7')).toBe('notFound')
    expect(at('ada', '/')).toBe('notFound')
  })

  it('are whole with host matching', () => {
    const map = new UrlMap(
      [
        new Rule('/', { endpoint: 'main', host: 'example.org' }),
        new Rule('/', { endpoint: 'other', host: '<sub>.example.org' }),
      ],
      { hostMatching: true },
    )
    expect(map.bind('example.org').match('/').endpoint).toBe('main')
    expect(map.bind('a.b.example.org').match('/').values).toEqual({ sub: 'a.b' })
    expect(() => map.bind('example.org', { subdomain: 'x' })).toThrow("'subdomain' cannot be given")
  })
})

describe('WebSocket rules', () => {
  const map = mapOf({ '/ws': { endpoint: 'ws', websocket: true }, '/page': 'page', '/both': 'http' })
  map.add(new Rule('/both', { endpoint: 'socket', websocket: true }))
  const socket = (path: string): string => summary(map.matcher.match(path, 'GET', '', true))

  it('answer WebSockets and nothing else', () => {
    expect([socket('/ws'), get(map, '/ws')]).toEqual(['ws {}', 'websocketMismatch'])
    expect([socket('/page'), get(map, '/page')]).toEqual(['websocketMismatch', 'page {}'])
    expect([socket('/both'), get(map, '/both')]).toEqual(['socket {}', 'http {}'])
  })

  it('cannot have methods that open no WebSocket', () => {
    expect(() => new Rule('/', { websocket: true, methods: ['POST'] })).toThrow('GET, HEAD and OPTIONS')
  })
})

describe('redirects to other rules', () => {
  it('go to the rule with the value as default', () => {
    const map = new UrlMap([
      new Rule('/all/', { endpoint: 'all', defaults: { page: 1 } }),
      new Rule('/all/page/<int:page>', { endpoint: 'all' }),
    ])
    expect(get(map, '/all/page/1')).toBe('redirect defaults')
    expect(get(map, '/all/page/2')).toBe('all {"page":2}')
    expect(get(map, '/all/')).toBe('all {"page":1}')
    expect(() => map.bind('example.org', { queryArgs: 'q=1' }).match('/all/page/1')).toThrow(
      expect.objectContaining({ newUrl: 'http://example.org/all/?q=1', code: 308 }),
    )
  })

  it('go from an alias to the canonical rule', () => {
    const map = mapOf({ '/users/': 'users', '/users.html': { endpoint: 'users', alias: true } })
    expect(() => map.bind('example.org', { rootPath: '/app' }).match('/users.html')).toThrow(
      expect.objectContaining({ newUrl: 'http://example.org/app/users/' }),
    )
  })

  it('are left out with redirectDefaults: false', () => {
    const map = mapOf(
      { '/users/': 'users', '/users.html': { endpoint: 'users', alias: true } },
      { redirectDefaults: false },
    )
    expect(get(map, '/users.html')).toBe('users {}')
  })

  it.each([
    ['/new/<id>', 'http://example.org/new/7'],
    ['new/<id>', 'http://example.org/app/new/7'],
    ['../<id>?a=1', 'http://example.org/7?a=1'],
    ['https://other.example/<id>', 'https://other.example/7'],
    ['//other.example/', 'http://other.example/'],
  ])('follow redirectTo %s', (redirectTo, newUrl) => {
    const map = mapOf({ '/old/<int:id>': { endpoint: 'old', redirectTo } })
    expect(() => map.bind('example.org', { rootPath: '/app/' }).match('/old/7')).toThrow(
      expect.objectContaining({ newUrl }),
    )
  })

  it('follow a redirectTo function, which may build URLs', () => {
    const map = mapOf({
      '/old/<int:id>': { endpoint: 'old', redirectTo: (urls, { id }) => urls.build('new', { id }) },
      '/new/<int:id>': 'new',
    })
    expect(() => map.bind('example.org').match('/old/7')).toThrow(
      expect.objectContaining({ newUrl: 'http://example.org/new/7' }),
    )
  })

  it.each([
    ['<path:to>', '/go/https:%2F%2Fevil.example', 'http://example.org/https:%252F%252Fevil.example'],
    ['<path:to>', '/go/%5C%5Cevil.example', 'http://example.org/%5C%5Cevil.example'],
    ['/<to>', '/go/%2Fevil.example', 'http://example.org/evil.example'],
    ['<to>', '/go/javascript:alert(1)', 'http://example.org/javascript:alert(1)'],
  ])('S34: a value in redirectTo never chooses the host: %s %s', (redirectTo, path, newUrl) => {
    const parameter = redirectTo.includes('path') ? '<path:to>' : '<to>'
    const map = mapOf({
      [`/go/${parameter}`]: { endpoint: 'go', redirectTo: redirectTo.replace('path:', '') },
    })
    expect(() => map.bind('example.org').match(path)).toThrow(expect.objectContaining({ newUrl }))
  })
})

describe('values', () => {
  it('S36: are fresh plain objects each time', () => {
    const map = mapOf({ '/fixed': 'fixed', '/a/<x>': 'a', '/d/': { endpoint: 'd', defaults: { page: 1 } } })
    for (const path of ['/fixed', '/a/1', '/d/', '/a/%31']) {
      const values = map.bind('example.org').match(path).values
      Object.assign(values, { intruder: true, x: 'changed' })
      const again = map.bind('example.org').match(path).values
      expect(again).not.toHaveProperty('intruder')
      expect(again).not.toBe(values)
      expect(Object.getPrototypeOf(again)).toBe(Object.prototype)
    }
  })

  it('S36: two names at one place are kept apart', () => {
    const map = mapOf({ '/<user>/posts': 'posts', '/<group>/members': 'members' })
    expect(get(map, '/a/posts')).toBe('posts {"user":"a"}')
    expect(get(map, '/b/members')).toBe('members {"group":"b"}')
  })

  it('may have the names of members of Object', () => {
    const map = mapOf({ '/<constructor>/<toString>/<int:hasOwnProperty>': 'odd' })
    expect(get(map, '/a/b/3')).toBe('odd {"constructor":"a","toString":"b","hasOwnProperty":3}')
  })
})

describe('duplicates', () => {
  const add = (first: RuleOptions, second: RuleOptions): UrlMap =>
    new UrlMap(
      [
        new Rule('/<int:a>', { endpoint: 'x', ...first }),
        new Rule('/<int(min=1):b>', { endpoint: 'y', ...second }),
      ],
      {
        rejectDuplicates: true,
      },
    )

  it('are refused when they answer the same requests', () => {
    expect(() => add({}, {})).toThrow(expect.objectContaining({ name: 'DuplicateRuleError' }))
    expect(() => add({ methods: ['GET', 'PUT'] }, { methods: ['PUT'] })).toThrow('was added before')
  })

  it('are none with other methods, connections or hosts', () => {
    expect(() => add({ methods: ['GET'] }, { methods: ['POST'] })).not.toThrow()
    expect(() => add({ websocket: true }, {})).not.toThrow()
    expect(() => add({ subdomain: 'a' }, {})).not.toThrow()
    expect(() => add({ buildOnly: true }, {})).not.toThrow()
  })
})
