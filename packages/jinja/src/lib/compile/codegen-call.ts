import type { Arguments, Call, Expression } from '../syntax/ast.ts'
import type { Code, Codegen } from './codegen.ts'
import { textCode } from './constant.ts'
import type { BoundMacro, Frame } from './frame.ts'
import { loopMethod } from './loop-usage.ts'

/** @param caller The variable with the macro that a call block hands over, or `null`. */
export function callCode(gen: Codegen, node: Call, frame: Frame, caller: string | null): Code {
  const known = knownCall(gen, node, frame, caller)
  if (known !== null) return known
  const names = gen.environment.sandboxed ? GUARDED : { call: gen.rt('call'), method: gen.rt('callMethod') }
  return { code: gen.awaited(generalCall(gen, node, frame, caller, names)), type: 'any' }
}

/** A call whose result is printed where values are escaped, without waiting: macros give text, and no Markup first. */
export function printedCallCode(gen: Codegen, node: Call, frame: Frame): Code {
  const known = knownCall(gen, node, frame, null)
  if (known !== null) return known
  const names = { call: gen.rt('printCall'), method: gen.rt('printMethod') }
  return { code: generalCall(gen, node, frame, null, names), type: 'escaped' }
}

/** A call whose callee is known. */
function knownCall(gen: Codegen, node: Call, frame: Frame, caller: string | null): Code | null {
  const special = caller === null ? (superCode(gen, node, frame) ?? loopCallCode(gen, node, frame)) : null
  if (special !== null) return special
  const bound = boundMacroOf(node, frame)
  if (bound !== null) {
    const args = boundArguments(gen, node, frame, bound, caller)
    if (args !== null) {
      const code = `${bound.fn}(${args})`
      return { code: gen.isAsync ? `(await ${code})` : code, type: 'html' }
    }
  }
  return null
}

/** `super()`, where it is the variable that a block has. */
function superCode(gen: Codegen, node: Call, frame: Frame): Code | null {
  const { node: callee } = node
  if (callee.kind !== 'Name' || callee.name !== 'super' || frame.block === null) return null
  if (!hasNoArguments(node)) return null
  const ref = frame.symbols.findRef('super')
  if (ref !== 'l_0_super' || frame.symbols.findLoad(ref)?.kind !== 'parameter') return null
  const code = `${gen.rt('renderSuper')}(context, ${textCode(frame.block)}, depth)`
  return { code: gen.isAsync ? `(await ${code})` : code, type: 'html' }
}

export function hasNoArguments(call: Arguments): boolean {
  return (
    call.args.length === 0 && call.kwargs.length === 0 && call.dynArgs === null && call.dynKwargs === null
  )
}

/** `loop.cycle(…)` and `loop.changed(…)`, of a loop without an object. */
function loopCallCode(gen: Codegen, node: Call, frame: Frame): Code | null {
  const method = loopMethod(node)
  if (method === undefined) return null
  const loop = frame.findInlineLoop(frame.symbols.ref('loop'))
  if (loop === undefined) return null
  const args = `[${node.args.map((arg) => gen.value(arg, frame)).join(', ')}]`
  if (method === 'changed') return { code: `${gen.rt('hasChanged')}(${loop.memory}, ${args})`, type: 'bool' }
  if (node.args.length === 2 && node.args.every((arg) => arg.kind === 'Const')) {
    const [even, odd] = node.args.map((arg) => gen.typed(arg, frame)) as [Code, Code]
    const type = even.type === odd.type ? even.type : 'any'
    return { code: `(${loop.index0} % 2 === 0 ? ${even.code} : ${odd.code})`, type }
  }
  return { code: `${gen.rt('cycleValue')}(${loop.index0}, ${args})`, type: 'any' }
}

/** The macro that a call is sure to mean. */
function boundMacroOf({ node: callee }: Call, frame: Frame): BoundMacro | null {
  if (callee.kind !== 'Name') return null
  const ref = frame.symbols.findRef(callee.name)
  return (ref === undefined ? undefined : frame.findMacro(ref)) ?? null
}

/** The arguments in the order of the macro's function; `null` if they are not known to fit. */
function boundArguments(
  gen: Codegen,
  node: Call,
  frame: Frame,
  { parameters, catches }: BoundMacro,
  caller: string | null,
): string | null {
  if (node.dynArgs !== null || node.dynKwargs !== null || node.args.length > parameters.length) return null
  if (caller !== null && !catches.caller) return null
  const args = node.args.map((arg) => gen.value(arg, frame))
  for (const { key, value } of node.kwargs) {
    const index = parameters.indexOf(key)
    if (index < node.args.length || args[index] !== undefined) return null
    args[index] = gen.value(value, frame)
  }
  if (catches.caller) args[parameters.length] = caller ?? 'undefined'
  const afterCaller = parameters.length + (catches.caller ? 1 : 0)
  if (catches.kwargs) args[afterCaller] = `new ${gen.rt('Kwargs')}()`
  if (catches.varargs) args[afterCaller + (catches.kwargs ? 1 : 0)] = `${gen.rt('tupleOf')}([])`
  return Array.from(args, (arg) => arg ?? 'undefined').join(', ')
}

/** What calls a value, and what calls a method. */
interface CallNames {
  readonly call: string
  readonly method: string
}

const GUARDED: CallNames = { call: 'env.call', method: 'env.callMethod' }

function generalCall(
  gen: Codegen,
  node: Call,
  frame: Frame,
  caller: string | null,
  { call, method }: CallNames,
): string {
  const { node: callee } = node
  if (callee.kind === 'Getattr') {
    const object = gen.value(callee.node, frame)
    const name = textCode(callee.attribute)
    const args = argumentsCode(gen, node, frame, caller)
    return `${method}(context, ${object}, ${name}, ${args})`
  }
  if ((frame.isLoop || frame.isBlock) && frame.assigned.size > 0) {
    // A function that asks for the context sees what was set in the loop or block.
    const called = gen.temporary(frame)
    const locals = Array.from(frame.assigned, (name) => `${textCode(name)}: ${frame.symbols.ref(name)}`)
    const context = `${gen.rt('takesContext')}(${called} = ${gen.value(callee, frame)}) ? context.derived({${locals.join(', ')}}) : context`
    return `${call}(${context}, ${called}, ${argumentsCode(gen, node, frame, caller)})`
  }
  return `${call}(context, ${gen.value(callee, frame)}, ${argumentsCode(gen, node, frame, caller)})`
}

/** The positional arguments as an array, and the keyword arguments or `null`. */
export function argumentsCode(
  gen: Codegen,
  node: Arguments,
  frame: Frame,
  caller: string | null = null,
  first: readonly string[] = [],
): string {
  const value = (each: Expression): string => gen.value(each, frame)
  const args = [...first, ...node.args.map(value)]
  if (node.dynArgs !== null) args.push(`...${gen.rt('spreadArguments')}(${value(node.dynArgs)})`)
  const keywords = node.kwargs.map(({ key, value: each }) => [key, value(each)] as const)
  const pairs = caller === null ? keywords : [...keywords, ['caller', caller] as const]
  const seen = new Set<string>()
  for (const [key] of pairs) {
    // Python notices that when it compiles the code that Jinja writes.
    if (seen.has(key)) throw new SyntaxError(`keyword argument repeated: ${key}`)
    seen.add(key)
  }
  const written = pairs.map(([key, code]) => `${textCode(key)}, ${code}`).join(', ')
  let kwargs = pairs.length === 0 ? 'null' : `${gen.rt('kwargsOf')}([${written}])`
  if (node.dynKwargs !== null) kwargs = `${gen.rt('spreadKwargs')}(${kwargs}, ${value(node.dynKwargs)})`
  return `[${args.join(', ')}], ${kwargs}`
}
