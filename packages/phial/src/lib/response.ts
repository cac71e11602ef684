import {
  Response as HttpResponse,
  type MakeConditionalOptions,
  makeConditional,
  ResponseBase,
  type ResponseContent,
} from '@phial/http'
import type { CookieOptions } from '@phial/http/cookies'
import { currentContext } from './context/current.ts'
import type { Request } from './request.ts'

/** A response of an application: as that of `@phial/http`, but HTML where nothing else is said. */
export class Response extends HttpResponse {
  static override defaultMimetype = 'text/html'

  /**
   * Any other response as one of this class, with its status, headers and content. One of this class is given back as
   * it is.
   */
  static from(other: globalThis.Response | ResponseBase): Response {
    if (other instanceof this) return other
    const response = new this(null)
    response.headerList.length = 0
    response.status = other.status
    if (other instanceof ResponseBase) {
      if (other.customStatusText !== null) response.statusText = other.customStatusText
      response.headerList.push(...other.headerList)
      response.content = other.content
      if (other.hasCloseCallbacks) response.callOnClose(() => other.close())
      return response
    }
    if (other.statusText !== '') response.statusText = other.statusText
    for (const [name, value] of other.headers) response.headerList.push(name, value)
    response.content = other.body as ResponseContent
    return response
  }

  override setCookie(name: string, value = '', options: CookieOptions = {}): void {
    const app = currentContext()?.app
    super.setCookie(
      name,
      value,
      app === undefined ? options : { maxSize: app.config.MAX_COOKIE_SIZE, ...options },
    )
  }

  protected override warn(message: string): void {
    currentContext()?.app.logger.warning(message)
  }

  /**
   * Makes the response answer the conditions and ranges of a request: 304, 412, 206 or an error 416.
   *
   * @see makeConditional in `@phial/http`
   */
  makeConditional(request: Request, options?: MakeConditionalOptions): this {
    return makeConditional(this, request, options)
  }
}
