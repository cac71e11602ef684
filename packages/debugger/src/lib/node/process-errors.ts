import { renderTerminal, renderText } from '../render/text.ts'
import type { Hint } from '../report.ts'
import type { DebuggerState } from './debugger-state.ts'
import { makeReport } from './make-report.ts'

const NOT_AWAITED: Hint = {
  title: 'Nothing waited for this promise',
  text: 'It was rejected, and there is no `await` and no `.catch()` for it. In production that ends the process.',
}

const NOT_CAUGHT: Hint = {
  title: 'Nothing caught this error',
  text: 'It was thrown in a timer or in a listener, where no request waits for it. In production that ends the process.',
}

/** Tells an error that no page shows, in the terminal. @param origin where the server is reached, for the link, or null. */
export function tellError(error: unknown, hint: Hint, origin: string | null, state: DebuggerState): void {
  const reason = state.rules.isPublic ? 'The server listens where other machines reach it.' : null
  const setting = { request: null, panels: [], reason, about: {}, hints: [hint] }
  const report = state.quietly(() => makeReport(error, setting, state))
  const link = report.id === null || origin === null ? null : `${origin}${state.path}/${report.id}`
  state.write(`${(state.colors ? renderTerminal : renderText)(report, { link })}\n`)
}

/**
 * Tells errors that belong to no request, and lets the process go on. A program with listeners of its own is left to them.
 *
 * @returns a function that ends it.
 */
export function catchProcessErrors(tell: (error: unknown, hint: Hint) => void): () => void {
  const listeners: readonly [event: string, listener: (error: unknown) => void][] = [
    ['unhandledRejection', (error) => tell(error, NOT_AWAITED)],
    ['uncaughtException', (error) => tell(error, NOT_CAUGHT)],
  ]
  const added = listeners.filter(([event]) => process.listenerCount(event) === 0)
  for (const [event, listener] of added) process.on(event, listener)
  return () => {
    for (const [event, listener] of added) process.off(event, listener)
  }
}
