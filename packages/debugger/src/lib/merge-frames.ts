import { type LiveFrame, MODULE_FRAME } from './live-frame.ts'

/** Frames of an error from one of the sources that are put together. */
export interface FrameSources {
  /** Those of the stack, which knows all callers, those that wait too. */
  readonly stack: readonly LiveFrame[]
  /** Those that were alive at the throw, with their variables. */
  readonly captured: readonly LiveFrame[]
  /** Those that waited, with their variables. */
  readonly awaiting: readonly LiveFrame[]
}

export interface MergedFrames {
  readonly frames: readonly LiveFrame[]
  /** The stack, where it tells of another place than the throw. */
  readonly madeAt: readonly LiveFrame[]
}

/**
 * Puts the frames of an error together. The stack gives the order. A frame with variables takes the place of the stack's
 * frame for the same call; one that the stack does not know follows the frame before it.
 *
 * The stack tells where the error object was made. If that is elsewhere than where it was thrown, the frames are those of
 * the throw, and the stack is given apart.
 */
export function mergeFrames({ stack, captured, awaiting }: FrameSources): MergedFrames {
  const top = captured.findIndex(({ kind }) => kind === 'application')
  const isElsewhere =
    top !== -1 &&
    stack.length > 0 &&
    !stack.some((frame) => !frame.isAwaiting && isSameCall(frame, captured[top]!))
  const base = isElsewhere || stack.length === 0 ? captured : placeInto(stack, captured, isSameCall)
  return { frames: placeInto(base, awaiting, isSameWait), madeAt: isElsewhere ? stack : [] }
}

/**
 * Frames of a cause or a member, with what is known of the same calls from the error that it led to: whoever catches an
 * error and throws another one was waiting for the first, and so were all callers.
 */
export function borrowFrames(
  frames: readonly LiveFrame[],
  from: readonly LiveFrame[],
  isCause: boolean,
): LiveFrame[] {
  let next = 0
  return frames.map((frame) => {
    if (frame.evaluate !== null || !frame.isAwaiting || frame.kind !== 'application') return frame
    const name = plainName(frame.functionName)
    for (let at = next; at < from.length; at++) {
      const lender = from[at]!
      if (lender.evaluate === null || lender.url !== frame.url) continue
      const isSame = lender.isAwaiting
        ? lender.line === frame.line
        : isCause && name !== '' && plainName(lender.functionName) === name
      if (!isSame) continue
      next = at + 1
      const { evaluate, read, scopes, self } = lender
      return { ...frame, evaluate, read, scopes, self }
    }
    return frame
  })
}

/** Each of `frames` in the place of its partner in `base`, in order; without one behind the frame before. */
function placeInto(
  base: readonly LiveFrame[],
  frames: readonly LiveFrame[],
  isSame: (base: LiveFrame, frame: LiveFrame) => boolean,
): LiveFrame[] {
  const result = [...base]
  let next = 0
  for (const frame of frames) {
    let at = next
    while (at < result.length && !isSame(result[at]!, frame)) at++
    if (at < result.length) {
      // The engine's name tells the class too: `User.save` rather than `save`.
      result[at] = { ...frame, functionName: result[at]!.functionName ?? frame.functionName }
      next = at + 1
    } else if (frame.kind === 'application') {
      const place = frame.isAwaiting && next === 0 ? behindCalls(result) : next
      result.splice(place, 0, frame)
      next = place + 1
    }
  }
  return result
}

/** Callers that wait lie below all that were alive. */
function behindCalls(frames: readonly LiveFrame[]): number {
  const first = frames.findIndex(({ isAwaiting }) => isAwaiting)
  return first === -1 ? frames.length : first
}

/** The stack has the line of `new Error`, the throw that of `throw`: at the top the function decides. */
function isSameCall(frame: LiveFrame, captured: LiveFrame): boolean {
  if (frame.isAwaiting || frame.evaluate !== null || frame.url !== captured.url) return false
  return frame.line === captured.line || plainName(frame.functionName) === plainName(captured.functionName)
}

function isSameWait(frame: LiveFrame, awaiting: LiveFrame): boolean {
  if (frame.evaluate !== null || frame.url !== awaiting.url) return false
  // A frame that is alive has gone on since it waited.
  if (!frame.isAwaiting) return plainName(frame.functionName) === plainName(awaiting.functionName)
  return frame.line === awaiting.line
}

/** `save` for `User.save`, `new User` and `Object.save [as run]`; '' for none. */
function plainName(name: string | null): string {
  if (name === null || name === '<anonymous>' || name === MODULE_FRAME) return ''
  const plain = name.replace(/ \[as .*$/, '').replace(/^new /, '')
  return plain.slice(plain.lastIndexOf('.') + 1).replace('<anonymous>', '')
}
