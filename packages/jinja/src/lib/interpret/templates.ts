import { isAsyncIterable } from '../runtime/async.ts'
import type { RuntimeTemplate, TemplateChoice } from '../runtime/compiled.ts'
import type { Context } from '../runtime/context.ts'
import {
  extend,
  extendAsync,
  extendedTwice,
  importedName,
  importModule,
  importModuleAsync,
  included,
  includedAsync,
  printedAlone,
  printedAloneAsync,
  renderIncluded,
  renderParent,
  requireBlock,
} from '../runtime/include.ts'
import type { Block, Expression, Extends, FromImport, Import, Include } from '../syntax/ast.ts'
import { buildExpression, positionOf } from './expressions.ts'
import type { Frame } from './frame.ts'
import { whenReady } from './pending.ts'
import type { Place, Unit } from './place.ts'
import { readLocals, refusal } from './place.ts'
import type { Step } from './step.ts'
import { Forwarded, streamable } from './stream.ts'

/** `{% extends name %}` */
export function buildExtends(place: Place, node: Extends): Step {
  const { unit } = place
  if (!place.isTopLevel) {
    throw refusal(place, 'cannot use extend from a non top-level scope', node)
  }
  const name = buildExpression(place, node.template)
  const { line } = node
  const { templateName } = unit.origin
  if (place.isRootLevel) unit.hasKnownExtends = true
  unit.extendsSoFar += 1
  return (frame) => {
    frame.line = line
    if (frame.parent !== null) throw extendedTwice()
    if (!unit.isAsync) {
      frame.parent = extend(frame.context, name(frame), templateName)
      return undefined
    }
    return whenReady(name(frame), async (value) => {
      frame.parent = await extendAsync(frame.context, value, templateName)
      return undefined
    })
  }
}

/** Prints the template that was extended, once the rest has run. */
export function printParent(unit: Unit): Step {
  return streamable(
    (frame) =>
      frame.parent === null ? undefined : printPieces(unit, frame, renderParent(frame.context, frame.parent)),
    function* (frame) {
      if (frame.parent !== null)
        yield new Forwarded(renderParent(frame.context, frame.parent) as Iterable<unknown>)
      return undefined
    },
  )
}

/** `{% block name %}`: renders what the context has under the name. */
export function buildBlock(place: Place, node: Block): Step {
  const { unit } = place
  if (place.isTopLevel && unit.hasKnownExtends) return () => undefined
  const locals = node.scoped ? readLocals(place) : null
  const { line, name } = node
  const pieces = (frame: Frame): unknown => {
    frame.line = line
    if (node.required) requireBlock(frame.context, name)
    const context = locals === null ? frame.lookup : frame.lookup.derived(locals(frame))

    return frame.context.blocks[name]![0]!(context, 0)
  }
  const isCertain = !place.isTopLevel || unit.extendsSoFar === 0
  return streamable(
    (frame) =>
      isCertain || frame.parent === null ? printPieces(place.unit, frame, pieces(frame)) : undefined,
    function* (frame) {
      if (isCertain || frame.parent === null) yield new Forwarded(pieces(frame) as Iterable<unknown>)
      return undefined
    },
  )
}

/** Prints what a block or another template gives: text, or values in native environments. */
function printPieces(unit: Unit, frame: Frame, pieces: unknown): ReturnType<Step> {
  const { environment, mode } = unit
  if (mode === 'asyncStream' && isAsyncIterable(pieces)) {
    return (async () => {
      for await (const piece of pieces) addPiece(environment.isNative, frame, piece)
      return undefined
    })()
  }
  return whenReady(pieces, (settled) => {
    if (typeof settled === 'string') frame.out += settled
    else for (const piece of settled as Iterable<unknown>) addPiece(environment.isNative, frame, piece)
    return undefined
  })
}

function addPiece(isNative: boolean, frame: Frame, piece: unknown): void {
  if (isNative) frame.pieces.push(piece)
  else frame.out += piece as string
}

/** `{% include name %}` */
export function buildInclude(place: Place, node: Include): Step {
  const { isAsync, origin } = place.unit
  const name = buildExpression(place, node.template)
  const choice = choiceOf(node.template)
  const locals = readLocals(place)
  const { ignoreMissing, line, withContext } = node
  const print = (frame: Frame, template: RuntimeTemplate | null): ReturnType<Step> => {
    if (template === null) return undefined
    if (withContext) {
      return printPieces(place.unit, frame, renderIncluded(frame.lookup, template, locals(frame)))
    }
    const pieces = isAsync
      ? printedAloneAsync(frame.context, template)
      : printedAlone(frame.context, template)
    return printPieces(place.unit, frame, pieces)
  }
  return (frame) => {
    frame.line = line
    if (!isAsync) {
      return print(frame, included(frame.context, name(frame), origin.templateName, choice, ignoreMissing))
    }
    return whenReady(name(frame), async (value) =>
      print(frame, await includedAsync(frame.context, value, origin.templateName, choice, ignoreMissing)),
    )
  }
}

function choiceOf(node: Expression): TemplateChoice {
  if (node.kind === 'Tuple' || node.kind === 'List') return 'select'
  if (node.kind !== 'Const') return 'either'
  if (typeof node.value === 'string') return 'one'
  return Array.isArray(node.value) ? 'select' : 'either'
}

/** `{% import name as target %}` */
export function buildImport(place: Place, node: Import): Step {
  const load = moduleLoader(place, node)
  const at = place.slots.own(place.symbols.ref(node.target))
  const { line, target } = node
  return (frame) => {
    frame.line = line
    return whenReady(load(frame), (module) => {
      frame.slots[at] = module
      if (place.isTopLevel) frame.context.setImported(target, module)
      return undefined
    })
  }
}

/** `{% from name import member as alias, … %}` */
export function buildFromImport(place: Place, node: FromImport): Step {
  const load = moduleLoader(place, node)
  const members = node.names.map(({ name, alias }) => ({
    name,
    alias,
    at: place.slots.own(place.symbols.ref(alias)),
  }))
  const position = positionOf(place, node.line)
  const { line } = node
  return (frame) => {
    frame.line = line
    return whenReady(load(frame), (module) => {
      for (const { name, alias, at } of members) {
        const value = importedName(frame.context, module as never, name, position)
        frame.slots[at] = value
        if (place.isTopLevel) frame.context.setImported(alias, value)
      }
      return undefined
    })
  }
}

function moduleLoader(place: Place, node: Import | FromImport): (frame: Frame) => unknown {
  const { isAsync, origin } = place.unit
  const name = buildExpression(place, node.template)
  const locals = node.withContext ? readLocals(place) : () => undefined
  const contextOf = (frame: Frame): Context => (node.withContext ? frame.lookup : frame.context)
  if (!isAsync) {
    return (frame) => importModule(contextOf(frame), name(frame), origin.templateName, locals(frame))
  }
  return (frame) =>
    whenReady(name(frame), (value) =>
      importModuleAsync(contextOf(frame), value, origin.templateName, locals(frame)),
    )
}
