import type { TlsOptions } from '@phial/serve'
import { isCommandRunning } from '../../run.ts'
import { generateAdhocCertificate } from '../certificate.ts'
import { CliError } from '../cli-error.ts'
import type { DevServer } from '../dev-server.ts'
import { isLoopback, socketPath } from '../host.ts'
import type { CliIo } from '../io.ts'
import { processIo } from '../process-io.ts'
import { reloadHindrance } from '../reload-hindrance.ts'
import type { RunOptions } from '../run-options.ts'
import { serveApp } from '../serve-app.ts'
import { isPhial, isServedApp, type ServedApp } from '../served-app.ts'
import type { CreateFileWatch } from './file-watch.ts'

export interface RunSimpleOptions {
  /** Restarts when a file of the program has changed. Default false. */
  useReloader?: boolean
  /** Shows errors in the browser, with a console in each frame; it turns debug mode on. Default: what the application says. */
  useDebugger?: boolean
  /** Loads pages of browsers again after a change. Default: with the reloader. */
  liveReload?: boolean
  /** Files and folders that restart it too. */
  extraFiles?: readonly string[]
  /** Paths that do not, as in `'*\/data/*'`. */
  excludePatterns?: readonly string[]
  /** Seconds between two looks at the files. Default 1. */
  reloaderInterval?: number
  /** How changes are noticed: by events of the system (`auto`), by looking (`stat`), or by a watcher of one's own. */
  reloaderType?: 'auto' | 'stat' | CreateFileWatch
  /** Serves HTTPS: `'adhoc'` makes a certificate. */
  tls?: TlsOptions | 'adhoc'
  /** Whether each request has a line in the log. Default true. */
  log?: boolean
  /** What serves the application. */
  serverClass?: typeof DevServer
  /** Serves the application under this path. */
  prefix?: string
  /** Allows debugger and reloader where other machines reach the server. Default false. */
  allowPublicDebug?: boolean
}

/**
 * Serves any application for development until the user stops it, as `phial run` does for the command line:
 *
 * ```ts
 * await runSimple('localhost', 5000, app, { useReloader: true, useDebugger: true })
 * ```
 *
 * While the `phial` command runs, it does nothing. With the reloader the program is started once more for each version of its files, so what stands before the call runs
 * in both processes; {@link isRunningFromReloader} tells which one it is.
 *
 * @param hostname an address, or `unix:///path`.
 * @param app an object with `fetch(request)`, or a function that makes one.
 * @throws TypeError or RangeError for an argument that is wrong.
 * @throws CliError if the address cannot be used.
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#werkzeug.serving.run_simple
 */
export async function runSimple(
  hostname: string,
  port: number,
  app: ServedApp | (() => ServedApp | Promise<ServedApp>),
  options: RunSimpleOptions = {},
): Promise<void> {
  const createApp = factoryOf(app)
  if (isCommandRunning()) {
    process.stderr.write(
      "runSimple() is ignored while the 'phial' command runs, which serves the application itself.\n",
    )
    return
  }
  const io: CliIo = { ...processIo(), createApp }
  const { useDebugger, useReloader = false, liveReload, log, reloaderType = 'auto' } = options
  if (useReloader) {
    const reason = reloadHindrance(io)
    if (reason !== null) throw new CliError(`Reloading is not possible: ${reason} Leave out useReloader.`)
  }
  checkPublic(hostname, useDebugger === true || useReloader, options)
  const own = isServedApp(app) && isPhial(app) ? app : null
  const { extraFiles, excludePatterns, prefix, serverClass, allowPublicDebug, tls } = options
  const runOptions: RunOptions = {
    host: hostname,
    port,
    debug: useDebugger === true ? true : own?.debug,
    debugger: useDebugger ?? own?.debug ?? false,
    log: log ?? true,
    reload: useReloader,
    liveReload: liveReload ?? useReloader,
    reloadType: typeof reloaderType === 'function' ? 'auto' : reloaderType,
    reloadInterval: options.reloaderInterval ?? 1,
    ...(typeof reloaderType === 'function' ? { createWatch: reloaderType } : {}),
    ...(extraFiles === undefined ? {} : { extraFiles: [...extraFiles] }),
    ...(excludePatterns === undefined ? {} : { excludePatterns: [...excludePatterns] }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(serverClass === undefined ? {} : { serverClass }),
    ...(allowPublicDebug === undefined ? {} : { allowPublicDebug }),
    ...(tls === undefined ? {} : { tls: tls === 'adhoc' ? generateAdhocCertificate(hostname) : tls }),
  }
  await serveApp(runOptions, { ...process.env }, io)
}

function factoryOf(app: ServedApp | (() => ServedApp | Promise<ServedApp>)): () => Promise<ServedApp> {
  if (!isServedApp(app) && typeof app !== 'function') {
    throw new TypeError(
      `runSimple() serves an object with a method fetch(request), or a function that makes one; got ${typeof app}. ` +
        'Its arguments are hostname, port, app, options.',
    )
  }
  return async () => {
    const made = typeof app === 'function' ? await app() : app
    if (isServedApp(made)) return made
    throw new TypeError(
      'The function that makes the application gave no object with a method fetch(request).',
    )
  }
}

function checkPublic(hostname: string, isDebug: boolean, { allowPublicDebug }: RunSimpleOptions): void {
  if (!isDebug || allowPublicDebug === true || isLoopback(hostname) || socketPath(hostname) !== null) return
  throw new RangeError(
    `Debugger and reloader show source and values to everyone who reaches the server, and ${hostname} can be reached ` +
      'from other machines. Leave them out, listen on 127.0.0.1, or give allowPublicDebug if the network is trusted.',
  )
}
