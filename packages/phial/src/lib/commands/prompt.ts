import type { ParameterOptions } from './command-values.ts'
import type { ValueType } from './usage.ts'

/** What a question is asked with. */
export interface PromptOptions extends Omit<ParameterOptions, 'help' | 'env'> {
  /** What the answer is read as. Default `string`. */
  type?: ValueType
  /** Whether the answer is not shown while it is typed, as of a password. Default false. */
  hideInput?: boolean
  /** Whether it is asked for twice, until both answers are the same; a text is the second question. Default false. */
  confirmationPrompt?: boolean | string
}

export interface ConfirmOptions {
  /** The answer of who only presses Enter; null if there is none. Default false. */
  default?: boolean | null
  /** Whether "no" ends the command, with exit code 1. Default false. */
  abort?: boolean
}

/** What an answer becomes. */
export type Answer<Options> =
  | (Options extends { readonly parse: (text: string) => infer Value }
      ? Value
      : Options extends { readonly choices: readonly (infer Choice)[] }
        ? Choice
        : Options extends { readonly type: 'int' | 'float' }
          ? number
          : string)
  | (Options extends { readonly default: null } ? null : never)

/** What `phial/cli` has for this. */
interface CliEntry {
  askValue(text: string, options: PromptOptions): Promise<unknown>
  askConfirmation(text: string, options: ConfirmOptions): Promise<boolean>
}

/**
 * Asks the person at the terminal, again after an answer that does not fit.
 *
 * ```ts
 * const name = await prompt('Name', { default: 'Ann' })
 * const language = await prompt('Language', { choices: ['en', 'de'] })
 * const password = await prompt('Password', { hideInput: true, confirmationPrompt: true })
 * ```
 *
 * The question stands on the standard error, so that what the command writes stays clean. Where the input is no terminal,
 * each answer is a line of it; where it has ended, the default counts.
 *
 * @throws CommandError if the input has ended and there is no default.
 * @throws CommandExit with 130 for Ctrl+C, with 1 for Ctrl+D.
 */
export async function prompt<const Options extends PromptOptions = PromptOptions>(
  text: string,
  options?: Options,
): Promise<Answer<Options>> {
  const { askValue } = await loadCli()
  return (await askValue(text, options ?? {})) as Answer<Options>
}

/**
 * Asks the person at the terminal a question that is answered with yes or no: `Delete it? [y/N]`. See {@link prompt}.
 *
 * ```ts
 * await confirm('Delete all users?', { abort: true })
 * ```
 */
export async function confirm(text: string, options: ConfirmOptions = {}): Promise<boolean> {
  const { askConfirmation } = await loadCli()
  return askConfirmation(text, options)
}

function loadCli(): Promise<CliEntry> {
  // Not named in the import itself: what bundles an application for another runtime must not find the command line.
  const entry = ['phial', 'cli'].join('/')
  return import(/* @vite-ignore */ entry) as Promise<CliEntry>
}
