/**
 * Commands of one's own, for `app.cli`, for blueprints, and for packages that add commands to `phial`.
 *
 * ```ts
 * app.cli.command('greet <name>', ({ name }) => console.log(`Hello, ${name}!`))
 * ```
 *
 * @module
 */
export type {
  Command,
  CommandArgument,
  CommandHandler,
  CommandOption,
  CommandOptions,
} from './lib/commands/command.ts'
export { defineCommand } from './lib/commands/command.ts'
export type { CommandErrorOptions } from './lib/commands/command-error.ts'
export { CommandError, CommandExit, exit } from './lib/commands/command-error.ts'
export type { CommandGroupOptions } from './lib/commands/command-group.ts'
export { CommandGroup } from './lib/commands/command-group.ts'
export type {
  ArgumentEntries,
  CommandValues,
  HandlerContext,
  OptionEntries,
  OptionOptions,
  ParameterOptions,
} from './lib/commands/command-values.ts'
export type { Answer, ConfirmOptions, PromptOptions } from './lib/commands/prompt.ts'
export { confirm, prompt } from './lib/commands/prompt.ts'
export type { Script } from './lib/commands/script.ts'
export type { OptionFlags, UsageArgument, ValueType } from './lib/commands/usage.ts'
