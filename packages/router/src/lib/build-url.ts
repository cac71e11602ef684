import { BuildError } from './build-error.ts'
import type { BuildOptions, BuildValues } from './build-options.ts'
import { queryPairs } from './query.ts'
import type { RuleIndex } from './rule-index.ts'

/** The place that URLs are relative to. */
export interface UrlBase {
  /** Host, with its port if it is not the usual one. */
  readonly serverName: string
  /** Path under which the application lies; ends with a slash. */
  readonly rootPath: string
  /** Subdomain of the request, null when it has none to speak of. */
  readonly subdomain: string | null
  readonly urlScheme: string
  readonly defaultMethod: string
  readonly hostMatching: boolean
}

/**
 * Builds the URL of an endpoint: a path when it lies on the host of `base`, else with scheme and host.
 * `null` and `undefined` values count as not given.
 *
 * @throws BuildError when no rule of the endpoint fits; it says what may be meant or missing.
 * @throws TypeError for a value that its converter cannot write.
 */
export function buildUrl<Endpoint>(
  rules: RuleIndex<Endpoint>,
  base: UrlBase,
  endpoint: Endpoint,
  values: BuildValues = {},
  options: BuildOptions = {},
): string {
  const given = givenValues(values)
  const { appendUnknown = true } = options
  const method = options.method ?? null
  const found =
    (method === null ? buildParts(rules, base, endpoint, given, base.defaultMethod, appendUnknown) : null) ??
    buildParts(rules, base, endpoint, given, method, appendUnknown)
  if (found === null) throw new BuildError(endpoint, given, method, rules.all())
  const host = hostOf(base, found.host)
  // One slash in front: what follows cannot be read as a host.
  const path = found.path.replace(/^\/+/, '')
  const scheme = options.urlScheme ?? base.urlScheme
  const secure = scheme === 'https' || scheme === 'wss'
  const external = options.forceExternal === true || found.websocket
  const isHere = base.hostMatching ? host === base.serverName : found.host === base.subdomain
  if (!external && isHere) return `${base.rootPath.replace(/\/+$/, '')}/${path}`
  let prefix = ''
  if (found.websocket) prefix = secure ? 'wss:' : 'ws:'
  else if (scheme !== '') prefix = secure ? 'https:' : 'http:'
  return `${prefix}//${host}${base.rootPath.slice(0, -1)}/${path}`
}

/** The host of a URL with this host part: a subdomain, or a whole host with host matching. */
export function hostOf(base: UrlBase, hostPart: string | null): string {
  if (base.hostMatching) return hostPart ?? base.serverName
  const subdomain = hostPart ?? base.subdomain
  return subdomain ? `${subdomain}.${base.serverName}` : base.serverName
}

interface UrlParts {
  readonly host: string
  readonly path: string
  readonly websocket: boolean
}

/** The first rule that fits; with host matching, one of the host of the request if there is one. */
function buildParts<Endpoint>(
  rules: RuleIndex<Endpoint>,
  base: UrlBase,
  endpoint: Endpoint,
  values: Readonly<Record<string, unknown>>,
  method: string | null,
  appendUnknown: boolean,
): UrlParts | null {
  let first: UrlParts | null = null
  for (const rule of rules.of(endpoint)) {
    if (!rule.suitableFor(values, method)) continue
    const built = rule.build(values, appendUnknown)
    if (built === null) continue
    const parts = { host: built[0], path: built[1], websocket: rule.websocket }
    if (!base.hostMatching || parts.host === base.serverName) return parts
    first ??= parts
  }
  return first
}

/** The values as a record without `null` and `undefined`; pairs with one name become a list. */
function givenValues(values: BuildValues): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = Object.create(null)
  if (!(Symbol.iterator in values)) {
    for (const [name, value] of Object.entries(values)) {
      if (value !== null && value !== undefined) given[name] = value
    }
    return given
  }
  const lists = new Map<string, unknown[]>()
  for (const [name, value] of queryPairs(values)) {
    const list = lists.get(name)
    if (list === undefined) lists.set(name, [value])
    else list.push(value)
  }
  for (const [name, list] of lists) given[name] = list.length === 1 ? list[0] : list
  return given
}
