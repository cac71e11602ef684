import { quote } from '@phial/markup/text'
import { loopMethod } from '../compile/loop-usage.ts'
import { didYouMean } from '../did-you-mean.ts'
import { call, callFilter, callMethod, spreadArguments, spreadKwargs, takesContext } from '../runtime/call.ts'
import type { Context } from '../runtime/context.ts'
import { made } from '../runtime/meter.ts'
import { filterNamed, testNamed } from '../runtime/registered.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import type { Arguments, Call, Expression, Filter, Getattr, Test } from '../syntax/ast.ts'
import { passedArgument } from '../values/call.ts'
import { Kwargs } from '../values/kwargs.ts'
import { signatureOf } from '../values/signature.ts'
import type { Frame } from './frame.ts'
import { LoopCounter } from './loop-counter.ts'
import { listOf, strict, strict1 } from './pending.ts'
import type { InterpreterEnvironment, Place } from './place.ts'
import { readVariable, refusal } from './place.ts'
import type { Expr } from './step.ts'

/** The arguments of a call as expressions, and how their values are put together. */
interface BuiltArguments {
  readonly parts: readonly Expr[]
  /** Whether they are just values in their order. */
  readonly isPositional: boolean
  /** @param from Where the values of the parts begin. */
  collect(values: readonly unknown[], from: number): Collected
}

interface Collected {
  readonly args: readonly unknown[]
  readonly kwargs: Kwargs | null
}

function buildArguments(
  place: Place,
  node: Arguments,
  extra: readonly [string, Expr][] = [],
): BuiltArguments {
  const positional = node.args.map((each) => place.expression(each))
  const names = [...node.kwargs.map(({ key }) => key), ...extra.map(([key]) => key)]
  refuseRepeated(names, (name) => `keyword argument repeated: ${name}`)
  const named = [
    ...node.kwargs.map(({ value }) => place.expression(value)),
    ...extra.map(([, value]) => value),
  ]
  const dynArgs = node.dynArgs === null ? null : place.expression(node.dynArgs)
  const dynKwargs = node.dynKwargs === null ? null : place.expression(node.dynKwargs)
  // What is spread comes before keywords, however the call is written.
  const spread =
    dynArgs === null ? [] : [strict1(place.unit.isAsync, dynArgs, (_, values) => spreadArguments(values))]
  const parts = [...positional, ...spread, ...named]
  if (dynKwargs !== null) parts.push(dynKwargs)
  const count = positional.length
  const collect = (values: readonly unknown[], from: number): Collected => {
    let args: readonly unknown[] = values.slice(from, from + count)
    let kwargs: Kwargs | null = null
    let at = from + count
    if (dynArgs !== null) args = [...args, ...(values[at++] as readonly unknown[])]
    if (names.length > 0) {
      kwargs = new Kwargs()
      for (const key of names) kwargs.set(key, values[at++])
    }
    if (dynKwargs !== null) kwargs = spreadKwargs(kwargs, values[at])
    return { args, kwargs }
  }
  return { parts, collect, isPositional: parts.length === count }
}

/** Python notices names that are given twice when it compiles the code that Jinja writes. */
export function refuseRepeated(names: readonly string[], messageFor: (name: string) => string): void {
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated !== undefined) throw new SyntaxError(messageFor(repeated))
}

/**
 * `node(…)`
 *
 * @param caller What a call block gives to the macro as `caller`.
 */
export function buildCall(place: Place, node: Call, caller: Expr | null): Expr {
  const { environment, isAsync } = place.unit
  const counted = caller === null ? countedCall(place, node) : null
  if (counted !== null) return counted
  const built = buildArguments(place, node, caller === null ? [] : [['caller', caller]])
  const contextFor = contextWithAssigned(place)
  const isSimple = !isAsync && !environment.sandboxed && built.isPositional && contextFor === null
  const simpleArgs = listOf(built.parts)
  if (node.node.kind === 'Getattr') {
    const { attribute } = node.node
    const object = place.expression(node.node.node)
    if (isSimple) {
      return (frame) => callMethod(frame.context, object(frame), attribute, simpleArgs(frame), null)
    }
    const invoke = methodCaller(environment)
    return strict(isAsync, [object, ...built.parts], (frame, values) => {
      const { args, kwargs } = built.collect(values, 1)
      return invoke(frame.context, values[0], attribute, args, kwargs)
    })
  }
  const callee = place.expression(node.node)
  if (isSimple) return (frame) => call(frame.context, callee(frame), simpleArgs(frame), null)
  const invoke = environment.sandboxed ? environment.call.bind(environment) : call
  return strict(isAsync, [callee, ...built.parts], (frame, values) => {
    const { args, kwargs } = built.collect(values, 1)
    const context = contextFor !== null && takesContext(values[0]) ? contextFor(frame) : frame.context
    return invoke(context, values[0], args, kwargs)
  })
}

/** What calls methods: the environment, if it guards them. */
function methodCaller(environment: InterpreterEnvironment): typeof callMethod {
  return environment.sandboxed ? environment.callMethod.bind(environment) : callMethod
}

/** `loop.cycle(…)` and `loop.changed(…)`, where `loop` may be one that only counts; `null` for all other calls. */
function countedCall(place: Place, node: Call): Expr | null {
  const method = loopMethod(node)
  if (method === undefined) return null
  const { environment, isAsync } = place.unit
  const loop = place.expression((node.node as Getattr).node)
  const invoke = methodCaller(environment)
  return strict(isAsync, [loop, ...node.args.map((arg) => place.expression(arg))], (frame, values) => {
    const [value, ...args] = values
    if (value instanceof LoopCounter) return value[method](args)
    return invoke(frame.context, value, method, args, null)
  })
}

/** The context with what a loop or block has set so far, for functions that ask for it; `null` if that is nothing. */
function contextWithAssigned(place: Place): ((frame: Frame) => Context) | null {
  if ((!place.isLoop && !place.isBlock) || place.assigned.size === 0) return null
  const readers = Array.from(place.assigned, (name) => ({
    name,
    read: readVariable(place, place.symbols.ref(name)),
  }))
  return (frame) => {
    const locals: Record<string, unknown> = Object.create(null)
    for (const { name, read } of readers) locals[name] = read(frame)
    return frame.context.derived(locals)
  }
}

/**
 * `node | name(…)`
 *
 * @param body What a filter block gives to the filter that has no node.
 */
export function buildFilter(place: Place, node: Filter, body: Expr | null): Expr {
  const { environment, isAsync } = place.unit
  checkName(place, node, environment.filters)
  const value = node.node === null ? body! : buildInput(place, node.node, body)
  const filtered = buildRegistered(place, node, value, filterNamed(environment, node.name, isAsync))
  if (!environment.sandboxed) return filtered
  return strict1(isAsync, filtered, (frame, result) => made(frame.context, result))
}

/** What a filter is applied to: in filter blocks, a chain of filters that ends with the body. */
function buildInput(place: Place, node: Expression, body: Expr | null): Expr {
  return body !== null && node.kind === 'Filter' ? buildFilter(place, node, body) : place.expression(node)
}

/** `node is name(…)` */
export function buildTest(place: Place, node: Test): Expr {
  const { environment } = place.unit
  checkName(place, node, environment.tests)
  return buildRegistered(place, node, place.expression(node.node), testNamed(environment, node.name))
}

/** A name that does not exist is an error, unless a condition may keep it from being called. */
function checkName(
  place: Place,
  node: Filter | Test,
  functions: ReadonlyMap<string, TemplateFunction>,
): void {
  if (place.isSoft || functions.has(node.name)) return
  const kind = node.kind === 'Filter' ? 'filter' : 'test'
  throw refusal(place, `No ${kind} named ${quote(node.name)}.`, node, didYouMean(node.name, functions.keys()))
}

/** A call with one function for all times: directly, if its parameters are known and the arguments fit. */
function buildRegistered(place: Place, node: Arguments, value: Expr, fn: TemplateFunction): Expr {
  const { isAsync } = place.unit
  const direct = directCall(place, node, value, fn)
  if (direct !== null) return direct
  const built = buildArguments(place, node)
  return strict(isAsync, [value, ...built.parts], (frame, values) => {
    const { args, kwargs } = built.collect(values, 1)
    return callFilter(frame.context, fn, [values[0], ...args], kwargs)
  })
}

function directCall(place: Place, node: Arguments, value: Expr, fn: TemplateFunction): Expr | null {
  const signature = signatureOf(fn)
  if (signature?.parameters === undefined || signature.varargs === true || signature.keywords === true) {
    return null
  }
  const { parameters, pass, positionalOnly, required = 0 } = signature
  if (node.dynArgs !== null || node.dynKwargs !== null || node.args.length >= parameters.length) return null
  const parts = [value, ...node.args.map((each) => place.expression(each))]
  const named = new Map<number, Expr>()
  for (const { key, value: each } of node.kwargs) {
    const index = positionalOnly === true ? -1 : parameters.indexOf(key)
    if (index < parts.length || named.has(index)) return null
    named.set(index, place.expression(each))
  }
  for (let index = parts.length; index < required; index++) if (!named.has(index)) return null
  const last = Math.max(parts.length - 1, ...named.keys())
  for (let index = parts.length; index <= last; index++) parts.push(named.get(index) ?? (() => undefined))
  const { isAsync } = place.unit
  if (pass !== undefined) {
    return strict(isAsync, parts, (frame, values) => fn(passedArgument(pass, frame.context), ...values))
  }
  if (parts.length === 1) return strict1(isAsync, value, (_, only) => fn(only))
  return strict(isAsync, parts, (_, values) => fn(...values))
}
