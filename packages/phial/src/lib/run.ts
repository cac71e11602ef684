import type { Server } from '@phial/serve'
import type { Phial } from './app.ts'

export interface RunOptions {
  /** The address to listen on. Default `127.0.0.1`: this machine only. */
  host?: string
  /** The port; 0 takes a free one. Default 5000. */
  port?: number
  /** Sets development mode. Default: as it is. */
  debug?: boolean
}

/**
 * Whether the `phial` command runs and has loaded the application: it serves. It is global, since the project may have
 * another copy of the framework.
 */
export function isCommandRunning(): boolean {
  return Reflect.get(globalThis, Symbol.for('phial.command')) === true
}

/**
 * Serves an application on Node until it is stopped, in debug mode with the debugger. Scripts use it; the `phial run`
 * command does more.
 *
 * @returns the server: its `url`, and `close()`; null where the `phial` command has loaded the application: that decides
 * itself whether and how it is served.
 */
export async function run(app: Phial, options: RunOptions = {}): Promise<Server | null> {
  if (isCommandRunning()) {
    app.logger.warning(
      "Ignoring a call of app.run() while the 'phial' command runs. Call it only where the module is the program.",
    )
    return null
  }
  const { serve } = await import('@phial/serve')
  if (options.debug !== undefined) app.debug = options.debug
  const hostname = options.host ?? '127.0.0.1'
  let served: Pick<Phial, 'fetch' | 'requestClass'> = app
  if (app.debug) {
    const { debugScript } = await import('./cli/dev-debugger.ts')
    served = await debugScript(app, hostname)
  }
  const server = await serve(served, { hostname, port: options.port ?? 5000 })
  app.logger.info('Running on %s', server.url)
  return server
}
