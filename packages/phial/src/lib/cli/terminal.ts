import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { CommandExit } from '../commands/command-error.ts'

const LINE_FEED = 10

/** What shells expect of a command that Ctrl+C has ended: 128 and the number of the signal. */
const INTERRUPTED = 130

/**
 * Writes a question to the standard error and reads a line of the standard input.
 *
 * @param hidden whether what is typed is not shown.
 * @returns the line, or null where the input has ended and nobody is there to ask.
 * @throws CommandExit with 130 for Ctrl+C, with 1 for Ctrl+D.
 */
export async function readAnswer(question: string, hidden: boolean): Promise<string | null> {
  const { stdin, stdout, stderr } = process
  if (stdin.isTTY) return readFromTerminal(question, hidden, stderr.isTTY ? stderr : stdout)
  stderr.write(question)
  const line = await readLine(stdin)
  // As a terminal would show it.
  stderr.write(`${hidden ? '' : (line ?? '')}\n`)
  return line
}

function readFromTerminal(question: string, hidden: boolean, output: NodeJS.WriteStream): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : output,
    terminal: true,
    historySize: 0,
  })
  return new Promise<string>((resolve, reject) => {
    const leave = (exitCode: number): void => {
      lines.off('close', onClose)
      output.write('\n')
      reject(new CommandExit(exitCode))
    }
    // Ctrl+D.
    const onClose = (): void => leave(1)
    lines.once('close', onClose)
    lines.once('SIGINT', () => leave(INTERRUPTED))
    if (hidden) output.write(question)
    lines.question(hidden ? '' : question, (line) => {
      lines.off('close', onClose)
      if (hidden) output.write('\n')
      resolve(line)
    })
  }).finally(() => lines.close())
}

/** The next line of a stream without its end; null at the end of the stream. What comes after the line stays in it. */
async function readLine(input: Readable): Promise<string | null> {
  const parts: Buffer[] = []
  for (;;) {
    const chunk = input.read() as string | Uint8Array | null
    if (chunk === null) {
      if (!(await hasMore(input))) break
      continue
    }
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk)
    const end = bytes.indexOf(LINE_FEED)
    if (end === -1) {
      if (bytes.length > 0) parts.push(bytes)
      continue
    }
    parts.push(bytes.subarray(0, end))
    const rest = bytes.subarray(end + 1)
    if (rest.length > 0) input.unshift(rest)
    return textOf(parts)
  }
  return parts.length === 0 ? null : textOf(parts)
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8').replace(/\r$/, '')
}

/** Waits until there is something to read; false at the end of the stream. */
function hasMore(input: Readable): Promise<boolean> {
  if (input.readableEnded || input.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    const settle = (more: boolean): void => {
      input.off('readable', onReadable).off('end', onEnd).off('close', onEnd).off('error', onEnd)
      input.pause()
      resolve(more)
    }
    const onReadable = (): void => settle(true)
    const onEnd = (): void => settle(false)
    input.on('readable', onReadable).on('end', onEnd).on('close', onEnd).on('error', onEnd)
  })
}
