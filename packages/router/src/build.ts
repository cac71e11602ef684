/**
 * URL building alone, for browsers: no matching, no adapter.
 *
 * ```ts
 * const urls = new UrlBuilder([new Rule('/users/<int:id>', { endpoint: 'user' })])
 * urls.build('user', { id: 7, tab: 'posts' }) // '/users/7?tab=posts'
 * ```
 */
export type { ConverterClass } from './lib/base-converter.ts'
export { BaseConverter } from './lib/base-converter.ts'
export { BuildError } from './lib/build-error.ts'
export type { BuildOptions, BuildValues } from './lib/build-options.ts'
export type { RuleContext, RuleFactory, RuleOptions } from './lib/rule.ts'
export { Rule } from './lib/rule.ts'
export { EndpointPrefix, Subdomain, Submount } from './lib/rule-groups.ts'
export type { UrlBuilderOptions } from './lib/url-builder.ts'
export { UrlBuilder } from './lib/url-builder.ts'
