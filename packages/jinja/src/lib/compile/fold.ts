import { Markup } from '@phial/markup'
import type { CompareOperator, Expression, Filter, Node, Test } from '../syntax/ast.ts'
import { callValue } from '../values/call.ts'
import {
  contains,
  equals,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  notEquals,
} from '../values/compare.ts'
import { Dict } from '../values/dict.ts'
import { Kwargs } from '../values/kwargs.ts'
import { getItem } from '../values/lookup.ts'
import { isNumber } from '../values/number.ts'
import {
  add,
  concat,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  positive,
  power,
  subtract,
} from '../values/operators.ts'
import { signatureOf } from '../values/signature.ts'
import { isTrue } from '../values/truth.ts'
import { tupleOf } from '../values/tuple.ts'
import { isWritable } from './constant.ts'
import type { EvalState } from './frame.ts'
import type { CompilerEnvironment } from './options.ts'

/** A constant that an expression was found to be. */
export interface Constant {
  readonly value: unknown
}

/** Not a constant, or one that raises: that is left to happen when the template runs. */
class Impossible extends Error {}

/** Computes constant expressions. What is asked twice is computed once. */
export class Folder {
  readonly #environment: CompilerEnvironment
  readonly #isAsync: boolean
  readonly #known = new Map<Node, { readonly autoescape: boolean; readonly constant: Constant | null }>()

  constructor(environment: CompilerEnvironment, isAsync: boolean) {
    this.#environment = environment
    this.#isAsync = isAsync
  }

  /** The value of an expression, or `null` if it is known only when the template runs. */
  fold(node: Expression, state: EvalState): Constant | null {
    const known = this.#known.get(node)
    if (known !== undefined && known.autoescape === state.autoescape) return known.constant
    let constant: Constant | null = null
    try {
      const value = this.#evaluate(node, state)
      if (isWritable(value)) constant = { value }
    } catch {
      // Whatever is wrong is raised again when the template runs.
    }
    this.#known.set(node, { autoescape: state.autoescape, constant })
    return constant
  }

  #value(node: Expression, state: EvalState): unknown {
    const constant = this.fold(node, state)
    if (constant === null) throw new Impossible()
    return constant.value
  }

  #evaluate(node: Expression, state: EvalState): unknown {
    const value = (each: Expression): unknown => this.#value(each, state)
    switch (node.kind) {
      case 'Const':
        return node.value
      case 'TemplateData':
        if (state.volatile) throw new Impossible()
        return state.autoescape ? new Markup(node.data) : node.data
      case 'Tuple':
        return tupleOf(node.items.map(value))
      case 'List':
        return node.items.map(value)
      case 'Dict': {
        const dict = new Dict()
        for (const pair of node.items) dict.set(value(pair.key), value(pair.value))
        return dict
      }
      case 'CondExpr':
        if (isTrue(value(node.test))) return value(node.then)
        if (node.orElse === null) throw new Impossible()
        return value(node.orElse)
      case 'Logical': {
        const left = value(node.left)
        return isTrue(left) === (node.op === 'and') ? value(node.right) : left
      }
      case 'Not':
        return !isTrue(value(node.node))
      case 'UnaryExpr':
        if (this.#environment.interceptedUnops.has(node.op)) throw new Impossible()
        return node.op === '-' ? negate(value(node.node)) : positive(value(node.node))
      case 'BinaryExpr':
        if (this.#environment.interceptedBinops.has(node.op)) throw new Impossible()
        return binary(node.op, value(node.left), value(node.right))
      case 'Compare': {
        let left = value(node.expr)
        for (const { op, expr } of node.ops) {
          const right = value(expr)
          if (!compare(op, left, right)) return false
          left = right
        }
        return true
      }
      case 'Concat':
        if (state.volatile) throw new Impossible()
        // Without a look at what is safe HTML, as in Jinja.
        return concat(node.nodes.map(value), false)
      case 'Getitem': {
        if (this.#environment.sandboxed || node.arg.kind === 'Slice') throw new Impossible()
        const item = getItem(value(node.node), value(node.arg))
        if (item === undefined) throw new Impossible()
        return item
      }
      case 'Filter':
      case 'Test':
        return this.#call(node, state)
      default:
        throw new Impossible()
    }
  }

  /** Filters and tests of the engine give the same for the same; those of applications may do anything. */
  #call(node: Filter | Test, state: EvalState): unknown {
    const isFilter = node.kind === 'Filter'
    const environment = this.#environment
    const { name } = node
    const fn = (isFilter ? environment.filters : environment.tests).get(name)
    const isBuiltIn = isFilter ? environment.hasBuiltInFilter(name) : environment.hasBuiltInTest(name)
    if (fn === undefined || !isBuiltIn || node.node === null) throw new Impossible()
    if (environment.sandboxed || this.#isAsync || state.volatile) throw new Impossible()
    const pass = signatureOf(fn)?.pass
    if (pass === 'context' || pass === 'environment' || node.dynArgs || node.dynKwargs) throw new Impossible()
    const args = [node.node, ...node.args].map((each) => this.#value(each, state))
    const kwargs = new Kwargs(node.kwargs.map(({ key, value }) => [key, this.#value(value, state)]))
    const evalContext = { environment: environment as never, autoescape: state.autoescape }
    return callValue(fn, undefined, args, kwargs, { environment: environment as never, evalContext })
  }
}

function binary(op: string, left: unknown, right: unknown): unknown {
  switch (op) {
    case '+':
      return add(left, right)
    case '-':
      return subtract(left, right)
    case '/':
      return divide(left, right)
    case '//':
      return floorDivide(left, right)
  }
  // Repeating and formatting text could make huge constants.
  if (!isNumber(left) || !isNumber(right)) throw new Impossible()
  switch (op) {
    case '*':
      return multiply(left, right)
    case '%':
      return modulo(left, right)
    default:
      if (typeof right !== 'number' || Math.abs(right) > 64) throw new Impossible()
      return power(left, right)
  }
}

function compare(op: CompareOperator, left: unknown, right: unknown): boolean {
  switch (op) {
    case '==':
      return equals(left, right)
    case '!=':
      return notEquals(left, right)
    case '<':
      return isLess(left, right)
    case '<=':
      return isLessOrEqual(left, right)
    case '>':
      return isGreater(left, right)
    case '>=':
      return isGreaterOrEqual(left, right)
    case 'in':
      return contains(right, left)
    case 'not in':
      return !contains(right, left)
  }
}
