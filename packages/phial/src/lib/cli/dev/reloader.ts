import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TlsOptions } from '@phial/serve'
import { acceptConnections, type ConnectionListener } from '@phial/serve/node'
import { CommandExit } from '../../commands/command-error.ts'
import { envFilePaths } from '../dotenv.ts'
import type { CliIo } from '../io.ts'
import type { RunOptions } from '../run-options.ts'
import { createChangeBatch } from './change-batch.ts'
import { changeSummary } from './change-summary.ts'
import { createExclude } from './exclude-patterns.ts'
import { createFileWatch } from './file-watch.ts'
import type { FromWorker, WorkerTask } from './messages.ts'
import { startWorker, type Worker, type WorkerEnd } from './worker-process.ts'

/** Milliseconds that a worker gets to end before the next one loads: it may hold a port of its own, or a lock. */
const HANDOVER = 200

/** Milliseconds after which the next worker is started, so that it does not slow down the first requests; not after a fault. */
const SPARE_DELAY = 250

/** Milliseconds after which workers are killed that do not end: requests under way get ten seconds. */
const LAST_GRACE = 11_000

export interface ReloaderOptions {
  readonly options: RunOptions
  /** The environment as it was before files with variables were read. */
  readonly env: NodeJS.ProcessEnv
  /** Where to listen: `path` for a socket. */
  readonly target: { readonly hostname: string; readonly port: number; readonly path: string | null }
  readonly tls: TlsOptions | null
  /** Called when the first worker serves. `name` is null if there is no application yet. */
  onFirst(listener: ConnectionListener, name: string | null): void
}

/**
 * Serves the application by a worker, a process of its own, that a new one replaces whenever a file of the application
 * has changed. This process listens and never loads the application: connections that come while no worker is ready
 * wait here. The next worker is started in advance and has loaded all but the application.
 *
 * Resolves when the user has stopped it.
 */
export async function runReloader(reloader: ReloaderOptions, io: CliIo): Promise<void> {
  const { options, env, target, tls } = reloader
  const { cwd } = io
  const envFiles = envFilePaths(options.envFile, io)
  const extras = (options.extraFiles ?? []).map((path) => resolve(cwd, path))
  const isExcluded = createExclude(options.excludePatterns ?? [], cwd)
  const livePath = options.liveReload ? `/_phial/${randomBytes(16).toString('hex')}` : null
  const waiting: Socket[] = []
  const alive = new Set<Worker>()
  let generation = 0
  let serving: Worker | null = null
  let loading: Worker | null = null
  let spare: Worker | null = null
  let spareTimer: NodeJS.Timeout | undefined
  /** What the application was loaded from. After a fault it grows until there is an application again. */
  let sources = new Set<string>()
  let isFailing = false
  let isFirst = true
  let isStopping = false
  let finish: (error?: unknown) => void = () => undefined
  const finished = new Promise<void>((done, fail) => {
    finish = (error) => (error === undefined ? done() : fail(error))
  })

  const give = (worker: Worker, socket: Socket): void => worker.tell({ type: 'connection' }, socket)
  const listener = await acceptConnections(target, tls === null ? 'http' : 'https', (socket) => {
    socket.on('error', () => undefined)
    if (serving === null) waiting.push(socket)
    else give(serving, socket)
  })

  const files = (options.createWatch ?? createFileWatch)({
    type: options.reloadType,
    interval: options.reloadInterval * 1000,
    onChange: (path) => {
      if (!isExcluded(path)) batch.add(path)
    },
    onFallback: (error) =>
      io.err(
        `Files are looked at every ${options.reloadInterval} s, since the system does not watch them: ${error}\n`,
      ),
  })
  const watchFiles = (): void => {
    // After a fault one may install what was missing.
    const packages = isFailing ? ['package.json', 'node_modules/.package-lock.json'] : []
    const folders = serving?.folders ?? []
    files.watch(
      [...sources, ...envFiles, ...extras, ...packages.map((name) => join(cwd, name))],
      [...folders, ...extras],
    )
  }

  const start = (): Worker => {
    const worker = startWorker({ cwd, env, importsApp: io.createApp !== undefined }, { onAnswer, onFiles })
    alive.add(worker)
    void worker.ended.then((end) => {
      alive.delete(worker)
      onEnd(worker, end)
    })
    return worker
  }
  const keepSpare = (): void => {
    // A program that makes its application itself has loaded it before it can wait.
    if (io.createApp !== undefined) return
    clearTimeout(spareTimer)
    spareTimer = setTimeout(
      () => {
        spare ??= start()
      },
      isFailing ? 0 : SPARE_DELAY,
    )
  }
  const takeSpare = (): Worker => {
    clearTimeout(spareTimer)
    const worker = spare ?? start()
    spare = null
    return worker
  }
  const task = (): WorkerTask => ({
    hostname: options.host,
    url: listener.url,
    tls,
    livePath,
    generation: ++generation,
  })

  const onFiles = (worker: Worker, loaded: readonly string[]): void => {
    if (worker !== serving && worker !== loading) return
    addSources(loaded)
    files.add(loaded.filter((path) => sources.has(path)))
  }
  const addSources = (paths: Iterable<string>): void => {
    for (const path of paths) if (!/[\\/]node_modules[\\/]/.test(path)) sources.add(path)
  }
  const onAnswer = (worker: Worker, answer: Extract<FromWorker, { type: 'ready' | 'failed' }>): void => {
    if (worker !== loading) return
    if (isFirst && answer.type === 'failed' && answer.exitCode === 2) {
      finish(new CommandExit(2))
      return
    }
    loading = null
    serving = worker
    isFailing = answer.type === 'failed'
    if (!isFailing) sources = new Set()
    addSources(worker.files)
    for (const socket of waiting.splice(0)) give(worker, socket)
    watchFiles()
    if (isFirst) reloader.onFirst(listener, answer.type === 'ready' ? answer.name : null)
    isFirst = false
    if (isFailing) io.out(' * Waiting for a change\n')
    keepSpare()
  }
  const onEnd = (worker: Worker, { by, crash, order }: WorkerEnd): void => {
    if (worker === spare) spare = null
    if (isStopping || (worker !== serving && worker !== loading)) return
    serving = null
    loading = null
    isFailing = true
    watchFiles()
    if (order !== 'load') {
      // Not even a page that says why can be served.
      if (isFirst) finish(new CommandExit(1))
      else io.out(' * Waiting for a change\n')
      return
    }
    const how = typeof by === 'number' ? `exit code ${by}` : by
    const what = `The process of the application has ended by itself (${how}).`
    io.err(`${what}\n`)
    const text = `${what}\n\n${crash ?? 'The terminal may say why.'}`
    void hand(takeSpare(), (next) => next.tell({ type: 'explain', task: task(), text }))
  }

  /** Lets a worker be the next one, and gives it its order when it can take it. */
  const hand = async (next: Worker, order: (worker: Worker) => void): Promise<void> => {
    loading = next
    await next.idle
    addSources(next.files)
    files.add(sources)
    if (loading === next) order(next)
  }
  const restart = async (): Promise<void> => {
    const old = serving
    loading?.kill()
    serving = null
    const next = takeSpare()
    loading = next
    if (old !== null) {
      old.tell({ type: 'stop' })
      await Promise.race([old.ended, sleep(HANDOVER)])
    }
    if (loading === next) await hand(next, (worker) => worker.tell({ type: 'load', task: task() }))
  }

  const batch = createChangeBatch(cwd, (paths) => {
    const folders = serving?.folders ?? []
    const isPage = (path: string): boolean =>
      folders.some((folder) => isInside(path, folder)) && !extras.some((extra) => isInside(path, extra))
    const causes = paths.filter((path) => sources.has(path) || !isPage(path))
    if (spare !== null && paths.some((path) => spare?.files.has(path) === true || envFiles.includes(path))) {
      spare.kill()
      spare = null
    }
    if (causes.length === 0) {
      io.out(` * Refreshing: ${changeSummary(paths, cwd)} changed\n`)
      serving?.tell({ type: 'refresh' })
      return
    }
    io.out(` * Restarting: ${changeSummary(causes, cwd)} changed\n`)
    void restart()
  })

  io.onStop(() => {
    isStopping = true
    finish()
  })
  watchFiles()
  void restart()
  try {
    await finished
  } finally {
    isStopping = true
    clearTimeout(spareTimer)
    listener.close()
    batch.close()
    files.close()
    for (const socket of waiting) socket.destroy()
    for (const worker of alive) worker.tell({ type: 'stop' })
    const killer = setTimeout(() => {
      for (const worker of alive) worker.kill()
    }, LAST_GRACE)
    await Promise.all(Array.from(alive, (worker) => worker.ended))
    clearTimeout(killer)
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !way.startsWith('..') && !isAbsolute(way)
}
