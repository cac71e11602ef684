/**
 * Header values: parsing, writing, and live objects that write themselves back.
 *
 * ```ts
 * parseMimeAccept('text/html;q=0.5, application/json').bestMatch(['text/html', 'application/json'])
 * parseOptionsHeader('text/html; charset=utf-8') // ['text/html', Map { 'charset' => 'utf-8' }]
 * ```
 *
 * @module
 */
export { HeaderSet } from './lib/collections/header-set.ts'
export { httpDate, parseDate } from './lib/grammar/date.ts'
export { dumpListHeader, parseListHeader } from './lib/grammar/list.ts'
export type { QuoteOptions } from './lib/grammar/quoted-string.ts'
export { quoteHeaderValue, unquoteHeaderValue } from './lib/grammar/quoted-string.ts'
export type { AcceptItem } from './lib/headers/accept.ts'
export {
  Accept,
  CharsetAccept,
  LanguageAccept,
  MAX_ACCEPT_ITEMS,
  MimeAccept,
  parseAccept,
  parseCharsetAccept,
  parseLanguageAccept,
  parseMimeAccept,
} from './lib/headers/accept.ts'
export { dumpAge, parseAge } from './lib/headers/age.ts'
export type { AuthParameters } from './lib/headers/authorization.ts'
export { Authorization, parseAuthorization } from './lib/headers/authorization.ts'
export type { CacheDirectives } from './lib/headers/cache-control.ts'
export {
  parseRequestCacheControl,
  parseResponseCacheControl,
  RequestCacheControl,
  ResponseCacheControl,
} from './lib/headers/cache-control.ts'
export { dumpFilenameDisposition } from './lib/headers/content-disposition.ts'
export { getContentLength } from './lib/headers/content-length.ts'
export { ContentRange, isByteRangeValid, parseContentRange } from './lib/headers/content-range.ts'
export { ContentSecurityPolicy, parseContentSecurityPolicy } from './lib/headers/content-security-policy.ts'
export { contentTypeWithCharset } from './lib/headers/content-type.ts'
export { dumpDictHeader, parseDictHeader } from './lib/headers/dict-header.ts'
export { ETags, generateETag, MAX_ETAGS, parseETags, quoteETag, unquoteETag } from './lib/headers/etags.ts'
export type { DeletableHeaders } from './lib/headers/header-classes.ts'
export {
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from './lib/headers/header-classes.ts'
export type { HeaderParameters, HeadersInit, HeaderValue } from './lib/headers/headers.ts'
export { Headers } from './lib/headers/headers.ts'
export { IfRange, parseIfRange } from './lib/headers/if-range.ts'
export type { ResourceConditions } from './lib/headers/is-resource-modified.ts'
export { isResourceModified } from './lib/headers/is-resource-modified.ts'
export type { OptionsHeader, OptionsHeaderParameters } from './lib/headers/options-header.ts'
export { dumpOptionsHeader, parseOptionsHeader } from './lib/headers/options-header.ts'
export type { RangePart } from './lib/headers/range.ts'
export { MAX_RANGES, parseRange, Range } from './lib/headers/range.ts'
export { parseSetHeader } from './lib/headers/set-header.ts'
export { UserAgent } from './lib/headers/user-agent.ts'
export type { WwwAuthenticateOptions } from './lib/headers/www-authenticate.ts'
export { parseWwwAuthenticate, WwwAuthenticate } from './lib/headers/www-authenticate.ts'
export { STATUS_NAMES, statusName } from './lib/status.ts'
