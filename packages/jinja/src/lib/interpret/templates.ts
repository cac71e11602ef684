import { isAsyncIterable } from '../runtime/async.ts'
import type { RuntimeTemplate, TemplateChoice } from '../runtime/compiled.ts'
import type { Context } from '../runtime/context.ts'
import {
  extended,
  extendedTwice,
  importedName,
  noneIncluded,
  renderIncluded,
  renderParent,
  requireBlock,
} from '../runtime/include.ts'
import type { TemplateModule } from '../runtime/template-module.ts'
import type { Block, Expression, Extends, FromImport, Import, Include } from '../syntax/ast.ts'
import { buildExpression, positionOf } from './expressions.ts'
import type { Frame } from './frame.ts'
import { afterwards, statement, whenReady } from './pending.ts'
import type { Place, Unit } from './place.ts'
import { readLocals, refusal } from './place.ts'
import type { Expr, Step } from './step.ts'
import { Forwarded, streamable } from './stream.ts'

/** `{% extends name %}` */
export function buildExtends(place: Place, node: Extends): Step {
  const { unit } = place
  if (!place.isTopLevel) {
    throw refusal(place, 'cannot use extend from a non top-level scope', node)
  }
  const name = buildExpression(place, node.template)
  if (place.isRootLevel) unit.hasKnownExtends = true
  unit.extendsSoFar += 1
  const once: Expr = (frame) => {
    if (frame.parent !== null) throw extendedTwice()
    return name(frame)
  }
  return statement(unit.isAsync, node.line, once, (frame, value) =>
    afterwards(load(unit, frame.context, value, 'one'), (parent) => {
      frame.parent = extended(frame.context, parent)
      return undefined
    }),
  )
}

/** A template by name; a promise of it where templates wait. */
function load(
  { isAsync, origin }: Unit,
  { environment }: Context,
  name: unknown,
  choice: TemplateChoice,
): RuntimeTemplate | Promise<RuntimeTemplate> {
  return isAsync
    ? environment.loadTemplate(name, origin.templateName, choice)
    : environment.loadTemplateSync(name, origin.templateName, choice)
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
  const { unit } = place
  const name = buildExpression(place, node.template)
  const choice = choiceOf(node.template)
  const locals = readLocals(place)
  const { ignoreMissing, withContext } = node
  const missing = (error: unknown): null => noneIncluded(error, ignoreMissing)
  const included = (
    context: Context,
    value: unknown,
  ): RuntimeTemplate | null | Promise<RuntimeTemplate | null> => {
    try {
      const found = load(unit, context, value, choice)
      return found instanceof Promise ? found.catch(missing) : found
    } catch (error) {
      return missing(error)
    }
  }
  const print = (frame: Frame, template: RuntimeTemplate | null): ReturnType<Step> => {
    if (template === null) return undefined
    if (withContext) return printPieces(unit, frame, renderIncluded(frame.lookup, template, locals(frame)))
    return afterwards(sharedModule(unit, frame.context, template, false), (module) =>
      printPieces(unit, frame, module.printed()),
    )
  }
  return statement(unit.isAsync, node.line, name, (frame, value) =>
    afterwards(included(frame.context, value), (template) => print(frame, template)),
  )
}

/** The module of a template without the variables of the current one; a promise of it where templates wait. */
function sharedModule(
  { isAsync }: Unit,
  context: Context,
  template: RuntimeTemplate,
  isImport: boolean,
): TemplateModule | Promise<TemplateModule> {
  return isAsync ? template.defaultModuleAsync(context, isImport) : template.defaultModule(context, isImport)
}

function choiceOf(node: Expression): TemplateChoice {
  if (node.kind === 'Tuple' || node.kind === 'List') return 'select'
  if (node.kind !== 'Const') return 'either'
  if (typeof node.value === 'string') return 'one'
  return Array.isArray(node.value) ? 'select' : 'either'
}

/** `{% import name as target %}` */
export function buildImport(place: Place, node: Import): Step {
  const at = place.slots.own(place.symbols.ref(node.target))
  return importing(place, node, (frame, module) => {
    frame.slots[at] = module
    if (place.isTopLevel) frame.context.setImported(node.target, module)
  })
}

/** `{% from name import member as alias, … %}` */
export function buildFromImport(place: Place, node: FromImport): Step {
  const members = node.names.map(({ name, alias }) => ({
    name,
    alias,
    at: place.slots.own(place.symbols.ref(alias)),
  }))
  const position = positionOf(place, node.line)
  return importing(place, node, (frame, module) => {
    for (const { name, alias, at } of members) {
      const value = importedName(frame.context, module, name, position)
      frame.slots[at] = value
      if (place.isTopLevel) frame.context.setImported(alias, value)
    }
  })
}

/** Loads the module of an import, and takes from it what is imported. */
function importing(
  place: Place,
  node: Import | FromImport,
  take: (frame: Frame, module: TemplateModule) => void,
): Step {
  const { unit } = place
  const name = buildExpression(place, node.template)
  const locals = node.withContext ? readLocals(place) : null
  const moduleOf = (frame: Frame, template: RuntimeTemplate): TemplateModule | Promise<TemplateModule> => {
    if (locals === null) return sharedModule(unit, frame.context, template, true)
    return unit.isAsync
      ? template.moduleWithinAsync(frame.lookup, locals(frame))
      : template.moduleWithin(frame.lookup, locals(frame))
  }
  return statement(unit.isAsync, node.line, name, (frame, value) =>
    afterwards(load(unit, node.withContext ? frame.lookup : frame.context, value, 'one'), (template) =>
      afterwards(moduleOf(frame, template), (module) => {
        take(frame, module)
        return undefined
      }),
    ),
  )
}
