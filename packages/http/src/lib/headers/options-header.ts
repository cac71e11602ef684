import { assertNoControls } from '../grammar/field-value.ts'
import { parseParameters } from '../grammar/parameters.ts'
import { quoteHeaderValue } from '../grammar/quoted-string.ts'
import { trimBlanks } from '../grammar/token.ts'

/** A header value and its parameters by name in lower case. */
export type OptionsHeader = [value: string, parameters: Map<string, string>]

/** Parameters to write; null and undefined are left out. */
export type OptionsHeaderParameters =
  | Iterable<readonly [string, string | number | null | undefined]>
  | Readonly<Record<string, string | number | null | undefined>>

/**
 * Splits a header like `Content-Type` or `Content-Disposition` into its value and parameters: `text/html;
 * charset=utf-8` is `['text/html', Map { 'charset' => 'utf-8' }]`. Charsets and continuations (RFC 8187, RFC 2231) are
 * resolved. Parts that are no parameters are left out; without a value there are none.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/http/#werkzeug.http.parse_options_header
 */
export function parseOptionsHeader(header: string | null | undefined): OptionsHeader {
  if (header === null || header === undefined) return ['', new Map()]
  const semicolon = header.indexOf(';')
  if (semicolon < 0) return [trimBlanks(header), new Map()]
  const value = trimBlanks(header.slice(0, semicolon))
  if (value === '') return ['', new Map()]
  return [value, parseParameters(header, semicolon + 1)]
}

/**
 * Writes a header value and its parameters. Values that are no tokens are quoted; those of names that end in `*` are
 * written as they are.
 *
 * @param header the value, or null to write the parameters alone.
 * @throws TypeError if something holds line ends or other controls.
 */
export function dumpOptionsHeader(header: string | null, parameters: OptionsHeaderParameters): string {
  let text = header ?? ''
  if (header !== null) assertNoControls('the header value', header)
  for (const [name, value] of parameterPairs(parameters)) {
    if (value === null || value === undefined) continue
    const shown = String(value)
    assertNoControls(`the parameter ${JSON.stringify(name)}`, shown)
    assertNoControls('the name of a parameter', name)
    if (text !== '' || header !== null) text += '; '
    text += name.endsWith('*') ? `${name}=${shown}` : `${name}=${quoteHeaderValue(shown)}`
  }
  return text
}

function parameterPairs(
  parameters: OptionsHeaderParameters,
): Iterable<readonly [string, string | number | null | undefined]> {
  return Symbol.iterator in parameters
    ? (parameters as Iterable<readonly [string, string | number | null | undefined]>)
    : Object.entries(parameters)
}
