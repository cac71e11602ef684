import { iriToUri, parseQuery, type QueryValue, uriToIri, urlEncode } from '@phial/http/url'

/** A value as Python prints it: what is no text or number is the caller's to print. */
function printed(value: unknown): QueryValue {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map((item) => `'${item}'`).join(', ')}]`
  return value as QueryValue
}

export const functions: Record<string, (args: never) => unknown> = {
  iri_to_uri: ({ value }: { value: string }) => iriToUri(value),
  uri_to_iri: ({ value }: { value: string }) => uriToIri(value),
  urlencode: ({ items }: { items: [string, unknown][] }) =>
    urlEncode(items.map(([name, value]): [string, QueryValue] => [name, printed(value)])),
  parse_query: ({ query_string }: { query_string: string }) => ({
    $multidict: [...parseQuery(query_string).items({ multi: true })],
  }),
}
