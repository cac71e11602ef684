import { AsyncResource } from 'node:async_hooks'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { Phial } from '../../app.ts'
import { CommandExit } from '../../commands/command-error.ts'
import type { CliIo } from '../io.ts'
import type { AppOptions } from '../load-app.ts'
import { type ReplOptions, runPipedRepl, runTerminalRepl } from '../repl.ts'
import { loadPhial } from '../script.ts'
import { runtimeText } from '../version.ts'

interface ShellOptions extends AppOptions {
  /** The file, or false for none. */
  history?: string | false
}

/** A prompt at which JavaScript is typed, in a context of the application. What is piped in is run. */
export function configure(command: Command, io: CliIo): void {
  command
    .addOption(new Option('--history <file>', 'Keep what is typed in this file. Default: ~/.phial_history.'))
    .option('--no-history', 'Keep nothing of what is typed.')
    .action(async () => {
      await shell(command.optsWithGlobals<ShellOptions>(), io)
    })
}

async function shell(options: ShellOptions, io: CliIo): Promise<void> {
  const app = await loadPhial(options, io)
  const succeeded = await app.appContext().run(async () => {
    const values = await app.makeShellContext()
    // Lines come from outside of every context: each is run in this one.
    const resource = new AsyncResource('PhialShell')
    const replOptions: ReplOptions = {
      values,
      colors: io.colors,
      inContext: (run) => resource.runInAsyncScope(run),
    }
    if (io.input !== undefined || !process.stdin.isTTY || !process.stdout.isTTY) {
      return runPipedRepl(io.input ?? process.stdin, replOptions, io)
    }
    io.out(bannerText(app, Object.keys(values)))
    await runTerminalRepl(historyFile(options), replOptions, io)
    return true
  })
  if (!succeeded) throw new CommandExit(1)
}

function bannerText(app: Phial, names: readonly string[]): string {
  return [
    `${runtimeText()} on ${process.platform}`,
    `App: ${app.name}${app.debug ? ' (debug)' : ''}`,
    ...(app.instancePath === null ? [] : [`Instance: ${app.instancePath}`]),
    `Names: ${names.join(', ')}. 'await' works; .help shows more, .exit leaves.`,
    '',
  ].join('\n')
}

function historyFile({ history }: ShellOptions): string | null {
  return history === false ? null : (history ?? join(homedir(), '.phial_history'))
}
