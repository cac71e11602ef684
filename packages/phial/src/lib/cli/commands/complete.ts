import type { Command } from 'commander'
import { complete } from '../complete.ts'
import type { CliIo } from '../io.ts'

/** What the scripts of `phial completion` call: prints what may stand at the cursor, a line each. */
export function configure(command: Command, io: CliIo): void {
  command.argument('[words...]', 'The words up to the cursor.').action(async (words: string[]) => {
    const found = await complete(words, io)
    io.out(found.map(({ value, help }) => `${value}\t${help}\n`).join(''))
  })
}
