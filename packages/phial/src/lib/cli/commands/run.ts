import type { ServeOptions, Server } from '@phial/serve'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { createAccessLog } from '../access-log.ts'
import { type CertificateOptions, loadCertificate } from '../certificate.ts'
import { CliError } from '../cli-error.ts'
import type { DevDebugger } from '../dev-debugger.ts'
import { isLoopback, reachableUrls, socketPath } from '../host.ts'
import type { CliIo } from '../io.ts'
import { type AppOptions, isDebug, type LoadedApp, loadApp } from '../load-app.ts'
import { createPainter, type Painter } from '../painter.ts'
import { parsePrefix, withPrefix } from '../prefix.ts'
import type { ServedApp } from '../served-app.ts'

interface RunOptions extends AppOptions, CertificateOptions {
  host: string
  port: number
  log: boolean
  prefix?: string
  debugger: boolean
  allowPublicDebug?: boolean
}

/** Serves an application until the user stops it. */
export function configure(command: Command, io: CliIo): void {
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
    .action(async () => {
      await run(command.optsWithGlobals<RunOptions>(), io)
    })
}

async function run(options: RunOptions, io: CliIo): Promise<void> {
  const painter = createPainter(io.colors)
  const { serve } = await import('@phial/serve/node')
  const debug = isDebug(options, io) && options.debugger ? await debuggerFor(options, io) : null
  const loaded = await loadApp(options, debug?.io ?? io)
  checkPublicDebug(options, loaded)
  const path = socketPath(options.host)
  const tls = await loadCertificate(options, path === null ? options.host : 'localhost', io)
  io.out(` * Serving Phial app '${loaded.name}'\n * Debug mode: ${loaded.debug ? 'on' : 'off'}\n`)
  const log = options.log ? createAccessLog(io.err, painter) : null
  const { prefix } = options
  const shown = debug?.wrap(loaded.app) ?? loaded.app
  const app = prefix === undefined ? shown : withPrefix(shown, prefix)
  const server = await listen(serve, app, {
    ...(path === null ? { hostname: options.host, port: options.port } : { path }),
    ...(tls === null ? {} : { tls }),
    ...(log === null ? {} : { onAnswer: log.record }),
  })
  announce(server, prefix ?? '', io, painter)
  if (debug !== null) io.out(debug.banner)
  await stopped(server, io)
  debug?.close()
  log?.flush()
}

async function debuggerFor({ host }: RunOptions, io: CliIo): Promise<DevDebugger> {
  const { startDebugger } = await import('../dev-debugger.ts')
  return startDebugger(io, !isLoopback(host))
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
    if (error.name !== 'ListenError') throw error
    const isAirPlay = process.platform === 'darwin' && options.port === 5000 && codeOf(error) === 'EADDRINUSE'
    const hint = isAirPlay
      ? " On macOS it is often the 'AirPlay Receiver': turn it off in System Settings, General, AirDrop & Handoff."
      : ''
    throw new CliError(error.message + hint, { exitCode: 1, cause: error })
  }
}

function codeOf(error: Error): string {
  return String((error as Error & { code?: unknown }).code ?? '')
}

function announce(server: Server, prefix: string, io: CliIo, painter: Painter): void {
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

/** In debug mode errors show source and values; whoever reaches the server would see them. */
function checkPublicDebug(options: RunOptions, { debug }: LoadedApp): void {
  if (
    !debug ||
    options.allowPublicDebug === true ||
    socketPath(options.host) !== null ||
    isLoopback(options.host)
  )
    return
  throw new CliError(
    `Debug mode shows source and values to everyone who reaches the server, and ${options.host} can be reached from ` +
      'other machines. Leave out --debug or --host, or add --allow-public-debug if the network is trusted.',
  )
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw new InvalidArgumentError(`A port is a whole number from 0 to 65535.`)
}
