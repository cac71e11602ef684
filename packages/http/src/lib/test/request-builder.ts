import { dumpUrlencoded } from '../body/urlencoded.ts'
import type { MultiDict } from '../collections/multi-dict.ts'
import { Headers, type HeadersInit } from '../headers/headers.ts'
import { BytesBody, StreamBody } from '../request/body-source.ts'
import { Request } from '../request/request.ts'
import {
  contentOfBody,
  contentOfForm,
  contentOfJson,
  type FormInit,
  pairsOf,
  type RequestContent,
  type TestBody,
  type TestFileValue,
} from './request-content.ts'

const utf8 = new TextEncoder()

/** A value of a query: numbers and booleans are written as text; null and undefined leave the argument out. */
export type QueryValue = string | number | boolean | null | undefined

export interface RequestOptions {
  /** Default `GET`. */
  method?: string
  /** The query: text as on the wire, or arguments. Not together with a `?` in the path. */
  query?:
    | string
    | Readonly<Record<string, QueryValue | readonly QueryValue[]>>
    | Iterable<readonly [string, QueryValue]>
    | MultiDict<string>
  /** A form: urlencoded, or multipart if it holds a file. */
  form?: FormInit
  /** Files of the form. */
  files?: Readonly<Record<string, TestFileValue | readonly TestFileValue[]>>
  /** A value to send as JSON. */
  json?: unknown
  /** Any other content. */
  body?: TestBody
  headers?: HeadersInit
  /** The `Content-Type`, in place of the one that goes with the content. */
  contentType?: string
  /** User and password for Basic authentication, or a whole `Authorization` header. */
  auth?: readonly [user: string, password: string] | string
  /** Scheme, host and the path under which the application is mounted. Default `http://localhost`. */
  baseUrl?: string
  /** The path under which the application is mounted, in place of the one in `baseUrl`. */
  rootPath?: string
  /** The client's address. Default `127.0.0.1`. */
  remoteAddr?: string | null
  /** Aborts the request. */
  signal?: AbortSignal
  /** Bindings, as Workers have them. */
  env?: unknown
  /** The runtime's context of the event, as Workers have it. */
  executionContext?: unknown
}

/**
 * Makes requests for tests out of what a test has in mind: a path, and a form, some JSON, headers. All of it can be
 * changed until {@link toRequest}, which may be called again for another request of the same content.
 *
 * The path is sent as it stands: `..`, `//` and bad percent sequences reach the application. Only what cannot be on the
 * wire is percent-encoded: spaces, controls and characters beyond ASCII.
 */
export class RequestBuilder {
  method: string
  scheme: string
  /** As in the `Host` header. */
  host: string
  rootPath: string
  /** Path below {@link rootPath}, and query. */
  target: string
  /** Without `Host` and what describes the content. */
  readonly headers: Headers
  contentType: string | null
  content: RequestContent | null
  remoteAddr: string | null
  readonly #options: RequestOptions

  /**
   * @param path may also be a whole URL.
   * @throws TypeError for options that contradict each other.
   */
  constructor(path = '/', options: RequestOptions = {}) {
    const base = parseUrl(options.baseUrl ?? 'http://localhost')
    const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ? parseUrl(path) : null
    this.method = options.method ?? 'GET'
    this.scheme = absolute?.scheme ?? base.scheme
    this.rootPath = options.rootPath ?? base.path.replace(/\/+$/, '')
    if (this.rootPath !== '' && (!this.rootPath.startsWith('/') || this.rootPath.endsWith('/'))) {
      throw new TypeError(
        `The root path must start with a slash and not end with one, got ${JSON.stringify(this.rootPath)}.`,
      )
    }
    this.target = targetOf(absolute === null ? path : absolute.path || '/', options.query)
    this.headers = new Headers(options.headers)
    this.host = this.headers.pop('Host') ?? absolute?.host ?? base.host
    this.remoteAddr = options.remoteAddr === undefined ? '127.0.0.1' : options.remoteAddr
    this.content = contentOf(options)
    this.contentType = options.contentType ?? this.headers.getFirst('Content-Type')
    // The content has a boundary, without which nobody could read it.
    if (this.content?.contentType?.startsWith('multipart/') && !this.contentType?.includes('boundary=')) {
      this.contentType = null
    }
    this.contentType ??= this.content?.contentType ?? null
    if (options.auth !== undefined) this.headers.set('Authorization', authorizationOf(options.auth))
    this.#options = options
  }

  /** The host without its port, in lower case. */
  get hostname(): string {
    return this.host.replace(/:[0-9]*$/, '').toLowerCase()
  }

  /** The whole path on the server, without the query. */
  get fullPath(): string {
    return this.rootPath + this.target.split('?', 1)[0]
  }

  get url(): string {
    return `${this.scheme}://${this.host}${this.rootPath}${this.target}`
  }

  toRequest(): Request {
    const { content, headers } = this
    const raw: string[] = ['Host', this.host]
    for (const [name, value] of headers.toList()) {
      if (name.toLowerCase() !== 'content-type') raw.push(name, value)
    }
    if (this.contentType !== null) raw.push('Content-Type', this.contentType)
    if (content !== null && !headers.has('Content-Length') && !headers.has('Transfer-Encoding')) {
      if (content.size === null) raw.push('Transfer-Encoding', 'chunked')
      else raw.push('Content-Length', String(content.size))
    }
    const opened = content?.open()
    const port = /:([0-9]+)$/.exec(this.host)?.[1]
    return new Request({
      method: this.method.toUpperCase(),
      target: this.target,
      scheme: this.scheme,
      rawHeaders: raw,
      rootPath: this.rootPath,
      remoteAddr: this.remoteAddr,
      server: [this.hostname, port === undefined ? (this.scheme === 'https' ? 443 : 80) : Number(port)],
      body:
        opened === undefined
          ? null
          : opened instanceof Uint8Array
            ? new BytesBody(opened)
            : new StreamBody(opened, content!.size),
      signal: this.#options.signal ?? new AbortController().signal,
      env: this.#options.env,
      executionContext: this.#options.executionContext,
    })
  }
}

/** Scheme, host and path of a URL as they stand; the path with its query, without the fragment. */
export function parseUrl(url: string): { scheme: string; host: string; path: string } {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)([^#]*)/i.exec(url)
  if (match === null) {
    throw new TypeError(
      `Expected a URL with scheme and host, as in 'http://localhost/app', got ${JSON.stringify(url)}.`,
    )
  }
  return { scheme: match[1]!.toLowerCase(), host: match[2]!, path: match[3]! }
}

/** Percent-encodes what cannot stand in a request line. */
export function encodeTarget(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, (text) => {
    let encoded = ''
    for (const byte of utf8.encode(text)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    return encoded
  })
}

function targetOf(path: string, query: RequestOptions['query']): string {
  const target = encodeTarget(path.split('#', 1)[0]!)
  const absolute = target.startsWith('/') || target === '*' ? target : `/${target}`
  if (query === undefined) return absolute
  if (absolute.includes('?')) {
    throw new TypeError(`The query is given twice: in the path ${JSON.stringify(path)} and as an option.`)
  }
  if (typeof query === 'string') return query === '' ? absolute : `${absolute}?${encodeTarget(query)}`
  const pairs: [string, string][] = []
  for (const [name, value] of pairsOf<QueryValue>(query)) {
    if (value !== null && value !== undefined) pairs.push([name, String(value)])
  }
  return pairs.length === 0 ? absolute : `${absolute}?${dumpUrlencoded(pairs)}`
}

function contentOf(options: RequestOptions): RequestContent | null {
  const { form, files, json, body, contentType } = options
  const isForm = form !== undefined || files !== undefined
  if (Number(isForm) + Number(json !== undefined) + Number(body !== undefined) > 1) {
    throw new TypeError('A request has one content: give form and files, or json, or body.')
  }
  if (json !== undefined) return contentOfJson(json)
  if (body !== undefined) return contentOfBody(body)
  if (!isForm) return null
  return contentOfForm(
    form ?? {},
    files === undefined ? [] : pairsOf<TestFileValue>(files),
    contentType ?? null,
  )
}

function authorizationOf(auth: readonly [string, string] | string): string {
  if (typeof auth === 'string') return auth
  // RFC 7617, in UTF-8.
  let binary = ''
  for (const byte of utf8.encode(`${auth[0]}:${auth[1]}`)) binary += String.fromCharCode(byte)
  return `Basic ${btoa(binary)}`
}
