import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, RequestContext } from './context.ts'

/**
 * What the storage remembers of a context. Sockets and timers that a request has touched outlive it, and with it they
 * would keep the request and its body; so the slot is emptied when the context closes.
 */
export interface ContextSlot {
  context: Context | null
}

// One storage for the process: every application shares it, so nested applications restore each other's context.
const storage = new AsyncLocalStorage<ContextSlot>()

/** Runs `callback(argument)` inside `context`; it holds in everything that is awaited or scheduled from there. */
export function runInContext<Argument, Result>(
  context: Context,
  callback: (argument: Argument) => Result,
  argument: Argument,
): Result {
  return storage.run(context.slot, callback, argument)
}

/** Runs `callback` outside of every context. */
export function runOutside<Result>(callback: () => Result): Result {
  return storage.exit(callback)
}

/** The context in force, or undefined. A closed one counts as none. */
export function currentContext(): Context | undefined {
  return storage.getStore()?.context ?? undefined
}

/** The context of the request in force, or null. An application context inside of a request does not hide it. */
export function currentRequestContext(): RequestContext | null {
  return currentContext()?.requestContext ?? null
}

/** The context in force. */
export function requireContext(): Context {
  const context = currentContext()
  if (context === undefined) {
    throw new OutsideContextError(
      'Working outside of application context.\n\n' +
        'This needs the current application, which is known while a request is handled or a command runs. ' +
        'To use it elsewhere, run the code inside a context: app.appContext().run(() => { … }).',
    )
  }
  return context
}

/** The context of the request in force. */
export function requireRequestContext(): RequestContext {
  const context = currentRequestContext()
  if (context === null) {
    throw new OutsideContextError(
      'Working outside of request context.\n\n' +
        'This needs the current request, which is known while a view or a hook runs. ' +
        "In a test, use the test client, or run the code inside app.testRequestContext('/path').run(() => { … }).",
    )
  }
  return context
}

/** Whether an application is current: in a request, a command, or `app.appContext().run(…)`. */
export function hasAppContext(): boolean {
  return currentContext() !== undefined
}

/** Whether a request is current. */
export function hasRequestContext(): boolean {
  return currentRequestContext() !== null
}

/** A global was used where no application or request is current. */
export class OutsideContextError extends Error {
  override readonly name: string = 'OutsideContextError'
}
