/**
 * URLs as Werkzeug has them: IRIs, queries, hosts.
 *
 * ```ts
 * iriToUri('http://☃.net/påth') // 'http://xn--n3h.net/p%C3%A5th'
 * parseQuery('a=1&a=2').getList('a', Number) // [1, 2]
 * ```
 *
 * @module
 */
export type { CurrentUrlParts } from './lib/url/current-url.ts'
export { getCurrentUrl } from './lib/url/current-url.ts'
export type { ServerAddress } from './lib/url/host.ts'
export { getHost, hostIsTrusted, isValidHost } from './lib/url/host.ts'
export { hostToAscii, hostToUnicode } from './lib/url/idna.ts'
export { iriToUri, uriToIri } from './lib/url/iri.ts'
export { percentDecode } from './lib/url/percent.ts'
export type { ParseQueryOptions, QueryInit, QueryValue } from './lib/url/query.ts'
export { parseQuery, urlEncode } from './lib/url/query.ts'
