import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  abort,
  Blueprint,
  g,
  Phial,
  type RequestContext,
  reply,
  request,
  urlFor,
  type ViewHandle,
} from '../../index.ts'

function createApp(options?: ConstructorParameters<typeof Phial>[1]): Phial {
  return new Phial('test', { staticFolder: null, ...options })
}

/** A view that says where it is. */
function where(_params: object, { endpoint, request: { blueprint, blueprints } }: RequestContext) {
  return { endpoint, blueprint, blueprints }
}

describe('a blueprint', () => {
  it('adds its routes behind its prefix, with endpoints behind its name', async () => {
    const app = createApp()
    const shop = new Blueprint('shop', import.meta, { urlPrefix: '/shop' })
    shop.get('/', where)
    shop.get('/items/<int:id>', function item({ id }) {
      expectTypeOf(id).toEqualTypeOf<number>()
      return `${id} ${urlFor('.where')} ${urlFor('.item', { id: 1 })} ${urlFor('shop.item', { id: 2 })}`
    })
    app.registerBlueprint(shop)
    const client = app.testClient()
    expect((await client.get('/shop/')).json()).toEqual({
      endpoint: 'shop.where',
      blueprint: 'shop',
      blueprints: ['shop'],
    })
    expect((await client.get('/shop/items/7')).text).toBe('7 /shop/ /shop/items/1 /shop/items/2')
    expect([...app.blueprints.keys()]).toEqual(['shop'])
  })

  it('gives its views the parameters of its prefix, typed', async () => {
    const app = createApp()
    const team = new Blueprint('team', null, { urlPrefix: '/teams/<int:team>' })
    const member = team.get('/<name>', ({ team, name }) => {
      expectTypeOf(team).toEqualTypeOf<number>()
      expectTypeOf(name).toEqualTypeOf<string>()
      return `${name} of ${team + 1}`
    })
    app.registerBlueprint(team)
    app.get('/', () => urlFor(member, { team: 3, name: 'ann' }))
    const client = app.testClient()
    expect((await client.get('/teams/6/bob')).text).toBe('bob of 7')
    expect((await client.get('/')).text).toBe('/teams/3/ann')
    // @ts-expect-error the prefix needs a team
    expect(() => app.urlFor('team.member') && urlFor(member, { name: 'ann' })).toThrow()
  })

  it('can be registered several times under other names', async () => {
    const app = createApp()
    const api = new Blueprint('api')
    const root: ViewHandle<object> = api.get(
      '/',
      (_params, context): string => `${context.endpoint} ${urlFor('.root')} ${urlFor(root)}`,
    )
    api.addUrlRule('/root', { endpoint: 'root' })
    app.registerBlueprint(api, { urlPrefix: '/v1' })
    app.registerBlueprint(api, { urlPrefix: '/v2', name: 'api2' })
    expect(() => app.registerBlueprint(api)).toThrow(
      /The name "api" is already registered for this blueprint.*\{ name: 'other_name' \}/,
    )
    expect(() => app.registerBlueprint(new Blueprint('api2'))).toThrow(/"api2".*another blueprint/)
    const client = app.testClient()
    expect((await client.get('/v1/')).text).toBe('api.GET / /v1/root /v1/')
    expect((await client.get('/v2/')).text).toBe('api2.GET / /v2/root /v2/')
  })

  it('nests: prefixes, subdomains, names and defaults join', async () => {
    const app = createApp({ subdomainMatching: true, config: { SERVER_NAME: 'example.com' } })
    const parent = new Blueprint('parent', null, { urlPrefix: '/parent', subdomain: 'api' })
    const child = new Blueprint('child', null, { urlPrefix: '/child/', subdomain: 'eu' })
    const grandchild = new Blueprint('grandchild', null, { urlDefaults: { page: 1 } })
    grandchild.get('/x', { endpoint: 'x' }, (params, context) => ({ ...where(params, context), params }))
    child.registerBlueprint(grandchild, { urlPrefix: 'deep', name: 'gc' })
    parent.registerBlueprint(child)
    app.registerBlueprint(parent)
    const client = app.testClient({ subdomain: 'eu.api' })
    expect((await client.get('/parent/child/deep/x')).json()).toEqual({
      endpoint: 'parent.child.gc.x',
      blueprint: 'parent.child.gc',
      blueprints: ['parent.child.gc', 'parent.child', 'parent'],
      params: { page: 1 },
    })
    expect(app.urlFor('parent.child.gc.x')).toBe('http://eu.api.example.com/parent/child/deep/x')
  })

  it('runs hooks from the application inwards, and after hooks outwards', async () => {
    const app = createApp()
    const order: string[] = []
    const note = (name: string) => () => void order.push(name)
    const outer = new Blueprint('outer')
    const inner = new Blueprint('inner')
    for (const [name, scaffold] of Object.entries({ app, outer, inner })) {
      scaffold.urlValuePreprocessor(note(`values ${name}`))
      scaffold.beforeRequest(note(`before ${name}`))
      scaffold.beforeRequest(note(`before ${name} 2`))
      scaffold.afterRequest(note(`after ${name}`))
      scaffold.afterRequest(note(`after ${name} 2`))
      scaffold.teardownRequest(note(`teardown ${name}`))
    }
    inner.get('/', () => {
      order.push('view')
      return ''
    })
    outer.registerBlueprint(inner)
    app.registerBlueprint(outer)
    await app.testClient().get('/')
    expect(order).toEqual([
      'values app',
      'values outer',
      'values inner',
      'before app',
      'before app 2',
      'before outer',
      'before outer 2',
      'before inner',
      'before inner 2',
      'view',
      'after inner 2',
      'after inner',
      'after outer 2',
      'after outer',
      'after app 2',
      'after app',
      'teardown inner',
      'teardown outer',
      'teardown app',
    ])
    order.length = 0
    await app.testClient().get('/missing')
    expect(order.filter((name) => !name.endsWith('app') && !name.endsWith('app 2'))).toEqual([])
  })

  it('registers hooks and handlers for the whole application', async () => {
    const app = createApp()
    const order: string[] = []
    const bp = new Blueprint('bp')
    bp.beforeAppRequest(() => void order.push('before'))
    bp.afterAppRequest(() => void order.push('after'))
    bp.teardownAppRequest(() => void order.push('teardown'))
    bp.appUrlValuePreprocessor(() => void order.push('values'))
    bp.appUrlDefaults((_endpoint, values) => {
      values['lang'] = 'en'
    })
    bp.appErrorHandler(404, () => reply('blueprint 404', 404))
    app.get('/', () => urlFor('page'))
    app.addUrlRule('/<lang>/page', { endpoint: 'page' })
    app.registerBlueprint(bp)
    app.registerBlueprint(bp, { name: 'again' })
    const client = app.testClient()
    expect((await client.get('/')).text).toBe('/en/page')
    expect(order).toEqual(['values', 'before', 'after', 'teardown'])
    expect((await client.get('/missing')).text).toBe('blueprint 404')
  })

  it('handles the errors of its own requests, the innermost first', async () => {
    class Oops extends Error {}
    const app = createApp()
    const outer = new Blueprint('outer', null, { urlPrefix: '/outer' })
    const inner = new Blueprint('inner', null, { urlPrefix: '/inner' })
    outer.errorHandler(Oops, () => 'outer')
    outer.errorHandler(404, () => reply('outer 404', 404))
    inner.errorHandler(404, () => reply('inner 404', 404))
    app.errorHandler(Oops, () => 'app')
    for (const scaffold of [app, outer, inner] as unknown as Phial[]) {
      scaffold.get('/oops', { endpoint: 'oops' }, () => {
        throw new Oops()
      })
      scaffold.get('/404', { endpoint: 'missing' }, () => abort(404))
    }
    outer.registerBlueprint(inner)
    app.registerBlueprint(outer)
    const client = app.testClient()
    const text = async (path: string) => (await client.get(path)).text
    expect([await text('/oops'), await text('/outer/oops'), await text('/outer/inner/oops')]).toEqual([
      'app',
      'outer',
      'outer',
    ])
    expect([await text('/outer/404'), await text('/outer/inner/404')]).toEqual(['outer 404', 'inner 404'])
    expect(await text('/outer/unknown')).toContain('<h1>Not Found</h1>')
  })

  it('answers for unknown URLs below its prefix if it owns that', async () => {
    const app = createApp()
    const admin = new Blueprint('admin', null, { urlPrefix: '/admin', ownsPrefix: true })
    const users = new Blueprint('users', null, { urlPrefix: '/users', ownsPrefix: true })
    app.errorHandler(404, () => reply('app', 404))
    admin.errorHandler(404, (_error, context) => reply(`admin ${context.request.blueprints.join()}`, 404))
    admin.errorHandler(405, () => reply('admin 405', 405))
    admin.get('/', () => '')
    admin.registerBlueprint(users)
    app.registerBlueprint(admin)
    const client = app.testClient()
    const text = async (path: string) => (await client.get(path)).text
    expect([await text('/admin/x/y'), await text('/admin/users/x'), await text('/admin/users')]).toEqual([
      'admin admin',
      'admin admin.users,admin',
      'admin admin.users,admin',
    ])
    expect([await text('/administrator'), await text('/'), await text('/x/admin')]).toEqual([
      'app',
      'app',
      'app',
    ])
    expect((await client.post('/admin/')).text).toBe('admin 405')
    const typed = new Blueprint('typed', null, { urlPrefix: '/<lang>', ownsPrefix: true })
    expect(() => createApp().registerBlueprint(typed)).toThrow(
      /a path without parameters, as in '\/admin'; got "\/<lang>"/,
    )
  })

  it('takes the language out of URLs and puts it back', async () => {
    const app = createApp()
    const pages = new Blueprint('pages', null, { urlPrefix: '/<lang>' })
    pages.urlValuePreprocessor((_endpoint, values) => {
      g['language'] = values['lang']
      delete values['lang']
    })
    pages.urlDefaults((endpoint, values) => {
      if (app.urlMap.isEndpointExpecting(endpoint, 'lang')) values['lang'] ??= g['language']
    })
    pages.get(
      '/about',
      { endpoint: 'about' },
      (params) => `${Object.keys(params).length} ${urlFor('.about')}`,
    )
    app.registerBlueprint(pages)
    expect((await app.testClient().get('/de/about')).text).toBe('0 /de/about')
  })

  it('has its own static files', async () => {
    const app = new Phial(import.meta, { staticFolder: null })
    const bp = new Blueprint('bp', import.meta, {
      urlPrefix: '/bp',
      staticFolder: '.',
      staticUrlPath: '/files',
    })
    app.registerBlueprint(bp)
    const client = app.testClient()
    const response = await client.get('/bp/files/scope.ts')
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-cache'])
    expect((await client.get('/bp/files/../scope.ts')).status).toBe(404)
    app.testRequestContext('/bp/').run(() => {
      expect(urlFor('bp.static', { filename: 'a.css' })).toBe('/bp/files/a.css')
    })
    const long = new (class extends Blueprint {
      override getSendFileMaxAge(): number {
        return 60
      }
    })('long', import.meta, { staticFolder: '.', staticUrlPath: '/long' })
    const other = createApp()
    other.registerBlueprint(long)
    const cached = await other.testClient().get('/long/scope.ts')
    expect(cached.headers.get('Cache-Control')).toBe('public, max-age=60')
  })

  it('records what is to be done when it is registered', async () => {
    const app = createApp({ config: { NAME: 'my' } })
    const bp = new Blueprint('bp', null, { urlPrefix: '/bp' })
    const seen: unknown[] = []
    bp.record(({ app, name, urlPrefix, firstRegistration }) => {
      seen.push([app.config['NAME'], name, urlPrefix, firstRegistration])
    })
    bp.recordOnce(() => seen.push('once'))
    bp.addUrlRule('/later', { endpoint: 'later' })
    bp.endpoint('later', () => 'came later')
    app.registerBlueprint(bp)
    app.registerBlueprint(bp, { name: 'other', urlPrefix: '/other' })
    expect(seen).toEqual([['my', 'bp', '/bp', true], 'once', ['my', 'other', '/other', false]])
    expect((await app.testClient().get('/other/later')).text).toBe('came later')
  })

  it.each<[string, () => unknown, RegExp]>([
    ['a name with a dot', () => new Blueprint('a.b'), /name has no dot.*"a\.b"/],
    ['an empty name', () => new Blueprint(''), /not empty/],
    ['an endpoint with a dot', () => new Blueprint('a').get('/', { endpoint: 'x.y' }, () => ''), /"x\.y"/],
    [
      'a name at registration with a dot',
      () => createApp().registerBlueprint(new Blueprint('a'), { name: 'x.y' }),
      /"x\.y"/,
    ],
    [
      'no view',
      () => new Blueprint('a').get('/', undefined as never),
      /blueprint\.get\("\/", …\) needs a view/,
    ],
  ])('refuses %s', (_what, call, message) => {
    expect(call).toThrow(message)
  })

  it('refuses itself, and changes after it was registered', () => {
    const app = createApp()
    const bp = new Blueprint('bp')
    expect(() => bp.registerBlueprint(bp)).toThrow('The blueprint "bp" cannot be registered on itself.')
    app.registerBlueprint(bp)
    expect(() => bp.get('/', () => '')).toThrow(
      /blueprint\.addUrlRule\(\) was called on "bp" after it was registered/,
    )
    expect(() => bp.beforeRequest(() => undefined)).toThrow(/blueprint\.beforeRequest\(\)/)
  })

  it('cannot be registered once the application runs', async () => {
    const app = createApp()
    await app.testClient().get('/')
    expect(() => app.registerBlueprint(new Blueprint('late'))).toThrow(
      /app\.registerBlueprint\(\) was called after/,
    )
  })

  it('says that a view belongs to a blueprint that is not there', () => {
    const view = new Blueprint('lost').get('/', () => '')
    expect(() => createApp({ config: { SERVER_NAME: 'x' } }).urlFor(view as never)).toThrow(
      /blueprint that is not registered/,
    )
  })

  it('is called by its name where views have dots in their rule', async () => {
    const app = createApp()
    const bp = new Blueprint('bp', null, { urlPrefix: '/bp' })
    bp.get('/feed.xml', () => request.blueprint ?? 'none')
    app.get('/robots.txt', () => request.blueprint ?? 'none')
    app.registerBlueprint(bp)
    const client = app.testClient()
    expect([(await client.get('/bp/feed.xml')).text, (await client.get('/robots.txt')).text]).toEqual([
      'bp',
      'none',
    ])
  })
})
