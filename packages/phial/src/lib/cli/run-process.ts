import type { CliIo } from './io.ts'
import { main } from './main.ts'
import { processIo } from './process-io.ts'

/** What a command of one's own is called, and what makes its application. */
export type ProcessOptions = Partial<Pick<CliIo, 'name' | 'createApp'>>

/**
 * Runs the command line as this process, and ends it with the exit code. A command of one's own gives a name and what
 * makes its application:
 *
 * ```ts
 * #!/usr/bin/env node
 * await runProcess({ name: 'shop', createApp })
 * ```
 */
export async function runProcess(options: ProcessOptions = {}): Promise<never> {
  // `app.run()` in the module of an application would serve it while it is imported.
  Reflect.set(globalThis, Symbol.for('phial.command'), options.createApp === undefined)
  // A reader that has seen enough (`phial routes | head`) is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  }
  const code = await main(process.argv.slice(2), { ...processIo(), ...options })
  await Promise.all([process.stdout, process.stderr].map(flush))
  // A command may have set an exit code itself.
  process.exit(code === 0 ? process.exitCode : code)
}

/** Waits until what was written to a pipe has left the process. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}
