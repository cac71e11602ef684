import type { Command } from 'commander'
import type { CliIo } from './io.ts'
import { createPainter } from './painter.ts'

/** Gives a command, and those that are added to it later, their way of writing: where, in which colours, which words. */
export function styleCommand(command: Command, io: CliIo): Command {
  const painter = createPainter(io.colors)
  return command
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(painter.red(sentence(text))),
      getOutHasColors: () => io.colors,
      getErrHasColors: () => io.colors,
    })
    .configureHelp({
      styleTitle: (title) => painter.bold(title),
      styleCommandText: (text) => painter.cyan(text),
      styleSubcommandText: (text) => painter.cyan(text),
      styleOptionText: (text) => painter.green(text),
      styleArgumentText: (text) => painter.yellow(text),
    })
    .helpOption('--help', 'Show this help.')
    .helpCommand(false)
    .exitOverride()
}

/** `error: unknown option '--x'` as a sentence. */
function sentence(text: string): string {
  return text.replace(/^error: (.)/, (_, letter: string) => `Error: ${letter.toUpperCase()}`)
}
