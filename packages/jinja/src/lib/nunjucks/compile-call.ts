import type { Compiler, Evaluate, Run } from './compiler.ts'
import type { TemplateFunction } from './context.ts'
import type { Frame } from './frame.ts'
import { ABSENT } from './frame.ts'
import { readMember } from './member.ts'
import type { Expression, Filter, FunCall, Is, Node, NodeList } from './nodes.ts'
import { callAsync, isThenable } from './waiting.ts'

/** The arguments of a call, evaluated in order. */
export function argumentsCode(
  compiler: Compiler,
  { children }: NodeList,
): (run: Run, frame: Frame) => unknown[] {
  const codes = children.map((child) => compiler.expression(expressionOf(child)))
  const [first] = codes
  if (codes.length === 1 && first !== undefined) return (run, frame) => [first(run, frame)]
  return (run, frame) => {
    const args: unknown[] = []
    for (const code of codes) args.push(code(run, frame))
    return args
  }
}

/** Lists of arguments hold expressions; extensions may put bodies there that only print. */
function expressionOf(node: Node): Expression {
  return node as Expression
}

export function callCode(compiler: Compiler, node: FunCall): Evaluate {
  const { name } = node
  if (name.kind === 'Symbol' && name.value === 'super' && compiler.block !== null) {
    return superCode(compiler, compiler.block, node)
  }
  const args = argumentsCode(compiler, node.args)
  const written = nameOf(name)
  if (name.kind === 'LookupVal') {
    const target = compiler.expression(name.target)
    const key = compiler.expression(name.val)
    return compiler.located(node, (run: Run, frame: Frame): unknown => {
      const object = target(run, frame)
      const callee = callable(readMember(object, key(run, frame)), written)
      return Reflect.apply(callee, object, args(run, frame))
    })
  }
  const target = compiler.expression(name)
  return compiler.located(node, (run: Run, frame: Frame): unknown => {
    const callee = callable(target(run, frame), written)
    return callee.apply(run.context, args(run, frame))
  })
}

/** @throws {Error} for what cannot be called. */
function callable(value: unknown, name: string): TemplateFunction {
  if (typeof value === 'function') return value as TemplateFunction
  if (!value) throw new Error(`Unable to call \`${name}\`, which is undefined or falsey`)
  throw new Error(`Unable to call \`${name}\`, which is not a function`)
}

function superCode(compiler: Compiler, block: string, node: FunCall): Evaluate {
  const { blocks } = compiler
  return compiler.located(node, (run: Run, frame: Frame) =>
    run.context.getSuper(block, blocks.get(block)!, frame),
  )
}

/** How the callee is written, for errors. */
function nameOf(node: Expression): string {
  switch (node.kind) {
    case 'Symbol':
      return node.value
    case 'Literal':
      return String(node.value)
    case 'FunCall':
      return `the return value of (${nameOf(node.name)})`
    case 'LookupVal':
      return `${nameOf(node.target)}["${nameOf(node.val)}"]`
    default:
      return '--expression--'
  }
}

export function filterCode(compiler: Compiler, node: Filter): Evaluate {
  const name = node.name.value
  const args = argumentsCode(compiler, node.args)
  if (compiler.asyncFilters.includes(name)) {
    const hole = compiler.lift(
      compiler.located(node, (run: Run, frame: Frame): unknown => {
        const filter = run.context.env.getFilter(name)
        const values = args(run, frame)
        return callAsync(
          (callback) => Reflect.apply(filter, run.context, [...values, callback]),
          filter.length > values.length,
        )
      }),
    )
    return (_, frame) => {
      const value = frame.lookup(hole)
      return value === ABSENT ? undefined : value
    }
  }
  return compiler.located(node, (run: Run, frame: Frame): unknown => {
    const filter = run.context.env.getFilter(name)
    const values = args(run, frame)
    return isThenable(values[0])
      ? Promise.resolve(values[0]).then((value) => filter.call(run.context, value, ...values.slice(1)))
      : filter.apply(run.context, values)
  })
}

export function testCode(compiler: Compiler, node: Is): Evaluate {
  const { right } = node
  const name =
    right.kind === 'FunCall'
      ? nameOf(right.name)
      : right.kind === 'Symbol' || right.kind === 'Literal'
        ? String(right.value)
        : '--expression--'
  const left = compiler.expression(node.left)
  const args = right.kind === 'FunCall' ? argumentsCode(compiler, right.args) : (): unknown[] => []
  return compiler.located(node, (run: Run, frame: Frame): unknown => {
    const test = run.context.env.getTest(name)
    return Reflect.apply(test, run.context, [left(run, frame), ...args(run, frame)]) === true
  })
}
