import { callCode, filterCode, testCode } from './compile-call.ts'
import { callerCode } from './compile-macro.ts'
import type { Compiler, Evaluate } from './compiler.ts'
import { capturedText } from './context.ts'
import { ABSENT } from './frame.ts'
import { makeKeywordArgs } from './keyword-args.ts'
import { memberOf } from './member.ts'
import type {
  Binary,
  BinaryKind,
  Compare,
  CompareOperator,
  Dict,
  Expression,
  KeywordArgs,
  SymbolNode,
} from './nodes.ts'
import { sliceOf } from './slice.ts'

/** Compiles an expression. */
export function expressionCode(compiler: Compiler, node: Expression): Evaluate {
  const code = (each: Expression): Evaluate => compiler.expression(each)
  switch (node.kind) {
    case 'Literal': {
      const { value } = node
      return () => value
    }
    case 'Regex': {
      const { body, flags } = node
      // A new one each time: those with `g` remember where they were.
      return () => new RegExp(body, flags)
    }
    case 'Symbol':
      return symbolCode(node)
    case 'Group': {
      const items = node.children.map(code)
      return (run, frame) => items.reduce<unknown>((_, item) => item(run, frame), undefined)
    }
    case 'Array': {
      const items = node.children.map(code)
      return (run, frame) => items.map((item) => item(run, frame))
    }
    case 'Dict':
      return dictCode(compiler, node)
    case 'KeywordArgs': {
      const dict = dictCode(compiler, node)
      return (run, frame) => makeKeywordArgs(dict(run, frame))
    }
    case 'LookupVal': {
      const target = code(node.target)
      if (node.val.kind === 'Literal') {
        const key = node.val.value
        return (run, frame) => memberOf(target(run, frame), key)
      }
      const key = code(node.val)
      return (run, frame) => memberOf(target(run, frame), key(run, frame))
    }
    case 'Slice': {
      const target = code(node.target)
      const [start, stop, step] = [node.start, node.stop, node.step].map((bound) => bound && code(bound))
      return (run, frame) =>
        sliceOf(
          target(run, frame),
          start?.(run, frame) ?? null,
          stop?.(run, frame) ?? null,
          step?.(run, frame) ?? null,
        )
    }
    case 'FunCall':
      return callCode(compiler, node)
    case 'Filter':
      return filterCode(compiler, node)
    case 'Is':
      return testCode(compiler, node)
    case 'InlineIf': {
      const [cond, body] = [code(node.cond), code(node.body)]
      const otherwise = node.else_ === null ? (): unknown => '' : code(node.else_)
      return (run, frame) => (cond(run, frame) ? body(run, frame) : otherwise(run, frame))
    }
    case 'Not': {
      const target = code(node.target)
      return (run, frame) => !target(run, frame)
    }
    case 'Neg': {
      const target = code(node.target)
      return (run, frame) => -(target(run, frame) as number)
    }
    case 'Pos': {
      const target = code(node.target)
      return (run, frame) => +(target(run, frame) as number)
    }
    case 'Compare':
      return compareCode(compiler, node)
    case 'Caller':
      return callerCode(compiler, node)
    case 'Capture': {
      const body = compiler.body(node.body)
      return (run, frame) => capturedText((out) => body(run, frame, out))
    }
    default:
      return binaryCode(compiler, node)
  }
}

function symbolCode({ value: name }: SymbolNode): Evaluate {
  return (run, frame) => {
    const value = frame.lookup(name)
    if (value === undefined) return run.context.lookup(name)
    return value === ABSENT ? undefined : value
  }
}

function dictCode(
  compiler: Compiler,
  { children }: Dict | KeywordArgs,
): (...args: Parameters<Evaluate>) => Record<string, unknown> {
  const pairs = children.map(({ key, value }): [string, Evaluate] => {
    const isName = key.kind === 'Symbol' || (key.kind === 'Literal' && typeof key.value === 'string')
    if (isName) return [String(key.value), compiler.expression(value)]
    return compiler.refuse(key, 'compilePair: Dict keys must be strings or names')
  })
  return (run, frame) => {
    const dict: Record<string, unknown> = {}
    for (const [key, value] of pairs) {
      // Not an assignment, which would change the prototype.
      if (key === '__proto__') define(dict, key, value(run, frame))
      else dict[key] = value(run, frame)
    }
    return dict
  }
}

function define(dict: object, key: string, value: unknown): void {
  Object.defineProperty(dict, key, { value, writable: true, enumerable: true, configurable: true })
}

/** The operators of JavaScript, on whatever values: they convert as JavaScript does. */
const OPERATORS: Readonly<Record<Exclude<BinaryKind, 'Or' | 'And'>, (left: never, right: never) => unknown>> =
  {
    In: (left: unknown, right: unknown) => isIn(left, right),
    Concat: (left: string, right: string) => `${left}${right}`,
    Add: (left: number, right: number) => left + right,
    Sub: (left: number, right: number) => left - right,
    Mul: (left: number, right: number) => left * right,
    Div: (left: number, right: number) => left / right,
    FloorDiv: (left: number, right: number) => Math.floor(left / right),
    Mod: (left: number, right: number) => left % right,
    Pow: (left: number, right: number) => left ** right,
  }

function binaryCode(compiler: Compiler, node: Binary): Evaluate {
  const [left, right] = [compiler.expression(node.left), compiler.expression(node.right)]
  switch (node.kind) {
    case 'Or':
      return (run, frame) => left(run, frame) || right(run, frame)
    case 'And':
      return (run, frame) => left(run, frame) && right(run, frame)
    case 'Add':
      return (run, frame) => (left(run, frame) as number) + (right(run, frame) as number)
    default: {
      const operate = OPERATORS[node.kind]
      return (run, frame) => operate(left(run, frame) as never, right(run, frame) as never)
    }
  }
}

/** `key in container`: an item of an array, a part of text, or a key of an object. */
function isIn(key: unknown, container: unknown): boolean {
  if (Array.isArray(container)) return container.includes(key)
  if (typeof container === 'string' || container instanceof String) return container.includes(String(key))
  if (container instanceof Map || container instanceof Set) return container.has(key)
  if (typeof container === 'object' && container !== null)
    return memberOf(container, key) !== undefined || Object.hasOwn(container, String(key))
  throw new Error(`Cannot use "in" operator to search for "${String(key)}" in unexpected types.`)
}

const COMPARISONS: Readonly<Record<CompareOperator, (left: never, right: never) => boolean>> = {
  // biome-ignore lint/suspicious/noDoubleEquals: the operator of the template is JavaScript's.
  '==': (left: unknown, right: unknown) => left == right,
  '===': (left: unknown, right: unknown) => left === right,
  // biome-ignore lint/suspicious/noDoubleEquals: the operator of the template is JavaScript's.
  '!=': (left: unknown, right: unknown) => left != right,
  '!==': (left: unknown, right: unknown) => left !== right,
  '<': (left: number, right: number) => left < right,
  '>': (left: number, right: number) => left > right,
  '<=': (left: number, right: number) => left <= right,
  '>=': (left: number, right: number) => left >= right,
}

/** Comparisons in a row compare the result of the one before, as in JavaScript. */
function compareCode(compiler: Compiler, { expr, ops }: Compare): Evaluate {
  return ops.reduce<Evaluate>((left, op) => {
    const compare = COMPARISONS[op.type]
    const right = compiler.expression(op.expr)
    return (run, frame) => compare(left(run, frame) as never, right(run, frame) as never)
  }, compiler.expression(expr))
}
