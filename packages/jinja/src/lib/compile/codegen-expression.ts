import type { Compare, CompareOperator, Expression, Getattr, Getitem, Name } from '../syntax/ast.ts'
import { isInlineName } from '../values/inline-name.ts'
import type { Code, Codegen } from './codegen.ts'
import { callCode } from './codegen-call.ts'
import { filterCode, testCode } from './codegen-filter.ts'
import { constantCode, textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** Generates an expression. */
export function expressionGenerator(gen: Codegen, node: Expression, frame: Frame): Code {
  if (node.kind === 'Const') return constant(gen, node.value)
  if (node.kind === 'Name') return any(nameCode(gen, node, frame))
  const folded = gen.fold(node)
  if (folded !== null && node.kind !== 'TemplateData') return constant(gen, folded.value)
  const value = (each: Expression): string => gen.value(each, frame)
  switch (node.kind) {
    case 'TemplateData':
      return any(templateDataCode(gen, node.data))
    case 'NSRef':
      throw new Error('A namespace reference can only be assigned to.')
    case 'Tuple':
      return any(`${gen.rt('tupleOf')}([${node.items.map(value).join(', ')}])`)
    case 'List':
      return any(`[${node.items.map(value).join(', ')}]`)
    case 'Dict': {
      const items = node.items.map((pair) => `${value(pair.key)}, ${value(pair.value)}`)
      return any(`${gen.rt('dictOf')}([${items.join(', ')}])`)
    }
    case 'CondExpr':
      return conditional(gen, node, frame)
    case 'Call':
      return callCode(gen, node, frame, null)
    case 'Filter':
      return filterCode(gen, node, frame, null)
    case 'Test':
      return testCode(gen, node, frame)
    case 'Getattr':
      return getattr(gen, node, frame)
    case 'Getitem':
      return any(getitem(gen, node, frame))
    case 'Slice':
      throw new SyntaxError('invalid syntax: a slice stands alone in its brackets')
    case 'Concat':
      return concatenation(gen, node.nodes, frame)
    case 'Compare':
      return comparison(gen, node, frame)
    case 'BinaryExpr':
      return binary(gen, node.op, gen.typed(node.left, frame), gen.typed(node.right, frame))
    case 'Logical': {
      const left = gen.typed(node.left, frame)
      const right = gen.typed(node.right, frame)
      if (left.type === 'bool' && right.type === 'bool') {
        return { code: `(${left.code} ${node.op === 'and' ? '&&' : '||'} ${right.code})`, type: 'bool' }
      }
      const condition = `${gen.rt('isTrue')}(t = ${gen.asValue(left)})`
      const other = gen.asValue(right)
      return any(node.op === 'and' ? `(${condition} ? ${other} : t)` : `(${condition} ? t : ${other})`)
    }
    case 'Not':
      return { code: `!(${gen.test(node.node, frame)})`, type: 'bool' }
    case 'UnaryExpr':
      if (gen.environment.interceptedUnops.has(node.op)) {
        return any(`env.callUnop(context, ${textCode(node.op)}, ${value(node.node)})`)
      }
      return any(`${gen.rt(node.op === '-' ? 'negate' : 'positive')}(${value(node.node)})`)
    case 'EnvironmentAttribute':
      return any(`env[${textCode(node.name)}]`)
    case 'ExtensionAttribute':
      return any(`${gen.rt('extensionAttribute')}(env, ${textCode(node.identifier)}, ${textCode(node.name)})`)
    case 'InternalName':
      return any(internalName(node.name))
    case 'MarkSafe':
      return any(`${gen.rt('markSafe')}(${value(node.expr)})`)
    case 'MarkSafeIfAutoescape':
      return any(`${gen.rt('markSafeIf')}(context, ${value(node.expr)})`)
    case 'ContextReference':
      return any('context')
    case 'DerivedContextReference':
      return any(gen.derivedContext(frame))
  }
}

function any(code: string): Code {
  return { code, type: 'any' }
}

function constant(gen: Codegen, value: unknown): Code {
  const code = constantCode(gen, value)
  if (typeof value === 'boolean') return { code, type: 'bool' }
  if (typeof value === 'string') return { code, type: 'text' }
  return {
    code,
    type: typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? 'int' : 'any',
  }
}

/** The variable of a name that only code of extensions uses. */
export function internalName(name: string): string {
  return `n_${name.replace(/[^\p{ID_Continue}$]/gu, '_')}`
}

function templateDataCode(gen: Codegen, data: string): string {
  if (gen.state.volatile) return `${gen.rt('marked')}(context, ${textCode(data)})`
  return gen.state.autoescape ? gen.hoist(`new ${gen.rt('Markup')}(${textCode(data)})`) : textCode(data)
}

function nameCode(gen: Codegen, node: Name, frame: Frame): string {
  const ref = frame.symbols.ref(node.name)
  if (node.ctx !== 'load') return ref
  return gen.awaited(gen.loaded(ref, node.name, frame.fn))
}

function getattr(gen: Codegen, node: Getattr, frame: Frame): Code {
  const member = loopMember(gen, node, frame)
  if (member !== null) return member
  const name = textCode(node.attribute)
  if (gen.environment.sandboxed) {
    const isLoop = node.node.kind === 'Name' && node.node.name === 'loop' && !gen.isAsync
    const Class = isLoop ? gen.rt('LoopContext') : 'Object'
    return any(gen.awaited(guardedLoad(gen, gen.value(node.node, frame), node.attribute, 'getattr', Class)))
  }
  if (!isInlineName(node.attribute)) {
    return any(gen.awaited(`${gen.rt('attr')}(${gen.value(node.node, frame)}, ${name}, env)`))
  }
  return any(gen.awaited(inlineLoad(gen, node.node, frame, node.attribute, 'attr')))
}

/**
 * In a sandbox: public members of data are read in place, unless the environment has rules of its own for that.
 *
 * @param Class What the object most likely is.
 */
function guardedLoad(
  gen: Codegen,
  object: string,
  name: string,
  lookup: 'getattr' | 'getitem',
  Class = 'Object',
): string {
  if (!isInlineName(name) || name.startsWith('_')) return `env.${lookup}(${object}, ${textCode(name)})`
  return (
    `(typeof (t = ${object}) === "object" && t !== null && t.constructor === ${gen.hoist(`env.inPlace(${Class})`)} && ` +
    `(v = t${propertyCode(name)}) !== undefined && typeof v !== "function" ? v : env.${lookup}(t, ${textCode(name)}))`
  )
}

function propertyCode(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${textCode(name)}]`
}

/** Reads a property of an object in place; whatever is no plain data goes to the runtime. */
function inlineLoad(
  gen: Codegen,
  object: Expression,
  frame: Frame,
  name: string,
  fallback: 'attr' | 'item',
): string {
  if (gen.isShared(gen.contents.attributes.get(name), frame.fn)) {
    return sharedLoad(gen, object, frame, name, fallback)
  }
  const property = propertyCode(name)
  if (object.kind === 'Name' && !gen.isAsync) {
    const ref = frame.symbols.ref(object.name)
    const fallbackCode = `${gen.rt(fallback)}(${ref}, ${textCode(name)}, env, ${textCode(object.name)})`
    return inlineCode(ref, ref, property, fallbackCode)
  }
  const code = gen.value(object, frame)
  return inlineCode(`(t = ${code})`, 't', property, `${gen.rt(fallback)}(t, ${textCode(name)}, env)`)
}

function sharedLoad(
  gen: Codegen,
  object: Expression,
  frame: Frame,
  name: string,
  fallback: 'attr' | 'item',
): string {
  const load = gen.hoistOnce(`${fallback} ${name}`, () => {
    const missing = `${gen.rt(fallback)}(o, ${textCode(name)}, env, n)`
    return `(o, n, v) => ${inlineCode('o', 'o', propertyCode(name), missing)}`
  })
  if (object.kind !== 'Name' || gen.isAsync) return `${load}(${gen.value(object, frame)})`
  return `${load}(${frame.symbols.ref(object.name)}, ${textCode(object.name)})`
}

function inlineCode(first: string, again: string, property: string, fallback: string): string {
  return (
    `(typeof ${first} === "object" && ${again} !== null && (v = ${again}${property}) !== undefined && ` +
    `typeof v !== "function" ? v : ${fallback})`
  )
}

function getitem(gen: Codegen, node: Getitem, frame: Frame): string {
  const { arg } = node
  if (arg.kind === 'Slice') {
    const bound = (each: Expression | null): string => (each === null ? 'null' : gen.value(each, frame))
    return `${gen.rt('getSlice')}(${gen.value(node.node, frame)}, ${bound(arg.start)}, ${bound(arg.stop)}, ${bound(arg.step)})`
  }
  const key = arg.kind === 'Const' && typeof arg.value === 'string' ? arg.value : null
  if (gen.environment.sandboxed) {
    const object = gen.value(node.node, frame)
    return gen.awaited(
      key === null
        ? `env.getitem(${object}, ${gen.value(arg, frame)})`
        : guardedLoad(gen, object, key, 'getitem'),
    )
  }
  if (key !== null && isInlineName(key)) {
    return gen.awaited(inlineLoad(gen, node.node, frame, key, 'item'))
  }
  return gen.awaited(`${gen.rt('item')}(${gen.value(node.node, frame)}, ${gen.value(arg, frame)}, env)`)
}

/** `loop.index` and the like, of a loop without an object. */
function loopMember(gen: Codegen, node: Getattr, frame: Frame): Code | null {
  if (node.node.kind !== 'Name' || node.node.name !== 'loop') return null
  const loop = frame.findInlineLoop(frame.symbols.ref('loop'))
  if (loop === undefined) return null
  const { index0, items } = loop
  switch (node.attribute) {
    case 'index0':
      return { code: index0, type: 'int' }
    case 'index':
      return { code: `(${index0} + 1)`, type: 'int' }
    case 'first':
      return { code: `(${index0} === 0)`, type: 'bool' }
    case 'depth':
      return { code: '1', type: 'int' }
    case 'depth0':
      return { code: '0', type: 'int' }
    case 'last':
      return { code: `(${index0} + 1 === ${items}.length)`, type: 'bool' }
    case 'length':
      return { code: `${items}.length`, type: 'int' }
    case 'revindex':
      return { code: `(${items}.length - ${index0})`, type: 'int' }
    case 'revindex0':
      return { code: `(${items}.length - ${index0} - 1)`, type: 'int' }
    case 'previtem':
      return any(neighbour(gen, `${index0} === 0`, 'previous', `${items}[${index0} - 1]`))
    case 'nextitem':
      return any(neighbour(gen, `${index0} + 1 >= ${items}.length`, 'next', `${items}[${index0} + 1]`))
    default:
      return null
  }
}

function neighbour(gen: Codegen, isMissing: string, which: string, item: string): string {
  const missing = `env.makeUndefined("there is no ${which} item")`
  return gen.awaited(`(${isMissing} || (v = ${item}) === undefined ? ${missing} : v)`)
}

function conditional(gen: Codegen, node: Extract<Expression, { kind: 'CondExpr' }>, frame: Frame): Code {
  const soft = frame.soft()
  const test = gen.test(node.test, soft)
  const then = gen.typed(node.then, soft)
  if (node.orElse === null) {
    return any(`(${test} ? ${gen.asValue(then)} : ${missingElse(gen, node.line)})`)
  }
  const orElse = gen.typed(node.orElse, soft)
  if (then.type === orElse.type) return { code: `(${test} ? ${then.code} : ${orElse.code})`, type: then.type }
  return any(`(${test} ? ${gen.asValue(then)} : ${gen.asValue(orElse)})`)
}

function missingElse(gen: Codegen, line: number): string {
  const message = `the inline if-expression on ${positionText(gen, line)} evaluated to false and no else section was defined.`
  return `new ${gen.rt('Undefined')}(${textCode(message)})`
}

/** Where something stands, for messages: `line 3 in 'index.html'`. */
export function positionText(gen: Codegen, line: number): string {
  return gen.name === null ? `line ${line}` : `line ${line} in '${gen.name}'`
}

function concatenation(gen: Codegen, nodes: readonly Expression[], frame: Frame): Code {
  if (gen.state.autoescape && !gen.state.volatile) {
    return any(
      gen.made(`${gen.rt('concat')}([${nodes.map((each) => gen.value(each, frame)).join(', ')}], true)`),
    )
  }
  const texts = nodes.map((each) => {
    const code = gen.typed(each, frame)
    return code.type === 'text' ? code.code : `${gen.rt('toText')}(${gen.asValue(code)})`
  })
  return { code: gen.made(`(${texts.join(' + ')})`), type: 'text' }
}

const comparisons: Readonly<Record<CompareOperator, string>> = {
  '==': 'equals',
  '!=': 'notEquals',
  '<': 'isLess',
  '<=': 'isLessOrEqual',
  '>': 'isGreater',
  '>=': 'isGreaterOrEqual',
  in: 'isIn',
  'not in': 'isNotIn',
}

function comparison(gen: Codegen, node: Compare, frame: Frame): Code {
  let left = gen.value(node.expr, frame)
  const codes: string[] = []
  for (const [index, { op, expr }] of node.ops.entries()) {
    const right = gen.value(expr, frame)
    if (index === node.ops.length - 1) {
      codes.push(`${gen.rt(comparisons[op])}(${left}, ${right})`)
    } else {
      const middle = gen.temporary(frame)
      codes.push(`${gen.rt(comparisons[op])}(${left}, ${middle} = ${right})`)
      left = middle
    }
  }
  return { code: codes.length === 1 ? codes[0]! : `(${codes.join(' && ')})`, type: 'bool' }
}

const operators: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floorDivide',
  '%': 'modulo',
  '**': 'power',
}

/** Operators whose result can be much longer than their operands: a sandbox looks before they are computed. */
const GROWING: ReadonlySet<string> = new Set(['*', '**', '%'])

/** Known ints that are not negative, and no zero to divide by: JavaScript's remainder is Python's. */
function isRemainder(op: string, left: Code, right: Code): boolean {
  return op === '%' && left.type === 'int' && right.type === 'int' && /^[1-9]\d*$/.test(right.code)
}

function binary(gen: Codegen, op: string, left: Code, right: Code): Code {
  const [a, b] = [gen.asValue(left), gen.asValue(right)]
  const isIntercepted = gen.environment.interceptedBinops.has(op)
  if (gen.environment.sandboxed && (isIntercepted || (GROWING.has(op) && !isRemainder(op, left, right)))) {
    return any(`env.operate(context, ${textCode(op)}, ${a}, ${b})`)
  }
  if (isIntercepted) return any(gen.made(`env.callBinop(context, ${textCode(op)}, ${a}, ${b})`))
  if (isRemainder(op, left, right)) {
    return { code: `(${a} % ${b})`, type: 'int' }
  }
  return any(gen.made(`${gen.rt(operators[op]!)}(${a}, ${b})`))
}
