import * as module from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { builtFile } from './built-file.ts'

/** What a resolve hook is given, and what it gives. */
interface ResolveContext {
  readonly parentURL?: string | undefined
}

interface Resolved {
  readonly url: string
}

type Resolve = (
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => Resolved,
) => Resolved

/** Hooks in the same thread: Node 22.15 and newer. */
interface HookedModule {
  registerHooks?(hooks: { resolve: Resolve }): unknown
}

/** Milliseconds between two looks at what `require()` has loaded, where hooks do not see it. */
const REQUIRE_INTERVAL = 500

/**
 * With this variable Node itself tells its parent what it loads, as it does under `node --watch`: `watch:import` with URLs,
 * `watch:require` with paths. Where hooks run in a thread of their own, each import would have to ask that thread; this
 * spares it while the application is loaded.
 */
const NODE_REPORTS = 'WATCH_REPORT_DEPENDENCIES'

/** Milliseconds after which hooks take over. */
const LATER = 300

/** The variables with which a worker reports what it loads. */
export function reportingVariables(): Record<string, string> {
  return (module as HookedModule).registerHooks === undefined ? { [NODE_REPORTS]: '1' } : {}
}

type Report = (files: string[]) => void

const known = new Set<string>()
let fresh: string[] = []
let report: Report | null = null
/** Takes over what the hooks have seen and not yet told; null while there are no hooks. */
let drain: (() => void) | null = null

/**
 * Reports each module that this process loads, and those that it looks for in vain: when such a file comes, it may be
 * what was missing. The paths of one turn of the event loop come together. It begins with what was loaded since
 * {@link collectLoadedFiles} was called, or now.
 *
 * @returns reports at once what was not reported yet.
 */
export function reportLoadedFiles(newReport: Report): () => void {
  collectLoadedFiles()
  report = newReport
  flush()
  if (process.env[NODE_REPORTS] === undefined) {
    return () => {
      drain?.()
      flush()
    }
  }
  return () => {
    // What is imported later is left to hooks: processes that the application starts would inherit the variable.
    setTimeout(() => {
      delete process.env[NODE_REPORTS]
      drain = hookThread()
    }, LATER).unref()
  }
}

/** Collects from now on which modules this process loads. */
export function collectLoadedFiles(): void {
  if (drain !== null || process.env[NODE_REPORTS] !== undefined) return
  const { registerHooks } = module as HookedModule
  drain = registerHooks === undefined ? hookThread() : hookHere(registerHooks)
}

function add(url: string): void {
  if (!url.startsWith('file:')) return
  const path = fileURLToPath(url.replace(/[?#].*$/, ''))
  if (known.has(path)) return
  known.add(path)
  if (fresh.length === 0) setImmediate(flush)
  fresh.push(path)
}

function flush(): void {
  if (report === null || fresh.length === 0) return
  report(fresh)
  fresh = []
}

function hookHere(registerHooks: NonNullable<HookedModule['registerHooks']>): () => void {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        const resolved = next(specifier, context)
        add(resolved.url)
        return resolved
      } catch (error) {
        const missing = missingUrl(specifier, context.parentURL)
        if (missing !== null) add(missing)
        throw error
      }
    },
  })
  return () => undefined
}

/** Hooks in the loader's thread, which tells what it sees; older Nodes have no others. */
function hookThread(): () => void {
  const { port1, port2 } = new MessageChannel()
  port1.on('message', add)
  port1.unref()
  module.register(pathToFileURL(hooksFile()), { data: port2, transferList: [port2] })
  const addRequired = (): void => {
    const { cache } = module.createRequire(import.meta.url)
    for (const path of Object.keys(cache)) add(pathToFileURL(path).href)
  }
  // Modules that are required by CommonJS do not pass the hooks.
  setInterval(addRequired, REQUIRE_INTERVAL).unref()
  return () => {
    for (let next = receiveMessageOnPort(port1); next !== undefined; next = receiveMessageOnPort(port1)) {
      add(next.message)
    }
    addRequired()
  }
}

/** The URL of a file that was named by path and is not there; null for packages. */
export function missingUrl(specifier: string, parent: string | undefined): string | null {
  if (!/^(?:\.{0,2}\/|file:)/.test(specifier) || (parent === undefined && specifier.startsWith('.')))
    return null
  try {
    return new URL(specifier, parent).href
  } catch {
    return null
  }
}

/** The hooks run in a thread of their own, which needs them as a file that Node can read. */
function hooksFile(): string {
  return builtFile('loaded-files-hooks.js')
}
