import type { FetchApp } from '@phial/http/middleware'
import { Blueprint, FlaskJsonProvider, jsonify, Phial, type RequestContext, urlFor } from 'phial'

/** Two applications under one server: one tells subdomains apart, the other hosts. */
export function createApp({ root }: { root: string }): FetchApp {
  const app = createSubdomainApp(root)
  const hosted = createHostedApp(root)
  return {
    fetch(request, ...rest) {
      const host = request.host.replace(/:.*$/, '')
      const isHosted = ['one.test', 'two.test', 'three.test'].includes(host) || host.endsWith('.wild.test')
      return (isHosted ? hosted : app).fetch(request, ...rest)
    },
  }
}

function createSubdomainApp(root: string): Phial {
  const app = new Phial(import.meta, {
    rootPath: root,
    subdomainMatching: true,
    jsonProvider: new FlaskJsonProvider(),
    config: { SERVER_NAME: 'corpus.test:8000' },
  })

  app.get('/', { endpoint: 'index' }, info)
  app.get('/', { endpoint: 'www', subdomain: 'www' }, info)
  app.get('/', { endpoint: 'user', subdomain: '<user>' }, info)
  app.get('/branch/', { endpoint: 'branch', subdomain: '<user>.eu' }, info)

  const api = new Blueprint('api', null, { subdomain: 'api' })
  api.get('/ping', { endpoint: 'ping' }, info)
  app.registerBlueprint(api)

  const multi = new Blueprint('multi')
  multi.get('/where', { endpoint: 'where' }, info)
  app.registerBlueprint(multi, { subdomain: '<tenant>' })

  const urls = () => ({
    index: urlFor('index'),
    www: urlFor('www'),
    user: urlFor('user', { user: 'bob' }),
    branch: urlFor('branch', { user: 'al' }),
    api: urlFor('api.ping'),
    external: urlFor('index', {}, { external: true }),
  })
  app.get('/urls', urls)
  app.get('/urls', { endpoint: 'urls_www', subdomain: 'www' }, urls)

  return app
}

function createHostedApp(root: string): Phial {
  const app = new Phial('hosted', {
    rootPath: root,
    hostMatching: true,
    staticFolder: null,
    jsonProvider: new FlaskJsonProvider(),
  })

  app.get('/', { endpoint: 'one', host: 'one.test' }, hostedInfo)
  app.get('/', { endpoint: 'two', host: 'two.test:81' }, hostedInfo)
  app.get('/', { endpoint: 'wild', host: '<name>.wild.test' }, hostedInfo)
  app.get('/slash/', { endpoint: 'slash', host: 'one.test' }, hostedInfo)

  return app
}

function info(_params: object, { request }: RequestContext) {
  return jsonify({ endpoint: request.endpoint, args: request.viewArgs, host: request.host })
}

function hostedInfo(params: object, { request }: RequestContext) {
  return {
    endpoint: request.endpoint,
    args: params,
    host: request.host,
    own: urlFor('one'),
    two: urlFor('two'),
    wild: urlFor('wild', { name: 'n' }),
  }
}
