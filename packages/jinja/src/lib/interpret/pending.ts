import { isPromise } from '../runtime/async.ts'
import type { Frame } from './frame.ts'
import type { Expr, Signal, Step } from './step.ts'
import { streamable, streamOf } from './stream.ts'

/** `then(value)`, at once unless the value is a promise. */
export function whenReady<R>(value: unknown, then: (value: unknown) => R): R | Promise<Awaited<R>> {
  return isPromise(value) ? (Promise.resolve(value).then(then) as Promise<Awaited<R>>) : then(value)
}

/** As {@link whenReady}, for what the engine itself gives: data that only looks like a promise is none. */
export function afterwards<T, R>(value: T | Promise<T>, then: (value: T) => R): R | Promise<Awaited<R>> {
  return value instanceof Promise ? (value.then(then) as Promise<Awaited<R>>) : then(value)
}

/**
 * An expression that needs the values of all its parts, computed from left to right.
 *
 * @param apply Is given the values.
 */
export function strict(
  isAsync: boolean,
  parts: readonly Expr[],
  apply: (frame: Frame, values: unknown[]) => unknown,
): Expr {
  if (isAsync) return strictAsync(parts, apply)
  const values = listOf(parts)
  return (frame) => apply(frame, values(frame))
}

/** The values of expressions, in templates that do not wait. Short lists are written out, as they are quicker so. */
export function listOf(parts: readonly Expr[]): (frame: Frame) => unknown[] {
  const [a, b, c] = parts as [Expr, Expr, Expr]
  switch (parts.length) {
    case 0:
      return () => []
    case 1:
      return (frame) => [a(frame)]
    case 2:
      return (frame) => [a(frame), b(frame)]
    case 3:
      return (frame) => [a(frame), b(frame), c(frame)]
    default:
      return (frame) => parts.map((part) => part(frame))
  }
}

function strictAsync(parts: readonly Expr[], apply: (frame: Frame, values: unknown[]) => unknown): Expr {
  const resume = async (frame: Frame, values: unknown[], from: number): Promise<unknown> => {
    values[from] = await values[from]
    for (let index = from + 1; index < parts.length; index++) values[index] = await parts[index]!(frame)
    return apply(frame, values)
  }
  return (frame) => {
    const values: unknown[] = new Array(parts.length)
    for (let index = 0; index < parts.length; index++) {
      const value = parts[index]!(frame)
      values[index] = value
      if (isPromise(value)) return resume(frame, values, index)
    }
    return apply(frame, values)
  }
}

/** As {@link strict} of one part. */
export function strict1(
  isAsync: boolean,
  part: Expr,
  apply: (frame: Frame, value: unknown) => unknown,
): Expr {
  if (isAsync) return (frame) => whenReady(part(frame), (value) => apply(frame, value))
  return (frame) => apply(frame, part(frame))
}

/** A statement that does something with the value of an expression. */
export function statement(
  isAsync: boolean,
  line: number,
  value: Expr,
  use: (frame: Frame, value: unknown) => Signal | Promise<Signal>,
): Step {
  const run = strict1(isAsync, value, use) as Step
  return (frame) => {
    frame.line = line
    return run(frame)
  }
}

/** As {@link strict} of two parts. */
export function strict2(
  isAsync: boolean,
  left: Expr,
  right: Expr,
  apply: (frame: Frame, left: unknown, right: unknown) => unknown,
): Expr {
  if (!isAsync) return (frame) => apply(frame, left(frame), right(frame))
  return (frame) => whenReady(left(frame), (a) => whenReady(right(frame), (b) => apply(frame, a, b)))
}

/** Statements behind each other. One that gives a signal ends them. */
export function sequence(isAsync: boolean, steps: readonly Step[]): Step {
  if (steps.length === 1) return steps[0]!
  return streamable(isAsync ? asyncSequence(steps) : syncSequence(steps), function* (frame) {
    for (const step of steps) {
      const signal = yield* streamOf(step, frame)
      if (signal !== undefined) return signal
      if (frame.out.length > frame.context.pieceSize) yield undefined
    }
    return undefined
  })
}

function syncSequence(steps: readonly Step[]): Step {
  const count = steps.length
  return (frame) => {
    for (let index = 0; index < count; index++) {
      const signal = steps[index]!(frame)
      if (signal !== undefined) return signal
    }
    return undefined
  }
}

function asyncSequence(steps: readonly Step[]): Step {
  const resume = async (frame: Frame, first: Promise<Signal>, next: number): Promise<Signal> => {
    let signal = await first
    for (let index = next; signal === undefined && index < steps.length; index++) {
      signal = await steps[index]!(frame)
    }
    return signal
  }
  return (frame) => {
    for (let index = 0; index < steps.length; index++) {
      const signal = steps[index]!(frame)
      if (signal instanceof Promise) return resume(frame, signal, index + 1)
      if (signal !== undefined) return signal
    }
    return undefined
  }
}
