import { uriToIri } from './iri.ts'
import { percentEncode, safeCharacters } from './percent.ts'

/** The parts of a request's URL behind the host. A part that is absent ends the URL there. */
export interface CurrentUrlParts {
  /** The path under which the application is mounted, decoded or not. */
  rootPath?: string | null
  /** The path below that. */
  path?: string | null
  /** The query without `?`. */
  queryString?: string | null
}

const PATH = safeCharacters("!$&'()*+,/:;=@%")
const QUERY = safeCharacters("!$&'()*+,/:;=?@%")

/**
 * The URL of a request for people, put together from its parts. For one in ASCII, see `iriToUri`.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/wsgi/#werkzeug.wsgi.get_current_url
 */
export function getCurrentUrl(scheme: string, host: string, parts: CurrentUrlParts = {}): string {
  const { rootPath = null, path = null, queryString = null } = parts
  let url = `${scheme}://${host}`
  if (rootPath === null) return uriToIri(`${url}/`)
  url += `${percentEncode(trimEndSlashes(rootPath), PATH)}/`
  if (path === null) return uriToIri(url)
  url += percentEncode(trimStartSlashes(path), PATH)
  if (queryString !== null && queryString !== '') url += `?${percentEncode(queryString, QUERY)}`
  return uriToIri(url)
}

function trimStartSlashes(text: string): string {
  let start = 0
  while (text.charCodeAt(start) === 47) start++
  return text.slice(start)
}

function trimEndSlashes(text: string): string {
  let end = text.length
  while (text.charCodeAt(end - 1) === 47) end--
  return text.slice(0, end)
}
