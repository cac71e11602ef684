/** Settings of single filters, by their names in Jinja. */
export interface Policies {
  /** The `rel` of the links that `urlize` makes. Default: `noopener`. */
  'urlize.rel': string | null
  /** The `target` of the links that `urlize` makes. Default: none. */
  'urlize.target': string | null
  /** More beginnings of links for `urlize`, such as `tel:`. Default: none. */
  'urlize.extra_schemes': readonly string[] | null
  /** By how many characters a text may be longer before `truncate` cuts it. Default: 5. */
  'truncate.leeway': number
  /**
   * Writes the JSON of `tojson`, before it is made safe for HTML. Default: as Python's `json.dumps`.
   */
  'json.dumps_function': ((value: unknown, options: JsonDumpsOptions) => string) | null
  /** Passed to the function above. Default: `{ sort_keys: true }`. */
  'json.dumps_kwargs': JsonDumpsOptions
  /** Whether `{% trans %}` trims white space unless told otherwise. Default: false. */
  'ext.i18n.trimmed': boolean
}

/** The options of Python's `json.dumps` that `tojson` knows. */
export interface JsonDumpsOptions {
  /** Blanks for each level, or the text itself. Default: one line. */
  indent?: number | string | null
  /** Whether keys are sorted. Default: false. */
  sort_keys?: boolean
  /** Whether characters beyond ASCII are escaped. Default: true. */
  ensure_ascii?: boolean
  /** What stands between items, and between key and value. Default: `, ` and `: `. */
  separators?: readonly [string, string] | null
}

/** The policies of a new environment. */
export function defaultPolicies(): Policies {
  return {
    'urlize.rel': 'noopener',
    'urlize.target': null,
    'urlize.extra_schemes': null,
    'truncate.leeway': 5,
    'json.dumps_function': null,
    'json.dumps_kwargs': { sort_keys: true },
    'ext.i18n.trimmed': false,
  }
}
