import type { Context } from './context/context.ts'

type Hook = (error: unknown, context: never) => void | Promise<void>

/**
 * Runs the teardown functions of a context one after the other: those of the request, then those of the application.
 * All of them run; what they throw is logged, since the response is made already. It returns a promise only if one of
 * them does, and that promise never rejects.
 */
export function tearDown(context: Context, error: unknown): void | Promise<void> {
  const { teardownRequest, teardownAppContext } = context.app.hooks
  if (teardownRequest.length === 0 && teardownAppContext.length === 0) {
    context.close()
    return
  }
  const hooks: readonly Hook[] = context.hasRequest()
    ? [...teardownRequest, ...teardownAppContext]
    : teardownAppContext
  return runFrom(hooks, 0, context, error)
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
}

function log(context: Context, thrown: unknown): void {
  context.app.logger.exception('A teardown function failed.', thrown)
}
