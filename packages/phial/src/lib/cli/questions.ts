import { InvalidArgumentError } from 'commander'
import { CommandError, CommandExit } from '../commands/command-error.ts'
import type { ConfirmOptions, PromptOptions } from '../commands/prompt.ts'
import { readParameter } from './parameter-value.ts'
import { readAnswer } from './terminal.ts'

/** The input has ended before a question was answered. */
export class NoAnswer extends CommandError {
  /** What was wrong with the last answer; empty if there was none. */
  readonly problem: string

  constructor(question: string, problem: string) {
    super(
      `There is no answer to '${question}': the standard input has ended${problem === '' ? '' : ` (${problem})`}. ` +
        'Run the command in a terminal, or pipe the answers into it, one a line.',
    )
    this.problem = problem
  }
}

/** See `prompt` of `phial/commands`. */
export async function askValue(text: string, options: PromptOptions): Promise<unknown> {
  const { hideInput = false, confirmationPrompt = false, type = 'string' } = options
  const question = questionText(text, options)
  const again =
    confirmationPrompt === false
      ? null
      : ended(confirmationPrompt === true ? `${text} (once more)` : confirmationPrompt)
  let problem = ''
  for (;;) {
    const answer = await readAnswer(question, hideInput)
    if (answer === null && options.default === undefined) throw new NoAnswer(text, problem)
    if (answer === null || (answer === '' && options.default !== undefined)) return options.default
    if (answer === '') continue
    const read = readValue(answer, type, options)
    problem = read.problem
    if (problem === '' && again !== null) {
      const repeated = await readAnswer(again, hideInput)
      if (repeated === null) throw new NoAnswer(text, problem)
      if (repeated !== answer) problem = 'The two answers are not the same.'
    }
    if (problem === '') return read.value
    tell(problem)
  }
}

/** See `confirm` of `phial/commands`. */
export async function askConfirmation(text: string, options: ConfirmOptions): Promise<boolean> {
  const { default: fallback = false, abort = false } = options
  const hint = fallback === null ? 'y/n' : fallback ? 'Y/n' : 'y/N'
  for (;;) {
    const answer = await readAnswer(`${text} [${hint}]: `, false)
    if (answer === null && fallback === null) throw new NoAnswer(text, '')
    const said = saysYes(answer?.trim().toLowerCase() ?? '', fallback)
    if (said === null) {
      tell("Answer 'y' or 'n'.")
      continue
    }
    if (said || !abort) return said
    process.stderr.write('Aborted.\n')
    throw new CommandExit(1)
  }
}

function saysYes(answer: string, fallback: boolean | null): boolean | null {
  if (answer === '') return fallback
  if (answer === 'y' || answer === 'yes') return true
  return answer === 'n' || answer === 'no' ? false : null
}

function questionText(text: string, options: PromptOptions): string {
  const { choices, default: fallback, hideInput } = options
  const notes = choices === undefined ? '' : ` (${choices.join(', ')})`
  const isShown = fallback !== undefined && fallback !== null && hideInput !== true
  return ended(`${text}${notes}${isShown ? ` [${String(fallback)}]` : ''}`)
}

function ended(text: string): string {
  return /[:?]$/.test(text) ? `${text} ` : `${text}: `
}

function readValue(
  answer: string,
  type: NonNullable<PromptOptions['type']>,
  options: PromptOptions,
): { value: unknown; problem: string } {
  try {
    return { value: readParameter(answer, type, options), problem: '' }
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    return { value: undefined, problem: error.message }
  }
}

function tell(problem: string): void {
  process.stderr.write(`Error: ${problem}\n`)
}
