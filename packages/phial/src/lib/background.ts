import { requireRequestContext } from './context/current.ts'
import type { Logger } from './logging.ts'

/** Work that goes on when its response has been sent. */
export class BackgroundWork {
  readonly #pending = new Set<Promise<unknown>>()

  /** How many pieces of work are under way. */
  get size(): number {
    return this.#pending.size
  }

  /** Keeps a promise until it is settled; an error is logged. Gives the promise that is kept, which never rejects. */
  add(work: Promise<unknown>, logger: Logger): Promise<unknown> {
    const kept: Promise<unknown> = work
      .catch((error: unknown) => logger.exception('Work after a response failed.', error))
      .finally(() => this.#pending.delete(kept))
    this.#pending.add(kept)
    return kept
  }

  /** Waits until nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending)
  }
}

/** What runtimes such as Workers keep alive while a promise is pending. */
interface ExecutionContext {
  waitUntil(promise: Promise<unknown>): void
}

/**
 * Lets work go on when the response has been sent: a mail, a log, a cache. Errors are logged. The runtime is told, where it
 * would stop otherwise (Workers); before a process ends, `await app.background.settled()` waits.
 *
 * ```ts
 * waitUntil(sendMail(user))
 * ```
 *
 * @param work a promise, or a function that is called in a copy of the request's context, so that the globals work in it.
 */
export function waitUntil(work: Promise<unknown> | (() => Promise<unknown>)): void {
  const context = requireRequestContext()
  const { app, request } = context
  const promise = typeof work === 'function' ? context.copy().run(async () => work()) : work
  const kept = app.background.add(promise, app.logger)
  const runtime = request.executionContext as Partial<ExecutionContext> | null | undefined
  if (typeof runtime?.waitUntil === 'function') runtime.waitUntil(kept)
}
