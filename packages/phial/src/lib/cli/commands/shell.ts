import { AsyncResource } from 'node:async_hooks'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { CommandExit } from '../../commands/command-error.ts'
import type { CliIo } from '../io.ts'
import type { AppOptions } from '../load-app.ts'
import { runRepl } from '../repl.ts'
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
  const isTerminal = io.input === undefined && process.stdin.isTTY && process.stdout.isTTY
  const failed = await app.appContext().run(async () => {
    const values = await app.makeShellContext()
    if (isTerminal) {
      const names = Object.keys(values).join(', ')
      io.out(
        `${runtimeText()} on ${process.platform}\nApp: ${app.name}\nNames: ${names}. await works. .help, .exit\n`,
      )
    }
    // Lines come from the terminal, outside of every context: each is run in this one.
    const resource = new AsyncResource('PhialShell')
    return runRepl({
      values,
      isTerminal,
      colors: io.colors,
      input: io.input ?? process.stdin,
      io,
      historyFile: options.history === false ? null : (options.history ?? join(homedir(), '.phial_history')),
      inContext: (run) => resource.runInAsyncScope(run),
    })
  })
  if (failed) throw new CommandExit(1)
}
