import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { ServeLogger } from '@phial/serve'
import type { Phial } from '../app.ts'
import type { NoAppError } from './cli-error.ts'
import { describeToDebugger } from './debugger-knowledge.ts'
import { failurePlace } from './failure-place.ts'
import { isLoopback } from './host.ts'
import type { CliIo } from './io.ts'
import { isPhial, type ServedApp } from './served-app.ts'

const NO_PAGE =
  'The client did not get to see it: the answer had begun and was broken off, or it came from elsewhere.'

/** The debugger as `phial run` needs it. */
export interface DevDebugger {
  /** The input and output of the command, with modules prepared for the debugger when they are imported. */
  readonly io: CliIo
  /** What to print when the server starts. */
  readonly banner: string
  wrap(app: ServedApp): ServedApp
  /** What shows why there is no application. @param otherwise answers those who may see nothing of it. */
  show(failure: NoAppError, otherwise: ServedApp): ServedApp
  /** Takes the errors that no page can show: those of no request, and those of answers that have begun. */
  readonly logger: ServeLogger
  /** Lets the process go on after errors of no request. @param origin where the server is reached. */
  catchProcessErrors(origin: string): void
  close(): void
}

/**
 * Starts the debugger; it has to run before the application is imported. The package is loaded here and nowhere else, so
 * that production has nothing of it.
 *
 * @param isPublic whether other machines reach the server: errors show no values then.
 */
export async function startDebugger(io: CliIo, isPublic: boolean): Promise<DevDebugger> {
  const { createDebugger } = await import('@phial/debugger/node')
  const { PHIAL_DEBUG_PIN, PHIAL_EDITOR, PHIAL_DEBUG_HOSTS } = io.env
  const debug = await createDebugger({
    root: io.cwd,
    libraries: [frameworkFolder()],
    isPublic,
    trustedHosts: PHIAL_DEBUG_HOSTS?.split(/[\s,]+/).filter((host) => host !== '') ?? [],
    ...(PHIAL_DEBUG_PIN === undefined ? {} : { pin: PHIAL_DEBUG_PIN }),
    ...(PHIAL_EDITOR === undefined ? {} : { editor: PHIAL_EDITOR }),
    write: io.err,
    colors: io.colors,
  })
  const lines = [' * Debugger is active!', ...debug.notes.map((note) => ` * ${note}`)]
  if (debug.pin !== null) lines.push(` * Debugger PIN: ${debug.pin}`)
  return {
    io: {
      ...io,
      prepareImport: async (file) => {
        await io.prepareImport?.(file)
        debug.rewriteModules()
      },
    },
    banner: `${lines.join('\n')}\n`,
    wrap: (app) => debug.wrap(app, isPhial(app) ? describeToDebugger(app) : {}) as ServedApp,
    show: ({ cause, message, detail }, otherwise) =>
      debug.show(cause, otherwise, {
        hints: [{ title: 'The application cannot be served', text: message }],
        place: failurePlace(cause, detail),
        // The message has a second sentence then.
        isExplained: /\. \S/.test(message),
      }) as ServedApp,
    logger: {
      info: (message) => io.err(`${message}\n`),
      error: (message, error) => debug.tell(error, { title: message, text: NO_PAGE }),
    },
    catchProcessErrors: (origin) => {
      debug.origin = origin
      debug.catchProcessErrors()
    },
    close: () => debug.close(),
  }
}

/**
 * Starts the debugger for a script that serves its application itself, and puts it around the application. Modules are
 * loaded already, so callers that wait have no variables.
 */
export async function debugScript(
  app: Phial,
  hostname: string,
): Promise<Pick<Phial, 'fetch' | 'requestClass'>> {
  const io: CliIo = {
    env: process.env,
    cwd: process.cwd(),
    colors: false,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    onStop: () => undefined,
  }
  const debug = await startDebugger(io, !isLoopback(hostname))
  io.out(debug.banner)
  return debug.wrap(app) as Phial
}

/** Where the framework's packages lie: `node_modules`, or the workspace that they are developed in. */
function frameworkFolder(): string {
  return dirname(dirname(realpathSync(createRequire(import.meta.url).resolve('phial/package.json'))))
}
