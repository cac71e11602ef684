import type { Context } from './context/context.ts'
import { appContextPopped, appContextTearingDown, requestTearingDown } from './signals/app-signals.ts'
import { emit } from './signals/signal.ts'

type Hook = (error: unknown, context: never) => void | Promise<void>

/**
 * Runs the teardown functions of a context one after the other: those of the request, then those of the application.
 * All of them run; what they throw is logged, since the response is made already. It returns a promise only if one of
 * them does, and that promise never rejects.
 */
export function tearDown(context: Context, error: unknown): void | Promise<void> {
  const isRequest = context.hasRequest()
  const ofRequest: readonly Hook[] = isRequest ? context.scope.teardownRequest : []
  const { teardownAppContext } = context.app.hooks
  if (ofRequest.length === 0 && teardownAppContext.length === 0 && !anybodyListens()) {
    context.close()
    return
  }
  const hooks: Hook[] = [...ofRequest]
  if (isRequest && requestTearingDown.hasReceivers) {
    hooks.push((thrown) => emit(requestTearingDown, context.app, { context, error: thrown }))
  }
  hooks.push(...teardownAppContext)
  if (appContextTearingDown.hasReceivers) {
    hooks.push((thrown) => emit(appContextTearingDown, context.app, { context, error: thrown }))
  }
  return runFrom(hooks, 0, context, error)
}

function anybodyListens(): boolean {
  return (
    requestTearingDown.hasReceivers || appContextTearingDown.hasReceivers || appContextPopped.hasReceivers
  )
}

function runFrom(
  hooks: readonly Hook[],
  start: number,
  context: Context,
  error: unknown,
): void | Promise<void> {
  for (let i = start; i < hooks.length; i++) {
    try {
      const pending = hooks[i]!(error, context as never)
      if (pending instanceof Promise) {
        return pending
          .catch((thrown: unknown) => log(context, thrown))
          .then(() => runFrom(hooks, i + 1, context, error))
      }
    } catch (thrown) {
      log(context, thrown)
    }
  }
  context.close()
  if (appContextPopped.hasReceivers) return announceEnd(context)
}

function announceEnd(context: Context): void | Promise<void> {
  try {
    const sent = emit(appContextPopped, context.app, { context })
    return sent instanceof Promise ? sent.catch((thrown: unknown) => log(context, thrown)) : sent
  } catch (thrown) {
    log(context, thrown)
  }
}

function log(context: Context, thrown: unknown): void {
  context.app.logger.exception('A teardown function failed.', thrown)
}
