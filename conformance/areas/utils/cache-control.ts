import {
  ContentSecurityPolicy,
  parseRequestCacheControl,
  parseResponseCacheControl,
  ResponseCacheControl,
} from '@phial/http/headers'

type Sets = [property: string, value: unknown][]

const REQUEST_ATTRIBUTES =
  'no_cache no_store max_age max_stale min_fresh no_transform only_if_cached stale_if_error'.split(' ')
const RESPONSE_ATTRIBUTES =
  'no_cache no_store max_age no_transform public private must_revalidate proxy_revalidate s_maxage immutable must_understand stale_while_revalidate stale_if_error'.split(
    ' ',
  )

function parse({ value, kind }: { value: string | null; kind: 'request' | 'response' }): unknown {
  const isRequest = kind === 'request'
  const cacheControl = isRequest ? parseRequestCacheControl(value) : parseResponseCacheControl(value)
  const names = isRequest ? REQUEST_ATTRIBUTES : RESPONSE_ATTRIBUTES
  const attrs = names.map((name) => [name, Reflect.get(cacheControl, camelCase(name))])
  return { items: [...cacheControl], attrs: Object.fromEntries(attrs), header: cacheControl.toHeader() }
}

function build({ sets }: { sets: Sets }): string {
  const cacheControl = new ResponseCacheControl()
  for (const [property, value] of sets) Reflect.set(cacheControl, camelCase(property), value)
  return cacheControl.toHeader()
}

function csp({ value, sets }: { value: string | null; sets: Sets }): unknown {
  const policy = ContentSecurityPolicy.fromHeader(value)
  for (const [property, text] of sets) Reflect.set(policy, camelCase(property), text)
  return { items: [...policy], header: policy.toHeader() }
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

export const functions: Record<string, (args: never) => unknown> = {
  cache_control_parse: parse,
  cache_control_build: build,
  csp,
}
