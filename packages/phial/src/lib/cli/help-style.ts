import type { Command } from 'commander'
import type { CliIo } from './io.ts'
import { createPainter } from './painter.ts'

/**
 * Gives a command its way of writing: where to, in which colours, in which words.
 *
 * @param path how it is called, after the name of the program.
 */
export function styleCommand(command: Command, io: CliIo, path: readonly string[] = []): Command {
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
      subcommandTerm: (listed) => listed.name(),
      styleTitle: (title) => painter.bold(title),
      styleCommandText: (text) => painter.cyan(text),
      styleSubcommandText: (text) => painter.cyan(text),
      styleOptionText: (text) => painter.green(text),
      styleArgumentText: (text) => painter.yellow(text),
    })
    .helpOption('--help', 'Show this help.')
    .helpCommand(false)
    .showHelpAfterError(`Try '${[io.name ?? 'phial', ...path].join(' ')} --help'.`)
    .exitOverride()
}

/** `error: unknown option '--x'` as a sentence. */
function sentence(text: string): string {
  return text.replace(/^error: (.)/, (_, letter: string) => `Error: ${letter.toUpperCase()}`)
}
