import { Readable } from 'node:stream'
import type { Phial } from '../app.ts'
import type { CliResult, InvokeOptions } from '../testing/cli-result.ts'
import { appendOutput, captureOutput } from './captured-output.ts'
import type { CliIo } from './io.ts'
import { type Outcome, runCommand } from './main.ts'

/** Calls a command for an application in this process; see `CliRunner`. */
export async function invoke(
  app: Phial,
  args: readonly string[],
  options: InvokeOptions = {},
): Promise<CliResult> {
  const input = Readable.from(options.input === undefined ? [] : [options.input])
  // The command tells the application its debug mode by this variable.
  const restoreVariables = setVariables({ PHIAL_DEBUG: process.env['PHIAL_DEBUG'], ...options.env })
  let ownCode = 0
  let outcome: Outcome = { exitCode: 1, error: null }
  try {
    const { stdout, stderr, output } = await captureOutput(input, async (capture) => {
      const io: CliIo = {
        env: process.env,
        cwd: process.cwd(),
        colors: options.colors ?? false,
        envFiles: false,
        input,
        createApp: () => app,
        out: (text) => appendOutput(capture, 'stdout', text),
        err: (text) => appendOutput(capture, 'stderr', text),
        // Nobody stops a command of a test from outside.
        onStop: () => undefined,
      }
      outcome = await runCommand(args, io)
      // A command may have set an exit code without ending the process.
      ownCode = Number(process.exitCode ?? 0)
      process.exitCode = undefined
    })
    return {
      exitCode: outcome.exitCode === 0 ? ownCode : outcome.exitCode,
      stdout,
      stderr,
      output,
      error: outcome.error,
    }
  } finally {
    restoreVariables()
  }
}

function setVariables(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  for (const [name, value] of Object.entries(variables)) set(name, value)
  return () => {
    for (const [name, value] of before) set(name, value)
  }
}
