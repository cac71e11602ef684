/**
 * URL rules, matching, building and typed parameters.
 *
 * ```ts
 * const map = new UrlMap([
 *   new Rule('/', { endpoint: 'home' }),
 *   new Rule('/users/<int:id>', { endpoint: 'user', methods: ['GET'] }),
 * ])
 * const urls = map.bind('example.org')
 * urls.match('/users/7') // { endpoint: 'user', values: { id: 7 }, rule }
 * urls.build('user', { id: 7, tab: 'posts' }) // '/users/7?tab=posts'
 * ```
 */
export type { ConverterClass } from './lib/base-converter.ts'
export { BaseConverter } from './lib/base-converter.ts'
export { BuildError } from './lib/build-error.ts'
export type { BuildOptions, BuildValues } from './lib/build-options.ts'
export type { ArgumentKind, ArgumentToken, ArgumentValue } from './lib/converter-arguments.ts'
export { ConverterArguments } from './lib/converter-arguments.ts'
export {
  AnyConverter,
  DEFAULT_CONVERTERS,
  PathConverter,
  StringConverter,
  UuidConverter,
} from './lib/converters.ts'
export {
  BadHost,
  DuplicateRuleError,
  MethodNotAllowed,
  NotFound,
  RequestRedirect,
  RoutingError,
  RuleSyntaxError,
  ValidationError,
  WebsocketMismatch,
} from './lib/errors.ts'
export type { BindOptions, BoundMap, MatchOptions, RouteMatch } from './lib/map-adapter.ts'
export { MapAdapter } from './lib/map-adapter.ts'
export type { RouteValues } from './lib/match-target.ts'
export type { Matcher } from './lib/matcher.ts'
export {
  BigIntConverter,
  FloatConverter,
  IntegerConverter,
  NumberConverter,
} from './lib/number-converters.ts'
export type { Matched, MatchOutcome, MethodMismatch, Redirected } from './lib/outcome.ts'
export type { Converters, RuleParams } from './lib/params.ts'
export type { QuerySortKey, QueryValues } from './lib/query.ts'
export type { RedirectTarget, RedirectUrls, RuleContext, RuleFactory, RuleOptions } from './lib/rule.ts'
export { Rule } from './lib/rule.ts'
export type { RuleTemplate, TemplateValues } from './lib/rule-groups.ts'
export { EndpointPrefix, ruleTemplate, Subdomain, Submount } from './lib/rule-groups.ts'
export type { RuleIndex } from './lib/rule-index.ts'
export type { RoutableRequest, UrlMapOptions } from './lib/url-map.ts'
export { UrlMap } from './lib/url-map.ts'
