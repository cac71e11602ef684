import type { ConverterClass } from './base-converter.ts'
import type { BuildOptions, BuildValues } from './build-options.ts'
import { buildUrl, type UrlBase } from './build-url.ts'
import { DEFAULT_CONVERTERS } from './converters.ts'
import type { RuleContext, RuleFactory } from './rule.ts'
import { RuleIndex } from './rule-index.ts'

/** The place that built URLs are relative to, and the converters of their rules. */
export interface UrlBuilderOptions {
  /** Host for external URLs, with its port if it is not the usual one. Default empty. */
  readonly serverName?: string
  /** Path under which the application lies. Default `/`. */
  readonly rootPath?: string
  /** Scheme of external URLs. Default `https`. */
  readonly urlScheme?: string
  /** Converters by name, added to the built-in ones. */
  readonly converters?: Readonly<Record<string, ConverterClass>>
}

/** Builds URLs from rules, as `MapAdapter.build` does. */
export class UrlBuilder<Endpoint = string> {
  readonly #rules = new RuleIndex<Endpoint>()
  readonly #base: UrlBase

  /** @throws RuleSyntaxError for a rule that cannot be understood. */
  constructor(rules: Iterable<RuleFactory<Endpoint>>, options: UrlBuilderOptions = {}) {
    const rootPath = options.rootPath ?? '/'
    this.#base = {
      serverName: options.serverName ?? '',
      rootPath: rootPath.endsWith('/') ? rootPath : `${rootPath}/`,
      subdomain: '',
      urlScheme: options.urlScheme ?? 'https',
      defaultMethod: 'GET',
      hostMatching: false,
    }
    const context: RuleContext = {
      converters: new Map(Object.entries({ ...DEFAULT_CONVERTERS, ...options.converters })),
      hostMatching: false,
      subdomainMatching: true,
      defaultSubdomain: '',
      strictSlashes: true,
      mergeSlashes: true,
      sortParameters: false,
      sortKey: null,
    }
    for (const factory of rules) {
      for (const rule of factory.getRules()) {
        rule.bind(context)
        this.#rules.add(rule)
      }
    }
  }

  /**
   * The URL of an endpoint. Values that are not parameters become the query.
   *
   * @throws BuildError when no rule fits.
   */
  build(endpoint: Endpoint, values: BuildValues = {}, options: BuildOptions = {}): string {
    return buildUrl(this.#rules, this.#base, endpoint, values, options)
  }
}
