import { hostToAscii, hostToUnicode } from './idna.ts'
import { percentDecodeExcept, percentEncode, safeCharacters } from './percent.ts'
import { joinUrl, type SplitUrl, splitUrl } from './split-url.ts'

// What may stand in each part as it is (WHATWG URL), and `%`, as what is encoded already stays so.
const PATH = safeCharacters("%!$&'()*+,/:;=@")
const QUERY = safeCharacters("%!$&'()*+,/:;=?@")
const FRAGMENT = safeCharacters("%!#$&'()*+,/:;=?@")
const USER = safeCharacters("%!$&'()*+,;=")

/** Controls, space and `%` would not be read back; the others mean something in their part. */
function keptEncoded(more: string): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(1, 0, 33)
  table[37] = 1
  table[127] = 1
  for (const character of more) table[character.charCodeAt(0)] = 1
  return table
}

const PATH_KEPT = keptEncoded('/?#')
const QUERY_KEPT = keptEncoded('&=+#')
const FRAGMENT_KEPT = keptEncoded('')
const USER_KEPT = keptEncoded(':@/?#')

/**
 * A URL in ASCII: characters that URLs cannot hold are percent-encoded, and the host becomes Punycode. Parts that are
 * encoded already stay as they are.
 *
 * @throws TypeError if the host holds characters that no host can have, or the port is no number up to 65535.
 * @see https://werkzeug.palletsprojects.com/en/stable/urls/#werkzeug.urls.iri_to_uri
 */
export function iriToUri(iri: string): string {
  if (isPlainPath(iri)) return iri
  const parts = splitUrl(iri)
  return joinUrl({
    ...parts,
    host: hostToAscii(parts.host),
    port: portToAscii(parts.port),
    path: percentEncode(parts.path, PATH),
    query: percentEncode(parts.query, QUERY),
    fragment: percentEncode(parts.fragment, FRAGMENT),
    userinfo: mapUserinfo(parts, (text) => percentEncode(text, USER)),
  })
}

/**
 * A URL for people: percent sequences and a Punycode host become the characters they stand for, but for those that
 * would change the meaning and bytes that are no UTF-8.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/urls/#werkzeug.urls.uri_to_iri
 */
export function uriToIri(uri: string): string {
  const parts = splitUrl(uri)
  return joinUrl({
    ...parts,
    host: hostToUnicode(parts.host),
    path: percentDecodeExcept(parts.path, PATH_KEPT),
    query: percentDecodeExcept(parts.query, QUERY_KEPT),
    fragment: percentDecodeExcept(parts.fragment, FRAGMENT_KEPT),
    userinfo: mapUserinfo(parts, (text) => percentDecodeExcept(text, USER_KEPT)),
  })
}

/** Without zeros at the front; port 0 is none. */
function portToAscii(port: string): string {
  if (!/^\d*$/.test(port) || Number(port) > 65_535) {
    throw new TypeError(`${JSON.stringify(port)} is not a port. Ports are numbers up to 65535.`)
  }
  return Number(port) === 0 ? '' : String(Number(port))
}

/** Most redirects go to a path of the application that needs no change. */
function isPlainPath(text: string): boolean {
  if (text.charCodeAt(0) !== 47 || text.charCodeAt(1) === 47) return false
  for (let i = 0; i < text.length; i++) if (PATH[text.charCodeAt(i)] !== 1) return false
  return true
}

function mapUserinfo({ userinfo }: SplitUrl, map: (text: string) => string): string | null {
  if (userinfo === null) return null
  const colon = userinfo.indexOf(':')
  if (colon < 0) return map(userinfo)
  const password = userinfo.slice(colon + 1)
  return password === '' ? map(userinfo.slice(0, colon)) : `${map(userinfo.slice(0, colon))}:${map(password)}`
}
