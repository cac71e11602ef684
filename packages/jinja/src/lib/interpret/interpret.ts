import type { Contents } from '../analyze/contents.ts'
import { contentsOf, undeclaredIn } from '../analyze/contents.ts'
import { analyzeFrame } from '../analyze/scopes.ts'
import { staticParent } from '../analyze/static-parent.ts'
import { Symbols } from '../analyze/symbols.ts'
import { Folder } from '../compile/fold.ts'
import { TemplateAssertionError } from '../errors.ts'
import { TemplateReference } from '../runtime/blocks.ts'
import type {
  BlockFunction,
  CompiledTemplate,
  Mode,
  Pieces,
  RootFunction,
  TemplateOrigin,
} from '../runtime/compiled.ts'
import { fail } from '../runtime/failure.ts'
import { step } from '../runtime/meter.ts'
import type { Block, Template } from '../syntax/ast.ts'
import { repr } from '../values/python-text.ts'
import { buildExpression } from './expressions.ts'
import { Frame, Slots } from './frame.ts'
import { sequence } from './pending.ts'
import type { InterpreterEnvironment, Unit } from './place.ts'
import { enterScope, Place } from './place.ts'
import { buildBody } from './statements.ts'
import type { Step } from './step.ts'
import { drive, driveAsync } from './stream.ts'
import { printParent } from './templates.ts'

/**
 * Makes closures of a template: functions that do what its generated code does, for places where code must not be
 * generated. Names are resolved here, once; nothing walks the tree while the template runs.
 */
export function interpretTemplate(
  tree: Template,
  environment: InterpreterEnvironment,
  origin: TemplateOrigin,
  mode: Mode,
): CompiledTemplate {
  const isAsync = mode === 'async' || mode === 'asyncStream'
  const contents = contentsOf(tree)
  const unit: Unit = {
    environment,
    origin,
    mode,
    isAsync,
    folder: new Folder(environment, isAsync),
    contents,
    builders: { expression: buildExpression, body: buildBody },
    hasKnownExtends: false,
    extendsSoFar: 0,
  }
  const nodes = blocksByName(contents, origin)
  const root = buildRoot(unit, tree)
  const blocks: Record<string, BlockFunction> = Object.create(null)
  for (const [name, node] of nodes) blocks[name] = buildBlockFunction(unit, node)
  return { root, parent: staticParent(tree), blocks }
}

/** The blocks of a template by name, those within others too. */
function blocksByName(contents: Contents, origin: TemplateOrigin): Map<string, Block> {
  const blocks = new Map<string, Block>()
  for (const node of contents.blocks) {
    if (blocks.has(node.name)) {
      throw new TemplateAssertionError(`block ${repr(node.name)} defined twice`, {
        ...origin,
        lineno: node.line,
        column: node.column,
      })
    }
    blocks.set(node.name, node)
  }
  return blocks
}

function buildRoot(unit: Unit, tree: Template): RootFunction {
  const place = placeFor(unit)
  const selfAt = undeclaredIn(unit.contents, tree.body, ['self']).has('self')
    ? place.slots.own(place.symbols.declareParameter('self'))
    : null
  analyzeFrame(place.symbols, tree)
  place.isTopLevel = true
  place.isRootLevel = true
  place.requiresOutputCheck = unit.contents.kinds.has('Extends')
  const steps = [enterScope(place), buildBody(place, tree.body)]
  if (place.requiresOutputCheck) steps.push(printParent(unit))
  const body = sequence(unit.isAsync, steps)
  return (context) => {
    const frame = new Frame(place.slots, null, context, 1)
    if (selfAt !== null) frame.slots[selfAt] = new TemplateReference(context)
    return run(unit, frame, body, null)
  }
}

function buildBlockFunction(unit: Unit, node: Block): BlockFunction {
  const place = placeFor(unit)
  place.isBlock = true
  place.block = node.name
  const used = undeclaredIn(unit.contents, node.body, ['self', 'super'])
  const selfAt = used.has('self') ? place.slots.own(place.symbols.declareParameter('self')) : null
  const superAt = used.has('super') ? place.slots.own(place.symbols.declareParameter('super')) : null
  analyzeFrame(place.symbols, node)
  const body = sequence(unit.isAsync, [enterScope(place), buildBody(place, node.body)])
  const part = `block ${JSON.stringify(node.name)}`
  return (context, depth) => {
    step(context)
    const frame = new Frame(place.slots, null, context, node.line)
    if (selfAt !== null) frame.slots[selfAt] = new TemplateReference(context)
    if (superAt !== null) frame.slots[superAt] = context.super(node.name, depth)
    return run(unit, frame, body, part)
  }
}

function placeFor(unit: Unit): Place {
  const autoescape = unit.environment.autoescapeFor(unit.origin.templateName)
  return new Place(unit, new Symbols(), new Slots(null), { autoescape, volatile: false })
}

/** Runs a function of a template, and says where it was if it fails. */
function run(unit: Unit, frame: Frame, body: Step, part: string | null): Pieces {
  const { environment, mode, origin } = unit
  const failed = (error: unknown): never => {
    throw fail(error, origin, frame.line, part, frame.context)
  }
  switch (mode) {
    case 'stream':
      return drive(environment, frame, body, failed)
    case 'asyncStream':
      return driveAsync(environment, frame, body, failed)
    case 'async':
      return runAsync(environment, frame, body).catch(failed)
    case 'sync':
      try {
        body(frame)
        return printed(environment, frame)
      } catch (error) {
        return failed(error)
      }
  }
}

async function runAsync(environment: InterpreterEnvironment, frame: Frame, body: Step): Promise<Pieces> {
  await body(frame)
  return printed(environment, frame)
}

function printed(environment: InterpreterEnvironment, frame: Frame): Pieces {
  return environment.isNative ? frame.pieces : frame.out
}
