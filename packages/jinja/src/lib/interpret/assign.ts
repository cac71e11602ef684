import { analyzeFrame } from '../analyze/scopes.ts'
import { asNamespace, unpack } from '../runtime/assign.ts'
import type { Context } from '../runtime/context.ts'
import { made } from '../runtime/meter.ts'
import { marked, markSafe, markSafeIf } from '../runtime/output.ts'
import type { Assign, AssignBlock, Target } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'
import { buildFilter } from './calls.ts'
import { buildExpression, internalRef } from './expressions.ts'
import type { Frame } from './frame.ts'
import { capture } from './output.ts'
import { sequence, statement } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, readVariable } from './place.ts'
import type { Expr, Step } from './step.ts'

/** Stores a value. */
export type Store = (frame: Frame, value: unknown) => void

/** The closure that assigns to a target. */
export function buildTarget(place: Place, target: Target): Store {
  switch (target.kind) {
    case 'Name': {
      const at = place.slots.own(place.symbols.ref(target.name))
      return (frame, value) => {
        frame.slots[at] = value
      }
    }
    case 'InternalName': {
      const at = place.slots.own(internalRef(target.name))
      return (frame, value) => {
        frame.slots[at] = value
      }
    }
    case 'NSRef': {
      const read = readVariable(place, place.symbols.ref(target.name))
      const { attribute } = target
      return (frame, value) => asNamespace(read(frame)).__setattr__(attribute, value)
    }
    case 'Tuple': {
      const stores = target.items.map((item) => buildTarget(place, item as Target))
      return (frame, value) => {
        const items = unpack(value, stores.length)
        for (let index = 0; index < stores.length; index++) stores[index]!(frame, items[index])
      }
    }
  }
}

/** `{% set target = value %}` */
export function buildAssign(place: Place, node: Assign): Step {
  const check = namespaceCheck(place, node.target)
  const value = buildExpression(place, node.node)
  const store = buildTarget(place, node.target)
  const publish = publisher(place, node.target)
  const { line } = node
  const assign = statement(place.unit.isAsync, line, value, (frame, result) => {
    store(frame, result)
    publish(frame)
    return undefined
  })
  return (frame) => {
    frame.line = line
    check(frame)
    return assign(frame)
  }
}

/** `{% set target %}…{% endset %}` */
export function buildAssignBlock(place: Place, node: AssignBlock): Step {
  const { isAsync } = place.unit
  const inner = place.inner()
  // What is stored is not printed: it may stand in a template that extends another.
  inner.requiresOutputCheck = false
  analyzeFrame(inner.symbols, node)
  const body = sequence(isAsync, [enterScope(inner), inner.body(node.body)])
  const printedAt = place.slots.unnamed()
  const value: Expr =
    node.filter === null
      ? (frame) => frame.slots[printedAt]
      : buildFilter(inner, node.filter, blockInput(place, printedAt))
  const check = namespaceCheck(place, node.target)
  const store = buildTarget(place, node.target)
  const publish = publisher(place, node.target)
  const { line } = node
  const assign = statement(isAsync, line, value, (frame, result) => {
    store(frame, made(frame.context, markSafeIf(frame.context, result)))
    publish(frame)
    return undefined
  })
  return capture(place, body, (frame, printed) => {
    frame.slots[printedAt] = printed
    frame.line = line
    check(frame)
    return assign(frame)
  })
}

/** What the innermost filter of a block gets: what was printed, as safe HTML where values are escaped. */
export function blockInput(place: Place, printedAt: number): Expr {
  const { autoescape, volatile } = place.state
  if (volatile) return (frame) => marked(frame.context, frame.slots[printedAt])
  if (autoescape) return (frame) => markSafe(frame.slots[printedAt])
  return (frame) => frame.slots[printedAt]
}

/** Raises for attributes of what is no namespace, before anything is computed. */
function namespaceCheck(place: Place, target: Target): (frame: Frame) => void {
  const names = new Set<string>()
  walk(target, (node) => {
    if (node.kind === 'NSRef') names.add(node.name)
  })
  const readers = Array.from(names, (name) => readVariable(place, place.symbols.ref(name)))
  if (readers.length === 0) return () => undefined
  return (frame) => {
    for (const read of readers) asNamespace(read(frame))
  }
}

/** Tells the context of names that the top level stores. In loops and blocks, remembers them for calls. */
function publisher(place: Place, target: Target): (frame: Frame) => void {
  const names: string[] = []
  walk(target, (node) => {
    if (node.kind === 'Name' && node.ctx === 'store') names.push(node.name)
  })
  if (place.isLoop || place.isBlock) {
    for (const name of names) place.assigned.add(name)
    return () => undefined
  }
  if (!place.isTopLevel || names.length === 0) return () => undefined
  const readers = names.map((name) => ({ name, read: readVariable(place, place.symbols.ref(name)) }))
  return (frame) => {
    for (const { name, read } of readers) {
      publish(frame.context, name, read(frame))
    }
  }
}

/** Stores a variable of the top level. Templates that import this one see it, unless its name begins with `_`. */
export function publish(context: Context, name: string, value: unknown): void {
  if (name.startsWith('_')) context.setVar(name, value)
  else context.exportVar(name, value)
}
