import { TemplateError } from '../errors.ts'
import type { LoadedSource, Loader } from './loader.ts'
import { splitTemplatePath } from './template-path.ts'

export interface FetchLoaderOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: (url: URL, init: RequestInit) => Promise<Response>
  /** Settings of each request: headers, credentials, a signal. */
  readonly init?: RequestInit
  /** Whether an environment that reloads asks the server if a template has changed. Default: false. */
  readonly revalidate?: boolean
}

/**
 * Templates from a server, for browsers. They are got asynchronously only.
 *
 * ```ts
 * new FetchLoader(new URL('/templates/', location.href))
 * ```
 */
export class FetchLoader implements Loader {
  readonly base: URL
  readonly #options: FetchLoaderOptions

  /** @param base The folder of the templates. */
  constructor(base: string | URL, options: FetchLoaderOptions = {}) {
    const url = new URL(base)
    if (!url.pathname.endsWith('/')) url.pathname += '/'
    url.search = ''
    url.hash = ''
    this.base = url
    this.#options = options
  }

  async getSource(name: string): Promise<LoadedSource | null> {
    const parts = splitTemplatePath(name)
    if (parts === undefined) return null
    const url = new URL(parts.map(encodeURIComponent).join('/'), this.base)
    const response = await this.#request(url)
    if (response.status === 404 || response.status === 410) return null
    if (!response.ok) {
      throw new TemplateError(
        `the template ${JSON.stringify(name)} could not be fetched: ${url} answered ${response.status} ` +
          response.statusText,
      )
    }
    const source = await response.text()
    return {
      source,
      filename: url.href,
      isUpToDate: this.#options.revalidate === true ? () => this.#isUnchanged(url, response.headers) : null,
    }
  }

  #request(url: URL, headers: Record<string, string> = {}): Promise<Response> {
    const { fetch = globalThis.fetch, init } = this.#options
    const all = new Headers(init?.headers)
    for (const [name, value] of Object.entries(headers)) all.set(name, value)
    return fetch(url, { ...init, headers: all })
  }

  async #isUnchanged(url: URL, known: Headers): Promise<boolean> {
    const tag = known.get('etag')
    const modified = known.get('last-modified')
    if (tag === null && modified === null) return false
    const response = await this.#request(url, {
      ...(tag === null ? {} : { 'if-none-match': tag }),
      ...(modified === null ? {} : { 'if-modified-since': modified }),
    })
    await response.body?.cancel()
    return response.status === 304
  }
}
