import { type BodySource, BytesBody, StreamBody } from './body-source.ts'
import type { RequestSource } from './request-source.ts'

/** What a runtime tells besides the request itself. */
export interface FetchSourceOptions {
  /** Bindings of the runtime. */
  env?: unknown
  /** The runtime's context of the event. */
  executionContext?: unknown
  /** The address of the peer. */
  remoteAddr?: string | null
}

/** A `Request` of the runtime as a source. Its URL is in normal form already: `..` is resolved, the host in lower case. */
export class FetchSource implements RequestSource {
  readonly method: string
  readonly target: string
  readonly scheme: string
  readonly rootPath: string = ''
  readonly remoteAddr: string | null
  readonly server: null = null
  readonly env: unknown
  readonly executionContext: unknown
  readonly #request: globalThis.Request
  readonly #host: string
  #rawHeaders: string[] | null = null
  #body: BodySource | null | undefined

  constructor(request: globalThis.Request, options: FetchSourceOptions = {}) {
    this.#request = request
    this.method = request.method
    // `https://host/path?query`: cutting is faster than parsing what the runtime has parsed.
    const { url } = request
    const schemeEnd = url.indexOf(':')
    this.scheme = url.slice(0, schemeEnd)
    const hostStart = schemeEnd + 3
    let pathStart = url.indexOf('/', hostStart)
    const fragment = url.indexOf('#', hostStart)
    const end = fragment < 0 ? url.length : fragment
    if (pathStart < 0 || pathStart > end) pathStart = end
    const target = url.slice(pathStart, end)
    this.target = target.startsWith('/') ? target : `/${target}`
    const authority = url.slice(hostStart, pathStart)
    this.#host = authority.slice(authority.lastIndexOf('@') + 1)
    this.remoteAddr = options.remoteAddr ?? null
    this.env = options.env
    this.executionContext = options.executionContext
  }

  get rawHeaders(): string[] {
    if (this.#rawHeaders === null) {
      const list: string[] = []
      let hasHost = false
      for (const [name, value] of this.#request.headers) {
        if (name === 'host') hasHost = true
        list.push(name, value)
      }
      if (!hasHost && this.#host !== '') list.unshift('host', this.#host)
      this.#rawHeaders = list
    }
    return this.#rawHeaders
  }

  get body(): BodySource | null {
    if (this.#body === undefined) this.#body = bodyOf(this.#request)
    return this.#body
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }
}

function bodyOf(request: globalThis.Request): BodySource | null {
  const { body } = request
  if (body === null) return null
  const announced = request.headers.get('content-length')
  const length = announced !== null && /^\d{1,15}$/.test(announced) ? Number(announced) : null
  return length === 0 ? new BytesBody(new Uint8Array(0)) : new StreamBody(iterate(body), length)
}

async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader()
  let finished = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) {
        finished = true
        return
      }
      yield value
    }
  } finally {
    if (!finished) await reader.cancel()
    reader.releaseLock()
  }
}
