import type { Arguments, Node } from '../syntax/ast.ts'

/** The nodes directly below a node, in the order in which Jinja visits them. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'Template':
    case 'Block':
    case 'Scope':
      return node.body
    case 'Output':
    case 'Concat':
      return node.nodes
    case 'Extends':
    case 'Include':
    case 'Import':
    case 'FromImport':
      return [node.template]
    case 'For':
      return [node.target, node.iter, ...node.body, ...node.orElse, ...present(node.test)]
    case 'If':
      return [node.test, ...node.body, ...node.elifs, ...node.orElse]
    case 'Macro':
      return [...node.params, ...node.defaults, ...node.body]
    case 'CallBlock':
      return [node.call, ...node.params, ...node.defaults, ...node.body]
    case 'FilterBlock':
      return [...node.body, node.filter]
    case 'With':
      return [...node.targets, ...node.values, ...node.body]
    case 'ExprStmt':
    case 'Not':
    case 'UnaryExpr':
    case 'Getattr':
      return [node.node]
    case 'Assign':
      return [node.target, node.node]
    case 'AssignBlock':
      return [node.target, ...present(node.filter), ...node.body]
    case 'OverlayScope':
      return [node.context, ...node.body]
    case 'EvalContextModifier':
      return node.options
    case 'ScopedEvalContextModifier':
      return [...node.options, ...node.body]
    case 'Tuple':
    case 'List':
    case 'Dict':
      return node.items
    case 'Pair':
      return [node.key, node.value]
    case 'Keyword':
      return [node.value]
    case 'CondExpr':
      return [node.test, node.then, ...present(node.orElse)]
    case 'Call':
    case 'Test':
      return [node.node, ...argumentsOf(node)]
    case 'Filter':
      return [...present(node.node), ...argumentsOf(node)]
    case 'Getitem':
      return [node.node, node.arg]
    case 'Slice':
      return [...present(node.start), ...present(node.stop), ...present(node.step)]
    case 'Compare':
      return [node.expr, ...node.ops]
    case 'Operand':
    case 'MarkSafe':
    case 'MarkSafeIfAutoescape':
      return [node.expr]
    case 'BinaryExpr':
    case 'Logical':
      return [node.left, node.right]
    default:
      return []
  }
}

function argumentsOf(call: Arguments): readonly Node[] {
  return [...call.args, ...call.kwargs, ...present(call.dynArgs), ...present(call.dynKwargs)]
}

function present<Child>(child: Child | null): readonly Child[] {
  return child === null ? [] : [child]
}
