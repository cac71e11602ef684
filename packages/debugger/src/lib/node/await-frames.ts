import * as module from 'node:module'
import { AWAITED } from '../javascript/awaiting.ts'
import type { ProjectFolders } from '../project.ts'
import { ownFolder } from './assets.ts'
import { type LoadedModule, rewriteModule } from './await-rewrite.ts'
import type { Evaluate } from './capture.ts'
import { currentRequest } from './current-request.ts'

/** A caller that was suspended at an `await` when an error passed it. */
export interface AwaitingFrame {
  readonly url: string
  readonly functionName: string
  /** In the source as it was written, from 1. */
  readonly line: number
  readonly column: number
  readonly names: readonly string[]
  readonly evaluate: Evaluate
  /** The mark itself, to tell that a frame of the stack is the same one. */
  readonly mark: AwaitMark
}

export type AwaitMark = readonly [evaluate: Evaluate, line: number, column: number]

type Listener = (
  error: unknown,
  mark: AwaitMark | undefined,
  url: string,
  name: string,
  names: string,
) => void

/** Frames that are kept for one error; deeper chains of callers show without variables. */
const MAX_FRAMES = 50

const FRAMES = new WeakMap<
  object,
  { readonly request: object | undefined; readonly frames: AwaitingFrame[] }
>()

/** The frames that waited when the error passed them in the current request, the nearest first. */
export function awaitingFrames(error: unknown): readonly AwaitingFrame[] {
  const found = isObject(error) ? FRAMES.get(error) : undefined
  return found !== undefined && found.request === currentRequest() ? found.frames : []
}

/** As {@link awaitingFrames}; they are given once, so that the same error thrown again later does not show them. */
export function takeAwaitingFrames(error: unknown): readonly AwaitingFrame[] {
  const frames = awaitingFrames(error)
  if (isObject(error)) FRAMES.delete(error)
  return frames
}

const listen: Listener = (error, mark, url, functionName, names) => {
  // Without a mark it threw before it waited for anything: the stack has it.
  if (mark === undefined || !isObject(error)) return
  const request = currentRequest()
  let known = FRAMES.get(error)
  if (known === undefined || known.request !== request) FRAMES.set(error, (known = { request, frames: [] }))
  const { frames } = known
  if (frames.length >= MAX_FRAMES) return
  const [evaluate, line, column] = mark
  frames.push({
    url,
    functionName,
    line,
    column,
    evaluate,
    mark,
    names: names === '' ? [] : names.split(','),
  })
}

/** What `module.registerHooks` of Node 22.15 and newer takes. */
interface SyncHooks {
  load(url: string, context: unknown, nextLoad: (url: string, context: unknown) => LoadedModule): LoadedModule
}

/**
 * Rewrites the modules of the application that are loaded from now on, so that frames that wait keep their variables.
 * Loaders of TypeScript are to be registered before.
 *
 * @returns a function that ends it; modules that were loaded keep their form.
 */
export function rewriteAwaits(folders: ProjectFolders): () => void {
  const global = globalThis as unknown as Record<symbol, Listener>
  Object.defineProperty(global, AWAITED, {
    value: listen,
    configurable: true,
    enumerable: false,
    writable: true,
  })
  const registerHooks = (module as { registerHooks?: (hooks: SyncHooks) => { deregister(): void } })
    .registerHooks
  if (registerHooks !== undefined) {
    const hooks = registerHooks({
      load: (url, context, nextLoad) => rewriteModule(url, nextLoad(url, context), folders),
    })
    return () => hooks.deregister()
  }
  // They run in a thread of their own, which needs them as a file that Node can read: the built one.
  // Hooks of older versions cannot be taken back: their listener is gone, so they do nothing that shows.
  module.register(new URL('dist/lib/node/await-hooks.js', ownFolder), { data: folders })
  return () => {
    delete global[AWAITED]
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
