import { Request as HttpRequest } from '@phial/http'
import type { FetchApp, FetchHandler } from '@phial/http/middleware'

/** A fetch handler that was written for the runtime, as those of other frameworks are. */
export type ForeignHandler = (
  request: globalThis.Request,
  ...more: never[]
) => globalThis.Response | Promise<globalThis.Response>

/** What can be mounted: an application of Phial or of another framework, or a fetch handler. */
export type MountedApp = FetchApp | FetchHandler

/**
 * A request below the path where something is mounted. What knows Phial has the path in `rootPath`, and so in the URLs
 * that it builds; what knows Fetch alone routes by `url`, so the path is not in it.
 */
class MountedRequest extends HttpRequest {
  override get url(): string {
    return `${this.scheme}://${this.host}${this.target}`
  }

  // The header's value is no value of Fetch where there is none, and copies are made with it.
  override get referrer(): string {
    return 'about:client'
  }
}

/** An application as it is mounted. One of Phial makes a request of its own class, whose URL is whole. */
export function mountedHandler(app: MountedApp): MountedApp {
  if (typeof app !== 'function' && app.requestClass !== undefined) return app
  return (request, env, executionContext) => {
    const mounted = MountedRequest.from(request)
    return typeof app === 'function'
      ? app(mounted, env, executionContext)
      : app.fetch(mounted, env, executionContext)
  }
}
