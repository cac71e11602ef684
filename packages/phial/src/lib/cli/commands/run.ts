import { delimiter } from 'node:path'
import type { ServeOptions, Server } from '@phial/serve'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { createAccessLog } from '../access-log.ts'
import { loadCertificate } from '../certificate.ts'
import { CliError } from '../cli-error.ts'
import { isLoopback, reachableUrls, socketPath } from '../host.ts'
import type { CliIo } from '../io.ts'
import { isTrue, loadApp } from '../load-app.ts'
import { createPainter, type Painter } from '../painter.ts'
import { parsePrefix } from '../prefix.ts'
import { checkPublicDebug, debuggerFor, type RunOptions, servedApp, WORKER_VARIABLE } from '../run-options.ts'
import type { ServedApp } from '../served-app.ts'

/** Serves an application until the user stops it. */
export function configure(command: Command, io: CliIo): void {
  // Files with variables are read later; a worker that is started again reads them anew.
  const env = { ...io.env }
  command
    .addOption(
      new Option('-h, --host <address>', 'The address to listen on; unix:///PATH for a socket.').default(
        '127.0.0.1',
      ),
    )
    .addOption(
      new Option('-p, --port <number>', 'The port; 0 takes a free one.').default(5000).argParser(parsePort),
    )
    .option('--cert <file>', "The certificate in PEM, to serve HTTPS; 'adhoc' makes one.")
    .option('--key <file>', 'The key of the certificate in PEM.')
    .addOption(new Option('--prefix <path>', 'Serve the application under this path.').argParser(parsePrefix))
    .option('--no-log', 'Write no line for each request.')
    .option('--no-debugger', 'In debug mode, show a plain page for errors.')
    .option('--allow-public-debug', 'Allow debug mode where other machines can reach it.')
    .option('--reload', 'Restart when a file of the application has changed. Default: in debug mode.')
    .option('--no-reload', 'Do not restart.')
    .option('--no-live-reload', 'Do not let the browser load pages again after a change.')
    .addOption(
      new Option('--reload-type <type>', 'How changes are noticed: by events of the system, or by looking.')
        .choices(['auto', 'stat'])
        .default('auto'),
    )
    .addOption(
      new Option('--reload-interval <seconds>', 'How often is looked at the files, for --reload-type stat.')
        .default(1)
        .argParser(parseInterval),
    )
    .addOption(
      new Option('--extra-files <paths>', `Restart for these too; separated by '${delimiter}'.`).argParser(
        parsePaths,
      ),
    )
    .addOption(
      new Option(
        '--exclude-patterns <patterns>',
        `Do not restart for these, as in '*/data/*'; separated by '${delimiter}'.`,
      ).argParser(parsePaths),
    )
    .action(async () => {
      const options = command.optsWithGlobals<RunOptions>()
      if (io.env[WORKER_VARIABLE] !== undefined && process.send !== undefined) {
        const { runWorker } = await import('../dev/worker.ts')
        return runWorker(options, io)
      }
      return reloads(options, io) ? runReloading(options, env, io) : run(options, io)
    })
}

/** Whether a change restarts the application: as one was told, else in debug mode. */
function reloads(options: RunOptions, io: CliIo): boolean {
  const debug = options.debug ?? isTrue(io.env['PHIAL_DEBUG'])
  const isAsked = options.reload ?? (debug && io.isProcess === true)
  if (!isAsked) return false
  const reason = reloadHindrance(io)
  if (reason === null) return true
  if (options.reload === true) throw new CliError(`Reloading is not possible: ${reason}`)
  return false
}

function reloadHindrance(io: CliIo): string | null {
  if (io.isProcess !== true) return 'the command is no process of its own.'
  if (io.env['NODE_ENV'] === 'production')
    return 'it is for development, and NODE_ENV is production. Leave out --reload.'
  if (process.versions['bun'] !== undefined || process.versions['deno'] !== undefined) {
    return 'this runtime cannot hand over connections between processes. Use its own --watch with --no-reload.'
  }
  if (
    process.execArgv.some((flag) => flag.startsWith('--inspect')) ||
    io.env['NODE_OPTIONS']?.includes('--inspect')
  ) {
    return 'the inspector can be at one process only. Leave out --inspect or --reload.'
  }
  return null
}

/** Serves by a worker that is replaced when files change. */
async function runReloading(options: RunOptions, env: NodeJS.ProcessEnv, io: CliIo): Promise<void> {
  // A page with an error shows source, in debug mode or not.
  checkPublicDebug(options, true)
  const painter = createPainter(io.colors)
  const path = socketPath(options.host)
  const [{ runReloader }, tls] = await Promise.all([
    import('../dev/reloader.ts'),
    loadCertificate(options, path === null ? options.host : 'localhost', io),
  ])
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
  const tls = await loadCertificate(options, path === null ? options.host : 'localhost', io)
  io.out(` * Serving Phial app '${loaded.name}'\n * Debug mode: ${loaded.debug ? 'on' : 'off'}\n`)
  const log = options.log ? createAccessLog(io.err, painter) : null
  const server = await listen(serve, servedApp(loaded, options, debug), {
    ...(path === null ? { hostname: options.host, port: options.port } : { path }),
    ...(tls === null ? {} : { tls }),
    ...(log === null ? {} : { onAnswer: log.record }),
  })
  announce(server, options.prefix ?? '', io, painter)
  if (debug !== null) io.out(debug.banner)
  await stopped(server, io)
  debug?.close()
  log?.flush()
}

async function listen(
  serve: typeof import('@phial/serve/node').serve,
  app: ServedApp,
  options: ServeOptions,
): Promise<Server> {
  try {
    return await serve(app as never, options)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (options.tls !== undefined && /^ERR_(?:OSSL|SSL|TLS|CRYPTO)/.test(codeOf(error))) {
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

function parseInterval(text: string): number {
  const seconds = Number(text)
  if (seconds >= 0.05 && seconds <= 3600) return seconds
  throw new InvalidArgumentError('An interval is a number of seconds from 0.05 to 3600.')
}

/** Paths separated as in `PATH`; the option may come several times. */
function parsePaths(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...text.split(delimiter).filter((path) => path !== '')]
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw new InvalidArgumentError(`A port is a whole number from 0 to 65535.`)
}
