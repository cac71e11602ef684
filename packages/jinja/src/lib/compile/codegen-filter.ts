import { didYouMean } from '../did-you-mean.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import type { Expression, Filter, Test } from '../syntax/ast.ts'
import type { Pass } from '../values/signature.ts'
import { signatureOf } from '../values/signature.ts'
import type { Code, Codegen } from './codegen.ts'
import { argumentsCode } from './codegen-call.ts'
import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** @param input What the filter gets, for the innermost filter of a block, which has no node. */
export function filterCode(gen: Codegen, node: Filter, frame: Frame, input: string | null): Code {
  const { name } = node
  if (node.node === null && input === null)
    throw new Error('A filter without a value stands outside of a filter block.')
  const fn = known(gen, node, gen.environment.filters, 'filter', frame)
  if (fn !== undefined && gen.environment.hasBuiltInFilter(name)) {
    const special = builtInFilter(gen, node, frame, input)
    if (special !== null) return special
  }
  const value = node.node === null ? input! : filterInput(gen, node.node, frame, input)
  const variable = gen.hoistOnce(
    `|${name}`,
    () => `${gen.rt('filterNamed')}(env, ${textCode(name)}, ${gen.isAsync})`,
  )
  const result = gen.awaited(registeredCall(gen, node, frame, fn, variable, value))
  return { code: gen.made(result), type: 'any' }
}

/** The value of a filter: in a filter block, the filters inside of it get the text of the block. */
function filterInput(gen: Codegen, node: Expression, frame: Frame, input: string | null): string {
  return node.kind === 'Filter' && input !== null
    ? gen.asValue(filterCode(gen, node, frame, input))
    : gen.value(node, frame)
}

export function testCode(gen: Codegen, node: Test, frame: Frame): Code {
  const { name } = node
  const fn = known(gen, node, gen.environment.tests, 'test', frame)
  const isBuiltIn = fn !== undefined && gen.environment.hasBuiltInTest(name)
  if (isBuiltIn && node.args.length === 0 && node.kwargs.length === 0 && !node.dynArgs && !node.dynKwargs) {
    switch (name) {
      case 'defined':
        return { code: `${gen.rt('isDefined')}(${gen.raw(node.node, frame)})`, type: 'bool' }
      case 'undefined':
        return { code: `!${gen.rt('isDefined')}(${gen.raw(node.node, frame)})`, type: 'bool' }
      case 'none':
        return { code: `(${gen.value(node.node, frame)} === null)`, type: 'bool' }
    }
  }
  const variable = gen.hoistOnce(`is ${name}`, () => `${gen.rt('testNamed')}(env, ${textCode(name)})`)
  const code = registeredCall(gen, node, frame, fn, variable, gen.value(node.node, frame))
  return { code: gen.awaited(code), type: 'any' }
}

/** The function of a name. One that does not exist is an error, unless a condition may keep it from being called. */
function known(
  gen: Codegen,
  node: Filter | Test,
  functions: ReadonlyMap<string, TemplateFunction>,
  kind: string,
  frame: Frame,
): TemplateFunction | undefined {
  const fn = functions.get(node.name)
  if (fn === undefined && !frame.isSoft) {
    gen.fail(`No ${kind} named '${node.name}'.`, node, didYouMean(node.name, functions.keys()))
  }
  return fn
}

const passCodes: Readonly<Record<Pass, string>> = {
  context: 'context',
  evalContext: 'context.evalContext',
  environment: 'env',
}

/** A call of a filter or test: directly, if its parameters are known and the arguments fit. */
function registeredCall(
  gen: Codegen,
  node: Filter | Test,
  frame: Frame,
  fn: TemplateFunction | undefined,
  variable: string,
  value: string,
): string {
  const direct = fn === undefined || gen.isPortable ? null : directArguments(gen, node, frame, fn, value)
  if (direct !== null) return `${variable}(${direct})`
  return `${gen.rt('callFilter')}(context, ${variable}, ${argumentsCode(gen, node, frame, null, [value])})`
}

function directArguments(
  gen: Codegen,
  node: Filter | Test,
  frame: Frame,
  fn: TemplateFunction,
  value: string,
): string | null {
  const signature = signatureOf(fn)
  if (signature?.parameters === undefined || signature.varargs === true || signature.keywords === true) {
    return null
  }
  const { parameters, required = 0, positionalOnly } = signature
  if (node.dynArgs !== null || node.dynKwargs !== null || node.args.length >= parameters.length) return null
  const args: (string | undefined)[] = [value]
  for (const arg of node.args) args.push(gen.value(arg, frame))
  for (const { key, value: each } of node.kwargs) {
    const index = positionalOnly === true ? -1 : parameters.indexOf(key)
    if (index < 0 || args[index] !== undefined) return null
    args[index] = gen.value(each, frame)
  }
  for (let index = 0; index < required; index++) if (args[index] === undefined) return null
  let list = signature.pass === undefined ? '' : `${passCodes[signature.pass]}, `
  for (let index = 0; index < args.length; index++) {
    list += `${index === 0 ? '' : ', '}${args[index] ?? 'undefined'}`
  }
  return list
}

/** The filters that are written out in place. */
function builtInFilter(gen: Codegen, node: Filter, frame: Frame, input: string | null): Code | null {
  if (node.dynArgs !== null || node.dynKwargs !== null || node.kwargs.length > 0) return null
  if (node.node === null || input !== null) return null
  switch (node.name) {
    case 'safe':
      return node.args.length > 0
        ? null
        : { code: `${gen.rt('markSafe')}(${gen.value(node.node, frame)})`, type: 'any' }
    case 'default':
    case 'd':
      return defaultFilter(gen, node.node, node.args, frame)
    case 'length':
    case 'count':
      if (node.args.length > 0 || gen.isAsync) return null
      return { code: `${gen.rt('lengthOf')}(${gen.value(node.node, frame)})`, type: 'int' }
    default:
      return null
  }
}

/** `value|default(other)`. The other value must have no effect, since it is not looked at if it is not needed. */
function defaultFilter(
  gen: Codegen,
  node: Expression,
  args: readonly Expression[],
  frame: Frame,
): Code | null {
  const [other] = args
  if (args.length > 1 || (other !== undefined && other.kind !== 'Const')) return null
  const fallback = other === undefined ? '""' : gen.value(other, frame)
  return {
    code: `(${gen.rt('isDefined')}(v = ${gen.raw(node, frame)}) ? v : ${fallback})`,
    type: 'any',
  }
}
