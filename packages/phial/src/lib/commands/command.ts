import type {
  ArgumentEntries,
  CommandValues,
  HandlerContext,
  OptionEntries,
  OptionOptions,
  ParameterOptions,
} from './command-values.ts'
import { type OptionFlags, parseFlags, parseUsage, type UsageArgument } from './usage.ts'

/** An argument of a command: what the usage says, and what it was told. */
export interface CommandArgument extends UsageArgument {
  readonly options: Readonly<ParameterOptions>
}

/** An option of a command: what its flags say, and what it was told. */
export interface CommandOption extends OptionFlags {
  readonly options: Readonly<OptionOptions>
}

/** A command as plain data. */
export interface Command {
  readonly kind: 'command'
  readonly name: string
  readonly help: string
  /** Shown below the help of the options. */
  readonly epilog: string
  readonly hidden: boolean
  readonly arguments: readonly CommandArgument[]
  readonly options: readonly CommandOption[]
  /** Whether it runs in a context of the application. */
  readonly withAppContext: boolean
  readonly handler: CommandHandler
}

/** The work of a command. What it returns is not used, a promise is awaited. */
export type CommandHandler<Values = never, HandlerArgument = never> = (
  values: Values,
  context: HandlerArgument,
) => unknown

/** What a command may be told besides its usage and its handler. */
export interface CommandOptions<
  Arguments extends ArgumentEntries = ArgumentEntries,
  Options extends OptionEntries = OptionEntries,
  WithAppContext extends boolean = boolean,
> {
  /** What it does. The first line stands in the list of commands. */
  help?: string
  /** Shown at the end of its help. */
  epilog?: string
  /** Whether it is left out of the list of commands. Default false. */
  hidden?: boolean
  /** Its arguments by name, for more than their names say. */
  arguments?: Arguments
  /** Its options by their flags: `{ '-n, --count <int:n>': { help: 'How often.', default: 1 } }`. */
  options?: Options
  /** Whether it runs in a context of the application. Default true; without one it gets a `Script`. */
  withAppContext?: WithAppContext
}

/**
 * A command. Its usage names its arguments, and types them as rules do.
 *
 * ```ts
 * const command = defineCommand(
 *   'create-user <name> [roles...]',
 *   {
 *     help: 'Adds a user.',
 *     options: { '-a, --admin': 'Make it an administrator.', '--age <int:years>': { min: 0 } },
 *   },
 *   ({ name, roles, admin, age }) => { … },
 * )
 * ```
 *
 * @throws TypeError for a usage or flags that cannot be read, and for two values of one name.
 */
export function defineCommand<const Usage extends string>(
  usage: Usage,
  handler: CommandHandler<CommandValues<Usage, unknown, unknown>, HandlerContext<true>>,
): Command
export function defineCommand<
  const Usage extends string,
  const Arguments extends ArgumentEntries,
  const Options extends OptionEntries,
  const WithAppContext extends boolean = true,
>(
  usage: Usage,
  options: CommandOptions<Arguments, Options, WithAppContext>,
  handler: CommandHandler<CommandValues<Usage, Arguments, Options>, HandlerContext<WithAppContext>>,
): Command
export function defineCommand(
  usage: string,
  given: CommandOptions | CommandHandler,
  handler?: CommandHandler,
): Command {
  const settings = typeof given === 'function' ? {} : given
  const work = typeof given === 'function' ? given : handler
  if (typeof work !== 'function') {
    throw new TypeError(
      `The command '${usage}' needs a handler as its last argument: a function (values, context) => { … }.`,
    )
  }
  const { name, arguments: words } = parseUsage(usage)
  const command: Command = {
    kind: 'command',
    name,
    help: settings.help ?? '',
    epilog: settings.epilog ?? '',
    hidden: settings.hidden ?? false,
    arguments: argumentsOf(name, words, settings.arguments ?? {}),
    options: Object.entries(settings.options ?? {}).map(([flags, entry]) => readOption(flags, entry)),
    withAppContext: settings.withAppContext ?? true,
    handler: work,
  }
  checkNames(command)
  return Object.freeze(command)
}

function argumentsOf(
  command: string,
  words: readonly UsageArgument[],
  entries: ArgumentEntries,
): CommandArgument[] {
  for (const name of Object.keys(entries)) {
    if (words.some((word) => word.name === name)) continue
    throw new TypeError(
      `The command '${command}' describes an argument '${name}' that its usage does not have. ` +
        `It has ${words.length === 0 ? 'none' : words.map((word) => word.name).join(', ')}.`,
    )
  }
  return words.map((word) => {
    const entry = Object.hasOwn(entries, word.name) ? entries[word.name]! : {}
    return { ...word, options: typeof entry === 'string' ? { help: entry } : entry }
  })
}

function readOption(flags: string, entry: string | OptionOptions): CommandOption {
  const option = { ...parseFlags(flags), options: typeof entry === 'string' ? { help: entry } : entry }
  const { prompt = false, count = false } = option.options
  if (prompt !== false && (count || option.value?.multiple === true)) {
    throw new TypeError(
      `The option '${flags}' can be given several times, so it cannot be asked for. Leave out 'prompt', and call ` +
        'prompt() in the command.',
    )
  }
  return option
}

function checkNames({ name, arguments: list, options }: Command): void {
  const seen = new Set<string>()
  const check = (key: string, what: string): void => {
    if (seen.has(key))
      throw new TypeError(`The command '${name}' has two ${what} '${key}'. Rename one of them.`)
    seen.add(key)
  }
  for (const parameter of [...list, ...options]) check(parameter.name, 'values')
  seen.clear()
  for (const { short, long } of options) {
    if (short !== null) check(`-${short}`, 'options')
    if (long !== null) check(`--${long}`, 'options')
  }
}
