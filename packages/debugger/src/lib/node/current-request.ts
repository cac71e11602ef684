import { AsyncLocalStorage } from 'node:async_hooks'

const STORAGE = new AsyncLocalStorage<object>()

/** What tells the errors of one request from those of another; undefined outside of requests. */
export function currentRequest(): object | undefined {
  return STORAGE.getStore()
}

/** Calls `work` as part of a request. */
export function runRequest<Result>(request: object, work: () => Result): Result {
  return STORAGE.run(request, work)
}
