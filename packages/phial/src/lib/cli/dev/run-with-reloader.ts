import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../cli-error.ts'
import { processIo } from '../process-io.ts'
import { reloadHindrance } from '../reload-hindrance.ts'
import { isRunningFromReloader } from '../run-options.ts'
import { createChangeBatch } from './change-batch.ts'
import { changeSummary } from './change-summary.ts'
import { createExclude } from './exclude-patterns.ts'
import { type CreateFileWatch, createFileWatch } from './file-watch.ts'
import { reportLoadedFiles } from './loaded-files.ts'
import { startWorker, type Worker } from './worker-process.ts'

export interface ReloaderOptions {
  /** Files and folders that restart it too. */
  extraFiles?: readonly string[]
  /** Paths that do not, as in `'*\/data/*'`. */
  excludePatterns?: readonly string[]
  /** Seconds between two looks at the files, for `stat`. Default 1. */
  interval?: number
  /** How changes are noticed: by events of the system (`auto`), by looking (`stat`), or by a watcher of one's own. */
  reloaderType?: 'auto' | 'stat' | CreateFileWatch
}

/** Milliseconds that a program gets to end when it is told to. */
const GRACE = 5_000

/**
 * Runs a program that is no server (a bot, a queue's worker, a build) and starts it again whenever a module that it has
 * loaded has changed. The process that called it watches; `main` runs in another one, the same program started once more:
 *
 * ```ts
 * await runWithReloader(async () => {
 *   for await (const job of queue) await handle(job)
 * })
 * ```
 *
 * A restart sends SIGTERM, and kills after five seconds. When `main` ends or fails, it waits for the next change.
 * Resolves when the user has stopped it; servers are better off with `runSimple`, which refuses no request.
 *
 * @throws CliError where processes cannot be replaced: in production, under an inspector, on Bun and Deno.
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#reloader
 */
export async function runWithReloader(main: () => unknown, options: ReloaderOptions = {}): Promise<void> {
  if (isRunningFromReloader()) {
    reportLoadedFiles((files) => void process.send?.({ type: 'files', files }))()
    await main()
    return
  }
  const io = processIo()
  const reason = reloadHindrance(io)
  if (reason !== null) throw new CliError(`Reloading is not possible: ${reason}`)
  const { cwd } = io
  const { reloaderType = 'auto', interval = 1 } = options
  const extras = (options.extraFiles ?? []).map((path) => resolve(cwd, path))
  const isExcluded = createExclude(options.excludePatterns ?? [], cwd)
  const batch = createChangeBatch(cwd, (paths) => {
    io.out(` * Restarting: ${changeSummary(paths, cwd)} changed\n`)
    void restart()
  })
  const watch = (typeof reloaderType === 'function' ? reloaderType : createFileWatch)({
    type: typeof reloaderType === 'function' ? 'auto' : reloaderType,
    interval: interval * 1000,
    onChange: (path) => {
      if (!isExcluded(path)) batch.add(path)
    },
  })
  watch.watch(extras, extras)

  let current: Worker | null = null
  let isStopping = false
  const start = (): void => {
    const worker = startWorker(
      { cwd, env: { ...process.env }, importsApp: true },
      {
        onAnswer: () => undefined,
        onFiles: (_worker, files) => watch.add(files.filter((path) => !/[\\/]node_modules[\\/]/.test(path))),
      },
    )
    current = worker
    void worker.ended.then(({ by }) => {
      if (current !== worker || isStopping) return
      current = null
      io.out(
        ` * The program has ended (${typeof by === 'number' ? `exit code ${by}` : by}), waiting for a change\n`,
      )
    })
  }
  const stop = async (): Promise<void> => {
    const worker = current
    current = null
    if (worker === null) return
    worker.end()
    await Promise.race([worker.ended, sleep(GRACE, undefined, { ref: false })])
    worker.kill()
    await worker.ended
  }
  let restarting: Promise<void> = Promise.resolve()
  const restart = (): Promise<void> => {
    restarting = restarting.then(stop).then(() => {
      if (!isStopping) start()
    })
    return restarting
  }
  start()
  await new Promise<void>((done) => io.onStop(done))
  isStopping = true
  batch.close()
  watch.close()
  await restarting
  await stop()
}
