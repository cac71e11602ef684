import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.ts'
import { endpointMembers } from '../endpoint-types.ts'
import type { CliIo } from '../io.ts'
import type { AppOptions } from '../load-app.ts'
import { registryText } from '../registry.ts'
import { loadPhial } from '../script.ts'
import { templateMembers } from '../template-types.ts'

interface TypesOptions extends AppOptions {
  out?: string
  optional?: string[]
  templates?: boolean
  check?: boolean
  watch?: boolean
}

/** Writes a declaration file, so that the compiler checks what `urlFor()` and `renderTemplate()` are given. */
export function configure(command: Command, io: CliIo): void {
  command
    .addOption(
      new Option(
        '-o, --out <file>',
        'The file to write. Default: phial-types.d.ts in the folder of the application.',
      ),
    )
    .addOption(
      new Option(
        '--optional <name>',
        "A parameter that 'urlDefaults' hooks give, or a variable that context processors do; can be repeated.",
      ).argParser((text: string, previous: string[] | undefined) => [
        ...(previous ?? []),
        ...text.split(','),
      ]),
    )
    .option('--no-templates', 'Only endpoints: templates stay unchecked.')
    .option('--check', 'Write nothing; exit code 1 if the file is not up to date.')
    .option('-w, --watch', 'Write it again when a source file has changed.')
    .action(async () => {
      const options = command.optsWithGlobals<TypesOptions>()
      if (options.check === true && options.watch === true) {
        throw new CliError('--check looks once and --watch goes on. Leave out one of them.')
      }
      if (options.watch === true) await (await import('../watch.ts')).rerunOnChange('--watch', io)
      else await types(options, io)
    })
}

async function types(options: TypesOptions, io: CliIo): Promise<void> {
  const app = await loadPhial(options, io)
  const file = options.out === undefined ? defaultFile(app.rootPath, io) : resolve(io.cwd, options.out)
  const shown = relative(io.cwd, file)
  const optional = new Set(options.optional)
  const templates = options.templates === false ? null : templateMembers(app, optional)
  if (typeof templates?.problem === 'string') io.err(`${templates.problem}\n`)
  const text = registryText([
    { name: 'Endpoints', members: endpointMembers(app, optional) },
    { name: 'TemplateRegistry', members: templates?.members ?? [] },
  ])
  const present = readIfFile(file)
  // Windows checks files out with other line ends.
  if (present?.replaceAll('\r\n', '\n') === text) {
    io.out(`${shown} is up to date.\n`)
    return
  }
  if (options.check === true) {
    const state = present === null ? 'does not exist' : 'is not up to date: routes or templates have changed'
    throw new CliError(`${shown} ${state}. Run 'phial types' and commit the file.`, { exitCode: 1 })
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  io.out(`${shown} is written.\n`)
}

function defaultFile(rootPath: string | null, io: CliIo): string {
  return join(rootPath ?? io.cwd, 'phial-types.d.ts')
}

function readIfFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
