import { setTimeout as wait } from 'node:timers/promises'
import { MAX_CALL_BYTES } from '../guard.ts'
import type { TreeEntry } from '../tree.ts'
import type { DebuggedRequest, DebuggerState } from './debugger-state.ts'
import type { HeldTraceback } from './held-tracebacks.ts'
import { inspectChildren } from './inspect-value.ts'
import { isEqual } from './pin.ts'

/** The answer to a call. */
export interface CallAnswer {
  readonly status: number
  readonly body: object
  readonly headers?: Record<string, string>
}

type Body = Readonly<Record<string, unknown>>

/** The largest path into a value. */
const MAX_PATH = 100

/**
 * Answers a call of a page whose head was checked: the secret of the process, then what it asks for. Reading values that
 * the page shows needs no more; whatever runs code needs the PIN.
 */
export async function answerCall(request: DebuggedRequest, state: DebuggerState): Promise<CallAnswer> {
  if (!isEqual(request.headers.get('x-debugger-secret') ?? '', state.secret)) {
    return failure(403, 'The call does not come from a page of this process.', true)
  }
  const body = await readBody(request)
  if (body === null) return failure(400, 'The call is no JSON object.')
  const { command } = body
  if (command === 'pin') return checkPin(body, state)
  if (command !== 'evaluate' && command !== 'complete' && command !== 'children') {
    return failure(400, `There is no command ${JSON.stringify(command)}.`)
  }
  if (command !== 'children') {
    const refusal = checkCookie(request, state)
    if (refusal !== null) return refusal
  }
  const traceback = typeof body['traceback'] === 'string' ? state.held.get(body['traceback']) : null
  if (traceback === null) return failure(404, 'This error is not kept any more. Load the page again.', true)
  if (command === 'children') return readChildren(body, traceback, request, state)
  const { frame, code } = body
  const session = typeof frame === 'number' ? traceback.console(frame) : null
  if (session === null) return failure(404, 'This frame has no console.')
  if (typeof code !== 'string') return failure(400, 'The call has no code.')
  if (command === 'complete') return { status: 200, body: { names: session.complete(code) } }
  return { status: 200, body: await session.evaluate(code) }
}

async function readBody(request: DebuggedRequest): Promise<Body | null> {
  try {
    const text = await request.text()
    if (text.length > MAX_CALL_BYTES) return null
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : null
  } catch {
    return null
  }
}

async function checkPin({ pin }: Body, { gate, path }: DebuggerState): Promise<CallAnswer> {
  const check = gate.checkPin(typeof pin === 'string' ? pin : '')
  if (check === 'right') return { status: 200, body: {}, headers: { 'Set-Cookie': gate.setCookie(path) } }
  if (check === 'locked') return locked()
  // Whoever guesses waits; whoever slips hardly notices.
  await wait(gate.delay)
  return failure(403, gate.isLocked ? LOCKED : 'This is not the PIN.')
}

function checkCookie(request: DebuggedRequest, { gate, path }: DebuggerState): CallAnswer | null {
  const check = gate.checkCookie(request.headers.get('cookie'))
  if (check === 'right') return null
  if (check === 'locked') return locked()
  const answer = failure(401, 'The PIN is needed.')
  return check === 'wrong' ? { ...answer, headers: { 'Set-Cookie': gate.clearCookie(path) } } : answer
}

/** What is in a variable of a frame, or in a value that its console gave. */
function readChildren(
  body: Body,
  traceback: HeldTraceback,
  request: DebuggedRequest,
  state: DebuggerState,
): CallAnswer {
  const { frame: index, variable, result, path } = body
  if (typeof index !== 'number' || !isPath(path)) return failure(400, 'The call names no value.')
  let children: TreeEntry[] | null = null
  if (typeof result === 'number') {
    const refusal = checkCookie(request, state)
    if (refusal !== null) return refusal
    children = traceback.console(index)?.children(result, path) ?? null
  } else if (typeof variable === 'string') {
    children = state.quietly(() => variableChildren(traceback, index, variable, path))
  }
  return children === null ? failure(404, 'This value is gone.') : { status: 200, body: { children } }
}

/** Only names that the page shows are read: the name is evaluated, and must not be more than a name. */
function variableChildren(
  traceback: HeldTraceback,
  index: number,
  variable: string,
  path: readonly number[],
): TreeEntry[] | null {
  const frame = traceback.frame(index)
  const shown = traceback.report.errors
    .flatMap(({ frames, madeAt }) => [...frames, ...madeAt])
    .find((each) => each.index === index)
    ?.variables?.find(({ name, value }) => name === variable && value.type !== 'secret')
  const read = frame?.read ?? frame?.evaluate ?? null
  if (shown === undefined || read === null) return null
  try {
    return inspectChildren(read(variable), path)
  } catch {
    return null
  }
}

function isPath(path: unknown): path is number[] {
  return (
    Array.isArray(path) &&
    path.length <= MAX_PATH &&
    path.every((index) => Number.isInteger(index) && index >= 0)
  )
}

const LOCKED = 'Too many wrong PINs: the consoles are locked until the server is started again.'

function locked(): CallAnswer {
  return failure(423, LOCKED)
}

/** @param gone whether the page's frames are lost, so that it says so. */
function failure(status: number, error: string, gone = false): CallAnswer {
  return { status, body: gone ? { error, gone } : { error } }
}
