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
 * Serves an application on Node until it is stopped, in debug mode with the debugger. Scripts use it; the `phial run`
 * command does more.
 *
 * @returns the server: its `url`, and `close()`.
 */
export async function run(app: Phial, options: RunOptions = {}): Promise<Server> {
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
