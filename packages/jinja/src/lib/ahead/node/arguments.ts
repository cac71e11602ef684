import { parseArgs } from 'node:util'
import type { CommandConfig } from './settings.ts'
import { UsageError } from './usage-error.ts'

export const USAGE = `Usage: phial-jinja COMMAND DIR [options]

Commands
  compile DIR --out DIR   writes the templates as JavaScript modules, and a manifest of them: templates.js
  check DIR               looks for mistakes in the templates; ends with 1 if there are any
  types DIR --out FILE    writes a declaration file with the variables of each template

Options of all commands
  --ext ENDINGS           endings of the names of templates: html,txt (default: all files)
  --config FILE           settings: JSON, or a module whose default export is an environment or its options
  --autoescape WHEN       on, off, or html: by the ending of the name (default: html)
  --extension NAME        an extension: do, loopcontrols, i18n, debug. Can be repeated
  --block '{% %}'         delimiters of statements; also --variable '{{ }}', --comment '{# #}'
  --line-statement TEXT   the prefix of line statements; also --line-comment
  --trim-blocks, --lstrip-blocks, --keep-trailing-newline, --relative-paths

check
  --filter, --test, --global NAME   what the application adds. Can be repeated
  --errors-only           no warnings
  --json                  the problems as JSON

types
  --module NAME           the module whose TemplateRegistry is extended (default: phial)
  --stand-alone           an interface TemplateRegistry of its own instead
  --check                 writes nothing; ends with 1 if the file is not up to date
`

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  ext: { type: 'string' },
  config: { type: 'string', short: 'c' },
  autoescape: { type: 'string' },
  extension: { type: 'string', multiple: true },
  block: { type: 'string' },
  variable: { type: 'string' },
  comment: { type: 'string' },
  'line-statement': { type: 'string' },
  'line-comment': { type: 'string' },
  'trim-blocks': { type: 'boolean' },
  'lstrip-blocks': { type: 'boolean' },
  'keep-trailing-newline': { type: 'boolean' },
  'relative-paths': { type: 'boolean' },
  filter: { type: 'string', multiple: true },
  test: { type: 'string', multiple: true },
  global: { type: 'string', multiple: true },
  'errors-only': { type: 'boolean' },
  json: { type: 'boolean' },
  module: { type: 'string' },
  'stand-alone': { type: 'boolean' },
  check: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = ReturnType<typeof parsed>['values']

/** The options that only one command has. */
const OWN_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  out: ['compile', 'types'],
  filter: ['check'],
  test: ['check'],
  global: ['check', 'types'],
  'errors-only': ['check'],
  json: ['check'],
  module: ['types'],
  'stand-alone': ['types'],
  check: ['types'],
}

/** What the command is to do. */
export interface CommandLine {
  readonly command: 'compile' | 'check' | 'types'
  /** The folder of the templates. */
  readonly folder: string
  readonly out: string | undefined
  /** Endings of names, with the dot. Empty for all. */
  readonly endings: readonly string[]
  readonly config: string | undefined
  readonly settings: CommandConfig
  readonly errorsOnly: boolean
  readonly json: boolean
  /** The module whose registry is extended; `null` for none. */
  readonly module: string | null
  readonly onlyCheck: boolean
}

/** @returns `null` if help was asked for. @throws {UsageError} */
export function readArguments(args: readonly string[]): CommandLine | null {
  const { values, positionals } = parsed(args)
  if (values.help === true || args.length === 0) return null
  const [command, folder, ...more] = positionals
  if (command !== 'compile' && command !== 'check' && command !== 'types') {
    throw new UsageError(`expected the command compile, check or types, got '${command ?? ''}'`)
  }
  if (folder === undefined)
    throw new UsageError(`expected the folder of the templates: phial-jinja ${command} DIR`)
  if (more.length > 0) throw new UsageError(`expected one folder, got '${more[0]}' too`)
  for (const [option, commands] of Object.entries(OWN_OPTIONS)) {
    if (option in values && !commands.includes(command)) {
      throw new UsageError(`'${command}' has no option --${option}: it belongs to ${commands.join(' and ')}`)
    }
  }
  if (command !== 'check' && values.out === undefined) {
    throw new UsageError(`expected --out: where '${command}' writes to`)
  }
  return {
    command,
    folder,
    out: values.out,
    endings: (values.ext ?? '').split(',').flatMap(ending),
    config: values.config,
    settings: settingsOf(values),
    errorsOnly: values['errors-only'] ?? false,
    json: values.json ?? false,
    module: values['stand-alone'] === true ? null : (values.module ?? 'phial'),
    onlyCheck: values.check ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') !== true) throw error
    throw new UsageError((error as Error).message)
  }
}

function ending(text: string): string[] {
  const trimmed = text.trim()
  return trimmed === '' ? [] : [trimmed.startsWith('.') ? trimmed : `.${trimmed}`]
}

function settingsOf(values: Values): CommandConfig {
  const settings: Record<string, unknown> = {
    ...delimiters('block', values.block),
    ...delimiters('variable', values.variable),
    ...delimiters('comment', values.comment),
    lineStatementPrefix: values['line-statement'],
    lineCommentPrefix: values['line-comment'],
    trimBlocks: values['trim-blocks'],
    lstripBlocks: values['lstrip-blocks'],
    keepTrailingNewline: values['keep-trailing-newline'],
    relativePaths: values['relative-paths'],
    autoescape: autoescape(values.autoescape),
    extensions: values.extension?.map((name) => (name.includes('.') ? name : `jinja2.ext.${name}`)),
    filters: values.filter,
    tests: values.test,
    globals: values.global,
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

function delimiters(kind: string, text: string | undefined): Record<string, string> {
  if (text === undefined) return {}
  const [start, end, ...more] = text.trim().split(/\s+/)
  if (start === undefined || end === undefined || more.length > 0) {
    throw new UsageError(`expected two delimiters with a blank between them for --${kind}, got '${text}'`)
  }
  return { [`${kind}StartString`]: start, [`${kind}EndString`]: end }
}

function autoescape(text: string | undefined): boolean | 'html' | undefined {
  if (text === undefined || text === 'html') return text
  if (text === 'on' || text === 'off') return text === 'on'
  throw new UsageError(`expected on, off or html for --autoescape, got '${text}'`)
}
