import { analyzeLoop, walk } from '../analyze/scopes.ts'
import { loopUsage } from '../compile/loop-usage.ts'
import { allItems, isAsyncIterable, isPromise } from '../runtime/async.ts'
import type { RuntimeEnvironment } from '../runtime/compiled.ts'
import type { RenderLoop } from '../runtime/loop.ts'
import { checkLoopDepth, LoopContext, loopResult } from '../runtime/loop.ts'
import type { For } from '../syntax/ast.ts'
import { toArray } from '../values/iterate.ts'
import { isTrue } from '../values/truth.ts'
import { buildTarget } from './assign.ts'
import { buildExpression } from './expressions.ts'
import { Frame } from './frame.ts'
import { printer } from './output.ts'
import type { Signal, Step } from './pending.ts'
import { BREAK, whenReady } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, refusal } from './place.ts'
import { buildBody } from './statements.ts'
import type { StreamStep } from './stream.ts'
import { streamable, streamOf } from './stream.ts'

/** `{% for target in iter if test recursive %}…{% else %}…{% endfor %}` */
export function buildFor(place: Place, node: For): Step {
  refuseLoopTarget(place, node)
  return node.recursive ? recursiveLoop(place, node) : plainLoop(place, node)
}

function plainLoop(place: Place, node: For): Step {
  const items = buildExpression(place, node.iter)
  const parts = buildParts(place, node)
  const { isAsync } = place.unit
  const { line } = node
  const stream: StreamStep = function* (frame) {
    frame.line = line
    const value = items(frame)
    return yield* streamLoop(
      parts,
      isAsync,
      frame,
      isAsync && isPromise(value) ? yield Promise.resolve(value) : value,
    )
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
function recursiveLoop(place: Place, node: For): Step {
  const items = buildExpression(place, node.iter)
  const inner = place.innerFunction()
  const parts = buildParts(inner, node, inner)
  const print = printer(place)
  const { environment, isAsync } = place.unit
  const { line } = node
  const renderFrom = (outer: Frame): RenderLoop => {
    const render: RenderLoop = (value, depth) => {
      checkLoopDepth(outer.context, depth)
      const frame = new Frame(inner.slots.size, outer, outer.context, line)
      const finish = (): unknown => {
        const printed = environment.isNative ? environment.concat(frame.pieces) : frame.out
        return loopResult(printed, frame.context.evalContext.autoescape)
      }
      const signal = isAsync
        ? runAsync(parts, frame, value, render, depth)
        : runSync(parts, frame, value, render, depth)
      return signal instanceof Promise ? signal.then(finish) : finish()
    }
    return render
  }
  return (frame) => {
    frame.line = line
    const render = renderFrom(frame)
    const finish = (printed: unknown): undefined => {
      print(frame, printed)
      return undefined
    }
    if (!isAsync) return finish(render(items(frame), 0))
    return whenReady(items(frame), (value) => whenReady(render(value, 0), finish)) as Promise<undefined>
  }
}

function buildParts(place: Place, node: For, loopPlace: Place = place.inner()): LoopParts {
  const usage = loopUsage(node)
  loopPlace.isLoop = true
  loopPlace.openLoops += 1
  const loopAt = usage.isExtended ? loopPlace.slots.own(loopPlace.symbols.declareParameter('loop')) : null
  analyzeLoop(loopPlace.symbols, node, 'body')
  const keep = node.test === null ? null : buildTest(place, node)
  const store = buildTarget(loopPlace, node.target)
  const enter = enterScope(loopPlace)
  const body = buildBody(loopPlace, node.body)
  const orElse = buildElse(place, node)
  const begin = (frame: Frame, item: unknown): void => {
    frame.context.meter?.step()
    store(frame, item)
    enter(frame)
  }
  return { loopAt, keep, begin, body, orElse, environment: place.unit.environment }
}

/** What a loop consists of. */
interface LoopParts {
  /** Where the variable `loop` lies, if the loop uses it. */
  readonly loopAt: number | null
  /** The condition of the loop. */
  readonly keep: ((frame: Frame, item: unknown) => unknown) | null
  /** Gives the variables of the body their values. */
  readonly begin: (frame: Frame, item: unknown) => void
  readonly body: Step
  readonly orElse: Step | null
  readonly environment: RuntimeEnvironment
}

function runSync(
  { loopAt, keep, begin, body, orElse, environment }: LoopParts,
  frame: Frame,
  given: unknown,
  render: RenderLoop | null,
  depth: number,
): Signal | Promise<Signal> {
  const items = keep === null ? given : toArray(given).filter((item) => isTrue(keep(frame, item)))
  let isEmpty = true
  if (loopAt === null) {
    const array = toArray(items)
    for (let index = 0; index < array.length; index++) {
      isEmpty = false
      begin(frame, array[index])
      if (body(frame) === BREAK) break
    }
  } else {
    const loop = new LoopContext(items, environment, render, depth)
    frame.slots[loopAt] = loop
    while (loop.advance()) {
      isEmpty = false
      begin(frame, loop.current())
      if (body(frame) === BREAK) break
    }
  }
  return isEmpty && orElse !== null ? orElse(frame) : undefined
}

async function runAsync(
  { loopAt, keep, begin, body, orElse, environment }: LoopParts,
  frame: Frame,
  given: unknown,
  render: RenderLoop | null,
  depth: number,
): Promise<Signal> {
  let items = given
  if (keep !== null) items = await keptItems(frame, given, keep)
  let isEmpty = true
  if (loopAt !== null) {
    const loop = new LoopContext(await allItems(items), environment, render, depth)
    frame.slots[loopAt] = loop
    while (loop.advance()) {
      isEmpty = false
      begin(frame, loop.current())
      if ((await body(frame)) === BREAK) break
    }
  } else if (isAsyncIterable(items)) {
    for await (const item of items) {
      isEmpty = false
      begin(frame, item)
      if ((await body(frame)) === BREAK) break
    }
  } else {
    for (const item of toArray(items)) {
      isEmpty = false
      begin(frame, item)
      if ((await body(frame)) === BREAK) break
    }
  }
  return isEmpty && orElse !== null ? orElse(frame) : undefined
}

async function keptItems(
  frame: Frame,
  items: unknown,
  keep: (frame: Frame, item: unknown) => unknown,
): Promise<unknown[]> {
  const kept: unknown[] = []
  for (const item of toArray(await allItems(items))) if (isTrue(await keep(frame, item))) kept.push(item)
  return kept
}

/** As {@link runSync} and {@link runAsync}, piece by piece. */
function* streamLoop(
  { loopAt, keep, begin, body, orElse, environment }: LoopParts,
  isAsync: boolean,
  frame: Frame,
  given: unknown,
): Generator<unknown, Signal, unknown> {
  let items = given
  if (keep !== null) {
    items = isAsync
      ? yield keptItems(frame, given, keep)
      : toArray(given).filter((item) => isTrue(keep(frame, item)))
  }
  const isAsyncSource = isAsync && isAsyncIterable(items)
  if (isAsyncSource && loopAt !== null) items = yield allItems(items)
  const loop = loopAt === null ? null : new LoopContext(items, environment)
  if (loopAt !== null) frame.slots[loopAt] = loop
  const iterator: Iterator<unknown> | AsyncIterator<unknown> | null =
    loop !== null
      ? null
      : isAsyncSource
        ? (items as AsyncIterable<unknown>)[Symbol.asyncIterator]()
        : toArray(items)[Symbol.iterator]()
  let isEmpty = true
  for (;;) {
    let item: unknown
    if (loop !== null) {
      if (!loop.advance()) break
      item = loop.current()
    } else {
      const next = iterator!.next()
      const step = (next instanceof Promise ? yield next : next) as IteratorResult<unknown>
      if (step.done === true) break
      item = step.value
    }
    isEmpty = false
    begin(frame, item)
    if ((yield* streamOf(body, frame)) === BREAK) {
      if (isAsyncSource) yield Promise.resolve((iterator as AsyncIterator<unknown> | null)?.return?.())
      break
    }
    if (frame.out.length >= frame.context.pieceSize) yield undefined
  }
  return isEmpty && orElse !== null ? yield* streamOf(orElse, frame) : undefined
}

/** The condition of a loop, asked of an item. */
function buildTest(place: Place, node: For): (frame: Frame, item: unknown) => unknown {
  const testPlace = place.inner()
  analyzeLoop(testPlace.symbols, node, 'test')
  const store = buildTarget(testPlace, node.target)
  const enter = enterScope(testPlace)
  const test = buildExpression(testPlace, node.test!)
  const { line } = node.test!
  return (frame, item) => {
    frame.line = line
    store(frame, item)
    enter(frame)
    return test(frame)
  }
}

function buildElse(place: Place, node: For): Step | null {
  if (node.orElse.length === 0) return null
  const elsePlace = place.inner()
  analyzeLoop(elsePlace.symbols, node, 'else')
  const enter = enterScope(elsePlace)
  const body = buildBody(elsePlace, node.orElse)
  return (frame) => {
    enter(frame)
    return body(frame)
  }
}

function refuseLoopTarget(place: Place, node: For): void {
  for (const each of walk([node])) {
    if (each.kind !== 'Name' || each.ctx !== 'store' || each.name !== 'loop') continue
    throw refusal(place, "Can't assign to special loop variable in for-loop target", each)
  }
}
