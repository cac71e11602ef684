import { Command } from 'commander'
import { styleCommand } from './help-style.ts'
import type { CliIo } from './io.ts'
import type { AppOptions } from './load-app.ts'

/** Options that say which application, and how it is set up. */
export interface GlobalOptions extends AppOptions {
  /** A file of environment variables besides `.env` and `.phialenv`. */
  envFile?: string | undefined
}

/** What stands before the name of the command. */
export interface LeadingOptions extends GlobalOptions {
  /** The name of the command, or null if there is none. */
  readonly command: string | null
  readonly version: boolean
  /** What stands after it. */
  readonly rest: readonly string[]
}

/** Commands of `phial` itself have these too, so that they may stand before the name and after it. */
export function addGlobalOptions(command: Command, io: CliIo): void {
  // A command of one's own that makes its application does not look for another.
  if (io.createApp === undefined) {
    command.option(
      '-A, --app <name>',
      "The application: module, path/file.ts, module:app or module:createApp('dev').",
    )
  }
  command
    .option('-e, --env-file <file>', 'Read environment variables from this file too.')
    .option('--debug', 'Turn debug mode on.')
    .option('--no-debug', 'Turn debug mode off.')
}

/** Reads the options before the name of the command. They hold before the commands of an application are known. */
export function readLeadingOptions(argv: readonly string[], io: CliIo): LeadingOptions {
  const reader = styleCommand(new Command('phial'), io).enablePositionalOptions().passThroughOptions()
  addGlobalOptions(reader, io)
  reader.option('--version')
  const { operands, unknown } = reader.parseOptions([...argv])
  const { version = false, ...options } = reader.opts<GlobalOptions & { version?: boolean }>()
  const [command = null, ...rest] = operands
  return { ...options, version, command, rest: [...rest, ...unknown] }
}
