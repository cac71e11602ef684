import type { ServeOptions, Server, TlsOptions } from '@phial/serve'
import { CliError } from './cli-error.ts'
import type { DevServer } from './dev-server.ts'
import { isLoopback, reachableUrls, socketPath } from './host.ts'
import type { CliIo } from './io.ts'
import { isTrue, loadApp } from './load-app.ts'
import { createPainter, type Painter } from './painter.ts'
import { reloadHindrance } from './reload-hindrance.ts'
import {
  checkPublicDebug,
  debuggerFor,
  devServer,
  isRecorded,
  loopWatchFor,
  type RunOptions,
  servedApp,
  WORKER_VARIABLE,
} from './run-options.ts'

/**
 * Serves an application until the user stops it: in this process, or by a worker that is replaced when files change.
 *
 * @param env the variables without those of files, for workers.
 */
export async function serveApp(options: RunOptions, env: NodeJS.ProcessEnv, io: CliIo): Promise<void> {
  if (io.env[WORKER_VARIABLE] !== undefined && process.send !== undefined) {
    const { runWorker } = await import('./dev/worker.ts')
    return runWorker(options, io)
  }
  return reloads(options, io) ? runReloading(options, env, io) : run(options, io)
}

/** Whether a change restarts the application: as one was told, else in debug mode. */
function reloads(options: RunOptions, io: CliIo): boolean {
  const debug = options.debug ?? isTrue(io.env['PHIAL_DEBUG'])
  const isAsked = options.reload ?? (debug && io.isProcess === true)
  if (!isAsked) return false
  const reason = reloadHindrance(io)
  if (reason === null) return true
  if (options.reload === true) {
    throw new CliError(`Reloading is not possible: ${reason} Leave out --reload.`)
  }
  return false
}

/** Serves by a worker that is replaced when files change. */
async function runReloading(options: RunOptions, env: NodeJS.ProcessEnv, io: CliIo): Promise<void> {
  // A page with an error shows source, in debug mode or not.
  checkPublicDebug(options, true)
  const painter = createPainter(io.colors)
  const path = socketPath(options.host)
  const tls = await certificateFor(options, path === null ? options.host : 'localhost', io)
  const { runReloader } = await import('./dev/reloader.ts')
  const debug = options.debug ?? isTrue(io.env['PHIAL_DEBUG'])
  const target =
    path === null ? { hostname: options.host, port: options.port, path } : { hostname: '', port: 0, path }
  try {
    await runReloader(
      {
        options,
        env,
        target,
        tls,
        onFirst(listener, name) {
          io.out(
            ` * ${name === null ? 'There is no application yet' : `Serving Phial app '${name}'`}\n * Debug mode: ${debug ? 'on' : 'off'}\n`,
          )
          announce(listener, options.prefix ?? '', io, painter)
        },
      },
      io,
    )
  } catch (error) {
    throw listenFailure(error, options.port)
  }
}

async function run(options: RunOptions, io: CliIo): Promise<void> {
  const painter = createPainter(io.colors)
  const { serve } = await import('@phial/serve/node')
  const debug = await debuggerFor(options, io)
  const loaded = await loadApp(options, debug?.io ?? io)
  checkPublicDebug(options, loaded.debug)
  const path = socketPath(options.host)
  const tls = await certificateFor(options, path === null ? options.host : 'localhost', io)
  io.out(` * Serving Phial app '${loaded.name}'\n * Debug mode: ${loaded.debug ? 'on' : 'off'}\n`)
  const loopWatch = await loopWatchFor(loaded, io)
  const site = devServer(servedApp(loaded, options, debug), options, io, loopWatch)
  const server = await listen(serve, site, {
    ...(path === null ? { hostname: options.host, port: options.port } : { path }),
    ...(tls === null ? {} : { tls }),
    ...(debug === null ? {} : { logger: debug.logger }),
    ...(isRecorded(options) ? { onAnswer: (record) => site.logRequest(record) } : {}),
  })
  announce(server, options.prefix ?? '', io, painter)
  if (debug !== null) {
    io.out(debug.banner)
    debug.catchProcessErrors(server.url)
  }
  await stopped(server, io)
  debug?.close()
  loopWatch?.close()
  site.flush()
}

/** Certificates bring a part of Node along that nothing else needs: it is loaded for those who ask for one. */
async function certificateFor(options: RunOptions, hostname: string, io: CliIo): Promise<TlsOptions | null> {
  if (options.cert === undefined && options.key === undefined && options.tls === undefined) return null
  const { loadCertificate } = await import('./certificate.ts')
  return loadCertificate(options, hostname, io)
}

async function listen(
  serve: typeof import('@phial/serve/node').serve,
  app: DevServer,
  options: ServeOptions,
): Promise<Server> {
  try {
    return await serve(app as never, options)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (options.tls === undefined) throw listenFailure(error, options.port)
    const { isTlsError } = await import('./certificate.ts')
    if (isTlsError(error)) {
      throw new CliError(
        `The certificate cannot be used with its key: ${error.message}. Check --cert and --key.`,
        {
          exitCode: 1,
          cause: error,
        },
      )
    }
    throw listenFailure(error, options.port)
  }
}

/** What the system says against listening, for the user; anything else as it is. */
function listenFailure(error: unknown, port: number | undefined): unknown {
  if (!(error instanceof Error) || error.name !== 'ListenError') return error
  const isAirPlay = process.platform === 'darwin' && port === 5000 && codeOf(error) === 'EADDRINUSE'
  const hint = isAirPlay
    ? " On macOS it is often the 'AirPlay Receiver': turn it off in System Settings, General, AirDrop & Handoff."
    : ''
  return new CliError(error.message + hint, { exitCode: 1, cause: error })
}

function codeOf(error: Error): string {
  return String((error as Error & { code?: unknown }).code ?? '')
}

function announce(
  server: Pick<Server, 'hostname' | 'port' | 'url'>,
  prefix: string,
  io: CliIo,
  painter: Painter,
): void {
  const urls = reachableUrls(server)
  if (server.port !== null && !isLoopback(server.hostname)) {
    io.err(`${painter.yellow(`Other machines can reach this server: it listens on ${server.hostname}.`)}\n`)
  }
  io.out(
    `${urls.map((url) => ` * Running on ${url}${server.port === null ? '' : prefix}\n`).join('')}${painter.yellow('Press CTRL+C to quit')}\n`,
  )
}

/** Resolves when the user has stopped the server and the requests under way are answered. */
async function stopped(server: Server, io: CliIo): Promise<void> {
  io.onStop(() => void server.close())
  await server.closed
}
