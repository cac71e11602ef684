import { abort, Blueprint, FlaskJsonProvider, g, Phial, redirect, reply, request, urlFor } from 'phial'

declare module 'phial' {
  interface AppGlobals {
    trail: string[]
    lang: string | null
  }
}

class KeyError extends Error {}

/** Blueprints: nested, registered twice, with their own hooks, handlers and files. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root, jsonProvider: new FlaskJsonProvider() })

  app.get('/', { endpoint: 'index' }, () => ({
    endpoint: request.endpoint,
    blueprint: request.blueprint,
    blueprints: request.blueprints,
  }))
  app.beforeRequest(() => {
    g.trail = ['app']
  })
  app.afterRequest((response) => response.headers.set('X-Trail', g.trail.join(',')))
  app.errorHandler(404, () => reply('app says no', 404))
  app.get('/goto', () => redirect(urlFor('shop.item', { item_id: 9, ref: 'goto' })))

  const api = createApi()
  app.registerBlueprint(createShop(app, root))
  app.registerBlueprint(createAdmin(root))
  app.registerBlueprint(api, { urlPrefix: '/api' })
  app.registerBlueprint(api, { urlPrefix: '/api2', name: 'api2' })
  const assets = new Blueprint('assets', null, {
    rootPath: root,
    staticFolder: 'shop_static',
    staticUrlPath: '/files',
  })
  app.registerBlueprint(assets, { urlPrefix: '/assets' })
  return app
}

function createShop(app: Phial, root: string): Blueprint<'/shop'> {
  const shop = new Blueprint('shop', null, {
    rootPath: root,
    urlPrefix: '/shop',
    staticFolder: 'shop_static',
  })

  shop.beforeRequest(() => void g.trail.push('shop'))
  shop.afterRequest(() => void g.trail.push('shop-after'))
  shop.beforeAppRequest(() => void g.trail.push('shop-app'))

  shop.urlValuePreprocessor((_endpoint, values) => {
    g.lang = (values['lang'] as string | undefined) ?? null
    delete values['lang']
  })
  shop.urlDefaults((endpoint, values) => {
    if (g.lang && !('lang' in values) && app.urlMap.isEndpointExpecting(endpoint, 'lang')) {
      values['lang'] = g.lang
    }
  })

  shop.get('/', { endpoint: 'index_' }, () => ({
    endpoint: request.endpoint,
    blueprint: request.blueprint,
    index: urlFor('index'),
    here: urlFor('.index_'),
    item: urlFor('.item', { item_id: 3 }),
  }))
  shop.addUrlRule('/item/<int:item_id>', { endpoint: 'item' })
  shop.addUrlRule('/overridden', { endpoint: 'overridden' })
  shop.get('/<lang>/hello', { endpoint: 'hello' }, () => ({
    lang: g.lang,
    again: urlFor('.hello'),
    other: urlFor('.hello', { lang: 'xx' }),
  }))
  shop.get('/missing', () => abort(404))

  shop.errorHandler(404, () => reply('shop says no', 404))
  shop.appErrorHandler(403, () => reply('shop says forbidden everywhere', 403))
  return shop
}

function createAdmin(root: string): Blueprint<'/admin'> {
  const admin = new Blueprint('admin', null, { rootPath: root, urlPrefix: '/admin' })

  admin.beforeRequest(() => {
    g.trail.push('admin')
    return request.args.get('stop') ? reply('stopped by admin', 401) : undefined
  })
  admin.addUrlRule('/', { endpoint: 'dashboard' })
  admin.get('/forbidden', () => abort(403))
  return admin
}

function createApi(): Blueprint {
  const api = new Blueprint('api')
  api.get('/', { endpoint: 'root' }, () => ({ endpoint: request.endpoint, blueprint: request.blueprint }))
  api.errorHandler(KeyError, () => reply({ handled_by: 'api' }, 500))

  const v1 = new Blueprint('v1', null, { urlPrefix: '/v1' })
  v1.beforeRequest(() => void g.trail.push('v1'))
  v1.get('/ping', { endpoint: 'ping' }, () => ({
    endpoint: request.endpoint,
    blueprint: request.blueprint,
    blueprints: request.blueprints,
    me: urlFor('.ping'),
    up: urlFor('api.root'),
  }))
  v1.get('/boom', () => {
    throw new KeyError('x')
  })
  api.registerBlueprint(v1)

  const v1b = new Blueprint('v1b')
  v1b.get('/x', { endpoint: 'x' }, () => request.endpoint ?? '')
  api.registerBlueprint(v1b, { urlPrefix: '/override' })
  return api
}
