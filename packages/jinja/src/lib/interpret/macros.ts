import { analyzeFrame, undeclaredNames } from '../analyze/scopes.ts'
import { fail } from '../runtime/failure.ts'
import type { MacroCatches, MacroFunction } from '../runtime/macro.ts'
import { enterMacro, Macro } from '../runtime/macro.ts'
import { textPiece } from '../runtime/output.ts'
import type { CallBlock, Macro as MacroNode } from '../syntax/ast.ts'
import { repr } from '../values/python-text.ts'
import { MISSING } from '../values/undefined.ts'
import { buildCall } from './calls.ts'
import { buildExpression } from './expressions.ts'
import { Frame } from './frame.ts'
import type { Expr, Signal, Step } from './pending.ts'
import { sequence, whenReady } from './pending.ts'
import type { Place } from './place.ts'
import { enterScope, readVariable, refusal } from './place.ts'
import { buildBody } from './statements.ts'

/** `{% macro name(…) %}…{% endmacro %}` */
export function buildMacro(place: Place, node: MacroNode): Step {
  const make = buildMacroValue(place, node, node.name)
  const at = place.slots.own(place.symbols.ref(node.name))
  const { isTopLevel } = place
  const isPublic = !node.name.startsWith('_')
  const { name } = node
  return (frame) => {
    const macro = make(frame)
    frame.slots[at] = macro
    if (isTopLevel) {
      if (isPublic) frame.context.exportVar(name, macro)
      else frame.context.setVar(name, macro)
    }
    return undefined
  }
}

/** `{% call(…) macro(…) %}…{% endcall %}` */
export function buildCallBlock(place: Place, node: CallBlock): Step {
  const caller = buildMacroValue(place, node, null)
  const call = buildCall(place, node.call, caller)
  const { isNative } = place.unit.environment
  const { line } = node
  const print = (frame: Frame, value: unknown): undefined => {
    if (isNative) frame.pieces.push(value)
    else {
      const text = textPiece(value)
      frame.context.meter?.print(text.length)
      frame.out += text
    }
    return undefined
  }
  return (frame) => {
    frame.line = line
    return whenReady(call(frame), (value) => print(frame, value))
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
  const body = sequence(place.unit.isAsync, [...defaultSteps(inner, node), buildBody(inner, node.body)])
  const parameters = node.params.map((parameter) => parameter.name)
  const { environment, origin } = place.unit
  const { line } = node
  const part = name === null ? 'call block' : `macro ${JSON.stringify(name)}`
  return (outer) => {
    const { context } = outer
    const render: MacroFunction = (...args: unknown[]) => {
      enterMacro(context)
      const frame = new Frame(inner.slots.size, outer, context, line)
      for (let index = 0; index < places.length; index++) frame.slots[places[index]!] = args[index]
      const finish = (): unknown => {
        context.state.macroDepth -= 1
        return environment.isNative ? environment.concat(frame.pieces) : frame.out
      }
      const failed = (error: unknown): never => {
        context.state.macroDepth -= 1
        throw fail(error, origin, frame.line, part)
      }
      let signal: Signal | Promise<Signal>
      try {
        enter(frame)
        signal = body(frame)
      } catch (error) {
        return failed(error)
      }
      return signal instanceof Promise ? signal.then(finish, failed) : finish()
    }
    return new Macro(environment, render, name, parameters, catches, context.evalContext.autoescape)
  }
}

/** Declares the parameters, and what a macro can ask for besides: `caller`, `kwargs`, `varargs`. */
function declareParameters(
  inner: Place,
  node: MacroNode | CallBlock,
): { catches: MacroCatches; refs: string[] } {
  analyzeFrame(inner.symbols, { ...node, kind: 'Macro', name: '' })
  const names = node.params.map((parameter) => parameter.name)
  const refs = names.map((name) => inner.symbols.ref(name))
  const used = undeclaredNames(node.body, ['caller', 'kwargs', 'varargs'])
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
  return { catches: { caller: used.has('caller'), kwargs, varargs }, refs }
}

/** Fills in parameters that were not given. */
function defaultSteps(inner: Place, node: MacroNode | CallBlock): Step[] {
  const { environment } = inner.unit
  const firstDefault = node.params.length - node.defaults.length
  return node.params.map(({ name }, index): Step => {
    const ref = inner.symbols.ref(name)
    const at = inner.slots.own(ref)
    const read = readVariable(inner, ref)
    const value: Expr =
      index < firstDefault
        ? () => environment.makeUndefined(`parameter ${repr(name)} was not provided`, MISSING, name)
        : buildExpression(inner, node.defaults[index - firstDefault]!)
    return (frame) => {
      if (read(frame) !== undefined) return undefined
      return whenReady(value(frame), (settled) => {
        frame.slots[at] = settled
        return undefined
      })
    }
  })
}
