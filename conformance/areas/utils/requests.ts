import { HttpException, type Request } from '@phial/http'
import { proxyFix } from '@phial/http/middleware'
import { uriToIri } from '@phial/http/url'
import { camelCase, type RecordedRequest, toRequest } from '../../lib/messages.ts'

interface RequestArguments extends RecordedRequest {
  attrs: string[]
  limits?: { trusted_hosts?: string[]; max_content_length?: number }
}

async function request({ attrs, limits = {}, ...recorded }: RequestArguments): Promise<unknown> {
  const values: Record<string, unknown> = {}
  for (const name of attrs) {
    const made = toRequest(recorded)
    if (limits.trusted_hosts !== undefined) made.trustedHosts = limits.trusted_hosts
    if (limits.max_content_length !== undefined) made.maxContentLength = limits.max_content_length
    try {
      values[name] = await attribute(made, name)
    } catch (error) {
      if (!(error instanceof HttpException)) throw error
      values[name] = error
    }
  }
  return values
}

/** Members that are methods, or that Python calls otherwise. */
const MEMBERS: Readonly<Record<string, (request: Request) => unknown>> = {
  // URLs are encoded here, as in Fetch, and decoded for people in Werkzeug.
  url: (made) => made.iri,
  base_url: (made) => uriToIri(made.baseUrl),
  root_url: (made) => uriToIri(made.rootUrl),
  host_url: (made) => uriToIri(made.hostUrl),
  script_root: (made) => made.rootPath,
  query_string: (made) => new TextEncoder().encode(made.queryString),
  args: (made) => pairs(made.args),
  cookies: (made) => pairs(made.cookies),
  form: async (made) => pairs(await made.form()),
  values: async (made) => pairs(await made.values()),
  data: (made) => made.getData(),
  text: (made) => made.text(),
  json: (made) => made.json(),
  json_silent: (made) => made.getJson({ silent: true }),
  json_force: (made) => made.getJson({ force: true }),
  user_agent: (made) => made.userAgent.toString(),
  authorization: ({ authorization: found }) =>
    found === null ? null : { type: found.type, parameters: found.parameters, token: found.token },
  accept_mimetypes: (made) => [...made.acceptMimetypes],
  accept_languages: (made) => [...made.acceptLanguages],
  accept_encodings: (made) => [...made.acceptEncodings],
  best_language: (made) => made.acceptLanguages.best,
  access_control_request_headers: (made) =>
    made.headers.has('Access-Control-Request-Headers') ? [...made.accessControlRequestHeaders] : null,
  pragma: (made) => [...made.pragma],
}

function attribute(made: Request, name: string): unknown {
  const member = MEMBERS[name]
  return member === undefined ? Reflect.get(made, camelCase(name)) : member(made)
}

function pairs(dict: { items(options: { multi: boolean }): Iterable<unknown> }): unknown {
  return { $multidict: [...dict.items({ multi: true })] }
}

interface ProxyArguments {
  headers: [string, string][]
  config: Record<`x_${'for' | 'proto' | 'host' | 'port' | 'prefix'}`, number> | null
  scheme?: string
  host?: string | null
  server?: [string, number]
}

async function proxy({ headers, config, scheme, host, server }: ProxyArguments): Promise<unknown> {
  let seen: Request | undefined
  const options = Object.fromEntries(
    Object.entries(config ?? {}).map(([name, hops]) => [name.slice(2), hops]),
  )
  const handler = proxyFix((made) => {
    seen = made
    return new globalThis.Response('')
  }, options)
  await handler(
    toRequest({
      headers,
      scheme: scheme ?? 'http',
      host: host === undefined ? 'app.test' : host,
      server: server ?? ['app.test', 80],
      remote_addr: '192.168.0.1',
    }),
  )
  const made = seen!
  return {
    remote_addr: made.remoteAddr,
    scheme: made.scheme,
    host: made.host,
    url_root: uriToIri(made.rootUrl),
    script_name: made.rootPath,
    server_name: made.server?.[0],
    server_port: String(made.server?.[1]),
    access_route: made.accessRoute,
    url: made.iri,
  }
}

export const functions: Record<string, (args: never) => unknown> = { request, proxy_fix: proxy }
