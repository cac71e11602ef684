import { CommanderError } from 'commander'
import { CliError } from './cli-error.ts'
import type { CliIo } from './io.ts'
import { createPainter } from './painter.ts'
import { createProgram } from './program.ts'

/**
 * Runs the `phial` command. It never ends the process: it resolves when the command is done, for `phial run` when the
 * user has stopped the server.
 *
 * @param argv the arguments after the name of the command: `['run', '--port', '0']`.
 * @returns the exit code: 0 if all went well, 1 if the work failed, 2 if the command was not used as it should be.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  try {
    const program = await createProgram(argv, io)
    if (argv.length === 0) {
      program.outputHelp({ error: true })
      return 2
    }
    if (isVersionCall(argv)) {
      const { versionText } = await import('./version.ts')
      io.out(versionText())
      return 0
    }
    await program.parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    return report(error, io)
  }
}

/** `--version` counts wherever it stands before the command. */
function isVersionCall(argv: readonly string[]): boolean {
  return argv.find((argument) => argument === '--version' || !argument.startsWith('-')) === '--version'
}

async function report(error: unknown, io: CliIo): Promise<number> {
  const painter = createPainter(io.colors)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof CliError) {
    if (error.detail !== '') io.err(`${error.detail}\n\n`)
    io.err(`${painter.red(`Error: ${error.message}`)}\n`)
    return error.exitCode
  }
  const { describeThrown } = await import('./import-failure.ts')
  io.err(`${describeThrown(error)}\n`)
  return 1
}
