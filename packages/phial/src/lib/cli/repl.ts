import { type REPLServer, Recoverable, start } from 'node:repl'
import { type Readable, Writable } from 'node:stream'
import { describeThrown } from './import-failure.ts'
import type { CliIo } from './io.ts'

export interface ReplOptions {
  /** Names that can be used. */
  readonly values: Readonly<Record<string, unknown>>
  /** Whether a person types. */
  readonly isTerminal: boolean
  readonly colors: boolean
  readonly input: Readable
  readonly io: Pick<CliIo, 'out' | 'err'>
  /** Keeps what is typed; null for nothing. */
  readonly historyFile: string | null
  /** Runs each statement. */
  inContext<Result>(run: () => Result): Result
}

type Done = (error: Error | null, result?: unknown) => void
type Evaluate = (this: REPLServer, code: string, context: object, file: string, done: Done) => void

/**
 * Reads statements, runs them and prints what they give, until the input ends. Where nobody types, there is no prompt,
 * and the first statement that fails ends it.
 *
 * @returns whether a statement of such an input has failed.
 */
export async function runRepl(options: ReplOptions): Promise<boolean> {
  const { values, isTerminal, colors, input, io, historyFile } = options
  const before = new Set(Object.getOwnPropertyNames(globalThis))
  const server = start({
    prompt: isTerminal ? '> ' : '',
    input,
    output: isTerminal ? process.stdout : writableOf(io),
    terminal: isTerminal,
    useColors: colors,
    // Values of another realm are no instances of the classes of this one.
    useGlobal: true,
    ignoreUndefined: !isTerminal,
  })
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true })
  }
  const outcome = { failed: false, isUnfinished: false }
  const evaluate = server.eval as unknown as Evaluate
  const run: Evaluate = (code, context, file, done) => {
    options.inContext(() => evaluate.call(server, code, context, file, isTerminal ? done : watch(done)))
  }
  Object.assign(server, { eval: run })
  if (!isTerminal) {
    // Dots in front of the lines of a long statement are for people.
    server.displayPrompt = () => server.prompt()
  } else if (historyFile !== null) {
    server.setupHistory(historyFile, (error) => {
      if (error !== null) io.err(`The history cannot be kept in ${historyFile}: ${error.message}\n`)
    })
  }
  await new Promise<void>((resolve) => server.once('exit', resolve))
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!before.has(name)) Reflect.deleteProperty(globalThis, name)
  }
  if (outcome.isUnfinished && !outcome.failed) {
    io.err('Error: The input ends in the middle of a statement.\n')
    return true
  }
  return outcome.failed

  function watch(done: Done): Done {
    if (outcome.failed) return () => undefined
    return (error, result) => {
      outcome.isUnfinished = error instanceof Recoverable
      if (error === null || outcome.isUnfinished) return done(error, result)
      outcome.failed = true
      io.err(`${describeThrown(error)}\n`)
      done(null)
      server.close()
    }
  }
}

function writableOf({ out }: Pick<CliIo, 'out'>): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      out(String(chunk))
      done()
    },
  })
}
