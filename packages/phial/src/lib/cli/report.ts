import { CommanderError } from 'commander'
import { CliError } from './cli-error.ts'
import type { CliIo } from './io.ts'
import { createPainter } from './painter.ts'

/**
 * Shows what ended a command.
 *
 * @returns the exit code.
 */
export async function reportError(error: unknown, io: CliIo): Promise<number> {
  // The parser has shown its own errors already; help is one of them.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof CliError) {
    if (error.detail !== '') io.err(`${error.detail}\n\n`)
    showMessage(error.message, io)
    return error.exitCode
  }
  // These may come from another copy of the framework, so they go by their names.
  const { name, exitCode, message } = Object(error) as {
    name?: unknown
    exitCode?: unknown
    message?: unknown
  }
  if (typeof exitCode === 'number') {
    if (name === 'CommandExit') return exitCode
    if (name === 'CommandError') {
      showMessage(String(message), io)
      return exitCode
    }
  }
  const { describeThrown } = await import('./import-failure.ts')
  io.err(`${describeThrown(error)}\n`)
  return 1
}

function showMessage(message: string, io: CliIo): void {
  io.err(`${createPainter(io.colors).red(`Error: ${message}`)}\n`)
}
