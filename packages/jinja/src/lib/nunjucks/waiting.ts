/*
 * Templates run at once as long as nothing has to be waited for: a step gives nothing, or a promise. What follows a
 * promise is then run behind it.
 */

export type Waiting = Promise<void> | undefined

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}

/** Goes on with a value, at once if it is there. */
export function withValue<T>(value: unknown, next: (value: unknown) => T): T | Promise<Awaited<T>> {
  return isThenable(value) ? (Promise.resolve(value).then(next) as Promise<Awaited<T>>) : next(value)
}

/** Goes on behind a step, at once if it is done. */
export function after<T>(step: Waiting, next: () => T): T | Promise<Awaited<T>> {
  return step === undefined ? next() : (step.then(next) as Promise<Awaited<T>>)
}

/** Runs steps one after the other. */
export function inTurn(count: number, step: (index: number) => Waiting): Waiting {
  for (let index = 0; index < count; index++) {
    const wait = step(index)
    if (wait !== undefined) return finish(wait, index + 1, count, step)
  }
  return undefined
}

async function finish(
  first: Promise<void>,
  from: number,
  count: number,
  step: (index: number) => Waiting,
): Promise<void> {
  await first
  for (let index = from; index < count; index++) {
    const wait = step(index)
    if (wait !== undefined) await wait
  }
}

/** How functions in the style of Node tell their result. */
export type Callback<T = unknown> = (error?: unknown, value?: T) => void

/**
 * Calls a function that gives its result to a callback or as a promise. If it calls back at once, the result is there
 * at once.
 *
 * @param takesCallback Whether a promise without a value still leaves the result to the callback.
 */
export function callAsync(start: (callback: Callback) => unknown, takesCallback: boolean): unknown {
  let settled: { error: unknown; value: unknown } | undefined
  let settle: ((result: { error: unknown; value: unknown }) => void) | undefined
  const returned = start((error, value) => {
    if (settled !== undefined) return
    settled = { error, value }
    settle?.(settled)
  })
  if (settled !== undefined) return outcome(settled)
  if (isThenable(returned) && !takesCallback) return returned
  const waiting = new Promise<{ error: unknown; value: unknown }>((resolve, reject) => {
    settle = resolve
    if (isThenable(returned)) {
      Promise.resolve(returned).then((value) => {
        if (value !== undefined) resolve({ error: null, value })
      }, reject)
    }
  })
  return waiting.then(outcome)
}

function outcome({ error, value }: { error: unknown; value: unknown }): unknown {
  if (error !== undefined && error !== null) throw error
  return value
}
