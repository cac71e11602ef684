import { defaultExceptions, HttpException } from '@phial/http'
import type { RequestContext } from './context/context.ts'
import type { ViewReturn } from './typing.ts'

/** A class of errors. */
export type ErrorClass<Thrown extends Error = Error> = abstract new (...args: never[]) => Thrown

/** Answers for an error; may return anything that a view may. The status is 200 unless the answer sets one. */
export type ErrorHandler<Thrown = unknown> = (
  error: Thrown,
  context: RequestContext,
) => ViewReturn | Promise<ViewReturn>

/** The error handlers of an application or blueprint: by status for HTTP errors, and by class. */
export interface ErrorHandlers {
  readonly byStatus: Map<number, Map<ErrorClass, ErrorHandler>>
  readonly byClass: Map<ErrorClass, ErrorHandler>
}

export function createErrorHandlers(): ErrorHandlers {
  return { byStatus: new Map(), byClass: new Map() }
}

/**
 * Registers a handler for a status or a class of errors. A class with a status of its own counts as that status.
 *
 * @throws RangeError for a status that has no error class; TypeError for anything else than these two.
 */
export function addErrorHandler(
  handlers: ErrorHandlers,
  key: number | ErrorClass,
  handler: ErrorHandler,
): void {
  const [ErrorClass, status] = classAndStatus(key)
  if (status === null) {
    handlers.byClass.set(ErrorClass, handler)
    return
  }
  let forStatus = handlers.byStatus.get(status)
  if (forStatus === undefined) {
    forStatus = new Map()
    handlers.byStatus.set(status, forStatus)
  }
  forStatus.set(ErrorClass, handler)
}

/** What a handler answers. @throws TypeError for nothing, of which no response can be made. */
export function callErrorHandler(handler: ErrorHandler, error: unknown, context: RequestContext): unknown {
  const check = (answer: unknown): unknown => {
    if (answer !== undefined && answer !== null) return answer
    const name = handler.name === '' ? '' : ` ${JSON.stringify(handler.name)}`
    throw new TypeError(
      `The error handler${name} for ${error instanceof Error ? error.name : String(error)} returned ${String(answer)}. ` +
        'Return an answer as a view does, or the error itself for its own page where it is an HTTP error.',
      { cause: error },
    )
  }
  const answer = handler(error, context)
  return answer instanceof Promise ? answer.then(check) : check(answer)
}

/**
 * The handler for an error. For an HTTP error those registered for its status come first, then those for classes;
 * among each, the scopes in their order (blueprints inside out, then the application), and in a scope the class
 * nearest to the error's own.
 */
export function findErrorHandler(error: unknown, scopes: readonly ErrorHandlers[]): ErrorHandler | null {
  const ancestors = classesOf(error)
  const code = error instanceof HttpException ? error.code : null
  if (code !== null) {
    for (const { byStatus } of scopes) {
      const found = firstOf(byStatus.get(code), ancestors)
      if (found !== null) return found
    }
  }
  for (const { byClass } of scopes) {
    const found = firstOf(byClass, ancestors)
    if (found !== null) return found
  }
  return null
}

function firstOf(
  handlers: ReadonlyMap<ErrorClass, ErrorHandler> | undefined,
  ancestors: readonly ErrorClass[],
): ErrorHandler | null {
  if (handlers === undefined || handlers.size === 0) return null
  for (const ancestor of ancestors) {
    const handler = handlers.get(ancestor)
    if (handler !== undefined) return handler
  }
  return null
}

function classesOf(error: unknown): ErrorClass[] {
  const classes: ErrorClass[] = []
  if (typeof error !== 'object' || error === null) return classes
  for (
    let prototype = Object.getPrototypeOf(error);
    prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const owner: unknown = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : null
    if (typeof owner === 'function') classes.push(owner as ErrorClass)
  }
  return classes
}

function classAndStatus(key: number | ErrorClass): [ErrorClass, number | null] {
  if (typeof key === 'number') {
    const ErrorClass = defaultExceptions.get(key)
    if (ErrorClass === undefined) {
      throw new RangeError(
        `${key} is not the status of an HTTP error that has a class. ` +
          'Expected one from 400 to 505, or a class that extends HttpException.',
      )
    }
    return [ErrorClass, key]
  }
  if (typeof key !== 'function') {
    throw new TypeError(
      `An error handler is registered for a status or a class of errors, got ${
        (key as unknown) instanceof Error ? 'an error object: pass its class' : String(key)
      }.`,
    )
  }
  if (!(key.prototype instanceof Error) && key !== Error) {
    throw new TypeError(`The class ${key.name} does not extend Error, so it cannot have an error handler.`)
  }
  return [key, statusOf(key)]
}

// The status is a field of the instances; making one is the only way to see what a class sets.
function statusOf(ErrorClass: ErrorClass): number | null {
  if (!(ErrorClass.prototype instanceof HttpException)) return null
  for (const [status, Known] of defaultExceptions) if (Known === ErrorClass) return status
  return new (ErrorClass as unknown as new () => HttpException)().code
}
