import { Markup } from '@phial/markup/core'
import type { Constant } from '../compile/fold.ts'
import { isLoopMember } from '../compile/loop-usage.ts'
import { LoopContext } from '../runtime/loop.ts'
import { attr, extensionAttribute, item } from '../runtime/member.ts'
import { made } from '../runtime/meter.ts'
import { markSafe, markSafeIf } from '../runtime/output.ts'
import type { BinaryOperator, Compare, CondExpr, Expression, Getattr, Logical } from '../syntax/ast.ts'
import { dictOf } from '../values/dict.ts'
import { isInlineName } from '../values/inline-name.ts'
import { Float } from '../values/number.ts'
import { binaryOperators, comparisons, unaryOperators } from '../values/operator-table.ts'
import { add, concat, modulo, subtract } from '../values/operators.ts'
import { toText } from '../values/python-text.ts'
import { getSlice } from '../values/slice.ts'
import { isTrue } from '../values/truth.ts'
import { tupleOf } from '../values/tuple.ts'
import { MISSING, Undefined } from '../values/undefined.ts'
import { buildCall, buildFilter, buildTest } from './calls.ts'
import type { Frame } from './frame.ts'
import { LoopCounter } from './loop-counter.ts'
import { strict, strict1, strict2, whenReady } from './pending.ts'
import type { InterpreterEnvironment, Place } from './place.ts'
import { readLocals, readVariable } from './place.ts'
import type { Expr } from './step.ts'

/** The closure of an expression. */
export function buildExpression(place: Place, node: Expression): Expr {
  const constant = constantOf(place, node)
  if (constant !== null) {
    const { value } = constant
    return () => value
  }
  const { environment, isAsync } = place.unit
  const build = (each: Expression): Expr => buildExpression(place, each)
  switch (node.kind) {
    case 'Const':
      return () => node.value
    case 'TemplateData':
      return templateData(place, node.data)
    case 'Name':
    case 'NSRef':
      return name(place, node.name)
    case 'InternalName':
      return readVariable(place, internalRef(node.name))
    case 'Tuple':
      return strict(isAsync, node.items.map(build), (_, values) => tupleOf(values))
    case 'List':
      return strict(isAsync, node.items.map(build), (_, values) => values)
    case 'Dict': {
      const parts = node.items.flatMap((pair) => [build(pair.key), build(pair.value)])
      return strict(isAsync, parts, (_, values) => dictOf(values))
    }
    case 'CondExpr':
      return conditional(place, node)
    case 'Call':
      return buildCall(place, node, null)
    case 'Filter':
      return buildFilter(place, node, null)
    case 'Test':
      return buildTest(place, node)
    case 'Getattr':
      return member(place, node)
    case 'Getitem':
      return subscript(place, node.node, node.arg)
    case 'Slice':
      throw new SyntaxError('invalid syntax: a slice stands alone in its brackets')
    case 'Concat':
      return concatenation(place, node.nodes)
    case 'Compare':
      return comparison(place, node)
    case 'BinaryExpr': {
      const { op } = node
      if (environment.sandboxed) {
        return strict2(isAsync, build(node.left), build(node.right), (frame, left, right) =>
          environment.operate(frame.context, op, left, right),
        )
      }
      if (environment.interceptedBinops.has(op)) {
        return strict2(isAsync, build(node.left), build(node.right), (frame, left, right) =>
          environment.callBinop(frame.context, op, left, right),
        )
      }
      return binary(isAsync, op, build(node.left), build(node.right))
    }
    case 'Logical':
      return logical(place, node)
    case 'Not':
      return strict1(isAsync, build(node.node), (_, value) => !isTrue(value))
    case 'UnaryExpr': {
      const { op } = node
      if (environment.interceptedUnops.has(op)) {
        return strict1(isAsync, build(node.node), (frame, value) =>
          environment.callUnop(frame.context, op, value),
        )
      }
      const compute = unaryOperators[op]
      return strict1(isAsync, build(node.node), (_, value) => compute(value))
    }
    case 'EnvironmentAttribute':
      return () => (environment as unknown as Record<string, unknown>)[node.name]
    case 'ExtensionAttribute':
      return () => extensionAttribute(environment, node.identifier, node.name)
    case 'MarkSafe':
      return strict1(isAsync, build(node.expr), (_, value) => markSafe(value))
    case 'MarkSafeIfAutoescape':
      return strict1(isAsync, build(node.expr), (frame, value) => markSafeIf(frame.context, value))
    case 'ContextReference':
      return (frame) => frame.context
    case 'DerivedContextReference': {
      const locals = readLocals(place)
      return (frame) => frame.lookup.derived(locals(frame))
    }
  }
}

/** The variable of a name that no template can write. */
export function internalRef(name: string): string {
  return `internal ${name}`
}

/** The value of a constant expression that can be given again and again. */
function constantOf(place: Place, node: Expression): Constant | null {
  if (!place.unit.environment.optimized || node.kind === 'Const') return null
  const constant = place.unit.folder.fold(node, place.state)
  return constant !== null && isImmutable(constant.value) ? constant : null
}

function isImmutable(value: unknown): boolean {
  return typeof value !== 'object' || value === null || value instanceof Float || value instanceof Markup
}

function templateData(place: Place, data: string): Expr {
  const html = new Markup(data)
  if (place.state.volatile) return (frame) => (frame.context.evalContext.autoescape ? html : data)
  const value = place.state.autoescape ? html : data
  return () => value
}

/** A variable, or an undefined value of its name. */
function name(place: Place, name: string): Expr {
  const { environment } = place.unit
  const read = readVariable(place, place.symbols.ref(name))
  return (frame) => {
    const value = read(frame)
    return value === undefined ? environment.makeUndefined(null, MISSING, name) : value
  }
}

function conditional(place: Place, node: CondExpr): Expr {
  const soft = place.soft()
  const test = buildExpression(soft, node.test)
  const then = buildExpression(soft, node.then)
  const orElse: Expr =
    node.orElse === null
      ? () =>
          new Undefined(
            `the inline if-expression on ${positionOf(place, node.line)} evaluated to false and no else section was defined.`,
          )
      : buildExpression(soft, node.orElse)
  // Without a function between, as conditions are asked often.
  if (!place.unit.isAsync) return (frame) => (isTrue(test(frame)) ? then(frame) : orElse(frame))
  return strict1(true, test, (frame, value) => (isTrue(value) ? then(frame) : orElse(frame)))
}

/** `a ~ b`. Where it is known only now whether values are escaped, the result is plain text, as in Jinja. */
function concatenation(place: Place, nodes: readonly Expression[]): Expr {
  const { isAsync } = place.unit
  const parts = nodes.map((each) => buildExpression(place, each))
  if (place.state.autoescape && !place.state.volatile) {
    return strict(isAsync, parts, (frame, values) => made(frame.context, concat(values, true)))
  }
  const texts = parts.map((part) => strict1(isAsync, part, (_, value) => toText(value)))
  return strict(isAsync, texts, (frame, values) => made(frame.context, values.join('')))
}

/** A place of the template in messages: `line 3 in 'index.html'`. */
export function positionOf(place: Place, line: number): string {
  const { templateName } = place.unit.origin
  return templateName === null ? `line ${line}` : `line ${line} in '${templateName}'`
}

/** `object.name` */
function member(place: Place, getattr: Getattr): Expr {
  const { node, attribute } = getattr
  const { environment, isAsync } = place.unit
  const object = buildExpression(place, node)
  if (environment.sandboxed) {
    return strict1(isAsync, object, (_, value) => environment.getattr(value, attribute))
  }
  const read = isLoopMember(getattr)
    ? loopMember(environment, attribute)
    : plainMember(environment, attribute)
  return isAsync ? strict1(true, object, (_, value) => read(value)) : (frame) => read(object(frame))
}

function plainMember(environment: InterpreterEnvironment, name: string): (value: unknown) => unknown {
  if (!isInlineName(name)) return (value) => attr(value, name, environment)
  return (value) => {
    if (typeof value === 'object' && value !== null) {
      const found = (value as Record<string, unknown>)[name]
      if (found !== undefined && typeof found !== 'function') return found
    }
    return attr(value, name, environment)
  }
}

/** A member of the variable `loop`, if it is the one of a loop. */
function loopMember(environment: InterpreterEnvironment, name: string): (value: unknown) => unknown {
  return (value) =>
    value instanceof LoopContext || value instanceof LoopCounter
      ? (value as unknown as Record<string, unknown>)[name]
      : attr(value, name, environment)
}

function subscript(place: Place, node: Expression, key: Expression): Expr {
  const { environment, isAsync } = place.unit
  const object = buildExpression(place, node)
  if (key.kind === 'Slice') {
    const bound = (each: Expression | null): Expr =>
      each === null ? () => null : buildExpression(place, each)
    const parts = [object, bound(key.start), bound(key.stop), bound(key.step)]
    return strict(isAsync, parts, (_, [value, start, stop, step]) => getSlice(value, start, stop, step))
  }
  const argument = buildExpression(place, key)
  if (environment.sandboxed) {
    return strict2(isAsync, object, argument, (_, value, at) => environment.getitem(value, at))
  }
  return strict2(isAsync, object, argument, (_, value, at) => item(value, at, environment))
}

function comparison(place: Place, node: Compare): Expr {
  const { isAsync } = place.unit
  const first = buildExpression(place, node.expr)
  const operands = node.ops.map(({ op, expr }) => ({
    compare: comparisons[op],
    right: buildExpression(place, expr),
  }))
  if (operands.length === 1) {
    const { compare, right } = operands[0]!
    if (!isAsync) return (frame) => compare(first(frame), right(frame))
    return strict2(isAsync, first, right, (_, a, b) => compare(a, b))
  }
  const from = (frame: Frame, left: unknown, index: number): unknown => {
    const { compare, right } = operands[index]!
    return whenReady(right(frame), (value) => {
      if (!compare(left, value)) return false
      return index + 1 === operands.length ? true : from(frame, value, index + 1)
    })
  }
  if (isAsync) return (frame) => whenReady(first(frame), (value) => from(frame, value, 0))
  return (frame) => {
    let left = first(frame)
    for (const { compare, right } of operands) {
      const value = right(frame)
      if (!compare(left, value)) return false
      left = value
    }
    return true
  }
}

function binary(isAsync: boolean, op: BinaryOperator, left: Expr, right: Expr): Expr {
  const compute = binaryOperators[op]
  if (isAsync) return strict2(true, left, right, (_, a, b) => compute(a, b))
  // Each with a call of its own, which the engine can put in place.
  switch (op) {
    case '+':
      return (frame) => add(left(frame), right(frame))
    case '-':
      return (frame) => subtract(left(frame), right(frame))
    case '%':
      return (frame) => modulo(left(frame), right(frame))
    default:
      return (frame) => compute(left(frame), right(frame))
  }
}

function logical(place: Place, node: Logical): Expr {
  const left = buildExpression(place, node.left)
  const right = buildExpression(place, node.right)
  const isAnd = node.op === 'and'
  const decide = (frame: Frame, value: unknown): unknown => (isTrue(value) === isAnd ? right(frame) : value)
  return place.unit.isAsync ? strict1(true, left, decide) : (frame) => decide(frame, left(frame))
}
