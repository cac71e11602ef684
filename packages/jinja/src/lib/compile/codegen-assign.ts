import { analyzeFrame } from '../analyze/scopes.ts'
import type { Assign, AssignBlock, Node, Target } from '../syntax/ast.ts'
import { walk } from '../syntax/visitor.ts'
import type { Codegen } from './codegen.ts'
import { internalName } from './codegen-expression.ts'
import { filterCode } from './codegen-filter.ts'
import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** `{% set target = value %}` */
export function assignStatement(gen: Codegen, node: Assign, frame: Frame): void {
  gen.line(frame, node.line)
  checkNamespaces(gen, node.target, frame)
  bindTarget(gen, node.target, gen.value(node.node, frame), frame, '')
  publishAssigned(gen, node.target, frame)
}

/** `{% set target %}body{% endset %}` */
export function assignBlockStatement(gen: Codegen, node: AssignBlock, frame: Frame): void {
  const inner = frame.inner()
  // What is stored is not printed: it may stand in a template that extends another.
  inner.requiresOutputCheck = false
  analyzeFrame(inner.symbols, node)
  gen.write('{')
  gen.enterFrame(inner)
  gen.openBuffer(inner)
  gen.statements(node.body, inner)
  gen.flush()
  gen.line(inner, node.line)
  const text =
    node.filter === null
      ? gen.bufferContent(inner)
      : gen.asValue(filterCode(gen, node.filter, inner, blockInput(gen, inner)))
  checkNamespaces(gen, node.target, frame)
  bindTarget(gen, node.target, gen.made(`${gen.rt('markSafeIf')}(context, ${text})`), frame, '')
  gen.write('}')
  publishAssigned(gen, node.target, frame)
}

/** What the innermost filter of a block gets. */
export function blockInput(gen: Codegen, frame: Frame): string {
  const content = gen.bufferContent(frame)
  if (gen.state.volatile) return `${gen.rt('marked')}(context, ${content})`
  return gen.state.autoescape ? `${gen.rt('markSafe')}(${content})` : content
}

/** Namespaces are looked at before anything is stored. */
function checkNamespaces(gen: Codegen, target: Target, frame: Frame): void {
  if (target.kind === 'Name') return
  const refs = new Set<string>()
  walk(target, (each) => {
    if (each.kind === 'NSRef') refs.add(frame.symbols.ref(each.name))
  })
  for (const ref of refs) gen.write(`${gen.rt('asNamespace')}(${ref});`)
}

/**
 * Stores a value in a target.
 *
 * @param declaration `let ` if the variables are new.
 */
export function bindTarget(
  gen: Codegen,
  target: Node,
  value: string,
  frame: Frame,
  declaration: 'let ' | '',
): void {
  switch (target.kind) {
    case 'Name':
      gen.write(`${declaration}${frame.symbols.ref(target.name)} = ${value};`)
      return
    case 'InternalName':
      gen.write(`var ${internalName(target.name)} = ${value};`)
      return
    case 'NSRef': {
      const namespace = `${gen.rt('asNamespace')}(${frame.symbols.ref(target.name)})`
      gen.write(`${namespace}.__setattr__(${textCode(target.attribute)}, ${value});`)
      return
    }
    case 'Tuple': {
      const items = gen.unique('u')
      const refs = targetNames(target).map((name) => frame.symbols.ref(name))
      const names = new Set(refs)
      // A name that stands there twice, as in `for _, _ in pairs`, is one variable.
      const isDeclaredAhead = declaration !== '' && names.size < refs.length
      if (isDeclaredAhead) gen.write(`let ${Array.from(names).join(', ')};`)
      gen.write(`const ${items} = ${gen.rt('unpack')}(${value}, ${target.items.length});`)
      for (const [index, item] of target.items.entries()) {
        bindTarget(gen, item, `${items}[${index}]`, frame, isDeclaredAhead ? '' : declaration)
      }
      return
    }
    default:
      throw new Error(`A ${target.kind} cannot be assigned to.`)
  }
}

/** Makes what was stored known outside of the function: in the context, or to functions that are called here. */
function publishAssigned(gen: Codegen, target: Target, frame: Frame): void {
  for (const name of targetNames(target)) {
    if (frame.isLoop || frame.isBlock) frame.assigned.add(name)
    else if (frame.isTopLevel) publish(gen, name, frame)
  }
}

/** Stores a variable of the top level in the context. Names that begin with an underscore are not exported. */
export function publish(gen: Codegen, name: string, frame: Frame): void {
  const method = name.startsWith('_') ? 'setVar' : 'exportVar'
  gen.write(`context.${method}(${textCode(name)}, ${frame.symbols.ref(name)});`)
}

/** The names that a target stores. */
export function targetNames(target: Node): string[] {
  if (target.kind === 'Name') return [target.name]
  return target.kind === 'Tuple' ? target.items.flatMap(targetNames) : []
}
