import { getHost, percentDecode, type ServerAddress } from '@phial/http/url'
import {
  EndpointPrefix,
  type MapAdapter,
  type RoutableRequest,
  RoutingError,
  Rule,
  type RuleFactory,
  type RuleOptions,
  ruleTemplate,
  Subdomain,
  Submount,
  UrlMap,
  type UrlMapOptions,
} from '@phial/router'
import type { Adapter } from '../lib/values.ts'

type Fields = Record<string, unknown>

/** Cases are recorded at the level of WSGI, where paths are decoded text; the router takes them as sent. */
const sent = (path: string): string => encodeURI(path).replace(/[?#]/g, encodeURIComponent)

const operations: Record<string, (map: UrlMap, bind: Fields | undefined, args: Fields) => unknown> = {
  construct: () => null,
  iter_rules: (map) => [...map.iterRules()].map(describeRule),
  is_endpoint_expecting: (map, _, { endpoint, arguments: names }) =>
    map.isEndpointExpecting(endpoint as string, ...(names as string[])),
  bind: (map, bind) => describeAdapter(bound(map, bind)),
  get_host: (map, bind, { domain_part }) => bound(map, bind).getHost(domain_part as string | null),
  match(map, bind, args) {
    const { endpoint, values, rule } = bound(map, bind).match(pathOf(args), matchOptions(args))
    return { endpoint, args: values, ...(args['return_rule'] ? { rule: rule.rule } : {}) }
  },
  test: (map, bind, args) => bound(map, bind).test(pathOf(args), args['method'] as string | undefined),
  allowed_methods: (map, bind, args) => [...bound(map, bind).allowedMethods(pathOf(args))].sort(),
  dispatch(map, bind, args) {
    const options = { ...matchOptions(args), catchErrors: args['catch_http_exceptions'] === true }
    const result = bound(map, bind).dispatch(
      (endpoint, values) => ({ endpoint, args: values }),
      pathOf(args),
      options,
    )
    if (!(result instanceof RoutingError)) return result
    const { name, code } = result
    return {
      returned_exception: {
        type: name,
        code,
        ...('newUrl' in result ? { new_url: result.newUrl } : {}),
        ...('validMethods' in result ? { valid_methods: result.validMethods } : {}),
      },
    }
  },
  build: (map, bind, args) =>
    bound(map, bind).build(args['endpoint'] as string, (args['values'] ?? {}) as Fields, {
      method: args['method'] as string | null,
      forceExternal: args['force_external'] === true,
      appendUnknown: args['append_unknown'] !== false,
      urlScheme: args['url_scheme'] as string | null,
    }),
}

export const functions: Record<string, Adapter> = {
  routing({ map, bind, call }) {
    const { op, args = {} } = call as { op: string; args?: Fields }
    return operations[op]?.(urlMap(map as Fields), bind as Fields | undefined, args)
  },
}

function urlMap(fields: Fields): UrlMap {
  const options = given<UrlMapOptions>(fields, {
    strict_slashes: 'strictSlashes',
    merge_slashes: 'mergeSlashes',
    redirect_defaults: 'redirectDefaults',
    host_matching: 'hostMatching',
    subdomain_matching: 'subdomainMatching',
    default_subdomain: 'defaultSubdomain',
    sort_parameters: 'sortParameters',
  })
  const sortKey =
    fields['sort_by_value'] === true
      ? { sortKey: ([, value]: readonly [string, unknown]) => value as string }
      : {}
  // Only the version that has this setting refuses duplicates.
  const rejectDuplicates = 'subdomain_matching' in fields
  return new UrlMap((fields['rules'] as Fields[]).map(ruleFactory), {
    ...options,
    ...sortKey,
    rejectDuplicates,
  })
}

function ruleFactory(fields: Fields): RuleFactory {
  const rules = (): RuleFactory[] => (fields['rules'] as Fields[]).map(ruleFactory)
  switch (fields['type']) {
    case 'Submount':
      return new Submount(fields['path'] as string, rules())
    case 'Subdomain':
      return new Subdomain(fields['subdomain'] as string, rules())
    case 'EndpointPrefix':
      return new EndpointPrefix(fields['prefix'] as string, rules())
    case 'RuleTemplate':
      return ruleTemplate(rules())(fields['context'] as Record<string, string>)
    default:
      return new Rule(
        fields['rule'] as string,
        given<RuleOptions>(fields, {
          endpoint: 'endpoint',
          defaults: 'defaults',
          subdomain: 'subdomain',
          methods: 'methods',
          build_only: 'buildOnly',
          strict_slashes: 'strictSlashes',
          merge_slashes: 'mergeSlashes',
          redirect_to: 'redirectTo',
          alias: 'alias',
          host: 'host',
          websocket: 'websocket',
        }),
      )
  }
}

function bound(map: UrlMap, bind: Fields = {}): MapAdapter {
  const { server_name, subdomain, script_name, url_scheme, default_method, path_info, query_args, request } =
    bind
  if (request !== undefined) {
    return map.bindToRequest(routableRequest(request as Fields), {
      serverName: (server_name ?? null) as string | null,
      subdomain: (subdomain ?? null) as string | null,
    })
  }
  return map.bind(server_name as string, {
    rootPath: script_name as string | null,
    subdomain: subdomain as string | null,
    path: typeof path_info === 'string' ? sent(path_info) : null,
    queryArgs: query_args as string | null,
    ...(url_scheme === undefined ? {} : { urlScheme: url_scheme as string }),
    ...(default_method === undefined ? {} : { defaultMethod: default_method as string }),
  })
}

function routableRequest(fields: Fields): RoutableRequest {
  const { scheme = 'http', method = 'GET', host = null, server = null, script_name = '', path = '/' } = fields
  const connection = String(fields['connection'] ?? '')
    .toLowerCase()
    .split(',')
  return {
    scheme: scheme as string,
    method: method as string,
    host: getHost(scheme as string, host as string | null, server as ServerAddress | null),
    rootPath: script_name as string,
    path: sent(path as string),
    queryString: String(fields['query_string'] ?? ''),
    isWebsocket:
      connection.some((option) => option.trim() === 'upgrade') &&
      String(fields['upgrade'] ?? '').toLowerCase() === 'websocket',
  }
}

function pathOf({ path_info }: Fields): string | null {
  return typeof path_info === 'string' ? sent(path_info) : null
}

function matchOptions({ method, query_args, websocket }: Fields): {
  method: string | null
  queryArgs: string | Fields | null
  websocket: boolean | null
} {
  return {
    method: (method ?? null) as string | null,
    queryArgs: (query_args ?? null) as string | Fields | null,
    websocket: (websocket ?? null) as boolean | null,
  }
}

function describeAdapter(adapter: MapAdapter): Fields {
  return {
    server_name: adapter.serverName,
    script_name: adapter.rootPath,
    subdomain: adapter.subdomain,
    url_scheme: adapter.urlScheme,
    path_info: percentDecode(adapter.path),
    default_method: adapter.defaultMethod,
    query_args: adapter.queryArgs,
    websocket: adapter.websocket,
  }
}

function describeRule(rule: Rule): Fields {
  return {
    rule: rule.rule,
    endpoint: rule.endpoint,
    methods: rule.methods === null ? null : [...rule.methods].sort(),
    arguments: [...rule.arguments].sort(),
    defaults: rule.defaults,
    subdomain: rule.subdomain,
    host: rule.host,
    websocket: rule.websocket,
    build_only: rule.buildOnly,
    alias: rule.alias,
    strict_slashes: rule.strictSlashes,
    merge_slashes: rule.mergeSlashes,
  }
}

/** The fields that are there, under the names that the router has for them. */
function given<Options>(fields: Fields, names: Record<string, keyof Options & string>): Options {
  const entries = Object.entries(names).filter(([recorded]) => recorded in fields)
  return Object.fromEntries(entries.map(([recorded, name]) => [name, fields[recorded]])) as Options
}
