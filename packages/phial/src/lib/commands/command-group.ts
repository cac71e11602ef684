import { type Command, type CommandHandler, type CommandOptions, defineCommand } from './command.ts'
import type { ArgumentEntries, CommandValues, HandlerContext, OptionEntries } from './command-values.ts'
import { checkCommandName } from './usage.ts'

export interface CommandGroupOptions {
  /** What its commands are about. The first line stands in the list of commands. */
  help?: string
  /** Whether it is left out of the list of commands. Default false. */
  hidden?: boolean
}

/**
 * Commands under one name, and groups of them. `app.cli` is one: its commands are commands of `phial`.
 *
 * ```ts
 * const users = app.cli.group('users', { help: 'Looks after users.' })
 * users.command('create <name>', ({ name }) => { … })   // phial users create ann
 * ```
 */
export class CommandGroup {
  readonly kind = 'group'
  /** What it calls itself; where it was added, the key in `commands` counts. */
  readonly name: string
  readonly help: string
  readonly hidden: boolean
  /** What belongs to it, by name. */
  readonly commands: Map<string, Command | CommandGroup> = new Map()

  /** @param name what the group is called by; `''` for one that is not called itself. */
  constructor(name = '', options: CommandGroupOptions = {}) {
    if (name !== '') checkCommandName(name)
    this.name = name
    this.help = options.help ?? ''
    this.hidden = options.hidden ?? false
  }

  /** Adds a command; see `defineCommand`. */
  command<const Usage extends string>(
    usage: Usage,
    handler: CommandHandler<CommandValues<Usage, unknown, unknown>, HandlerContext<true>>,
  ): Command
  command<
    const Usage extends string,
    const Arguments extends ArgumentEntries,
    const Options extends OptionEntries,
    const WithAppContext extends boolean = true,
  >(
    usage: Usage,
    options: CommandOptions<Arguments, Options, WithAppContext>,
    handler: CommandHandler<CommandValues<Usage, Arguments, Options>, HandlerContext<WithAppContext>>,
  ): Command
  command(usage: string, options: CommandOptions | CommandHandler, handler?: CommandHandler): Command {
    const command = defineCommand(usage, options as CommandOptions, handler as never)
    this.add(command)
    return command
  }

  /** Adds a group. If there is one of this name, it is that. */
  group(name: string, options: CommandGroupOptions = {}): CommandGroup {
    const present = this.commands.get(name)
    if (present?.kind === 'group') return present
    const group = new CommandGroup(name, options)
    this.add(group)
    return group
  }

  /**
   * Adds a command or a group that was made elsewhere. Groups of one name become one.
   *
   * @param name what it is called here. Default: its own name.
   * @throws Error if there is a command of this name.
   */
  add(entry: Command | CommandGroup, name: string = entry.name): void {
    const present = this.commands.get(name)
    if (present === undefined) {
      checkCommandName(name)
      this.commands.set(name, entry)
    } else if (present.kind === 'group' && entry.kind === 'group') present.merge(entry)
    else if (present !== entry) {
      const where = this.name === '' ? '' : ` in the group '${this.name}'`
      throw new Error(`There is a command '${name}' already${where}. Give one of them another name.`)
    }
  }

  /** Adds all commands and groups of another group. */
  merge(other: CommandGroup): void {
    if (other === this) return
    for (const [name, entry] of other.commands) this.add(entry, name)
  }
}
