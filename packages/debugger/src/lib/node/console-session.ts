import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { Script } from 'node:vm'
import { MARK } from '../javascript/awaiting.ts'
import { evalStatements, expression, STATE_LINE, statements } from '../javascript/console-code.ts'
import { type ConsoleInput, IMPORT, META, readInput } from '../javascript/console-input.ts'
import type { LiveFrame } from '../live-frame.ts'
import type { Variable } from '../report.ts'
import type { Tree, TreeEntry } from '../tree.ts'
import { completions } from './completions.ts'
import { importMeta, resolveImport } from './frame-imports.ts'
import { describeError, InputError } from './input-error.ts'
import { inspectChildren, inspectValue, lineOf } from './inspect-value.ts'
import { readNames } from './read-variables.ts'
import { stripTypes } from './strip-types.ts'

/** What an input led to. */
export interface ConsoleAnswer {
  readonly ok: boolean
  /** The value; null after an error, and where there is nothing to show. */
  readonly value: Tree | null
  /** The number under which the value's children are asked for. */
  readonly result: number | null
  /** The error as text. */
  readonly error: string | null
  /** What the input wrote to `console`. */
  readonly output: readonly string[]
  /** The variables of the frame that have another value now. */
  readonly changes: readonly Variable[]
}

export interface ConsoleOptions {
  /** Milliseconds that an input may run before it is stopped. Default 5,000. */
  readonly timeout?: number
  /** Milliseconds that a promise may take. Default 10,000. */
  readonly asyncTimeout?: number
  /** Runs work without that errors in it are captured. */
  readonly quietly?: <Result>(work: () => Result) => Result
}

/** Characters of an input. */
const MAX_INPUT = 20_000
/** Results that are kept to be looked into. */
const MAX_RESULTS = 100
/** Characters that an input may write. */
const MAX_OUTPUT = 20_000

const STATE = Symbol.for('phial.debugger.console')

/** What evaluated code is given; it is reached by a symbol while the code starts. */
interface ConsoleState {
  /** Names that the code may only read: `_`, `require`, `dump`. */
  readonly helpers: Record<string, unknown>
  /** Variables that earlier inputs declared. */
  readonly variables: Record<string, unknown>
  /** Set by the code: reads each variable that it declares. */
  save: Record<string, () => unknown> | null
}

/** The console of one frame: what it declares stays for the next input, as long as the frame is kept. */
export class ConsoleSession {
  readonly #frame: LiveFrame
  readonly #options: Required<ConsoleOptions>
  readonly #variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  readonly #results: unknown[] = []
  #last: unknown
  #output: string[] = []

  constructor(frame: LiveFrame, options: ConsoleOptions = {}) {
    this.#frame = frame
    this.#options = { timeout: 5000, asyncTimeout: 10_000, quietly: (work) => work(), ...options }
  }

  /** Evaluates an input in the frame. It never throws: errors are answers. */
  async evaluate(text: string): Promise<ConsoleAnswer> {
    this.#output = []
    const before = this.#shownVariables()
    let value: unknown
    try {
      if (text.length > MAX_INPUT)
        throw new InputError(`An input has at most ${MAX_INPUT} characters, got ${text.length}.`)
      value = await (this.#frame.kind === 'template' ? this.#frame.evaluate!(text) : this.#run(text))
    } catch (error) {
      return this.#answer({ ok: false, error: this.#options.quietly(() => describeError(error)), before })
    }
    this.#last = value
    return this.#options.quietly(() => this.#answer({ ok: true, value, before }))
  }

  /** The children of an earlier value, below `path`; null if they are gone. */
  children(result: number, path: readonly number[]): TreeEntry[] | null {
    return result in this.#results ? inspectChildren(this.#results[result], path) : null
  }

  /** Names that may follow what has been typed: those of the frame, or the members of what stands before a dot. */
  complete(text: string): string[] {
    const variables = this.#snapshot()
    const names = [...Object.keys(variables), ...Object.keys(this.#variables)]
    const read = (name: string): unknown =>
      name in this.#variables ? this.#variables[name] : variables[name]
    return this.#options.quietly(() => completions(text, names, read))
  }

  async #run(text: string): Promise<unknown> {
    let input = readInput(text)
    let body = this.#compose(input)
    if (body === null) {
      const stripped = withoutTypes(text)
      if (stripped !== null) {
        input = readInput(stripped)
        body = this.#compose(input)
      }
    }
    const state = this.#state(input)
    // What does not parse is evaluated all the same: the engine says best what is wrong.
    const code = body ?? (input.isAsync ? statements(input, '', input.code) : evalStatements(input, ''))
    const value = this.#start(code, state)
    if (!input.isAsync) {
      this.#keep(state)
      return value
    }
    try {
      return await withTimeout(value as Promise<unknown>, this.#options.asyncTimeout)
    } finally {
      this.#keep(state)
    }
  }

  /** Starts evaluated code; an endless loop is stopped. */
  #start(code: string, state: ConsoleState): unknown {
    const global = globalThis as unknown as Record<symbol, unknown>
    const run = Symbol.for('phial.debugger.run')
    let outcome: { value: unknown } | { error: unknown } | null = null
    global[STATE] = state
    global[run] = () => {
      try {
        outcome = { value: this.#options.quietly(() => this.#frame.evaluate!(code)) }
      } catch (error) {
        outcome = { error }
      }
    }
    try {
      new Script(`globalThis[Symbol.for('phial.debugger.run')]()`).runInThisContext({
        timeout: this.#options.timeout,
      })
    } catch {
      throw new InputError(`The input ran for more than ${this.#options.timeout} ms and was stopped.`)
    } finally {
      delete global[STATE]
      delete global[run]
    }
    const settled = outcome as { value: unknown } | { error: unknown } | null
    if (settled === null) return undefined
    if ('error' in settled) throw settled.error
    return settled.value
  }

  /** The first form of an input that is well-formed, or null: an expression, statements, statements and a value. */
  #compose(input: ConsoleInput): string | null {
    const prelude = this.#prelude(input)
    const value = expression(input, prelude)
    // `function f() {}` would be an expression too, which declares nothing.
    if (input.declares.length === 0 && parses(value, input)) return value
    const forms: string[] = []
    if (input.isAsync) {
      for (const at of input.lastStatements) {
        const head = input.code.slice(0, at)
        forms.push(statements(input, prelude, `${head}; return (${input.code.slice(at)}\n)`))
      }
      forms.push(statements(input, prelude, input.code))
    } else if (parses(statements(input, prelude, input.code), input)) {
      // `eval` knows the value of the last statement, whatever it is.
      return evalStatements(input, prelude)
    }
    return forms.find((form) => parses(form, input)) ?? null
  }

  /** Declares what the code may use, inside the function that it is put into. */
  #prelude({ names }: ConsoleInput): string {
    const variables = Object.keys(this.#variables).filter((name) => names.has(name))
    const known = Object.keys({ ...this.#imported(names), ...this.#helpers() })
    const helpers = known.filter((name) => names.has(name) && this.#isFree(name))
    const parts = [STATE_LINE]
    if (helpers.length > 0) parts.push(`const { ${helpers.join(', ')} } = __s.helpers;`)
    if (variables.length > 0) parts.push(`let { ${variables.join(', ')} } = __s.variables;`)
    return parts.join(' ')
  }

  #state({ names }: ConsoleInput): ConsoleState {
    const used = Object.keys(this.#variables).filter((name) => names.has(name))
    return {
      helpers: { ...this.#imported(names), ...this.#helpers() },
      variables: Object.fromEntries(used.map((name) => [name, this.#variables[name]])),
      save: null,
    }
  }

  /** Whether a helper hides nothing of the program. */
  #isFree(name: string): boolean {
    if (name in this.#variables) return false
    if (name === IMPORT || name === META) return true
    if (this.#frame.scopes.some(({ names }) => names.includes(name))) return false
    if (name === 'console') return true
    try {
      return this.#options.quietly(() => this.#frame.evaluate!(`typeof ${name}`)) === 'undefined'
    } catch {
      return false
    }
  }

  /** Compilers to CommonJS make `import_db.find` of an imported `find`: what was written is understood too. */
  #imported(names: ReadonlySet<string>): Record<string, unknown> {
    const holders = this.#frame.scopes.flatMap((scope) => scope.names.filter((name) => /^import_/.test(name)))
    const found: Record<string, unknown> = {}
    for (const result of this.#options.quietly(() => readNames(this.#frame, holders))?.values() ?? []) {
      const holder = 'value' in result ? result.value : null
      if (typeof holder !== 'object' || holder === null) continue
      for (const name of names) if (Object.hasOwn(holder, name)) found[name] = Reflect.get(holder, name)
    }
    return found
  }

  #helpers(): Record<string, unknown> {
    const url = this.#frame.url?.startsWith('file:')
      ? this.#frame.url
      : pathToFileURL(`${process.cwd()}/`).href
    const write = (...values: unknown[]): void => {
      const left = MAX_OUTPUT - this.#output.reduce((sum, { length }) => sum + length, 0)
      if (left > 0) this.#output.push(format(...values).slice(0, left))
    }
    return {
      _: this.#last,
      require: createRequire(url),
      [IMPORT]: (specifier: string) => import(resolveImport(String(specifier), url)),
      [META]: importMeta(url),
      console: {
        ...console,
        log: write,
        info: write,
        debug: write,
        warn: write,
        error: write,
        dir: write,
        table: write,
      },
      dump: (value?: unknown) => (value === undefined ? this.#snapshot() : value),
      help: () => HELP,
    }
  }

  #keep({ save, variables }: ConsoleState): void {
    Object.assign(this.#variables, variables)
    for (const [name, read] of Object.entries(save ?? {})) {
      try {
        this.#variables[name] = read()
      } catch {
        // The input failed before this declaration.
      }
    }
  }

  #snapshot(): Record<string, unknown> {
    const own = this.#frame.scopes.filter(({ type }) => type !== 'module')
    const names = own.flatMap((scope) => scope.names).filter((name) => name !== MARK)
    const results = this.#options.quietly(() => readNames(this.#frame, [...new Set(names)]))
    return Object.fromEntries(
      [...(results ?? [])].map(([name, result]) => [name, 'value' in result ? result.value : undefined]),
    )
  }

  /** What the page shows of each variable: objects count as changed when they look so. */
  #shownVariables(): Map<string, ShownVariable> {
    const values = this.#snapshot()
    const shown = Object.keys(values).map(
      (name) => [name, { value: values[name], text: lineOf(values[name]) }] as const,
    )
    return this.#options.quietly(() => new Map(shown))
  }

  #answer(outcome: {
    ok: boolean
    value?: unknown
    error?: string
    before: ReadonlyMap<string, ShownVariable>
  }): ConsoleAnswer {
    const { ok, value, error = null, before } = outcome
    const changes: Variable[] = []
    for (const [name, now] of this.#shownVariables()) {
      const then = before.get(name)
      if (then !== undefined && Object.is(now.value, then.value) && now.text === then.text) continue
      changes.push({ name, scope: '', value: inspectValue(now.value, 0, name) })
    }
    const isHelp = value === HELP
    if (this.#results.length % MAX_RESULTS === 0) this.#results.fill(undefined)
    return {
      ok,
      value: ok && !isHelp ? inspectValue(value) : null,
      result: ok ? this.#results.push(value) - 1 : null,
      error,
      output: isHelp ? [...this.#output, HELP] : this.#output,
      changes,
    }
  }
}

interface ShownVariable {
  readonly value: unknown
  readonly text: string
}

const HELP = `Code is evaluated in this frame: its variables can be read and assigned, calls run for real.
await and import work. const and let are kept for the next input. TypeScript is stripped where Node can do it.
_        the last value
dump()   the variables of the frame; dump(value) one value
require  of the frame's file`

/** Whether code is well-formed in a method, where it may say `super` and `this.#name`. */
function parses(code: string, { privateNames }: ConsoleInput): boolean {
  try {
    new Script(
      `(class extends Object { ${privateNames.map((name) => `${name};`).join(' ')} m() { 'use strict'; ${code} } })`,
    )
    return true
  } catch {
    return false
  }
}

/** Null where types cannot be stripped. */
function withoutTypes(text: string): string | null {
  try {
    return stripTypes(text)
  } catch {
    return null
  }
}

async function withTimeout(pending: Promise<unknown>, milliseconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new InputError(`The promise was still pending after ${milliseconds} ms.`)),
      milliseconds,
    )
  })
  try {
    return await Promise.race([pending, timeout])
  } finally {
    clearTimeout(timer)
  }
}
