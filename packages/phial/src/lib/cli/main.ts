import { readLeadingOptions } from './global-options.ts'
import type { CliIo } from './io.ts'
import { createProgram } from './program.ts'
import { reportError } from './report.ts'

/** How a command came out. */
export interface Outcome {
  /** 0 if all went well, 1 if the work failed, 2 if the command was not used as it should be. */
  readonly exitCode: number
  /** What ended it, null if nothing did. */
  readonly error: unknown
}

/**
 * Runs the `phial` command. It never ends the process: it resolves when the command is done, for `phial run` when the
 * user has stopped the server.
 *
 * @param argv the arguments after the name of the command: `['run', '--port', '0']`.
 * @returns the exit code: 0 if all went well, 1 if the work failed, 2 if the command was not used as it should be.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  return (await runCommand(argv, io)).exitCode
}

/** Runs the `phial` command, and tells what ended it. */
export async function runCommand(argv: readonly string[], io: CliIo): Promise<Outcome> {
  try {
    const leading = readLeadingOptions(argv, io)
    if (leading.version) {
      const { versionText } = await import('./version.ts')
      io.out(versionText())
      return { exitCode: 0, error: null }
    }
    const program = await createProgram(leading, io)
    if (argv.length === 0) {
      program.outputHelp({ error: true })
      return { exitCode: 2, error: null }
    }
    await program.parseAsync([...argv], { from: 'user' })
    return { exitCode: 0, error: null }
  } catch (error) {
    const exitCode = await reportError(error, io)
    const isEnd = exitCode === 0 || (error as { name?: unknown } | null)?.name === 'CommandExit'
    return { exitCode, error: isEnd ? null : error }
  }
}
