import type { Debugger, Runtime, Session } from 'node:inspector'
import { MODULE_FRAME } from '../live-frame.ts'
import { kindOfUrl, type ProjectFolders } from '../project.ts'
import { currentRequest } from './current-request.ts'

/** Evaluates code in a frame that is kept: a direct `eval` in its innermost scope. */
export type Evaluate = (code: string) => unknown

export interface CapturedScope {
  readonly type: string
  readonly names: readonly string[]
  /** The variables as they were at the throw, by name; reading one may throw. */
  readonly values: Readonly<Record<string, unknown>>
}

/** A frame as it was when an error was thrown. Places count from 1, in the code as it runs. */
export interface CapturedFrame {
  readonly functionName: string
  readonly url: string
  readonly line: number
  readonly column: number
  /** Innermost first. */
  readonly scopes: readonly CapturedScope[]
  /** What `this` was. */
  readonly self: unknown
  readonly evaluate: Evaluate | null
}

/** A place in code as it runs. Line and column count from 1. */
export interface CodePlace {
  readonly url: string
  readonly line: number
  readonly column: number
}

/** The frames of one error, innermost first. */
export interface Capture {
  readonly error: unknown
  /** What was current when it was thrown. */
  readonly request: object | undefined
  readonly frames: readonly CapturedFrame[]
}

export interface CaptureOptions {
  readonly folders: ProjectFolders
  /** Errors that are answers, such as those of `abort()`, need no frames. */
  readonly ignores: (error: unknown) => boolean
}

/** Frames of the application that get variables and a console. */
const MAX_FRAMES = 30
/** Frames that are looked at to find them; a deep recursion has thousands. */
const MAX_SEARCHED = 400
/** Library frames at the throw that get them too. */
const MAX_LIBRARY_FRAMES = 3
/** Each costs a millisecond; a program that throws more often is left alone for the rest of the second. */
const MAX_PAUSES_PER_SECOND = 200
/** Milliseconds of a second that capturing may take: of deep calls, or where the machine is busy, each takes longer. */
const MAX_TIME_PER_SECOND = 300
/** Thrown values that are no objects are told apart by their value; so many are remembered. */
const MAX_PRIMITIVES = 10

const SCOPES = /^(?:local|block|catch|closure|with|eval|module)$/

/** What the session's scripts leave for this side. */
interface Exchange {
  error: unknown
  evaluate: Evaluate | null
  self: unknown
  scopes: readonly Readonly<Record<string, unknown>>[]
}

/** What the inspector answers. */
interface Answers {
  'Runtime.evaluate': Runtime.EvaluateReturnType
  'Runtime.getProperties': Runtime.GetPropertiesReturnType
}

const EMPTY: Exchange = { error: null, evaluate: null, self: undefined, scopes: [] }

/**
 * Keeps the frames of errors when they are thrown, with what is needed to read and change their variables later.
 *
 * It is a session with the engine's inspector in the same thread: no port is opened, and the program does not stop. At
 * a throw the engine calls back with all frames alive; a closure that is made in each of them keeps its variables.
 */
export class FrameCapture {
  /** Why nothing is captured any more, for people; null while it works. */
  stoodDown: string | null = null

  readonly #session: Session
  readonly #inspectorUrl: () => string | undefined
  readonly #options: CaptureOptions
  readonly #scripts = new Map<string, { readonly url: string; readonly map: string | undefined }>()
  readonly #byError = new WeakMap<object, Capture>()
  readonly #primitives: Capture[] = []
  readonly #key = `__phialDebugger${Math.random().toString(36).slice(2)}`
  readonly #exchange: Exchange = { ...EMPTY }
  #quiet = 0
  #second = 0
  #pauses = 0
  #time = 0

  private constructor(inspector: typeof import('node:inspector'), options: CaptureOptions) {
    this.#options = options
    this.#inspectorUrl = () => inspector.url()
    this.#session = new inspector.Session()
    this.#session.connect()
    Object.defineProperty(globalThis, this.#key, {
      value: this.#exchange,
      configurable: true,
      enumerable: false,
    })
    this.#session.on('Debugger.scriptParsed', ({ params: { scriptId, url, sourceMapURL } }) => {
      // Evaluated code has no place to show, and there is no end of it.
      if (url !== '')
        this.#scripts.set(scriptId, {
          url: scriptUrl(url),
          map: sourceMapURL === '' ? undefined : sourceMapURL,
        })
    })
    this.#session.on('Debugger.paused', ({ params }) => this.#paused(params))
    this.#post('Debugger.enable')
    // Before 22 an error that a library throws would not pause at all. From then on it does if the application called it.
    if (Number(process.versions.node.split('.')[0]) >= 22) {
      const patterns = [
        '^node:',
        '/node_modules/',
        ...options.folders.libraries.map((folder) => `^${escapePattern(folder)}`),
      ]
      this.#post('Debugger.setBlackboxPatterns', { patterns })
    }
    this.#pauseOn('all')
  }

  /**
   * @returns the reason, for people, if frames cannot be captured here.
   */
  static async start(options: CaptureOptions): Promise<FrameCapture | string> {
    if (process.env['NODE_ENV'] === 'production') return 'This is production (NODE_ENV).'
    if (process.versions['bun'] !== undefined)
      return 'Bun has no inspector that captures frames in the process.'
    if (process.versions['deno'] !== undefined)
      return 'Deno has no inspector that captures frames in the process.'
    let inspector: typeof import('node:inspector')
    try {
      inspector = await import('node:inspector')
    } catch {
      return 'This build of Node has no inspector.'
    }
    if (inspector.url() !== undefined) return ATTACHED
    try {
      return new FrameCapture(inspector, options)
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (code === 'ERR_ACCESS_DENIED')
        return 'The permission model of Node is on (--permission) and forbids the inspector.'
      return `The inspector could not be used: ${String((error as Error).message)}`
    }
  }

  /** The frames of an error, or null. They are given once: the same error thrown again later gets new ones. */
  take(error: unknown): Capture | null {
    if (isObject(error)) {
      const capture = this.#byError.get(error) ?? null
      this.#byError.delete(error)
      return capture
    }
    const index = this.#primitives.findLastIndex(
      (capture) => Object.is(capture.error, error) && capture.request === currentRequest(),
    )
    return index === -1 ? null : this.#primitives.splice(index, 1)[0]!
  }

  /** The address of a script's source map, as the script names it; undefined if it has none. */
  sourceMapUrl(url: string): string | undefined {
    let found: string | undefined
    for (const script of this.#scripts.values()) if (script.url === url) found = script.map
    return found
  }

  /** Where a function is written, in the code as it runs; null if that is not known. */
  locate(target: unknown): CodePlace | null {
    if (this.stoodDown !== null || typeof target !== 'function') return null
    this.#exchange.error = target
    try {
      const { result } = this.#ask('Runtime.evaluate', { expression: `${this.#key}.error`, silent: true })
      const { internalProperties } = this.#ask('Runtime.getProperties', {
        objectId: result.objectId!,
        ownProperties: true,
      })
      this.#post('Runtime.releaseObject', { objectId: result.objectId })
      const found = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')
      const { scriptId, lineNumber, columnNumber } = (found?.value?.value ?? {}) as Partial<Debugger.Location>
      const url = scriptId === undefined ? undefined : this.#scripts.get(scriptId)?.url
      if (url === undefined || lineNumber === undefined) return null
      return { url, line: lineNumber + 1, column: (columnNumber ?? 0) + 1 }
    } catch {
      return null
    } finally {
      this.#exchange.error = null
    }
  }

  /** Runs `work` without capturing: errors that the debugger provokes itself would cost a millisecond each. */
  quietly<Result>(work: () => Result): Result {
    if (this.stoodDown !== null) return work()
    if (this.#quiet++ === 0) this.#pauseOn('none')
    try {
      return work()
    } finally {
      if (--this.#quiet === 0 && this.stoodDown === null) this.#pauseOn('all')
    }
  }

  /** Ends capturing. */
  stop(): void {
    this.stoodDown ??= 'The debugger was closed.'
    this.#session.disconnect()
    delete (globalThis as Record<string, unknown>)[this.#key]
  }

  #paused(params: Debugger.PausedEventDataType): void {
    const { reason } = params
    const start = performance.now()
    try {
      if (reason === 'exception' || reason === 'promiseRejection') this.#capture(params)
    } catch {
      // An error is shown without variables rather than replaced by one of ours.
    } finally {
      Object.assign(this.#exchange, EMPTY)
      // Without this every pause would keep its scopes for ever.
      this.#post('Runtime.releaseObjectGroup', { objectGroup: 'backtrace' })
      this.#time += performance.now() - start
    }
  }

  #capture(params: Debugger.PausedEventDataType): void {
    if (this.#inspectorUrl() !== undefined) {
      // Whoever sets the state last wins for all sessions: ours would stop the developer's at every error.
      this.#pauseOn('none')
      this.stoodDown = ATTACHED
      return
    }
    if (this.#isStorm()) return
    const data = params.data as {
      objectId?: string
      value?: unknown
      unserializableValue?: string
      type?: string
    }
    const error = this.#thrown(data)
    const request = currentRequest()
    // It is thrown on: the first throw was the deepest.
    if (isObject(error) && this.#byError.get(error)?.request === request && this.#byError.has(error)) return
    if (this.#options.ignores(error)) return
    const chosen = this.#chosenFrames(params.callFrames)
    if (chosen.length === 0) return
    const capture: Capture = {
      error,
      request,
      frames: this.#frames(chosen),
    }
    if (isObject(error)) {
      this.#byError.set(error, capture)
    } else {
      this.#primitives.push(capture)
      if (this.#primitives.length > MAX_PRIMITIVES) this.#primitives.shift()
    }
  }

  /** The frames to keep, and whether with their variables. Nothing if the application has none among them. */
  #chosenFrames(frames: readonly Debugger.CallFrame[]): [Debugger.CallFrame, boolean][] {
    const chosen: [Debugger.CallFrame, boolean][] = []
    let own = 0
    let foreign = 0
    for (const frame of frames.slice(0, MAX_SEARCHED)) {
      const kind = kindOfUrl(this.#urlOf(frame), this.#options.folders)
      if (kind === 'application') chosen.push([frame, own++ < MAX_FRAMES])
      else chosen.push([frame, kind === 'library' && own === 0 && foreign++ < MAX_LIBRARY_FRAMES])
    }
    return own === 0 ? [] : chosen
  }

  /** The frames with closures that keep their variables, and with these as they are now. */
  #frames(chosen: readonly (readonly [frame: Debugger.CallFrame, keep: boolean])[]): CapturedFrame[] {
    const exchange = this.#exchange
    const places: { readonly frame: number; readonly type: string; readonly objectId: string }[] = []
    const kept = chosen.map(([frame, keep], index) => {
      if (!keep) return { evaluate: null, self: undefined }
      const { callFrameId, scopeChain } = frame
      for (const { type, object } of scopeChain) {
        if (!SCOPES.test(type) || object.objectId === undefined) continue
        const isBody = type === 'module' && isModuleFrame(frame)
        places.push({ frame: index, type: isBody ? 'body' : type, objectId: object.objectId })
      }
      Object.assign(exchange, EMPTY)
      this.#post('Debugger.evaluateOnCallFrame', {
        callFrameId,
        silent: true,
        // A constructor that has not called the one of its base throws at `this`.
        expression: `${this.#key}.evaluate = __s => eval(__s), ${this.#key}.self = this, void 0`,
      })
      return { evaluate: exchange.evaluate, self: exchange.self }
    })
    // One call for all of them: each costs as much as its way through the inspector.
    if (places.length > 0) {
      this.#post('Runtime.callFunctionOn', {
        objectId: places[0]!.objectId,
        arguments: places.map(({ objectId }) => ({ objectId })),
        functionDeclaration: `function (...scopes) { ${this.#key}.scopes = scopes }`,
        silent: true,
      })
    }
    const scopes = places.map(({ frame, type }, at) => ({
      frame,
      ...capturedScope(type, exchange.scopes[at]),
    }))
    return chosen.map(([frame], index) => ({
      functionName: isModuleFrame(frame) ? MODULE_FRAME : frame.functionName,
      url: this.#urlOf(frame),
      line: frame.location.lineNumber + 1,
      column: (frame.location.columnNumber ?? 0) + 1,
      scopes: scopes.filter((scope) => scope.frame === index),
      ...kept[index]!,
    }))
  }

  /** The thrown value itself, the same object that the program has. */
  #thrown(data: {
    objectId?: string
    value?: unknown
    unserializableValue?: string
    type?: string
  }): unknown {
    if (data.objectId === undefined) {
      if (data.unserializableValue === undefined) return data.value
      return data.type === 'bigint'
        ? BigInt(data.unserializableValue.slice(0, -1))
        : Number(data.unserializableValue)
    }
    this.#post('Runtime.callFunctionOn', {
      objectId: data.objectId,
      functionDeclaration: `function () { 'use strict'; ${this.#key}.error = this }`,
      silent: true,
    })
    return this.#exchange.error
  }

  #isStorm(): boolean {
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#pauses = 0
      this.#time = 0
    }
    if (++this.#pauses <= MAX_PAUSES_PER_SECOND && this.#time < MAX_TIME_PER_SECOND) return false
    this.#pauseOn('none')
    setTimeout(
      () => {
        if (this.#quiet === 0 && this.stoodDown === null) this.#pauseOn('all')
      },
      1000 - (performance.now() % 1000),
    ).unref()
    return true
  }

  #urlOf({ location }: Debugger.CallFrame): string {
    return this.#scripts.get(location.scriptId)?.url ?? ''
  }

  #pauseOn(state: 'all' | 'none'): void {
    this.#post('Debugger.setPauseOnExceptions', { state })
  }

  /** As {@link #post}, with its answer. */
  #ask<Method extends keyof Answers>(method: Method, params: object): Answers[Method] {
    let answer: Answers[Method] | undefined
    this.#session.post(method, params, (error: Error | null, result?: object) => {
      if (error !== null) throw new Error(`${method}: ${error.message}`)
      answer = result as Answers[Method]
    })
    return answer!
  }

  /** In the same thread the session answers before it returns. */
  #post(method: string, params?: object): void {
    this.#session.post(method, params ?? {}, (error) => {
      if (error !== null) throw new Error(`${method}: ${error.message}`)
    })
  }
}

const ATTACHED =
  'Another debugger is attached to the process (DevTools, VS Code, --inspect): use its variables.'

/** What Node, and compilers to CommonJS, put around and before a module. */
const MODULE_NAMES =
  /^(?:exports|require|module|__(?:filename|dirname|defProp|copyProps|getOwnProp\w+|hasOwnProp|export|toESM|toCommonJS))$/

/** Whether a frame is the body of a module: functions have a scope of their own. */
function isModuleFrame({ functionName, scopeChain }: Debugger.CallFrame): boolean {
  return (
    functionName === '' &&
    scopeChain.some(({ type }) => type === 'module') &&
    !scopeChain.some(({ type }) => type === 'local')
  )
}

/** The object of a `with` is the program's own, whose getters are not to be run. */
function capturedScope(type: string, values: Readonly<Record<string, unknown>> = {}): CapturedScope {
  const names = Object.keys(values)
  if (type === 'closure' && isModuleScope(names)) return { type: 'module', names, values }
  return { type, names, values: type === 'with' ? {} : values }
}

/** Whether a scope is that of a whole file of CommonJS; the engine keeps those of its variables that are used. */
function isModuleScope(names: readonly string[]): boolean {
  return names.some((name) => MODULE_NAMES.test(name))
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** Code that was made while the program runs, such as a template's, names its file by a path. */
function scriptUrl(url: string): string {
  return url.startsWith('/') ? `file://${url}` : url
}
