import { Readable } from 'node:stream'
import type { Phial } from '../app.ts'
import type { CliResult, InvokeOptions } from '../testing/cli-result.ts'
import { appendOutput, captureOutput } from './captured-output.ts'
import type { CliIo } from './io.ts'
import { runCommand } from './main.ts'

/** Calls a command for an application in this process; see `CliRunner`. */
export async function invoke(
  app: Phial,
  args: readonly string[],
  options: InvokeOptions = {},
): Promise<CliResult> {
  const input = Readable.from(options.input === undefined ? [] : [options.input])
  const restore = [
    setVariables({ PHIAL_SKIP_DOTENV: '1', ...options.env }),
    resetExitCode(),
    replaceInput(input),
  ]
  let exitCode = 1
  let error: unknown = null
  try {
    const captured = await captureOutput(async (capture) => {
      const io: CliIo = {
        env: process.env,
        cwd: process.cwd(),
        colors: options.colors ?? false,
        input,
        createApp: () => app,
        out: (text) => appendOutput(capture, 'stdout', text),
        err: (text) => appendOutput(capture, 'stderr', text),
        // Nobody stops a command of a test from outside.
        onStop: () => undefined,
      }
      const outcome = await runCommand(args, io)
      exitCode = outcome.exitCode === 0 ? Number(process.exitCode ?? 0) : outcome.exitCode
      error = outcome.error
    })
    const { stdout, stderr, output } = captured
    return { exitCode, stdout, stderr, output, error }
  } finally {
    for (const undo of restore.reverse()) undo()
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

/** Exit codes that the test's own process has set stay as they are. */
function resetExitCode(): () => void {
  const before = process.exitCode
  process.exitCode = undefined
  return () => {
    process.exitCode = before
  }
}

function replaceInput(input: Readable): () => void {
  const before = Object.getOwnPropertyDescriptor(process, 'stdin')!
  Object.defineProperty(process, 'stdin', { ...before, get: () => input })
  return () => void Object.defineProperty(process, 'stdin', before)
}
