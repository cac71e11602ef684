import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { editorForm } from '../editor.ts'
import type { AccessRules } from '../guard.ts'
import type { ProjectFolders } from '../project.ts'
import type { Hint } from '../report.ts'
import { ownFolder } from './assets.ts'
import { awaitingFrames, rewriteAwaits } from './await-frames.ts'
import { FrameCapture } from './capture.ts'
import { type AnyApp, type DebuggedApp, debuggedApp } from './debugged-app.ts'
import type { AppKnowledge, DebuggerState } from './debugger-state.ts'
import { type ErrorNotes, errorApp } from './error-app.ts'
import { HeldTracebacks } from './held-tracebacks.ts'
import { loadPin, PinGate, randomSecret } from './pin.ts'
import { catchProcessErrors, tellError } from './process-errors.ts'
import { createSourceMaps } from './source-maps.ts'

export interface DebuggerOptions {
  /** The folder of the project: frames of its files are the application's. Default: the current folder. */
  root?: string
  /** Folders whose files count as libraries although they lie in the project, such as linked packages. */
  libraries?: readonly string[]
  /** Whether the server listens where other machines reach it: then there are no variables and no consoles. Default false. */
  isPublic?: boolean
  /** Hosts besides `localhost` and its addresses under which developers reach the server. */
  trustedHosts?: readonly string[]
  /** `off`, or a PIN of your own. Default: the variable `PHIAL_DEBUG_PIN`, else a random one that the project keeps. */
  pin?: string
  /** A name such as `vscode`, a form with `{path}` and `{line}`, or `off`. Default: `PHIAL_EDITOR`, else `vscode`. */
  editor?: string
  /** What the address of a search begins with; null for none. */
  searchUrl?: string | null
  /** Rewrites async functions of the application, so that frames that wait have variables. Default true. */
  rewriteAwaits?: boolean
  /** Writes reports for the terminal. Default: to the standard error. */
  write?: (text: string) => void
  /** Whether they have colours. Default false. */
  colors?: boolean
}

/** The debugger of a process. */
export interface AppDebugger {
  /** What unlocks the consoles, to be printed; null if they are open. */
  readonly pin: string | null
  /** Why something does not work here, for people. */
  readonly notes: readonly string[]
  /** Puts the debugger around an application: what it throws becomes a page. */
  wrap<App extends AnyApp>(app: App, about?: AppKnowledge): DebuggedApp<App>
  /**
   * Shows one error to whoever asks for anything: an application in the place of one that could not be loaded.
   *
   * @param otherwise answers those who may see nothing of it.
   */
  show<App extends AnyApp>(error: unknown, otherwise: App, notes?: ErrorNotes): DebuggedApp<App>
  /** Tells an error that no page can show in the terminal, with a hint how it came. */
  tell(error: unknown, hint: Hint): void
  /**
   * Tells errors that belong to no request (a promise that nobody waits for, a timer) in the terminal, and lets the
   * process go on, unless the program listens to them itself.
   */
  catchProcessErrors(): void
  /** Where the server is reached, for links in the terminal: `http://127.0.0.1:5000`. Null until it is set. */
  origin: string | null
  /** Marks frames that wait in modules that are loaded from now on. Call it after loaders of TypeScript are registered. */
  rewriteModules(): void
  close(): void
}

const PATH = '/__debugger__'
const SEARCH = 'https://duckduckgo.com/?q='
const STACK_LIMIT = 50

/**
 * Starts the debugger of this process. It is for development only: import this module from the development server alone.
 *
 * ```ts
 * const { createDebugger } = await import('@phial/debugger/node')
 * const debug = await createDebugger()
 * debug.rewriteModules()
 * const app = debug.wrap((await import('./app.ts')).default)
 * ```
 *
 * @throws Error in production (`NODE_ENV`).
 * @throws RangeError for a PIN or an editor that is none.
 */
export async function createDebugger(options: DebuggerOptions = {}): Promise<AppDebugger> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'The debugger runs code for whoever sees an error, so it does not start in production (NODE_ENV=production). ' +
        'Unset NODE_ENV to develop, or turn debug mode off.',
    )
  }
  const root = resolve(options.root ?? process.cwd())
  const folders = projectFolders(root, options.libraries ?? [])
  const editor = editorForm(options.editor ?? process.env['PHIAL_EDITOR'])
  const rules: AccessRules = { isPublic: options.isPublic ?? false, trustedHosts: options.trustedHosts ?? [] }
  const pin = loadPin(options.pin ?? process.env['PHIAL_DEBUG_PIN'], root)
  const known: { about: AppKnowledge } = { about: {} }
  const notes: string[] = []

  let capture: FrameCapture | null = null
  if (!rules.isPublic) {
    const started = await FrameCapture.start({
      folders,
      ignores: (error) => awaitingFrames(error).length > 0 || known.about.ignores?.(error) === true,
    })
    if (typeof started === 'string') notes.push(`No variables and consoles: ${started}`)
    else capture = started
  }
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = Math.max(limit, STACK_LIMIT)
  const quietly = <Result>(work: () => Result): Result => (capture === null ? work() : capture.quietly(work))
  const state: DebuggerState = {
    path: PATH,
    rules,
    folders,
    ownFolder,
    capture,
    maps: createSourceMaps((url) => capture?.sourceMapUrl(url)),
    quietly,
    held: new HeldTracebacks({ quietly }),
    gate: new PinGate(pin),
    secret: randomSecret(),
    asksPin: pin.text !== null,
    editor,
    searchUrl: options.searchUrl === undefined ? SEARCH : options.searchUrl,
    notes,
    write: options.write ?? ((text) => void process.stderr.write(text)),
    colors: options.colors ?? false,
  }
  let stopRewriting: (() => void) | null = null
  let stopCatching: (() => void) | null = null
  const own: AppDebugger = {
    pin: rules.isPublic ? null : pin.text,
    notes,
    wrap: (app, about = {}) => {
      known.about = about
      return debuggedApp(app, about, state)
    },
    show: (error, otherwise, about = {}) => errorApp(error, otherwise, about, state),
    tell: (error, hint) => tellError(error, hint, own.origin, state),
    catchProcessErrors: () => {
      stopCatching ??= catchProcessErrors(own.tell)
    },
    origin: null,
    rewriteModules: () => {
      // Without an inspector there is nothing that would tell which frames the marks belong to.
      if (capture === null || options.rewriteAwaits === false) return
      stopRewriting ??= rewriteAwaits(folders)
    },
    close: () => {
      stopRewriting?.()
      stopCatching?.()
      capture?.stop()
      state.held.clear()
      Error.stackTraceLimit = limit
    },
  }
  return own
}

/** A folder of libraries that the project itself lies in tells nothing about the project's files. */
function projectFolders(root: string, libraries: readonly string[]): ProjectFolders {
  const rootUrl = folderUrl(root)
  return {
    root: rootUrl,
    libraries: libraries.map(folderUrl).filter((folder) => !rootUrl.startsWith(folder)),
  }
}

function folderUrl(path: string): string {
  return pathToFileURL(`${resolve(path)}/`).href.replace(/\/*$/, '/')
}
