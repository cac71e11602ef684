import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { FetchApp } from '@phial/http/middleware'
import type { ServeLogger } from '@phial/serve'
import { type ConnectionServer, serveConnections } from '@phial/serve/node'
import { findDefaultFile, findModuleFile } from '../app-file.ts'
import { parseAppReference } from '../app-reference.ts'
import { NoAppError } from '../cli-error.ts'
import type { DevDebugger } from '../dev-debugger.ts'
import { describeThrown } from '../import-failure.ts'
import type { CliIo } from '../io.ts'
import { type LoadedApp, loadApp } from '../load-app.ts'
import { reportError } from '../report.ts'
import {
  checkPublicDebug,
  debuggerFor,
  devServer,
  isRecorded,
  loopWatchFor,
  type RunOptions,
  servedApp,
} from '../run-options.ts'
import { isPhial } from '../served-app.ts'
import { failurePage } from './failure-page.ts'
import { type LiveReload, withLiveReload } from './live-reload.ts'
import { reportLoadedFiles } from './loaded-files.ts'
import type { LoopWatch } from './loop-watch.ts'
import type { FromWorker, ToWorker, WorkerTask } from './messages.ts'

type Order = Extract<ToWorker, { type: 'load' | 'explain' }>

/**
 * Serves the application with the connections that the reloader hands over, until that tells it to stop. All but the
 * application is loaded first; then it waits until it is needed.
 */
export async function runWorker(options: RunOptions, io: CliIo): Promise<void> {
  const inbox = openInbox(io)
  const reportFiles = reportLoadedFiles((files) => send({ type: 'files', files }))
  const prepared = await prepare(options, io)
  send({ type: 'idle' })
  const order = await inbox.order
  if (order === null) return
  process.on('uncaughtExceptionMonitor', (error) => {
    // Who listens goes on: it is no crash.
    if (process.listenerCount('uncaughtException') > 0) return
    send({ type: 'crash', text: describeThrown(error) })
  })
  const { task } = order
  const { app, hosts, report, logger, loopWatch } = await answering(order, options, io, prepared)
  const live =
    task.livePath === null
      ? null
      : withLiveReload(app, { path: task.livePath, generation: task.generation, hosts })
  inbox.onRefresh = () => live?.refresh()
  const site = devServer(live?.app ?? app, options, io, loopWatch)
  const server = await serveConnections(site as FetchApp, {
    ...(task.tls === null ? {} : { tls: task.tls }),
    ...(logger === undefined ? {} : { logger }),
    ...(isRecorded(options)
      ? { onAnswer: (record) => (isOwn(record.target, task) ? undefined : site.logRequest(record)) }
      : {}),
  })
  inbox.onConnection = server.accept
  // What is not watched when the reloader says that all is ready may change unseen.
  reportFiles()
  send(report)
  await inbox.stopped
  await stop(live, server)
  loopWatch?.close()
  site.flush()
  // A program may have more to do after it, and ends by itself then.
  process.channel?.unref()
}

interface Inbox {
  /** What is to be served; null if the worker is to end before. */
  readonly order: Promise<Order | null>
  readonly stopped: Promise<void>
  onConnection(socket: Socket): void
  onRefresh(): void
}

/** Messages come at any time, so somebody listens from the start. */
function openInbox(io: CliIo): Inbox {
  let stop: () => void = () => undefined
  let take: (order: Order | null) => void = () => undefined
  const inbox: Inbox = {
    order: new Promise((resolve) => {
      take = resolve
    }),
    stopped: new Promise((resolve) => {
      stop = resolve
    }),
    onConnection: (socket) => void socket.destroy(),
    onRefresh: () => undefined,
  }
  const end = (): void => {
    take(null)
    stop()
  }
  io.onStop(end)
  // Without the reloader there is nobody who gives connections.
  process.on('disconnect', () => process.exit())
  process.on('message', (message: ToWorker, socket?: Socket) => {
    if (message.type === 'stop') end()
    else if (message.type === 'refresh') inbox.onRefresh()
    // A client that has gone meanwhile leaves no socket.
    else if (message.type === 'connection' && socket !== undefined) inbox.onConnection(socket)
    else if (message.type === 'load' || message.type === 'explain') take(message)
  })
  return inbox
}

/**
 * Loads what the application will need: the framework, the debugger if it is wanted, and what strips types if the
 * application is written in TypeScript.
 *
 * @returns the debugger; null if there is none, or it could not be started, which is said when it is needed.
 */
async function prepare(options: RunOptions, io: CliIo): Promise<DevDebugger | null> {
  await import('../../app.ts')
  let debug: DevDebugger | null = null
  try {
    debug = await debuggerFor(options, io)
    if (io.createApp !== undefined) return debug
    const text = options.app ?? io.env['PHIAL_APP'] ?? ''
    await (debug?.io ?? io).prepareImport?.(
      text === '' ? findDefaultFile(io.cwd) : findModuleFile(parseAppReference(text).module, io.cwd),
    )
  } catch {
    // Loading the application says what is wrong.
  }
  return debug
}

interface Answering {
  readonly app: FetchApp
  readonly hosts: readonly string[]
  readonly report: FromWorker
  readonly logger?: ServeLogger | undefined
  readonly loopWatch?: LoopWatch | null
}

/** What answers: the application, or a page that says why there is none. */
async function answering(
  order: Order,
  options: RunOptions,
  io: CliIo,
  prepared: DevDebugger | null,
): Promise<Answering> {
  const { hostname } = order.task
  if (order.type === 'explain') {
    return {
      app: failurePage(order.text, [hostname]),
      hosts: [hostname],
      report: { type: 'failed', exitCode: 1 },
    }
  }
  let debug = prepared
  try {
    debug ??= await debuggerFor(options, io)
    const loaded = await loadApp(options, debug?.io ?? io)
    checkPublicDebug(options, loaded.debug)
    // The address and the PIN stay the same over restarts, so once is enough.
    if (debug !== null && order.task.generation === 1) io.out(debug.banner)
    debug?.catchProcessErrors(order.task.url)
    return {
      app: servedApp(loaded, options, debug) as FetchApp,
      hosts: [hostname, ...configuredHosts(loaded)],
      report: { type: 'ready', name: loaded.name, debug: loaded.debug, folders: pageFolders(loaded) },
      logger: debug?.logger,
      loopWatch: await loopWatchFor(loaded, io),
    }
  } catch (error) {
    const missing = (error as { cause?: { url?: unknown } }).cause?.url
    if (typeof missing === 'string' && missing.startsWith('file:')) {
      send({ type: 'files', files: [fileURLToPath(missing)] })
    }
    let text = ''
    const exitCode = await reportError(error, {
      ...io,
      err: (part) => {
        text += part
        io.err(part)
      },
    })
    const page = failurePage(text, [hostname])
    const isShown = debug !== null && error instanceof NoAppError && error.cause !== undefined
    const app = isShown ? (debug!.show(error, page) as FetchApp) : page
    return { app, hosts: [hostname], report: { type: 'failed', exitCode } }
  }
}

function configuredHosts({ app }: LoadedApp): string[] {
  if (!isPhial(app)) return []
  const { TRUSTED_HOSTS, SERVER_NAME } = app.config
  return [...(TRUSTED_HOSTS ?? []), ...(SERVER_NAME === null ? [] : [SERVER_NAME, `.${SERVER_NAME}`])]
}

/** The folders whose files are read anew for each page: templates and static files. */
function pageFolders({ app }: LoadedApp): string[] {
  if (!isPhial(app)) return []
  const owners = [app, ...Array.from(app.blueprints.values())]
  const folders = owners.flatMap(({ templateFolder, staticFolder }) => [templateFolder, staticFolder])
  return [...new Set(folders)].filter((folder) => folder !== null)
}

async function stop(live: LiveReload | null, server: ConnectionServer): Promise<void> {
  live?.close()
  await server.close()
}

function isOwn(target: string, { livePath }: WorkerTask): boolean {
  return livePath !== null && target.startsWith(`${livePath}/`)
}

function send(message: FromWorker): void {
  // The reloader may have gone.
  if (process.connected === true) process.send?.(message, undefined, undefined, () => undefined)
}
