/** Values for a URL: those of the parameters, and others for the query. */
export type BuildValues = Readonly<Record<string, unknown>> | Iterable<readonly [string, unknown]>

/** How a URL is to look. */
export interface BuildOptions {
  /** Use a rule with this method only. Default: the method of the request if it has a rule, else any. */
  readonly method?: string | null
  /** Write scheme and host even when they are those of the request. Default false. */
  readonly forceExternal?: boolean
  /** Append values that are not parameters as query. Default true. */
  readonly appendUnknown?: boolean
  /** Scheme of external URLs; empty for `//host/…`. Default: that of the request. */
  readonly urlScheme?: string | null
}
