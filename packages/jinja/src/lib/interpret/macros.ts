import { undeclaredIn } from '../analyze/contents.ts'
import { analyzeFrame } from '../analyze/scopes.ts'
import { fail } from '../runtime/failure.ts'
import type { MacroCatches, MacroFunction } from '../runtime/macro.ts'
import { enterMacro, Macro } from '../runtime/macro.ts'
import { missingCaller, missingParameter } from '../runtime/member.ts'
import { step } from '../runtime/meter.ts'
import { textPiece } from '../runtime/output.ts'
import type { CallBlock, Macro as MacroNode } from '../syntax/ast.ts'
import { publish } from './assign.ts'
import { buildCall, refuseRepeated } from './calls.ts'
import { buildExpression } from './expressions.ts'
import { Frame } from './frame.ts'
import { printedValue, printRaw } from './output.ts'
import { sequence, statement, strict1 } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, refusal } from './place.ts'
import type { Expr, Signal, Step } from './step.ts'

/** `{% macro name(…) %}…{% endmacro %}` */
export function buildMacro(place: Place, node: MacroNode): Step {
  const make = buildMacroValue(place, node, node.name)
  const at = place.slots.own(place.symbols.ref(node.name))
  const { isTopLevel } = place
  const { name } = node
  return (frame) => {
    const macro = make(frame)
    frame.slots[at] = macro
    if (isTopLevel) publish(frame.context, name, macro)
    return undefined
  }
}

/** `{% call(…) macro(…) %}…{% endcall %}` */
export function buildCallBlock(place: Place, node: CallBlock): Step {
  const caller = buildMacroValue(place, node, null)
  const callerAt = place.slots.unnamed()
  const call = buildCall(place, node.call, (frame) => frame.slots[callerAt])
  const { environment, isAsync } = place.unit
  const print = statement(isAsync, node.line, call, (frame, value) =>
    printRaw(environment, frame, environment.isNative ? value : textPiece(value)),
  )
  return (frame) => {
    frame.slots[callerAt] = caller(frame)
    return print(frame)
  }
}

/** The macro as a value, which sees the variables around it. */
function buildMacroValue(
  place: Place,
  node: MacroNode | CallBlock,
  name: string | null,
): (frame: Frame) => Macro {
  const inner = place.innerFunction()
  inner.requiresOutputCheck = false
  const { catches, refs } = declareParameters(inner, node)
  const places = refs.map((ref) => inner.slots.own(ref))
  const enter = enterScope(inner)
  const given = [...defaultSteps(inner, node), ...(catches.caller ? [callerStep(inner)] : [])]
  const body = sequence(place.unit.isAsync, [...given, inner.body(node.body)])
  const parameters = node.params.map((parameter) => parameter.name)
  const { environment, origin } = place.unit
  const { line } = node
  const part = name === null ? 'call block' : `macro ${JSON.stringify(name)}`
  const begin = (outer: Frame, args: readonly unknown[]): Frame => {
    const frame = new Frame(inner.slots, outer, outer.context, line)
    for (let index = 0; index < places.length; index++) frame.slots[places[index]!] = args[index]
    return frame
  }
  const run = (frame: Frame): Signal | Promise<Signal> => {
    enterMacro(frame.context)
    step(frame.context)
    enter(frame)
    return body(frame)
  }
  const render = (outer: Frame, args: readonly unknown[]): unknown => {
    const frame = begin(outer, args)
    try {
      run(frame)
      return printedValue(environment, frame)
    } catch (error) {
      throw fail(error, origin, frame.line, part, frame.context)
    } finally {
      frame.context.state.macroDepth -= 1
    }
  }
  const renderAsync = async (outer: Frame, args: readonly unknown[]): Promise<unknown> => {
    const frame = begin(outer, args)
    try {
      await run(frame)
      return printedValue(environment, frame)
    } catch (error) {
      throw fail(error, origin, frame.line, part, frame.context)
    } finally {
      frame.context.state.macroDepth -= 1
    }
  }
  const rendering = place.unit.isAsync ? renderAsync : render
  return (outer) => {
    const call: MacroFunction = (...args: unknown[]) => rendering(outer, args)
    return new Macro(call, name, parameters, catches, outer.context.evalContext.autoescape)
  }
}

/** Declares the parameters, and what a macro can ask for besides: `caller`, `kwargs`, `varargs`. */
function declareParameters(
  inner: Place,
  node: MacroNode | CallBlock,
): { catches: MacroCatches; refs: string[] } {
  analyzeFrame(inner.symbols, node)
  const names = node.params.map((parameter) => parameter.name)
  refuseRepeated(names, (name) => `duplicate argument '${name}' in function definition`)
  const refs = names.map((name) => inner.symbols.ref(name))
  const used = undeclaredIn(inner.unit.contents, node.body, ['caller', 'kwargs', 'varargs'])
  const explicitCaller = names.indexOf('caller')
  if (used.has('caller')) {
    if (explicitCaller < 0) refs.push(inner.symbols.declareParameter('caller'))
    else if (explicitCaller < names.length - node.defaults.length) {
      throw refusal(
        inner,
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        node,
      )
    }
  }
  const kwargs = used.has('kwargs') && !names.includes('kwargs')
  if (kwargs) refs.push(inner.symbols.declareParameter('kwargs'))
  const varargs = used.has('varargs') && !names.includes('varargs')
  if (varargs) refs.push(inner.symbols.declareParameter('varargs'))
  // Once more, now that the special names are known not to come from outside.
  analyzeFrame(inner.symbols, node)
  return { catches: { caller: used.has('caller') && explicitCaller < 0, kwargs, varargs }, refs }
}

/** Fills in parameters that were not given. */
function defaultSteps(inner: Place, node: MacroNode | CallBlock): Step[] {
  const { environment } = inner.unit
  const firstDefault = node.params.length - node.defaults.length
  return node.params.map(({ name }, index): Step => {
    const ref = inner.symbols.ref(name)
    const at = inner.slots.own(ref)
    const value: Expr =
      index < firstDefault
        ? () => missingParameter(environment, name)
        : buildExpression(inner, node.defaults[index - firstDefault]!)
    const fill = strict1(inner.unit.isAsync, value, (frame, settled) => {
      frame.slots[at] = settled
      return undefined
    }) as Step
    return (frame) => (frame.slots[at] === undefined ? fill(frame) : undefined)
  })
}

function callerStep(inner: Place): Step {
  const { environment } = inner.unit
  const at = inner.slots.own(inner.symbols.ref('caller'))
  return (frame) => {
    frame.slots[at] ??= missingCaller(environment)
    return undefined
  }
}
