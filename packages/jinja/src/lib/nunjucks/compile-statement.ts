import { expressionCode } from './compile-expression.ts'
import { loopCode } from './compile-loop.ts'
import { macroCode } from './compile-macro.ts'
import { extendsCode, fromImportCode, importCode, includeCode } from './compile-template-tags.ts'
import type { Evaluate, Execute, LiftedFilter, Run } from './compiler.ts'
import { Compiler } from './compiler.ts'
import type { BlockFunction, Output as Out, TemplateCode } from './context.ts'
import { capturedText } from './context.ts'
import { TemplateError } from './errors.ts'
import type { Frame } from './frame.ts'
import type {
  Block,
  Body,
  CallExtension,
  Expression,
  If,
  Node,
  Output,
  Root,
  SetNode,
  Switch,
  TemplateData,
} from './nodes.ts'
import { printed } from './safe-string.ts'
import type { Callback, Waiting } from './waiting.ts'
import { after, callAsync, inTurn, isThenable, withValue } from './waiting.ts'

/** Makes the functions of a template from its tree. */
export function compileTemplate(
  tree: Root,
  path: string | null,
  options: { readonly asyncFilters: readonly string[]; readonly throwOnUndefined: boolean },
): TemplateCode {
  const compiler = new Compiler(path, options, { expression: expressionCode, body: bodyCode })
  const body = compiler.body(tree)
  const root = compiler.located(tree, (run: Run, frame: Frame, out: Out): Waiting => {
    const own: Out = { text: '' }
    return after(body(run, frame, own), () => {
      // What a template prints outside of the blocks of its parent is dropped.
      if (run.parent !== null) return run.parent.root(run.context, frame, out)
      out.text += own.text
      return undefined
    })
  })
  return {
    root: (context, frame, out) => root({ context, parent: null }, frame, out),
    blocks: compiler.blocks,
  }
}

function bodyCode(compiler: Compiler, { children }: Body): Execute {
  const steps = children.flatMap((child) => {
    const step = statementCode(compiler, child)
    return step === null ? [] : [step]
  })
  const [first, second] = steps
  if (first === undefined) return () => undefined
  if (second === undefined) return first
  return (run, frame, out) => inTurn(steps.length, (index) => steps[index]!(run, frame, out))
}

/** Compiles a statement; `null` if it does nothing. */
function statementCode(compiler: Compiler, node: Node): Execute | null {
  const { result, lifted } = compiler.lifting(() => plainStatementCode(compiler, node))
  return result === null || lifted.length === 0 ? result : withLifted(lifted, result)
}

/** Runs the async filters of a statement before it. */
function withLifted(lifted: readonly LiftedFilter[], execute: Execute): Execute {
  return (run, frame, out) => {
    const steps = inTurn(lifted.length, (index) => {
      const { hole, evaluate } = lifted[index]!
      return withValue(evaluate(run, frame), (value): undefined => {
        frame.declare(hole, value)
      })
    })
    return after(steps, () => execute(run, frame, out))
  }
}

function plainStatementCode(compiler: Compiler, node: Node): Execute | null {
  switch (node.kind) {
    case 'Output':
      return outputCode(compiler, node)
    case 'TemplateData':
      return textCode(node)
    case 'NodeList':
    case 'Root':
      return compiler.body(node)
    case 'If':
    case 'IfAsync':
      return ifCode(compiler, node)
    case 'For':
    case 'AsyncEach':
    case 'AsyncAll':
      return loopCode(compiler, node)
    case 'Switch':
      return switchCode(compiler, node)
    case 'Set':
      return setCode(compiler, node)
    case 'Macro':
      return macroCode(compiler, node)
    case 'Block':
      return blockCode(compiler, node)
    case 'Extends':
      return extendsCode(compiler, node)
    case 'Include':
      return includeCode(compiler, node)
    case 'Import':
      return importCode(compiler, node)
    case 'FromImport':
      return fromImportCode(compiler, node)
    case 'CallExtension':
    case 'CallExtensionAsync':
      return extensionCode(compiler, node)
    default:
      return compiler.refuse(node, `compile: Cannot compile node: ${node.kind}`)
  }
}

function textCode({ value }: TemplateData): Execute | null {
  if (value === '') return null
  return (_run, _frame, out) => {
    out.text += value
    return undefined
  }
}

function outputCode(compiler: Compiler, { children }: Output): Execute | null {
  const steps = children.flatMap((child) => {
    const step = child.kind === 'TemplateData' ? textCode(child) : printCode(compiler, child)
    return step === null ? [] : [step]
  })
  if (steps.length <= 1) return steps[0] ?? null
  return (run, frame, out) => inTurn(steps.length, (index) => steps[index]!(run, frame, out))
}

function printCode(compiler: Compiler, node: Expression): Execute {
  const evaluate = compiler.expression(node)
  const { throwsOnUndefined } = compiler
  const print = (value: unknown, run: Run, out: Out): undefined => {
    if (throwsOnUndefined && (value === undefined || value === null)) {
      throw new TemplateError('attempted to output null or undefined value', node.lineno + 1, node.colno + 1)
    }
    out.text += printed(value, run.context.env.opts.autoescape)
  }
  return compiler.located(node, (run: Run, frame: Frame, out: Out): Waiting => {
    const value = evaluate(run, frame)
    if (!isThenable(value)) return print(value, run, out)
    return Promise.resolve(value).then((settled) => print(settled, run, out))
  })
}

function ifCode(compiler: Compiler, node: If): Execute {
  const cond = compiler.located(node, compiler.expression(node.cond))
  const body = compiler.body(node.body)
  const otherwise = node.else_ === null ? null : statementCode(compiler, node.else_)
  const choose = (value: unknown, run: Run, frame: Frame, out: Out): Waiting => {
    if (value) return body(run, frame, out)
    return otherwise === null ? undefined : otherwise(run, frame, out)
  }
  return (run, frame, out) => {
    const value = cond(run, frame)
    return isThenable(value)
      ? Promise.resolve(value).then((settled) => choose(settled, run, frame, out))
      : choose(value, run, frame, out)
  }
}

/** The first case that is equal runs. One without a body goes on to the next, as in JavaScript. */
function switchCode(compiler: Compiler, node: Switch): Execute {
  const expr = compiler.located(node, compiler.expression(node.expr))
  const cases = node.cases.map(({ cond, body }) => ({
    cond: compiler.expression(cond),
    body: body.children.length === 0 ? null : compiler.body(body),
  }))
  const otherwise = node.default === null ? null : compiler.body(node.default)
  return (run, frame, out) => {
    const value = expr(run, frame)
    const found = cases.findIndex(({ cond }) => cond(run, frame) === value)
    const chosen = found < 0 ? undefined : cases.slice(found).find(({ body }) => body !== null)
    return (chosen?.body ?? otherwise)?.(run, frame, out)
  }
}

/** Variables that are set at the top level are seen by blocks, includes and imports. */
function setCode(compiler: Compiler, node: SetNode): Execute {
  const { targets } = node
  const value = compiler.located(node, compiler.expression(node.value))
  return (run, frame) =>
    withValue(value(run, frame), (settled): undefined => {
      for (const target of targets) {
        frame.assign(target, settled)
        if (!frame.isTopLevel) continue
        run.context.setVariable(target, settled)
        if (!target.startsWith('_')) run.context.addExport(target)
      }
    })
}

function blockCode(compiler: Compiler, node: Block): Execute {
  const name = node.name.value
  if (compiler.blocks.has(name)) {
    compiler.refuse(node, `Block "${name}" defined more than once.`)
  }
  const outer = compiler.block
  // The name is taken before the body is compiled, which may have blocks too.
  compiler.blocks.set(name, () => undefined)
  compiler.block = name
  const body = compiler.scoped(node.body, false)
  compiler.block = outer
  const block: BlockFunction = (context, frame, out) => body({ context, parent: null }, frame.push(true), out)
  compiler.blocks.set(name, block)
  const isTopLevel = outer === null
  return compiler.located(node, (run: Run, frame: Frame, out: Out): Waiting => {
    // The parent prints it, where it has it.
    if (isTopLevel && run.parent !== null) return undefined
    return run.context.getBlock(name)(run.context, frame, out)
  })
}

/** A tag of an extension: its method gets the context, the arguments, and a function for each part of the template. */
function extensionCode(compiler: Compiler, node: CallExtension): Execute {
  const args: Evaluate[] = (node.args?.children ?? []).map((arg) => compiler.expression(arg as Expression))
  const contents = node.contentArgs.map((content) => content && compiler.body(content))
  const isAsync = node.kind === 'CallExtensionAsync'
  return compiler.located(node, (run: Run, frame: Frame, out: Out): Waiting => {
    const { context } = run
    const extension = context.env.getExtension(node.extName)
    const method: unknown = extension && Reflect.get(extension, node.prop)
    if (typeof method !== 'function') {
      throw new Error(`the extension '${node.extName}' has no method '${node.prop}'`)
    }
    const values: unknown[] = [context, ...args.map((arg) => arg(run, frame))]
    for (const content of contents) values.push(content && contentFunction(content, run, frame))
    const result = isAsync
      ? callAsync(
          (callback) => Reflect.apply(method, extension, [...values, callback]),
          method.length > values.length,
        )
      : Reflect.apply(method, extension, values)
    return withValue(result, (value): undefined => {
      out.text += printed(value, node.autoescape && context.env.opts.autoescape)
    })
  })
}

/** Gives the text of a part of the template: as its result, to a callback, and as a promise where it waits. */
function contentFunction(content: Execute, run: Run, frame: Frame): (callback?: Callback<string>) => unknown {
  return (callback) => {
    const text = capturedText((out) => content(run, frame, out))
    if (callback === undefined) return text
    if (typeof text === 'string') callback(null, text)
    else text.then((settled) => callback(null, settled), callback)
    return text
  }
}
