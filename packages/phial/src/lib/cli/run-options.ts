import type { CertificateOptions } from './certificate.ts'
import { CliError } from './cli-error.ts'
import type { CreateFileWatch } from './dev/file-watch.ts'
import type { LoopWatch } from './dev/loop-watch.ts'
import type { DevDebugger } from './dev-debugger.ts'
import { DevServer } from './dev-server.ts'
import { isLoopback, socketPath } from './host.ts'
import type { CliIo } from './io.ts'
import { type AppOptions, isDebug, type LoadedApp } from './load-app.ts'
import { createPainter } from './painter.ts'
import { withPrefix } from './prefix.ts'
import type { ServedApp } from './served-app.ts'

/** The variable that tells a process that it is the worker of a reloader. */
export const WORKER_VARIABLE = 'PHIAL_RUN_MAIN'

/** Whether this process serves an application for the reloader of `phial run`, which replaces it after changes. */
export function isRunningFromReloader(): boolean {
  return process.env[WORKER_VARIABLE] !== undefined
}

/** The options of `phial run`. */
export interface RunOptions extends AppOptions, CertificateOptions {
  envFile?: string
  host: string
  port: number
  log: boolean
  prefix?: string
  /** Whether errors show source, variables and a console in debug mode. */
  debugger: boolean
  allowPublicDebug?: boolean
  /** Whether a change restarts the application. Default: in debug mode. */
  reload?: boolean
  /** Whether pages are loaded again after a change. */
  liveReload: boolean
  reloadType: 'auto' | 'stat'
  /** Seconds between two looks at the files, for `stat`. */
  reloadInterval: number
  extraFiles?: string[]
  excludePatterns?: string[]
  /** What serves the application. Default {@link DevServer}. */
  serverClass?: typeof DevServer
  /** Watches files in the place of the reloader's own ways. */
  createWatch?: CreateFileWatch
}

/** What is served of an application that was loaded: behind its prefix, with the debugger around it if there is one. */
export function servedApp(
  { app }: LoadedApp,
  { prefix }: RunOptions,
  debug: DevDebugger | null = null,
): ServedApp {
  const shown = debug?.wrap(app) ?? app
  return prefix === undefined ? shown : withPrefix(shown, prefix)
}

/** The server of an application, with its log. */
export function devServer(
  app: ServedApp,
  { serverClass = DevServer, log }: RunOptions,
  io: CliIo,
  loopWatch: LoopWatch | null = null,
): DevServer {
  const painter = createPainter(io.colors)
  return new serverClass(app, { ...(log ? { write: io.err } : {}), painter, loopWatch })
}

/** What tells in debug mode that the event loop is held; null elsewhere, and where breakpoints may hold it. */
export async function loopWatchFor({ debug }: LoadedApp, io: CliIo): Promise<LoopWatch | null> {
  if (!debug || io.isProcess !== true || process.execArgv.some((flag) => flag.startsWith('--inspect')))
    return null
  const { watchLoop } = await import('./dev/loop-watch.ts')
  const { yellow } = createPainter(io.colors)
  return watchLoop(io.cwd, (text) => io.err(yellow(text)))
}

/** Whether anybody wants to know of answers. */
export function isRecorded({ log, serverClass }: RunOptions): boolean {
  return log || serverClass !== undefined
}

/** The debugger, in debug mode; null where it is not wanted. It has to be there before the application is loaded. */
export async function debuggerFor(options: RunOptions, io: CliIo): Promise<DevDebugger | null> {
  if (!options.debugger || !isDebug(options, io)) return null
  const { startDebugger } = await import('./dev-debugger.ts')
  return startDebugger(io, !isLoopback(options.host))
}

/**
 * In debug mode errors show source and values; whoever reaches the server would see them.
 *
 * @throws CliError if others reach it, and nobody has said that they may.
 */
export function checkPublicDebug(options: RunOptions, debug: boolean): void {
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
