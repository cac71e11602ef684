import type { Compiler, Execute, Run } from './compiler.ts'
import type { Output } from './context.ts'
import type { Frame } from './frame.ts'
import type { For } from './nodes.ts'
import type { Waiting } from './waiting.ts'
import { after, inTurn, withValue } from './waiting.ts'

/** `loop` inside of a loop. */
interface LoopVariable {
  index: number
  index0: number
  revindex: number
  revindex0: number
  first: boolean
  last: boolean
  length: number
}

/** The rows of a loop: the values of its names for each turn. */
interface Rows {
  readonly length: number
  declare(frame: Frame, index: number): void
}

export function loopCode(compiler: Compiler, node: For): Execute {
  const items = compiler.expression(node.arr)
  const names =
    node.name.kind === 'Symbol'
      ? [node.name.value]
      : node.name.children.map((name) => (name.kind === 'Symbol' ? name.value : ''))
  const body = compiler.scoped(node.body, true)
  const otherwise = node.else_ === null ? null : compiler.scoped(node.else_, true)
  const isParallel = node.kind === 'AsyncAll'
  return compiler.located(node, (run: Run, outer: Frame, out: Output) =>
    withValue(items(run, outer), (value) =>
      withValue(allItems(value), (list): Waiting => {
        const rows = makeRows(list, names)
        if (rows.length === 0) return otherwise?.(run, outer.push(), out)
        return isParallel ? runTogether(rows, body, run, outer, out) : runInTurn(rows, body, run, outer, out)
      }),
    ),
  )
}

/** All turns share one frame, so that what one of them sets, the next sees. */
function runInTurn(rows: Rows, body: Execute, run: Run, outer: Frame, out: Output): Waiting {
  const frame = outer.push()
  const loop = loopVariable(rows.length)
  frame.declare('loop', loop)
  return inTurn(rows.length, (index) => {
    rows.declare(frame, index)
    advance(loop, index)
    return body(run, frame, out)
  })
}

/** All turns begin at once. What they print comes in order. */
function runTogether(rows: Rows, body: Execute, run: Run, outer: Frame, out: Output): Waiting {
  const outputs: Output[] = []
  const waits: Promise<void>[] = []
  for (let index = 0; index < rows.length; index++) {
    const frame = outer.push()
    const loop = loopVariable(rows.length)
    frame.declare('loop', loop)
    rows.declare(frame, index)
    advance(loop, index)
    const own: Output = { text: '' }
    outputs.push(own)
    const wait = body(run, frame, own)
    if (wait !== undefined) waits.push(wait)
  }
  const all = waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined)
  return after(all, (): undefined => {
    for (const { text } of outputs) out.text += text
  })
}

function loopVariable(length: number): LoopVariable {
  return { index: 1, index0: 0, revindex: length, revindex0: length - 1, first: true, last: false, length }
}

function advance(loop: LoopVariable, index: number): void {
  const { length } = loop
  loop.index = index + 1
  loop.index0 = index
  loop.revindex = length - index
  loop.revindex0 = length - index - 1
  loop.first = index === 0
  loop.last = index === length - 1
}

/** The items of iterables as an array, of async ones as a promise of it; other values as they are. */
function allItems(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>)
  return Symbol.asyncIterator in value ? collect(value as AsyncIterable<unknown>) : value
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = []
  for await (const item of items) all.push(item)
  return all
}

/** One name gets the items of a list or the characters of text; several get the parts of each item, or the keys and values of an object. */
function makeRows(value: unknown, names: readonly string[]): Rows {
  const [first = '', second = ''] = names
  if (names.length > 1 && !Array.isArray(value)) {
    const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : []
    return {
      length: pairs.length,
      declare(frame, index) {
        frame.declare(first, pairs[index]![0])
        frame.declare(second, pairs[index]![1])
      },
    }
  }
  const items =
    Array.isArray(value) || typeof value === 'string' || value instanceof String ? value : arrayLike(value)
  if (names.length <= 1) {
    return { length: items.length, declare: (frame, index) => frame.declare(first, items[index]) }
  }
  return {
    length: items.length,
    declare(frame, index) {
      const row = items[index] as ArrayLike<unknown>
      names.forEach((name, part) => {
        frame.declare(name, row[part])
      })
    },
  }
}

const NOTHING: ArrayLike<unknown> = []

function arrayLike(value: unknown): ArrayLike<unknown> {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'length')) return NOTHING
  const { length } = value as ArrayLike<unknown>
  return typeof length === 'number' && length > 0 ? (value as ArrayLike<unknown>) : NOTHING
}
