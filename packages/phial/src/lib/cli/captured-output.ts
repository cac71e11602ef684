import { AsyncLocalStorage } from 'node:async_hooks'
import { Console } from 'node:console'
import { type Readable, Writable } from 'node:stream'
import { CommandExit } from '../commands/command-error.ts'

/** What was written while a function ran. */
export interface CapturedOutput {
  stdout: string
  stderr: string
  /** Both, in the order in which they were written. */
  output: string
}

interface Capture extends CapturedOutput {
  readonly console: Console
  readonly input: Readable
}

/** The methods of `console` that write. */
const LOG_METHODS: readonly string[] = [
  'log',
  'info',
  'debug',
  'warn',
  'error',
  'dir',
  'dirxml',
  'table',
  'trace',
  'assert',
  'count',
  'countReset',
  'group',
  'groupCollapsed',
  'groupEnd',
  'time',
  'timeEnd',
  'timeLog',
]

type StreamName = 'stdout' | 'stderr'
type Write = NodeJS.WriteStream['write']

// Calls may overlap: each sees its own capture, and what runs outside of all of them writes as ever.
const captures = new AsyncLocalStorage<Capture>()

/** How many calls are under way; the patches are there while there is one. */
let users = 0
let undo: (() => unknown)[] = []

/**
 * Runs `callback` and catches what it writes with `console`, `process.stdout` and `process.stderr`. In it,
 * `process.stdin` is `input`, and `process.exit()` throws `CommandExit`.
 */
export async function captureOutput(
  input: Readable,
  callback: (captured: CapturedOutput) => Promise<void>,
): Promise<CapturedOutput> {
  const capture = createCapture(input)
  if (users++ === 0) patch()
  try {
    await captures.run(capture, callback, capture)
  } finally {
    if (--users === 0) {
      for (const restore of undo) restore()
      undo = []
    }
  }
  return capture
}

/** Adds text to a capture. */
export function appendOutput(captured: CapturedOutput, name: StreamName, text: string): void {
  captured[name] += text
  captured.output += text
}

function createCapture(input: Readable): Capture {
  const texts = { stdout: '', stderr: '', output: '' }
  const stream = (name: StreamName): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        appendOutput(capture, name, textOf(chunk))
        done()
      },
    })
  const capture: Capture = Object.assign(texts, {
    input,
    console: new Console({ stdout: stream('stdout'), stderr: stream('stderr'), colorMode: false }),
  })
  return capture
}

function patch(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    replace(process[name], 'write', (original) => captureWrite(name, original as Write))
  }
  for (const name of LOG_METHODS) {
    replace(console, name, (original) => (...values: unknown[]) => {
      const own = captures.getStore()?.console
      const method =
        own === undefined ? original : (Reflect.get(own, name) as (...values: unknown[]) => unknown)
      return method.apply(own ?? console, values)
    })
  }
  replaceInput()
  const { exitCode } = process
  process.exitCode = undefined
  undo.push(() => {
    process.exitCode = exitCode
  })
  replace(process, 'exit', (original) => (code?: number | string | null) => {
    if (captures.getStore() === undefined) return original.call(process, code)
    throw new CommandExit(Number(code ?? process.exitCode ?? 0))
  })
}

function captureWrite(name: StreamName, original: Write): Write {
  return ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const capture = captures.getStore()
    if (capture === undefined)
      return (original as (...values: unknown[]) => boolean).call(process[name], chunk, ...rest)
    appendOutput(capture, name, textOf(chunk))
    const done = rest.at(-1)
    if (typeof done === 'function') queueMicrotask(() => done())
    return true
  }) as Write
}

function replaceInput(): void {
  const before = Object.getOwnPropertyDescriptor(process, 'stdin')!
  const get = (): unknown => captures.getStore()?.input ?? before.get?.call(process) ?? before.value
  Object.defineProperty(process, 'stdin', { get, configurable: true, enumerable: true })
  undo.push(() => Object.defineProperty(process, 'stdin', before))
}

function textOf(chunk: unknown): string {
  return typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8')
}

// biome-ignore lint/suspicious/noExplicitAny: any method of any object
type AnyFunction = (...values: any[]) => unknown

function replace(target: object, name: string, wrap: (original: AnyFunction) => AnyFunction): void {
  const before = Object.getOwnPropertyDescriptor(target, name)
  const original = Reflect.get(target, name) as AnyFunction
  Object.defineProperty(target, name, {
    value: wrap(original),
    configurable: true,
    writable: true,
    enumerable: true,
  })
  undo.push(() => {
    if (before === undefined) Reflect.deleteProperty(target, name)
    else Object.defineProperty(target, name, before)
  })
}
