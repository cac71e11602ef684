import { Request as HttpRequest, type RequestSource } from '@phial/http'
import type { RequestContext } from './context/context.ts'

/** A request to an application: as that of `@phial/http`, and where the application routed it. */
export class Request extends HttpRequest {
  /** The context in which the request is handled, once there is one. @internal */
  context: RequestContext | null = null

  // biome-ignore lint/complexity/noUselessConstructor: it fixes the order of fields, and with it the object's shape
  constructor(source: RequestSource) {
    super(source)
  }
}
