import type { LoaderSource } from './loader.ts'
import { Loader } from './loader.ts'

export interface WebLoaderOptions {
  /** Whether a template is loaded once. Default: false, each time. */
  readonly useCache?: boolean
  /** Taken for compatibility: it always loads without blocking, so that `render` needs a callback. */
  readonly async?: boolean
}

/**
 * Loads templates by `fetch`, from below a URL.
 *
 * Nunjucks' own loader blocks the page by default. This one never does: give `render` a callback, or use `renderAsync`.
 */
export class WebLoader extends Loader {
  readonly baseURL: string
  readonly async: true = true
  readonly useCache: boolean

  constructor(baseURL: string = '.', options: WebLoaderOptions = {}) {
    super()
    this.baseURL = baseURL || '.'
    this.useCache = options.useCache ?? false
  }

  override isRelative(_name: string): boolean {
    return false
  }

  async getSource(name: string): Promise<LoaderSource | null> {
    const response = await fetch(`${this.baseURL}/${name}`)
    if (response.status === 404) return null
    if (!response.ok) throw new Error(`cannot load template '${name}': HTTP status ${response.status}`)
    const source: LoaderSource = { src: await response.text(), path: name, noCache: !this.useCache }
    this.emit('load', name, source)
    return source
  }
}
