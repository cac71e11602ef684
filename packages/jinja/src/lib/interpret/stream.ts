import type { RuntimeEnvironment } from '../runtime/compiled.ts'
import type { Frame } from './frame.ts'
import type { Signal, Step, StreamStep } from './step.ts'

/** Pieces of a block or another template, to be given on. */
export class Forwarded {
  readonly pieces: Iterable<unknown> | AsyncIterable<unknown>

  constructor(pieces: Iterable<unknown> | AsyncIterable<unknown>) {
    this.pieces = pieces
  }
}

/** A statement that can also be run piece by piece. */
export function streamable(step: Step, stream: StreamStep): Step {
  return Object.assign(step, { stream })
}

/** Runs a statement piece by piece, as far as it can be. */
export function* streamOf(step: Step, frame: Frame): Generator<unknown, Signal, unknown> {
  if (step.stream !== undefined) return yield* step.stream(frame)
  const signal = step(frame)
  return signal instanceof Promise ? ((yield signal) as Signal) : signal
}

/** What was printed so far, taken out of the frame. */
function* taken(
  environment: RuntimeEnvironment & { readonly isNative: boolean },
  frame: Frame,
): Generator<unknown> {
  if (environment.isNative) {
    const { pieces } = frame
    frame.pieces = []
    yield* pieces
  } else if (frame.out !== '') {
    const { out } = frame
    frame.out = ''
    yield out
  }
}

type StreamEnvironment = RuntimeEnvironment & { readonly isNative: boolean }

/** The pieces of a function of a template, in mode `stream`. */
export function* drive(
  environment: StreamEnvironment,
  frame: Frame,
  body: Step,
  failed: (error: unknown) => never,
): Generator<unknown, void> {
  const run = streamOf(body, frame)
  try {
    for (let step = run.next(); step.done !== true; step = run.next()) {
      yield* taken(environment, frame)
      if (step.value instanceof Forwarded) yield* step.value.pieces as Iterable<unknown>
    }
  } catch (error) {
    failed(error)
  }
  yield* taken(environment, frame)
}

/** The pieces of a function of a template, in mode `asyncStream`. */
export async function* driveAsync(
  environment: StreamEnvironment,
  frame: Frame,
  body: Step,
  failed: (error: unknown) => never,
): AsyncGenerator<unknown, void> {
  const run = streamOf(body, frame)
  try {
    let step = run.next()
    while (step.done !== true) {
      const { value } = step
      if (value instanceof Promise) {
        step = await value.then(
          (settled) => run.next(settled),
          (error: unknown) => run.throw(error),
        )
        continue
      }
      yield* taken(environment, frame)
      if (value instanceof Forwarded) yield* value.pieces
      step = run.next()
    }
  } catch (error) {
    failed(error)
  } finally {
    // If the reader leaves early.
    run.return(undefined)
  }
  yield* taken(environment, frame)
}
