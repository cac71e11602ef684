import { analyzeFrame } from '../analyze/scopes.ts'
import { isPromise } from '../runtime/async.ts'
import { textPiece } from '../runtime/output.ts'
import type {
  EvalContextModifier,
  FilterBlock,
  If,
  Keyword,
  OverlayScope,
  Scope,
  ScopedEvalContextModifier,
  Statement,
  With,
} from '../syntax/ast.ts'
import type { NodeOfKind } from '../syntax/visitor.ts'
import { isTrue } from '../values/truth.ts'
import { blockInput, buildAssign, buildAssignBlock, buildTarget } from './assign.ts'
import { buildFilter } from './calls.ts'
import { buildExpression } from './expressions.ts'
import type { Frame } from './frame.ts'
import { buildFor } from './loops.ts'
import { buildCallBlock, buildMacro } from './macros.ts'
import { buildOutput, capture, printRaw } from './output.ts'
import { afterwards, sequence, statement, whenReady } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, readLocals } from './place.ts'
import type { Signal, Step, StreamStep } from './step.ts'
import { BREAK, CONTINUE } from './step.ts'
import { streamable, streamOf } from './stream.ts'
import { buildBlock, buildExtends, buildFromImport, buildImport, buildInclude } from './templates.ts'

/** The closure of statements behind each other. */
export function buildBody(place: Place, body: readonly Statement[]): Step {
  const steps: Step[] = []
  for (const node of body) {
    const isLast = leavesFor(place, node)
    steps.push(buildStatement(place, node))
    // What cannot be reached is not looked at.
    if (isLast) break
  }
  return sequence(place.unit.isAsync, steps)
}

function leavesFor(place: Place, node: Statement): boolean {
  if (node.kind === 'Extends') return place.unit.extendsSoFar > 0 && place.unit.hasKnownExtends
  return node.kind === 'Break' || node.kind === 'Continue'
}

type Builders = { readonly [Kind in Statement['kind']]: (place: Place, node: NodeOfKind<Kind>) => Step }

const builders: Builders = {
  Output: buildOutput,
  Extends: buildExtends,
  For: buildFor,
  If: buildIf,
  Macro: buildMacro,
  CallBlock: buildCallBlock,
  FilterBlock: buildFilterBlock,
  With: buildWith,
  Block: buildBlock,
  Include: buildInclude,
  Import: buildImport,
  FromImport: buildFromImport,
  ExprStmt: (place, { line, node }) =>
    statement(place.unit.isAsync, line, buildExpression(place, node), () => undefined),
  Assign: buildAssign,
  AssignBlock: buildAssignBlock,
  Break: (place) => jump(place, "'break' outside loop", BREAK),
  Continue: (place) => jump(place, "'continue' not properly in loop", CONTINUE),
  Scope: buildScope,
  OverlayScope: buildOverlayScope,
  EvalContextModifier: buildModifier,
  ScopedEvalContextModifier: buildScopedModifier,
}

function buildStatement(place: Place, node: Statement): Step {
  return (builders[node.kind] as (place: Place, node: Statement) => Step)(place, node)
}

function jump(place: Place, message: string, signal: Signal): Step {
  if (place.openLoops === 0) throw new SyntaxError(message)
  return () => signal
}

function buildIf(place: Place, node: If): Step {
  const { isAsync } = place.unit
  const soft = place.soft()
  const branches = [node, ...node.elifs].map(({ test, body, line }) => ({
    line,
    test: buildExpression(soft, test),
    body: buildBody(soft, body),
  }))
  const orElse = buildBody(soft, node.orElse)
  const stream: StreamStep = function* (frame) {
    for (const { line, test, body } of branches) {
      frame.line = line
      const value = test(frame)
      if (isTrue(isAsync && isPromise(value) ? yield Promise.resolve(value) : value)) {
        return yield* streamOf(body, frame)
      }
    }
    return yield* streamOf(orElse, frame)
  }
  if (isAsync) {
    const from = (frame: Frame, index: number): ReturnType<Step> => {
      const branch = branches[index]
      if (branch === undefined) return orElse(frame)
      frame.line = branch.line
      return whenReady(branch.test(frame), (value) =>
        isTrue(value) ? branch.body(frame) : from(frame, index + 1),
      ) as ReturnType<Step>
    }
    return streamable((frame) => from(frame, 0), stream)
  }
  return streamable((frame) => {
    for (const { line, test, body } of branches) {
      frame.line = line
      if (isTrue(test(frame))) return body(frame)
    }
    return orElse(frame)
  }, stream)
}

function buildWith(place: Place, node: With): Step {
  const inner = place.inner()
  analyzeFrame(inner.symbols, node)
  const enter = enterScope(inner)
  const { line } = node
  const assignments = node.targets.map((target, index): Step => {
    const value = buildExpression(place, node.values[index]!)
    const store = buildTarget(inner, target)
    return statement(place.unit.isAsync, line, value, (frame, result) => {
      store(frame, result)
      return undefined
    })
  })
  const body = buildBody(inner, node.body)
  const first: Step = (frame) => {
    frame.line = line
    return enter(frame)
  }
  return sequence(place.unit.isAsync, [first, ...assignments, body])
}

/** `{% filter … %}…{% endfilter %}` */
function buildFilterBlock(place: Place, node: FilterBlock): Step {
  const inner = place.inner()
  analyzeFrame(inner.symbols, node)
  const enter = enterScope(inner)
  const body = buildBody(inner, node.body)
  const printedAt = place.slots.unnamed()
  const value = buildFilter(inner, node.filter, blockInput(place, printedAt))
  const { environment, isAsync } = place.unit
  const print = statement(isAsync, node.line, value, (frame, result) =>
    printRaw(environment, frame, environment.isNative ? result : textPiece(result)),
  )
  return capture(place, sequence(isAsync, [enter, body]), (frame, printed) => {
    frame.slots[printedAt] = printed
    return print(frame)
  })
}

function buildScope(place: Place, node: Scope): Step {
  const inner = place.inner()
  analyzeFrame(inner.symbols, node)
  return sequence(place.unit.isAsync, [enterScope(inner), buildBody(inner, node.body)])
}

function buildOverlayScope(place: Place, node: OverlayScope): Step {
  const variables = buildExpression(place, node.context)
  const locals = readLocals(place)
  const inner = place.isolated()
  analyzeFrame(inner.symbols, node)
  const body = sequence(place.unit.isAsync, [enterScope(inner), buildBody(inner, node.body)])
  return statement(place.unit.isAsync, node.line, variables, (frame, mapping) => {
    const { lookup } = frame
    const leave = (signal: Signal): Signal => {
      frame.lookup = lookup
      return signal
    }
    frame.lookup = lookup.derived(locals(frame)).overlaid(mapping)
    return afterwards(body(frame), leave)
  })
}

/** Changes settings, for all that follows in the template. */
function buildModifier(place: Place, node: EvalContextModifier | ScopedEvalContextModifier): Step {
  const { unit, state } = place
  const { line } = node
  return sequence(
    unit.isAsync,
    node.options.map(({ key, value }: Keyword): Step => {
      const build = buildExpression(place, value)
      const constant = unit.folder.fold(value, state)
      if (constant === null) state.volatile = true
      else if (key === 'autoescape') state.autoescape = isTrue(constant.value)
      else if (key === 'volatile') state.volatile = isTrue(constant.value)
      return statement(unit.isAsync, line, build, (frame, result) => {
        Object.assign(frame.context.evalContext, {
          [key]: key === 'autoescape' ? isTrue(result) : result,
        })
        return undefined
      })
    }),
  )
}

function buildScopedModifier(place: Place, node: ScopedEvalContextModifier): Step {
  const { state } = place
  const saved = { ...state }
  const modify = buildModifier(place, node)
  const body = buildBody(place, node.body)
  Object.assign(state, saved)
  const step = sequence(place.unit.isAsync, [modify, body])
  return streamable(
    (frame) => {
      const { evalContext } = frame.context
      const before = evalContext.save()
      const leave = (signal: Signal): Signal => {
        evalContext.revert(before)
        return signal
      }
      return afterwards(step(frame), leave)
    },
    function* (frame) {
      const { evalContext } = frame.context
      const before = evalContext.save()
      const signal = yield* streamOf(step, frame)
      evalContext.revert(before)
      return signal
    },
  )
}
