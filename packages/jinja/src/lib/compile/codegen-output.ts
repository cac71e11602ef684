import { Markup } from '@phial/markup/core'
import type { Expression, Output } from '../syntax/ast.ts'
import { toText } from '../values/python-text.ts'
import { signatureOf } from '../values/signature.ts'
import type { Code, Codegen } from './codegen.ts'
import { printedCallCode } from './codegen-call.ts'
import type { Frame } from './frame.ts'
import { hasPlainUndefined } from './options.ts'

/** Prints text and values. */
export function outputStatement(gen: Codegen, node: Output, frame: Frame): void {
  if (frame.requiresOutputCheck) {
    // What a child template prints outside of blocks is dropped.
    if (gen.hasKnownExtends) return
    gen.write('if (parent === null) {')
  }
  for (const child of node.nodes) {
    const text = constantText(gen, child)
    if (text !== null) gen.printText(frame, text)
    else {
      gen.line(frame, child.line)
      gen.print(frame, outputCode(gen, child, frame))
    }
  }
  if (frame.requiresOutputCheck) {
    gen.write('}')
    frame.fn.line = null
  }
}

/** What a constant prints, or `null`. It goes through `finalize` as in Jinja: escaped already. */
function constantText(gen: Codegen, node: Expression): string | null {
  const { finalize } = gen.environment
  // Where escaping is known only when the template runs, Jinja gives text to `finalize` too.
  if (node.kind === 'TemplateData') return gen.state.volatile && finalize !== null ? null : node.data
  const pass = finalize === null ? undefined : signatureOf(finalize)?.pass
  if (pass === 'context' || pass === 'evalContext') return null
  const constant = gen.foldOutput(node)
  if (constant === null) return null
  const value =
    gen.state.autoescape && !gen.isNative ? Markup.escape(toPrintable(constant.value)) : constant.value
  if (finalize === null) return toText(value)
  const args = pass === 'environment' ? [gen.environment, value] : [value]
  try {
    return toText((finalize as (...args: unknown[]) => unknown)(...args))
  } catch {
    return null
  }
}

function toPrintable(value: unknown): unknown {
  return value instanceof Markup ? value : toText(value)
}

/** The text that an expression prints; in native environments its value. */
function outputCode(gen: Codegen, node: Expression, frame: Frame): string {
  const { finalize } = gen.environment
  if (finalize !== null) {
    const value = finalizedCode(gen, node, frame)
    return gen.isNative ? value : printed(gen, { code: value, type: 'any' })
  }
  if (gen.isNative) return gen.value(node, frame)
  if (node.kind === 'CondExpr') {
    const soft = frame.soft()
    const then = outputCode(gen, node.then, soft)
    const orElse = node.orElse === null ? '""' : outputCode(gen, node.orElse, soft)
    return `(${gen.test(node.test, soft)} ? ${then} : ${orElse})`
  }
  if (node.kind === 'Filter' && node.node !== null && gen.environment.hasBuiltInFilter(node.name)) {
    const hasArguments = node.args.length > 0 || node.kwargs.length > 0 || node.dynArgs || node.dynKwargs
    if (!hasArguments && gen.fold(node) === null) {
      if (node.name === 'safe') return `${gen.rt('toText')}(${gen.value(node.node, frame)})`
      if (node.name === 'e' || node.name === 'escape') {
        return `${gen.rt('escapeText')}(${gen.value(node.node, frame)})`
      }
    }
  }
  if (node.kind === 'Name' && hasPlainUndefined(gen.environment) && !gen.isPortable) {
    return printed(gen, { code: gen.raw(node, frame), type: 'any' })
  }
  if (node.kind === 'Call' && printsCalls(gen)) return printed(gen, printedCallCode(gen, node, frame))
  return printed(gen, gen.typed(node, frame))
}

/** Whether what a call gives is escaped and printed at once. */
function printsCalls({ environment, isAsync, state }: Codegen): boolean {
  return state.autoescape && !state.volatile && !isAsync && !environment.sandboxed
}

function finalizedCode(gen: Codegen, node: Expression, frame: Frame): string {
  const pass = signatureOf(gen.environment.finalize)?.pass
  const value = gen.value(node, frame)
  switch (pass) {
    case 'context':
      return `env.finalize(context, ${value})`
    case 'evalContext':
      return `env.finalize(context.evalContext, ${value})`
    case 'environment':
      return `env.finalize(env, ${value})`
    case undefined:
      return `env.finalize(${value})`
  }
}

/** A value as it is printed here: escaped or not. */
function printed(gen: Codegen, typed: Code): string {
  const { code, type } = typed
  const { autoescape, volatile } = gen.state
  switch (type) {
    case 'int':
    case 'escaped':
      return code
    case 'bool':
      return `(${code} ? "True" : "False")`
    case 'text':
      if (volatile) break
      return autoescape ? `${gen.rt('escapeText')}(${code})` : code
    case 'html':
      if (volatile) break
      return autoescape ? `${gen.rt('printMarked')}(context, ${code})` : code
  }
  if (volatile) return `${gen.rt('escapeIf')}(context, ${gen.asValue(typed)})`
  return `${gen.rt(autoescape ? 'escapeText' : 'toText')}(${code})`
}
