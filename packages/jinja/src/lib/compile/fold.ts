import { Markup } from '@phial/markup/core'
import type { BinaryOperator, Expression, Filter, Node, Test } from '../syntax/ast.ts'
import { callValue } from '../values/call.ts'
import { dictOf } from '../values/dict.ts'
import { Kwargs } from '../values/kwargs.ts'
import { getItem } from '../values/lookup.ts'
import { isNumber } from '../values/number.ts'
import { binaryOperators, comparisons, unaryOperators } from '../values/operator-table.ts'
import { concat } from '../values/operators.ts'
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
    switch (node.kind) {
      case 'Const':
        return node
      // Most expressions are these.
      case 'Name':
      case 'Getattr':
      case 'Call':
        return null
    }
    if (dependsAtFirst(node)) return null
    const known = this.#known.get(node)
    if (known !== undefined && known.autoescape === state.autoescape) return known.constant
    let constant: Constant | null = null
    try {
      constant = this.#evaluate(node, state)
      if (constant !== null && !isWritable(constant.value)) constant = null
    } catch {
      // Whatever is wrong is raised again when the template runs.
    }
    this.#known.set(node, { autoescape: state.autoescape, constant })
    return constant
  }

  /** The values of several expressions, or `null` if one of them is not known. */
  #all(nodes: readonly Expression[], state: EvalState): unknown[] | null {
    const values: unknown[] = []
    for (const node of nodes) {
      const constant = this.fold(node, state)
      if (constant === null) return null
      values.push(constant.value)
    }
    return values
  }

  #evaluate(node: Expression, state: EvalState): Constant | null {
    const environment = this.#environment
    switch (node.kind) {
      case 'TemplateData':
        if (state.volatile) return null
        return { value: state.autoescape ? new Markup(node.data) : node.data }
      case 'Tuple':
        return this.#apply(node.items, state, (items) => tupleOf(items))
      case 'List':
        return this.#apply(node.items, state, (items) => items)
      case 'Dict':
        return this.#apply(
          node.items.flatMap((pair) => [pair.key, pair.value]),
          state,
          (items) => dictOf(items),
        )
      case 'CondExpr': {
        const test = this.fold(node.test, state)
        if (test === null) return null
        if (isTrue(test.value)) return this.fold(node.then, state)
        return node.orElse === null ? null : this.fold(node.orElse, state)
      }
      case 'Logical': {
        const left = this.fold(node.left, state)
        if (left === null) return null
        return isTrue(left.value) === (node.op === 'and') ? this.fold(node.right, state) : left
      }
      case 'Not':
        return this.#apply([node.node], state, ([value]) => !isTrue(value))
      case 'UnaryExpr':
        if (environment.interceptedUnops.has(node.op)) return null
        return this.#apply([node.node], state, ([value]) => unaryOperators[node.op](value))
      case 'BinaryExpr': {
        if (environment.interceptedBinops.has(node.op)) return null
        const values = this.#all([node.left, node.right], state)
        return values === null ? null : binary(node.op, values[0], values[1])
      }
      case 'Compare':
        return this.#apply([node.expr, ...node.ops.map(({ expr }) => expr)], state, (values) =>
          node.ops.every(({ op }, index) => comparisons[op](values[index], values[index + 1])),
        )
      case 'Concat':
        if (state.volatile) return null
        // Without a look at what is safe HTML, as in Jinja.
        return this.#apply(node.nodes, state, (values) => concat(values, false))
      case 'Getitem': {
        if (environment.sandboxed || node.arg.kind === 'Slice') return null
        const values = this.#all([node.node, node.arg], state)
        if (values === null) return null
        const value = getItem(values[0], values[1])
        return value === undefined ? null : { value }
      }
      case 'Filter':
      case 'Test':
        return this.#call(node, state)
      default:
        return null
    }
  }

  #apply(
    nodes: readonly Expression[],
    state: EvalState,
    compute: (values: unknown[]) => unknown,
  ): Constant | null {
    const values = this.#all(nodes, state)
    return values === null ? null : { value: compute(values) }
  }

  /** Filters and tests of the engine give the same for the same; those of applications may do anything. */
  #call(node: Filter | Test, state: EvalState): Constant | null {
    const isFilter = node.kind === 'Filter'
    const environment = this.#environment
    const { name } = node
    const fn = (isFilter ? environment.filters : environment.tests).get(name)
    const isBuiltIn = isFilter ? environment.hasBuiltInFilter(name) : environment.hasBuiltInTest(name)
    if (fn === undefined || !isBuiltIn || node.node === null) return null
    if (environment.sandboxed || state.volatile) return null
    if (this.#isAsync && isFilter && environment.filterFor(name, true) !== fn) return null
    const pass = signatureOf(fn)?.pass
    if (pass === 'context' || pass === 'environment' || node.dynArgs || node.dynKwargs) return null
    const args = this.#all([node.node, ...node.args], state)
    if (args === null) return null
    const named = this.#all(
      node.kwargs.map(({ value }) => value),
      state,
    )
    if (named === null) return null
    const kwargs = new Kwargs(node.kwargs.map(({ key }, index) => [key, named[index]]))
    const evalContext = { environment: environment as never, autoescape: state.autoescape }
    const context = { environment: environment as never, evalContext }
    return { value: callValue(fn, undefined, args, kwargs, context) }
  }
}

/** How far {@link dependsAtFirst} looks: so far that long chains are not walked again for each of their links. */
const MAX_LOOK = 4

/** Whether what an expression computes first is known only when the template runs. Most expressions are told by it. */
function dependsAtFirst(node: Expression): boolean {
  let first: Expression | null = node
  for (let steps = 0; first !== null && steps < MAX_LOOK; steps++) {
    switch (first.kind) {
      case 'Name':
      case 'Getattr':
      case 'Call':
        return true
      case 'Compare':
        first = first.expr
        break
      case 'Logical':
      case 'BinaryExpr':
        first = first.left
        break
      case 'Filter':
      case 'Test':
      case 'Not':
      case 'UnaryExpr':
      case 'Getitem':
        first = first.node
        break
      case 'CondExpr':
        first = first.test
        break
      default:
        return false
    }
  }
  return false
}

/** The operators that make nothing large of text. */
const HARMLESS: ReadonlySet<string> = new Set(['+', '-', '/', '//'])

function binary(op: BinaryOperator, left: unknown, right: unknown): Constant | null {
  if (!HARMLESS.has(op)) {
    // Repeating and formatting text could make huge constants.
    if (!isNumber(left) || !isNumber(right)) return null
    if (op === '**' && !(typeof right === 'number' && Math.abs(right) <= 64)) return null
  }
  return { value: binaryOperators[op](left, right) }
}
