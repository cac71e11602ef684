import { analyzeLoop } from '../analyze/scopes.ts'
import { loopUsage, namesItsItems } from '../compile/loop-usage.ts'
import { isPromise } from '../runtime/async.ts'
import type { RenderLoop } from '../runtime/loop.ts'
import { recursiveLoop } from '../runtime/loop.ts'
import { step } from '../runtime/meter.ts'
import type { For } from '../syntax/ast.ts'
import { find, findAll } from '../syntax/visitor.ts'
import { buildTarget } from './assign.ts'
import { buildExpression } from './expressions.ts'
import { Frame } from './frame.ts'
import type { LoopCursor, LoopParts } from './loop-items.ts'
import { openLoop, openLoopAsync } from './loop-items.ts'
import { printedValue, printRaw } from './output.ts'
import { sequence, whenReady } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, refusal } from './place.ts'
import type { Signal, Step, StreamStep } from './step.ts'
import { BREAK } from './step.ts'
import { streamable, streamOf } from './stream.ts'

/** `{% for target in iter if test recursive %}…{% else %}…{% endfor %}` */
export function buildFor(place: Place, node: For): Step {
  if (place.unit.contents.stored.has('loop')) {
    for (const name of findAll(node, 'Name')) {
      if (name.ctx === 'store' && name.name === 'loop') {
        throw refusal(place, "Can't assign to special loop variable in for-loop target", name)
      }
    }
  }
  return node.recursive ? buildRecursive(place, node) : buildPlain(place, node)
}

function buildPlain(place: Place, node: For): Step {
  const { isAsync } = place.unit
  const items = buildExpression(place, node.iter)
  const parts = buildParts(place, node)
  const { line } = node
  const stream: StreamStep = function* (frame) {
    frame.line = line
    const value = items(frame)
    const settled = isAsync && isPromise(value) ? yield Promise.resolve(value) : value
    return yield* streamLoop(parts, isAsync, frame, settled)
  }
  if (isAsync) {
    return streamable((frame) => {
      frame.line = line
      return whenReady(items(frame), (value) => runAsync(parts, frame, value, null, 0)) as Promise<Signal>
    }, stream)
  }
  return streamable((frame) => {
    frame.line = line
    return runSync(parts, frame, items(frame), null, 0)
  }, stream)
}

/** A loop that can call itself is a function of its own, which gives what it printed. */
function buildRecursive(place: Place, node: For): Step {
  const { environment, isAsync } = place.unit
  const inner = place.innerFunction()
  const parts = buildParts(inner, node)
  const items = buildExpression(place, node.iter)
  const { autoescape, volatile } = place.state
  const { line } = node
  /** @param again What `loop(…)` calls. */
  const render = (outer: Frame, again: RenderLoop, value: unknown, depth: number): unknown => {
    const frame = new Frame(inner.slots, outer, outer.context, outer.line)
    frame.parent = outer.parent
    // Errors are reported by the function around, with the line that ran where they began.
    const fail = (error: unknown): never => {
      if (outer.failure !== error) outer.line = frame.line
      outer.failure = error
      throw error
    }
    const print = (): unknown => {
      outer.line = frame.line
      return printedValue(environment, frame)
    }
    if (isAsync) return runAsync(parts, frame, value, again, depth).then(print, fail)
    try {
      runSync(parts, frame, value, again, depth)
    } catch (error) {
      fail(error)
    }
    return print()
  }
  return (frame) => {
    const again: RenderLoop = recursiveLoop(
      frame.context,
      (value, depth) => render(frame, again, value, depth),
      volatile ? null : autoescape,
    )
    frame.line = line
    const print = (text: unknown): undefined => printRaw(environment, frame, text)
    if (!isAsync) return print(render(frame, again, items(frame), 0))
    return whenReady(items(frame), (value) =>
      whenReady(render(frame, again, value, 0), print),
    ) as Promise<undefined>
  }
}

function buildParts(place: Place, node: For): LoopParts {
  const { contents, isAsync, mode } = place.unit
  const usage = loopUsage(node, contents)
  const bodyPlace = place.inner()
  bodyPlace.isLoop = true
  bodyPlace.openLoops += 1
  const loopAt = usage.isExtended ? bodyPlace.slots.own(bodyPlace.symbols.declareParameter('loop')) : null
  analyzeLoop(bodyPlace.symbols, node, 'body')
  const keep = node.test === null ? null : buildTest(place, node)
  const store = buildTarget(bodyPlace, node.target)
  const enter = enterScope(bodyPlace)
  const body = bodyPlace.body(node.body)
  const isLazy =
    place.unit.environment.sandboxed ||
    (!usage.looksAround && namesItsItems(node, contents)) ||
    (mode === 'stream' && !isAsync) ||
    (contents.kinds.has('Break') && find(node, 'Break') !== null)
  const { line } = node
  const isUnpacked = node.target.kind === 'Tuple'
  const begin = (frame: Frame, item: unknown): void => {
    step(frame.context)
    if (isUnpacked) frame.line = line
    store(frame, item)
    enter(frame)
  }
  return {
    environment: place.unit.environment,
    loopAt,
    isObject: usage.needsObject || (usage.looksAround && (node.test !== null || isLazy)),
    looksAround: usage.looksAround,
    isLazy,
    keep,
    begin,
    body,
    orElse: buildElse(place, node),
  }
}

/** The condition of a loop, asked of an item. It has variables of its own: the body may run at the same time. */
function buildTest(place: Place, node: For): (frame: Frame, item: unknown) => unknown {
  const testPlace = place.inner(place.slots, 'f')
  analyzeLoop(testPlace.symbols, node, 'test')
  const store = buildTarget(testPlace, node.target)
  const enter = enterScope(testPlace)
  const test = buildExpression(testPlace, node.test!)
  const { line } = node.test!
  return (frame, item) => {
    store(frame, item)
    enter(frame)
    step(frame.context)
    frame.line = line
    return test(frame)
  }
}

function buildElse(place: Place, node: For): Step | null {
  if (node.orElse.length === 0) return null
  const elsePlace = place.inner()
  analyzeLoop(elsePlace.symbols, node, 'else')
  return sequence(place.unit.isAsync, [enterScope(elsePlace), elsePlace.body(node.orElse)])
}

function runSync(
  parts: LoopParts,
  frame: Frame,
  items: unknown,
  render: RenderLoop | null,
  depth: number,
): Signal | Promise<Signal> {
  const { body, orElse } = parts
  const cursor = openLoop(parts, frame, items, render, depth)
  let { close } = cursor
  let isEmpty = true
  try {
    for (;;) {
      if (!cursor.advance()) {
        close = null
        break
      }
      const signal = body(frame)
      if (signal === BREAK) break
      // As in Jinja, an iteration counts that came to its end.
      if (signal === undefined) isEmpty = false
    }
  } finally {
    close?.()
  }
  return isEmpty && orElse !== null ? orElse(frame) : undefined
}

async function runAsync(
  parts: LoopParts,
  frame: Frame,
  items: unknown,
  render: RenderLoop | null,
  depth: number,
): Promise<Signal> {
  const { body, orElse } = parts
  const cursor = await openLoopAsync(parts, frame, items, render, depth)
  let { close } = cursor
  let isEmpty = true
  try {
    for (;;) {
      const next = cursor.advance()
      if (!(typeof next === 'boolean' ? next : await next)) {
        close = null
        break
      }
      const pending = body(frame)
      const signal = pending instanceof Promise ? await pending : pending
      if (signal === BREAK) break
      if (signal === undefined) isEmpty = false
    }
  } finally {
    if (close !== null) await close()
  }
  return isEmpty && orElse !== null ? orElse(frame) : undefined
}

/** As {@link runSync} and {@link runAsync}, piece by piece. */
function* streamLoop(
  parts: LoopParts,
  isAsync: boolean,
  frame: Frame,
  items: unknown,
): Generator<unknown, Signal, unknown> {
  const { body, orElse } = parts
  const cursor = isAsync
    ? ((yield openLoopAsync(parts, frame, items, null, 0)) as LoopCursor<boolean | Promise<boolean>>)
    : openLoop(parts, frame, items, null, 0)
  let { close } = cursor
  let isEmpty = true
  try {
    for (;;) {
      const next = cursor.advance()
      if (!(typeof next === 'boolean' ? next : yield next)) {
        close = null
        break
      }
      const signal = yield* streamOf(body, frame)
      if (signal === BREAK) break
      if (signal === undefined) isEmpty = false
      if (frame.out.length > frame.context.pieceSize) yield undefined
    }
  } finally {
    // Not waited for: whoever leaves early does not ask for more.
    const closing = close?.()
    if (closing instanceof Promise) closing.catch(() => undefined)
  }
  return isEmpty && orElse !== null ? yield* streamOf(orElse, frame) : undefined
}
