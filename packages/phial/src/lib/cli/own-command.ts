import { Argument, Command as Commander, InvalidArgumentError, Option } from 'commander'
import type { Command, CommandArgument, CommandOption } from '../commands/command.ts'
import type { CommandGroup } from '../commands/command-group.ts'
import { CliError } from './cli-error.ts'
import { styleCommand } from './help-style.ts'
import type { CliIo } from './io.ts'
import { isTrue } from './load-app.ts'
import { variableName } from './option-environment.ts'
import { describeParameter, readParameter } from './parameter-value.ts'

/** A command or a group. It may come from another copy of the framework, so nothing asks for its class. */
export type OwnEntry = Command | CommandGroup

/** Runs the handler of a command with its values. */
export type OwnRunner = (command: Command, values: Record<string, unknown>) => Promise<void>

/** Whether a value is a command or a group of them. */
export function isOwnEntry(value: unknown): value is OwnEntry {
  if (typeof value !== 'object' || value === null) return false
  const { kind, handler, commands } = value as Record<string, unknown>
  return (
    (kind === 'command' && typeof handler === 'function') || (kind === 'group' && commands instanceof Map)
  )
}

/** A command or a group as the parser of the command line takes it. */
export function createOwnCommand(
  name: string,
  entry: OwnEntry,
  io: CliIo,
  run: OwnRunner,
  path: readonly string[] = [],
): Commander {
  const full = [...path, name]
  const made = styleCommand(new Commander(name), io, full)
    .description(entry.help)
    .summary(firstLine(entry.help))
  if (entry.kind === 'command') return addParameters(made, entry, io, run, full)
  for (const [key, child] of entry.commands) {
    made.addCommand(createOwnCommand(key, child, io, run, full), { hidden: child.hidden })
  }
  return made
}

function addParameters(
  made: Commander,
  entry: Command,
  io: CliIo,
  run: OwnRunner,
  path: readonly string[],
): Commander {
  for (const argument of entry.arguments) made.addArgument(createArgument(argument))
  for (const option of entry.options) addOption(made, option)
  if (entry.epilog !== '') made.addHelpText('after', `\n${entry.epilog}`)
  return made.action(async () => {
    const values: Record<string, unknown> = {}
    entry.arguments.forEach((argument, index) => {
      values[argument.name] = argumentValue(argument, made.processedArgs[index], io)
    })
    for (const option of entry.options) values[option.name] = await optionValue(made, option, path, io)
    await run(entry, values)
  })
}

function createArgument(argument: CommandArgument): Argument {
  const { name, required, variadic, type, options } = argument
  // One that a variable may give is only missing when that is missing too.
  const mustStand = required && options.env === undefined && options.default === undefined
  const text = `${name}${variadic ? '...' : ''}`
  const made = new Argument(mustStand ? `<${text}>` : `[${text}]`, describeParameter(options))
  if (options.choices !== undefined) made.argChoices = [...options.choices]
  const list: unknown[] = []
  return made.argParser((word: string) => {
    const value = readParameter(word, type, options)
    if (!variadic) return value
    list.push(value)
    return list
  })
}

function argumentValue(argument: CommandArgument, given: unknown, io: CliIo): unknown {
  const { name, required, variadic, type, options } = argument
  if (given !== undefined && !(Array.isArray(given) && given.length === 0)) return given
  const value = fromVariable(options.env, io, (text) =>
    variadic
      ? splitWords(text).map((word) => readParameter(word, type, options))
      : readParameter(text, type, options),
  )
  if (value !== undefined) return value
  if (required && options.default === undefined) {
    throw new CliError(`The argument '${name}' is missing. Give it, or set the variable ${options.env}.`)
  }
  return options.default ?? (variadic ? [] : options.default)
}

function addOption(made: Commander, option: CommandOption): void {
  for (const flags of flagTexts(option)) {
    const added = new Option(flags, describeParameter(option.options)).hideHelp(
      option.options.hidden === true,
    )
    const { value, options } = option
    if (options.choices !== undefined) added.argChoices = [...options.choices]
    if (value !== null) {
      // Only what follows the flag belongs to it: `--tag a b` has the tag `a`.
      added.variadic = false
      const list: unknown[] = []
      added.argParser((text: string) => {
        const read = readParameter(text, value.type, options)
        if (!value.multiple) return read
        list.push(read)
        return list
      })
    }
    made.addOption(added)
  }
  if (option.options.count === true) {
    let count = 0
    made.on(`option:${option.long ?? option.short}`, () => {
      made.setOptionValueWithSource(option.name, ++count, 'cli')
    })
  }
}

/** The flags as the parser takes them: what turns on and off is two of them. */
function flagTexts({ short, long, turns, value }: CommandOption): string[] {
  const shortFlag = short === null ? [] : [`-${short}`]
  const argument = value === null ? '' : ` <${value.name}${value.multiple ? '...' : ''}>`
  if (long === null) return [`${shortFlag[0]}${argument}`]
  const on = [...shortFlag, `--${long}`].join(', ') + argument
  if (turns === 'on') return [on]
  return turns === 'both' ? [on, `--no-${long}`] : [[...shortFlag, `--no-${long}`].join(', ')]
}

async function optionValue(
  made: Commander,
  option: CommandOption,
  path: readonly string[],
  io: CliIo,
): Promise<unknown> {
  const { name, value, options, turns } = option
  const source = made.getOptionValueSource(name)
  if (source !== undefined && source !== 'default') return made.getOptionValue(name)
  const read = (text: string): unknown => {
    if (value === null) return options.count === true ? Number(text) || 0 : isTrue(text)
    if (!value.multiple) return readParameter(text, value.type, options)
    return splitWords(text).map((word) => readParameter(word, value.type, options))
  }
  const automatic = variableName(path, name)
  const found = fromVariable(options.env, io, read) ?? fromVariable(automatic, io, read)
  if (found !== undefined) return found
  const missing = `The option '${flagTexts(option)[0]}' is missing. Give it, or set the variable ${options.env ?? automatic}.`
  if (options.prompt !== undefined && options.prompt !== false) return askForOption(option, missing)
  if (options.required === true) throw new CliError(missing)
  if (options.default !== undefined) return options.default
  if (value !== null) return value.multiple ? [] : undefined
  return options.count === true ? 0 : turns === 'off'
}

/** Asks the person at the terminal for an option that was not given. */
async function askForOption({ name, value, options }: CommandOption, missing: string): Promise<unknown> {
  const { askConfirmation, askValue, NoAnswer } = await import('./questions.ts')
  const text = typeof options.prompt === 'string' ? options.prompt : questionOf(name)
  try {
    if (value !== null) return await askValue(text, { ...options, type: value.type })
    return await askConfirmation(text, { default: options.default === true })
  } catch (error) {
    if (error instanceof NoAnswer && error.problem === '') throw new CliError(missing, { cause: error })
    throw error
  }
}

/** `Mail address` for `mailAddress`. */
function questionOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words[0]!.toUpperCase() + words.slice(1)
}

function fromVariable(name: string | undefined, io: CliIo, read: (text: string) => unknown): unknown {
  const text = name === undefined ? undefined : io.env[name]
  if (text === undefined || text === '') return undefined
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new CliError(`The variable ${name} is '${text}'. ${error.message}`, { cause: error })
  }
}

function splitWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]!
}
