import { type ChildProcess, fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { WORKER_VARIABLE } from '../run-options.ts'
import { builtFile } from './built-file.ts'
import { reportingVariables } from './loaded-files.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** A process that serves the application, or is going to. */
export interface Worker {
  /** The modules that it has loaded, or has looked for in vain. */
  readonly files: ReadonlySet<string>
  /** The folders whose files its pages are made of. */
  readonly folders: readonly string[]
  /** Resolves when all but the application is loaded; also when it has ended before. */
  readonly idle: Promise<void>
  /** Resolves when the process has ended, to what shows how. */
  readonly ended: Promise<WorkerEnd>
  tell(message: ToWorker, socket?: Socket): void
  /** Asks it to end, as a terminal does. */
  end(): void
  kill(): void
}

export interface WorkerEnd {
  /** The exit code, or the name of the signal. */
  readonly by: number | string
  /** The error that nobody caught, if there was one. */
  readonly crash: string | null
  /** What it was told to do, or null if it was told nothing yet. */
  readonly order: 'load' | 'explain' | null
}

export interface WorkerEvents {
  /** The answer to being told to load. */
  onAnswer(worker: Worker, answer: Extract<FromWorker, { type: 'ready' | 'failed' }>): void
  /** It has loaded more modules. */
  onFiles(worker: Worker, files: readonly string[]): void
}

/** What Node itself tells of what it loads. */
interface NodeReport {
  readonly 'watch:import'?: readonly (string | null)[]
  readonly 'watch:require'?: readonly (string | null)[]
}

export interface WorkerSettings {
  readonly cwd: string
  /** The variables without those of files. */
  readonly env: NodeJS.ProcessEnv
  /** Whether the program imports its application before it becomes a worker. */
  readonly importsApp: boolean
}

/** Starts this very command once more, as a worker. */
export function startWorker({ cwd, env, importsApp }: WorkerSettings, events: WorkerEvents): Worker {
  const preload = importsApp ? ['--import', pathToFileURL(builtFile('loaded-files-preload.js')).href] : []
  const child = fork(process.argv[1]!, process.argv.slice(2), {
    cwd,
    execArgv: [...process.execArgv, ...preload],
    env: { ...env, ...reportingVariables(), [WORKER_VARIABLE]: 'true' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const files = new Set<string>()
  let folders: readonly string[] = []
  let crash: string | null = null
  let order: WorkerEnd['order'] = null
  let setIdle: () => void = () => undefined
  const worker: Worker = {
    files,
    get folders() {
      return folders
    },
    idle: new Promise((resolve) => {
      setIdle = resolve
    }),
    ended: end(child).then((by) => {
      setIdle()
      return { by, crash, order }
    }),
    tell(message, socket) {
      if (message.type === 'load' || message.type === 'explain') order = message.type
      if (!child.connected) {
        socket?.destroy()
        return
      }
      // It may end at any time; `ended` tells.
      child.send(message, socket, {}, () => undefined)
    },
    end: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
  }
  const addFiles = (added: readonly string[]): void => {
    for (const file of added) files.add(file)
    events.onFiles(worker, added)
  }
  child.on('message', (message: FromWorker | NodeReport) => {
    if (!('type' in message)) {
      const urls = message['watch:import'] ?? []
      const paths = message['watch:require'] ?? []
      // Node's own modules are among them, and what was not found.
      return addFiles([
        ...urls.filter((url) => url?.startsWith('file:')).map((url) => fileURLToPath(url!)),
        ...paths.filter((path) => typeof path === 'string' && isAbsolute(path)),
      ] as string[])
    }
    switch (message.type) {
      case 'idle':
        return setIdle()
      case 'crash':
        crash = message.text
        return
      case 'files':
        return addFiles(message.files)
      case 'ready':
        folders = message.folders
    }
    events.onAnswer(worker, message)
  })
  return worker
}

function end(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
}
