import {
  type BodySource,
  BytesBody,
  finishHeaders,
  isBodyless,
  Request,
  type RequestSource,
  type Response,
  StreamBody,
} from '@phial/http'
import { LimitedStream } from '@phial/http/forms'

/** A request as the case files describe it. */
export interface RecordedRequest {
  method?: string
  path?: string
  query_string?: string
  root_path?: string
  scheme?: string
  host?: string | null
  server?: [string, number | null]
  headers?: [string, string][]
  body?: Uint8Array
  remote_addr?: string
}

/** A request of ours from a recorded one. The path is decoded there and percent-encoded here. */
export function toRequest(recorded: RecordedRequest | null): Request {
  const { method = 'GET', path = '/', query_string, root_path = '', scheme = 'http' } = recorded ?? {}
  const { host = 'localhost', server = null, headers = [], body, remote_addr = null } = recorded ?? {}
  // Servers hand over one character per byte.
  const rawHeaders = headers.flat().map((text) => Buffer.from(text).toString('latin1'))
  if (host !== null) rawHeaders.push('Host', host)
  if (body !== undefined && !rawHeaders.some((name) => name.toLowerCase() === 'content-length')) {
    rawHeaders.push('Content-Length', String(body.length))
  }
  const source: RequestSource = {
    method,
    target: encodePath(path) + (query_string ? `?${query_string}` : ''),
    scheme,
    rawHeaders,
    rootPath: root_path,
    remoteAddr: remote_addr,
    server,
    body: body === undefined ? null : announcedBody(body, rawHeaders),
    signal: new AbortController().signal,
  }
  return new Request(source)
}

/** What is sent of a response in answer to a request with this method, as the case files describe it. */
export async function sentResponse(response: Response, method = 'GET'): Promise<Record<string, unknown>> {
  const isHead = method === 'HEAD'
  finishHeaders(response, isHead)
  const body = isHead || isBodyless(response.status) ? new Uint8Array(0) : await response.getData()
  return {
    status: `${response.status} ${response.statusText}`,
    headers: { $headers: response.headers.toList() },
    body,
  }
}

/** `snake_case` as `camelCase`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function encodePath(path: string): string {
  // What is a percent sequence already stays one, as in Werkzeug's URLs.
  return path.replace(/%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=@A-Z_a-z~]/gu, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}

// A server hands an application no more than the announced length, and less only if the client goes away.
function announcedBody(body: Uint8Array, rawHeaders: readonly string[]): BodySource {
  const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length')
  const length = at < 0 ? Number.NaN : Number(rawHeaders[at + 1])
  if (Number.isNaN(length)) return new BytesBody(body)
  if (!(length > body.length)) return new BytesBody(body.subarray(0, length))
  return new StreamBody(new LimitedStream(chunksOf(body), length), length)
}

async function* chunksOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}
