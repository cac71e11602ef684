import { Command } from 'commander'
import type { CliIo } from './io.ts'
import { applyEnvironment } from './option-environment.ts'
import { createPainter } from './painter.ts'

interface CommandEntry {
  readonly name: string
  readonly summary: string
  load(): Promise<{ configure(command: Command, io: CliIo): void }>
}

const COMMANDS: readonly CommandEntry[] = [
  { name: 'run', summary: 'Serve the application.', load: () => import('./commands/run.ts') },
  {
    name: 'routes',
    summary: 'Show the routes of the application.',
    load: () => import('./commands/routes.ts'),
  },
]

/** The `phial` command with its subcommands. Those that `argv` does not name are only known by their summaries. */
export async function createProgram(argv: readonly string[], io: CliIo): Promise<Command> {
  const painter = createPainter(io.colors)
  const program = new Command('phial')
  program
    .description(
      'Runs and inspects applications made with Phial.\n\n' +
        'The application is the one in --app or PHIAL_APP, else app.ts, app.js, wsgi.ts or wsgi.js, here or in src.',
    )
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) =>
        write(painter.red(text.replace(/^error: (.)/, (_, c) => `Error: ${c.toUpperCase()}`))),
      getOutHasColors: () => io.colors,
      getErrHasColors: () => io.colors,
    })
    .helpOption('--help', 'Show this help.')
    .helpCommand(false)
    .exitOverride()
    .hook('preAction', (_program, command) => applyEnvironment(command, io.env))
  addAppOptions(program)
  program.option('--version', 'Show the versions of Phial and of the runtime.')
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary)
    if (!argv.includes(name)) continue
    addAppOptions(command)
    const { configure } = await load()
    configure(command, io)
  }
  return program
}

/** These may stand before the command and after it. */
function addAppOptions(command: Command): void {
  command
    .option(
      '-A, --app <name>',
      "The application: module, path/file.ts, module:app or module:createApp('dev').",
    )
    .option('--debug', 'Turn debug mode on.')
    .option('--no-debug', 'Turn debug mode off.')
}
