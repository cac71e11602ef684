import type { CliIo } from './io.ts'
import { enableTypeScript } from './typescript.ts'

const SIGNAL_NUMBERS: Readonly<Record<'SIGINT' | 'SIGTERM', number>> = { SIGINT: 2, SIGTERM: 15 }

/** Milliseconds in which a signal is the same: `npx` passes on the Ctrl+C that the terminal has sent to all. */
const SAME_SIGNAL = 500

/** The process as the command line sees it. */
export function processIo(): CliIo {
  return {
    env: process.env,
    cwd: process.cwd(),
    isProcess: true,
    colors: hasColors(process.env),
    prepareImport: async (file) => {
      if (/\.[cm]?ts$/.test(file)) await enableTypeScript()
    },
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    onStop,
  }
}

/** The first signal stops what runs, one that comes later ends the process at once. */
function onStop(listener: () => void): void {
  let stoppedAt: number | null = null
  const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    if (stoppedAt === null) {
      stoppedAt = performance.now()
      listener()
    } else if (performance.now() - stoppedAt > SAME_SIGNAL) {
      // Shells expect the signal's number and 128.
      process.exit(128 + SIGNAL_NUMBERS[signal])
    }
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** As https://no-color.org and https://force-color.org have it; else whether both streams are terminals. */
function hasColors(env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0'
  return process.stdout.isTTY && process.stderr.isTTY && env['TERM'] !== 'dumb'
}
