import type { Command, Option } from 'commander'
import { readLeadingOptions } from './global-options.ts'
import type { CliIo } from './io.ts'
import { createProgram } from './program.ts'

/** Something that may stand at the cursor. */
export interface Completion {
  readonly value: string
  readonly help: string
}

/**
 * What may stand in place of the last word: commands, options, and values of which there are few. Nothing where the shell
 * had better look for files.
 *
 * @param words those after the name of the program, up to the cursor.
 */
export async function complete(words: readonly string[], io: CliIo): Promise<Completion[]> {
  const before = words.slice(0, -1)
  const current = words.at(-1) ?? ''
  // This is no place to tell why something cannot be loaded.
  const quiet: CliIo = { ...io, err: () => undefined }
  let program: Command
  try {
    program = await createProgram(readLeadingOptions(before, quiet), quiet)
  } catch {
    return []
  }
  return candidates(program, before, current).filter(({ value }) => value.startsWith(current))
}

function candidates(program: Command, before: readonly string[], current: string): Completion[] {
  let command = program
  let operands = 0
  let open: Option | undefined
  for (const word of before) {
    if (open !== undefined) open = undefined
    else if (word.startsWith('-')) {
      const option = command.options.find(({ short, long }) => short === word || long === word)
      if (option?.required === true) open = option
    } else {
      const next = operands === 0 ? command.commands.find((other) => other.name() === word) : undefined
      if (next === undefined) operands++
      else command = next
    }
  }
  if (open !== undefined) return choices(open.argChoices)
  const help = command.createHelp()
  if (current.startsWith('-')) {
    return help.visibleOptions(command).map((option) => ({
      value: option.long ?? option.short ?? '',
      help: firstLine(option.description),
    }))
  }
  if (command.commands.length > 0) {
    if (operands > 0) return []
    return help.visibleCommands(command).map((child) => ({
      value: child.name(),
      help: firstLine(help.subcommandDescription(child)),
    }))
  }
  const list = command.registeredArguments
  const last = list.at(-1)
  return choices((list[operands] ?? (last?.variadic === true ? last : undefined))?.argChoices)
}

function choices(values: readonly string[] | undefined): Completion[] {
  return (values ?? []).map((value) => ({ value, help: '' }))
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!
}
