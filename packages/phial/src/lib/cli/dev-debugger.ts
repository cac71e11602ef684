import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Phial } from '../app.ts'
import { describeToDebugger } from './debugger-knowledge.ts'
import { isLoopback } from './host.ts'
import type { CliIo } from './io.ts'
import { isPhial, type ServedApp } from './served-app.ts'

/** The debugger as `phial run` needs it. */
export interface DevDebugger {
  /** The input and output of the command, with modules prepared for the debugger when they are imported. */
  readonly io: CliIo
  /** What to print when the server starts. */
  readonly banner: string
  wrap(app: ServedApp): ServedApp
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
