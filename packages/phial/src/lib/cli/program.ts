import { Command } from 'commander'
import { findDefaultFile } from './app-file.ts'
import { CliError, NoAppError } from './cli-error.ts'
import { loadEnvFiles } from './dotenv.ts'
import { addGlobalOptions, type GlobalOptions, type LeadingOptions } from './global-options.ts'
import { styleCommand } from './help-style.ts'
import type { CliIo } from './io.ts'
import { applyEnvironment } from './option-environment.ts'
import type { OwnEntry } from './own-command.ts'
import { createPainter } from './painter.ts'
import { reportError } from './report.ts'

interface CommandEntry {
  readonly name: string
  readonly summary: string
  /** Whether it is left out of the list. */
  readonly hidden?: boolean
  load(): Promise<{ configure(command: Command, io: CliIo): void }>
}

/** The commands of `phial` itself. They are found before all others, and need no application to be found. */
const COMMANDS: readonly CommandEntry[] = [
  { name: 'run', summary: 'Serve the application.', load: () => import('./commands/run.ts') },
  {
    name: 'routes',
    summary: 'Show the routes of the application.',
    load: () => import('./commands/routes.ts'),
  },
  {
    name: 'shell',
    summary: 'Type JavaScript in a context of the application.',
    load: () => import('./commands/shell.ts'),
  },
  {
    name: 'check',
    summary: 'Look for mistakes in configuration, routes and templates.',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'types',
    summary:
      'Write types of endpoints and templates, so that the compiler checks urlFor() and renderTemplate().',
    load: () => import('./commands/types.ts'),
  },
  {
    name: 'completion',
    summary: 'Print the script that completes commands in bash, zsh or fish.',
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'complete',
    summary: 'Print what may stand at the cursor.',
    hidden: true,
    load: () => import('./commands/complete.ts'),
  },
]

/**
 * The `phial` command with its subcommands. Only the one that was called is loaded; without one all are, to be listed.
 */
export async function createProgram(leading: LeadingOptions, io: CliIo): Promise<Command> {
  const program = styleCommand(new Command(io.name ?? 'phial'), io)
    .description(
      io.createApp === undefined
        ? 'Runs and inspects applications made with Phial.\n\n' +
            'The application is the one in --app or PHIAL_APP, else app.ts, app.js, wsgi.ts or wsgi.js, here or in src. ' +
            'Its own commands stand in the list below.'
        : 'Runs and inspects the application.',
    )
    .enablePositionalOptions()
  addGlobalOptions(program, io)
  program.option('--version', 'Show the versions of Phial and of the runtime.')
  for (const { name, summary, hidden = false, load } of COMMANDS) {
    const command = styleCommand(program.command(name, { hidden }), io, [name]).description(summary)
    if (leading.command !== name) continue
    addGlobalOptions(command, io)
    command.hook('preAction', () => {
      loadEnvFiles(command.optsWithGlobals<GlobalOptions>().envFile, io)
      applyEnvironment(command, io.env)
    })
    const { configure } = await load()
    configure(command, io)
  }
  if (!COMMANDS.some(({ name }) => name === leading.command)) await addOwnCommands(program, leading, io)
  return program
}

/** Adds the commands of packages and those of the application. The ones found first hide others of their name. */
async function addOwnCommands(program: Command, leading: LeadingOptions, io: CliIo): Promise<void> {
  loadEnvFiles(leading.envFile, io)
  const [{ loadPluginCommands }, { createOwnCommand }, { createScript, runOwnCommand }] = await Promise.all([
    import('./plugins.ts'),
    import('./own-command.ts'),
    import('./script.ts'),
  ])
  const script = createScript(leading, io)
  const add = (entries: Iterable<[string, OwnEntry]>): void => {
    for (const [name, entry] of entries) {
      if (program.commands.some((command) => command.name() === name)) {
        if (leading.command === null) warnOfHidden(name, io)
        continue
      }
      const made = createOwnCommand(name, entry, io, (command, values) =>
        runOwnCommand(command, values, script),
      )
      program.addCommand(made, { hidden: entry.hidden })
    }
  }
  const plugins = await loadPluginCommands(leading.command, io)
  add(plugins)
  if (leading.command !== null && plugins.has(leading.command)) return
  checkAppFirst(leading, io)
  if (!mayHaveApp(leading, io)) return
  try {
    const { cli } = await script.loadApp()
    add(cli.commands)
  } catch (error) {
    // The help shows what it can; a command that was not found may have been one of the application's.
    await reportError(error, io)
    if (leading.command !== null) {
      throw new NoAppError(
        `The application could not be loaded, so its commands are not known. '${leading.command}' is none of the ` +
          `commands that are always there: ${listedNames(program).join(', ')}.`,
        { exitCode: 1, cause: error },
      )
    }
    io.err('\n')
  }
}

function listedNames(program: Command): string[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name())
}

function warnOfHidden(name: string, io: CliIo): void {
  const text = `Warning: There are two commands '${name}'; the one that is listed hides the other. Rename that.`
  io.err(`${createPainter(io.colors).yellow(text)}\n`)
}

/** The commands of an application are only known when the application is, so it must be named before them. */
function checkAppFirst({ command, app, rest }: LeadingOptions, io: CliIo): void {
  if (command === null || app !== undefined || mayHaveApp({ app }, io)) return
  const later = rest.find((argument) => /^(?:-A|--app(?:=|$))/.test(argument))
  if (later === undefined) return
  const name = io.name ?? 'phial'
  throw new CliError(
    `There is no command '${command}'. If the application has it, name that first: ${name} --app NAME ${command} …`,
  )
}

/** Whether there is an application to ask. That there is none in this folder is no error until something needs it. */
function mayHaveApp({ app }: Pick<LeadingOptions, 'app'>, io: CliIo): boolean {
  if (io.createApp !== undefined || app !== undefined || (io.env['PHIAL_APP'] ?? '') !== '') return true
  try {
    findDefaultFile(io.cwd)
    return true
  } catch {
    return false
  }
}
