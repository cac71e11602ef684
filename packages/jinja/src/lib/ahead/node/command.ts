import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { TemplateError } from '../../errors.ts'
import type { TemplateProblem } from '../check-templates.ts'
import { checkTemplates, reportProblem } from '../check-templates.ts'
import type { TemplateSource } from '../precompile.ts'
import { precompile } from '../precompile.ts'
import { templateTypes } from '../template-types.ts'
import type { CommandLine } from './arguments.ts'
import { readArguments, USAGE } from './arguments.ts'
import { environmentFor, templatesIn } from './settings.ts'
import { UsageError } from './usage-error.ts'

/** What the command may touch of the world around it, beside files. Tests give their own. */
export interface CommandIo {
  /** The folder that paths are relative to. */
  readonly cwd: string
  out(text: string): void
  err(text: string): void
}

/** Runs `phial-jinja`. @returns The exit code: 0, 1 for problems in templates, 2 for mistakes in the command line. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const line = readArguments(args)
    if (line === null) {
      io.out(USAGE)
      return 0
    }
    const environment = await environmentFor(line.config, io.cwd, line.settings)
    const templates = await templatesOf(line, io)
    switch (line.command) {
      case 'compile':
        return await compile(line, io, precompile(environment, templates))
      case 'check':
        return check(line, io, checkTemplates(environment, templates), templates)
      case 'types':
        return await types(line, io, templateTypes(environment, templates, { module: line.module }))
    }
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nTry 'phial-jinja --help'.\n`)
      return 2
    }
    if (error instanceof TemplateError) {
      io.err(`${error.toString()}\n`)
      return 1
    }
    throw error
  }
}

async function templatesOf({ folder, endings }: CommandLine, io: CommandIo): Promise<TemplateSource[]> {
  const templates = await templatesIn(resolve(io.cwd, folder), endings)
  if (templates.length > 0) return templates
  const kind = endings.length === 0 ? '' : ` with names that end in ${endings.join(', ')}`
  throw new UsageError(`there are no templates${kind} in '${folder}'`)
}

async function compile(
  { out }: CommandLine,
  io: CommandIo,
  files: readonly { path: string; code: string }[],
): Promise<number> {
  const folder = resolve(io.cwd, out!)
  for (const { path, code } of files) await writeIfChanged(join(folder, path), code)
  // The manifest and its types are no templates.
  const count = files.length - 2
  io.out(`Compiled ${count} template${count === 1 ? '' : 's'} to ${out}\n`)
  return 0
}

function check(
  { folder, errorsOnly, json }: CommandLine,
  io: CommandIo,
  all: readonly TemplateProblem[],
  templates: readonly TemplateSource[],
): number {
  const problems = errorsOnly ? all.filter(({ severity }) => severity === 'error') : all
  if (json) {
    io.out(`${JSON.stringify({ templates: templates.length, problems }, null, 2)}\n`)
  } else {
    const sources = new Map(templates.map(({ name, source }) => [name, source]))
    for (const problem of problems) {
      io.err(
        `${reportProblem(problem, join(folder, problem.template), sources.get(problem.template) ?? '')}\n`,
      )
    }
    const checked = `Checked ${templates.length} template${templates.length === 1 ? '' : 's'}`
    io.out(
      `${checked}: ${problems.length === 0 ? 'no' : problems.length} problem${problems.length === 1 ? '' : 's'}\n`,
    )
  }
  return problems.length === 0 ? 0 : 1
}

async function types({ out, onlyCheck }: CommandLine, io: CommandIo, text: string): Promise<number> {
  const file = resolve(io.cwd, out!)
  if (!onlyCheck) {
    await writeIfChanged(file, text)
    io.out(`Wrote ${out}\n`)
    return 0
  }
  if ((await contentOf(file)) === text) return 0
  io.err(`${out} is not up to date: run 'phial-jinja types' without --check\n`)
  return 1
}

/** Files that stay the same keep their times, so that builds and watchers do nothing. */
async function writeIfChanged(file: string, content: string): Promise<void> {
  if ((await contentOf(file)) === content) return
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

async function contentOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
