import type { MultiDict } from '@phial/http/collections'
import { FlaskJsonProvider, Phial, reply } from 'phial'

/** Everything a view can learn about its request. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root, jsonProvider: new FlaskJsonProvider() })

  app.route(
    '/echo',
    { methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], endpoint: 'echo' },
    async (_params, { request }) => ({
      method: request.method,
      path: request.path,
      full_path: request.fullPath,
      url: request.iri,
      base_url: request.baseUrl,
      url_root: request.rootUrl,
      host: request.host,
      scheme: request.scheme,
      is_secure: request.isSecure,
      query_string: request.queryString,
      args: pairs(request.args),
      form: pairs(await request.form()),
      content_type: request.contentType,
      mimetype: request.mimetype,
      content_length: request.contentLength,
      is_json: request.isJson,
      remote_addr: request.remoteAddr,
      endpoint: request.endpoint,
      blueprint: request.blueprint,
      view_args: request.viewArgs,
    }),
  )

  app.get('/items/<int:item>/<path:rest>', { endpoint: 'item' }, (params, { request }) => ({
    endpoint: request.endpoint,
    view_args: params,
    rule: request.urlRule?.rule,
  }))

  app.get('/arg', (_params, { request: { args } }) => ({
    required: args.require('q'),
    page: args.get('page', 1, toInteger),
    ratio: args.get('ratio', null, toNumber),
    tags: args.getAll('tag'),
    nums: args.getList('n', toInteger),
  }))

  app.post('/values', async (_params, { request }) => ({
    values: pairs(await request.values()),
    form: pairs(await request.form()),
    args: pairs(request.args),
  }))

  app.post('/json', async (_params, { request }) => ({ got: await request.json() }))
  app.post('/json/silent', async (_params, { request }) => ({ got: await request.getJson({ silent: true }) }))
  app.post('/json/force', async (_params, { request }) => ({ got: await request.getJson({ force: true }) }))

  app.post('/raw', async (_params, { request }) => {
    const data = await request.bytes()
    return reply(data, 200, {
      'Content-Type': request.contentType ?? 'application/octet-stream',
      'X-Length': String(data.length),
    })
  })

  app.post('/form-then-data', async (_params, { request }) => ({
    form: pairs(await request.form()),
    data: await request.getData({ asText: true }),
  }))
  app.post('/data-then-form', async (_params, { request }) => ({
    data: await request.text(),
    form: pairs(await request.form()),
  }))

  app.get('/headers', (_params, { request }) => {
    const { headers, acceptLanguages, authorization } = request
    return {
      ua: String(request.userAgent),
      // Repeated headers come as WSGI joins them.
      x: headers.has('X-Custom') ? headers.getAll('X-Custom').join(',') : null,
      missing: headers.get('X-Missing'),
      default: headers.get('X-Missing') ?? 'd',
      languages: [...acceptLanguages.values()],
      best: acceptLanguages.bestMatch(['de', 'en']) ?? 'en',
      mime: request.acceptMimetypes.bestMatch(['application/json', 'text/html']),
      auth: authorization && [authorization.type, authorization.username, authorization.password],
      referrer: request.referrer,
      cookies: pairs(request.cookies),
      // Python writes the offset in full.
      if_modified_since: request.ifModifiedSince?.toISOString().replace('.000Z', '+00:00') ?? null,
    }
  })

  app.get('/ip', (_params, { request }) => ({
    remote_addr: request.remoteAddr,
    route: request.accessRoute,
  }))

  return app
}

function pairs(dict: MultiDict<string>): [string, string][] {
  return [...dict.items({ multi: true })]
}

function toInteger(text: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new TypeError(`${text} is no integer.`)
  return Number(text)
}

function toNumber(text: string): number {
  const number = Number(text)
  if (Number.isNaN(number)) throw new TypeError(`${text} is no number.`)
  return number
}
