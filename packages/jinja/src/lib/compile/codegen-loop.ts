import { analyzeLoop } from '../analyze/scopes.ts'
import type { For } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'
import type { Codegen } from './codegen.ts'
import { bindTarget } from './codegen-assign.ts'
import type { Frame } from './frame.ts'
import type { LoopUsage } from './loop-usage.ts'
import { loopUsage, namesItsItems, some } from './loop-usage.ts'

/** The frames of a loop, and how it is written. */
interface Loop {
  readonly node: For
  readonly outer: Frame
  readonly body: Frame
  /** Of the test, or `null`. */
  readonly test: Frame | null
  readonly usage: LoopUsage
  /** The variable that says that nothing was walked, if that is asked. */
  readonly isEmpty: string | null
}

export function forStatement(gen: Codegen, node: For, frame: Frame): void {
  if (gen.contents.stored.has('loop')) {
    walk(node, (each) => {
      if (each.kind === 'Name' && each.ctx === 'store' && each.name === 'loop') {
        gen.fail("Can't assign to special loop variable in for-loop target", each)
      }
    })
  }
  const loop: Loop = {
    node,
    outer: frame,
    body: frame.inner(),
    // On one level with the body, and inside of it in the code.
    test: node.test === null ? null : frame.inner(frame.fn, 'f'),
    usage: loopUsage(node, gen.contents),
    isEmpty: node.orElse.length > 0 ? gen.unique('e') : null,
  }
  loop.body.isLoop = true
  if (loop.usage.isExtended) loop.body.symbols.declareParameter('loop')
  analyzeLoop(loop.body.symbols, node, 'body')
  loop.body.storeCounts = gen.storeCounts(node.body)
  if (loop.test !== null) analyzeLoop(loop.test.symbols, node, 'test')
  gen.line(frame, node.line)
  if (node.recursive) recursiveLoop(gen, loop)
  else {
    gen.write('{')
    if (loop.isEmpty !== null) gen.write(`let ${loop.isEmpty} = true;`)
    const items = gen.value(node.iter, frame)
    if (loop.usage.needsObject || needsObjectHere(gen, loop)) objectLoop(gen, loop, items, 'null, 0')
    else plainLoop(gen, loop, items)
    elseBranch(gen, loop, frame)
    gen.write('}')
  }
  frame.fn.line = null
}

/** Whether items are taken one by one, so that a loop can end without having asked for all. */
function isLazy(gen: Codegen, { node, usage }: Loop): boolean {
  // In a sandbox, a generator without an end must not be read before steps are counted.
  if (gen.isMetered || (gen.isStream && !gen.isAsync)) return true
  if (!usage.looksAround && namesItsItems(node, gen.contents)) return true
  return gen.contents.kinds.has('Break') && some(node.body, ({ kind }) => kind === 'Break')
}

/** Members that look around need all items in an array, which lazy and filtered loops do not have. */
function needsObjectHere(gen: Codegen, loop: Loop): boolean {
  return loop.usage.looksAround && (loop.node.test !== null || isLazy(gen, loop))
}

/** A loop without an object: an index, and what is computed from it. */
function plainLoop(gen: Codegen, loop: Loop, iter: string): void {
  const { node, usage, body } = loop
  const items = gen.unique('s')
  const index = gen.unique('i')
  let item = gen.unique('x')
  const isCounted = node.test !== null
  const index0 = isCounted ? gen.unique('c') : index
  const memory = gen.unique('m')
  if (usage.isExtended) body.inlineLoop = { ref: body.symbols.ref('loop'), items, index0, memory }
  if (usage.asksForChanges) gen.write(`const ${memory} = { values: null };`)
  if (isCounted) gen.write(`let ${index0} = -1;`)
  const isAwaited = gen.isAsync && !usage.looksAround
  if (isAwaited) {
    gen.write(`const ${items} = ${gen.rt('asyncItems')}(${iter}); try {`)
    gen.write(`for (let ${index} = 0; ; ${index}++) { let ${item};`)
    gen.write(
      `if (Array.isArray(${items})) { if (${index} >= ${items}.length) break; ${item} = ${items}[${index}]; }`,
    )
    gen.write(`else { const step = await ${items}.next(); if (step.done) break; ${item} = step.value; }`)
  } else if (isLazy(gen, loop) && !usage.looksAround) {
    gen.write(`let ${index} = -1; for (const ${item} of ${gen.rt('lazyItems')}(${iter})) { ${index}++;`)
  } else {
    const source = gen.isAsync ? `await ${gen.rt('allItems')}(${iter})` : iter
    gen.write(`const ${items} = ${gen.rt('toArray')}(${source});`)
    gen.write(`for (let ${index} = 0; ${index} < ${items}.length; ${index}++) {`)
    // Where the item is used once, it needs no variable.
    if (!isCounted) item = `${items}[${index}]`
    else gen.write(`const ${item} = ${items}[${index}];`)
  }
  if (isCounted) {
    filterTest(gen, loop, item, 'if (!(', ')) continue;')
    gen.write(`${index0}++;`)
  }
  loopBody(gen, loop, item)
  gen.write('}')
  // Where items come one by one, their source learns that a loop has ended early.
  if (isAwaited) {
    gen.write(`} finally { if (!Array.isArray(${items})) await ${gen.rt('closeItems')}(${items}); }`)
  }
}

/** Asks the test of a loop about an item. */
function filterTest(gen: Codegen, { node, test }: Loop, item: string, before: string, after: string): void {
  if (test === null) return
  bindTarget(gen, node.target, item, test, 'let ')
  gen.enterFrame(test)
  gen.step()
  gen.line(test, node.test!.line)
  gen.write(`${before}${gen.test(node.test!, test)}${after}`)
}

function loopBody(gen: Codegen, { node, body, isEmpty }: Loop, item: string): void {
  const { fn } = body
  fn.line = null
  gen.step()
  if (node.target.kind === 'Tuple') gen.line(body, node.line)
  bindTarget(gen, node.target, item, body, 'let ')
  gen.enterFrame(body)
  fn.openLoops++
  gen.statements(node.body, body)
  fn.openLoops--
  gen.flush()
  if (isEmpty !== null) gen.write(`${isEmpty} = false;`)
  fn.line = null
}

/** A loop whose variable `loop` is an object, which walks the items. */
function objectLoop(gen: Codegen, loop: Loop, iter: string, recursion: string): void {
  const { node, body } = loop
  const ref = body.symbols.ref('loop')
  let items = iter
  if (gen.isAsync) items = `await ${gen.rt('allItems')}(${iter})`
  if (node.test !== null) items = filteredItems(gen, loop, items)
  gen.write(`const ${ref} = new ${gen.rt('LoopContext')}(${items}, env, ${recursion});`)
  gen.write(`while (${ref}.__advance__()) {`)
  loopBody(gen, loop, `${ref}.__current__()`)
  gen.write('}')
}

/** The items that pass the test: one by one as the loop asks for them, or all at once in async templates. */
function filteredItems(gen: Codegen, loop: Loop, iter: string): string {
  const name = gen.unique('g')
  const item = gen.unique('x')
  const source = gen.unique('s')
  if (gen.isAsync) {
    gen.write(`const ${name} = []; for (const ${item} of ${gen.rt('toArray')}(${iter})) {`)
    filterTest(gen, loop, item, 'if (', `) ${name}.push(${item});`)
    gen.write('}')
    return name
  }
  gen.write(
    `const ${source} = ${iter}; const ${name} = function* () { for (const ${item} of ${gen.rt('lazyItems')}(${source})) {`,
  )
  filterTest(gen, loop, item, 'if (', `) yield ${item};`)
  gen.write('} };')
  loop.outer.fn.line = null
  return `${name}()`
}

function elseBranch(gen: Codegen, { node, isEmpty }: Loop, frame: Frame): void {
  if (isEmpty === null) return
  const orElse = frame.inner()
  analyzeLoop(orElse.symbols, node, 'else')
  orElse.storeCounts = gen.storeCounts(node.orElse)
  gen.write(`if (${isEmpty}) {`)
  frame.fn.line = null
  gen.enterFrame(orElse)
  gen.statements(node.orElse, orElse)
  gen.write('}')
}

/** A loop that can call itself: a function of its own, which prints into its own text. */
function recursiveLoop(gen: Codegen, loop: Loop): void {
  const { node, outer, body, isEmpty } = loop
  const { fn } = outer
  const name = gen.unique('loop')
  const render = gen.unique('again')
  const items = gen.unique('items')
  const openLoops = fn.openLoops
  fn.openLoops = 0
  const inside = outer.inner()
  // A function of the code, but no scope of the template.
  gen.write(`${gen.isAsync ? 'async ' : ''}function ${name}(${items}, depth0) {`)
  const buffer = gen.unique('out')
  gen.openBuffer(inside, buffer)
  body.buffer = buffer
  body.isStreamed = false
  if (isEmpty !== null) gen.write(`let ${isEmpty} = true;`)
  fn.line = null
  objectLoop(gen, loop, items, `${render}, depth0`)
  const orElse = outer.inner()
  orElse.buffer = buffer
  orElse.isStreamed = false
  elseBranch(gen, { ...loop }, orElse)
  gen.flush()
  gen.write(`return ${gen.bufferContent(inside)}; }`)
  fn.openLoops = openLoops
  const escaping = gen.state.volatile ? 'null' : String(gen.state.autoescape)
  gen.write(`const ${render} = ${gen.rt('recursiveLoop')}(context, ${name}, ${escaping});`)
  fn.line = null
  gen.line(outer, node.line)
  const first = `${name}(${gen.value(node.iter, outer)}, 0)`
  gen.print(outer, gen.isAsync ? `await ${first}` : first)
  gen.flush()
}
