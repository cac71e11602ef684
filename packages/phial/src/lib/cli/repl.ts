import { createInterface } from 'node:readline'
import { type REPLServer, start } from 'node:repl'
import { PassThrough, type Readable, Writable } from 'node:stream'
import { describeThrown } from './import-failure.ts'
import type { CliIo } from './io.ts'

export interface ReplOptions {
  /** Names that can be used. */
  readonly values: Readonly<Record<string, unknown>>
  readonly colors: boolean
  /** Runs each statement. */
  inContext<Result>(run: () => Result): Result
}

type Evaluate = (this: REPLServer, ...values: readonly unknown[]) => void

/** Lets a person type statements, runs them and prints what they give, until the person leaves. */
export async function runTerminalRepl(
  historyFile: string | null,
  options: ReplOptions,
  io: Pick<CliIo, 'err'>,
): Promise<void> {
  const { server, close } = startServer(options, {
    input: process.stdin,
    output: process.stdout,
    terminal: true,
  })
  if (historyFile !== null) {
    server.setupHistory(historyFile, (error) => {
      if (error !== null) io.err(`The history cannot be kept in ${historyFile}: ${error.message}\n`)
    })
  }
  await new Promise<void>((resolve) => server.once('exit', resolve))
  close()
}

/**
 * Runs statements that come from a file or a pipe, and prints what they give. The first that fails ends it.
 *
 * @returns whether all went well.
 */
export async function runPipedRepl(
  input: Readable,
  options: ReplOptions,
  io: Pick<CliIo, 'out' | 'err'>,
): Promise<boolean> {
  let printed = ''
  const output = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      printed += String(chunk)
      done()
    },
  })
  const feed = new PassThrough()
  const { server, close } = startServer(options, { input: feed, output, terminal: false })
  // It is called when a line was dealt with; dots in front of the next one are for people.
  let lineDone = (): void => undefined
  server.displayPrompt = () => lineDone()
  let hasExited = false
  server.once('exit', () => {
    hasExited = true
    lineDone()
  })
  let isUnfinished = false
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      printed = ''
      // A statement may wait for something; the next line waits for the statement.
      await new Promise<void>((resolve) => {
        lineDone = resolve
        feed.write(`${line}\n`)
      })
      const { lastError } = server as REPLServer & { lastError?: unknown }
      if (lastError !== undefined) {
        io.err(`${describeThrown(lastError)}\n`)
        return false
      }
      io.out(printed)
      if (hasExited) break
      isUnfinished = bufferedText(server) !== ''
    }
  } finally {
    close()
  }
  if (isUnfinished) io.err('Error: The input ends in the middle of a statement.\n')
  return !isUnfinished
}

function startServer(
  { values, colors, inContext }: ReplOptions,
  streams: { input: Readable; output: Writable; terminal: boolean },
): { server: REPLServer; close: () => void } {
  const before = new Set(Object.getOwnPropertyNames(globalThis))
  const server = start({
    ...streams,
    prompt: streams.terminal ? '> ' : '',
    useColors: colors,
    // Values of another realm are no instances of the classes of this one.
    useGlobal: true,
    ignoreUndefined: !streams.terminal,
  })
  const evaluate = server.eval as unknown as Evaluate
  const run: Evaluate = (...args) => inContext(() => evaluate.apply(server, [...args]))
  Object.assign(server, { eval: run })
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, enumerable: true, writable: true })
  }
  return { server, close }

  function close(): void {
    server.close()
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!before.has(name)) Reflect.deleteProperty(globalThis, name)
    }
  }
}

/** What was read of a statement that is not whole yet. Node keeps it under a symbol. */
function bufferedText(server: REPLServer): string {
  const key = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'bufferedCommand',
  )
  return key === undefined ? '' : String(Reflect.get(server, key))
}
