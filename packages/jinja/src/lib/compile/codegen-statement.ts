import { analyzeFrame } from '../analyze/scopes.ts'
import type {
  EvalContextModifier,
  FilterBlock,
  If,
  OverlayScope,
  Scope,
  ScopedEvalContextModifier,
  Statement,
  With,
} from '../syntax/ast.ts'
import { isTrue } from '../values/truth.ts'
import type { Codegen } from './codegen.ts'
import {
  assignBlockStatement,
  assignStatement,
  bindTarget,
  blockInput,
  targetNames,
} from './codegen-assign.ts'
import { blockStatement, extendsStatement } from './codegen-block.ts'
import { filterCode } from './codegen-filter.ts'
import { fromImportStatement, importStatement, includeStatement } from './codegen-include.ts'
import { forStatement } from './codegen-loop.ts'
import { callBlockStatement, macroStatement } from './codegen-macro.ts'
import { outputStatement } from './codegen-output.ts'
import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** Generates a statement. False if what follows it cannot be reached. */
export function statementGenerator(gen: Codegen, node: Statement, frame: Frame): boolean {
  switch (node.kind) {
    case 'Output':
      outputStatement(gen, node, frame)
      return true
    case 'Extends':
      return extendsStatement(gen, node, frame)
    case 'For':
      forStatement(gen, node, frame)
      return true
    case 'If':
      ifStatement(gen, node, frame)
      return true
    case 'Macro':
      macroStatement(gen, node, frame)
      return true
    case 'CallBlock':
      callBlockStatement(gen, node, frame)
      return true
    case 'FilterBlock':
      filterBlockStatement(gen, node, frame)
      return true
    case 'With':
      withStatement(gen, node, frame)
      return true
    case 'Block':
      blockStatement(gen, node, frame)
      return true
    case 'Include':
      includeStatement(gen, node, frame)
      return true
    case 'Import':
      importStatement(gen, node, frame)
      return true
    case 'FromImport':
      fromImportStatement(gen, node, frame)
      return true
    case 'ExprStmt':
      gen.line(frame, node.line)
      gen.write(`${gen.value(node.node, frame)};`)
      return true
    case 'Assign':
      assignStatement(gen, node, frame)
      return true
    case 'AssignBlock':
      assignBlockStatement(gen, node, frame)
      return true
    case 'Break':
    case 'Continue':
      return leaveLoop(gen, node.kind, frame)
    case 'Scope':
      scopeStatement(gen, node, frame)
      return true
    case 'OverlayScope':
      overlayScopeStatement(gen, node, frame)
      return true
    case 'EvalContextModifier':
      changeSettings(gen, node, frame)
      return true
    case 'ScopedEvalContextModifier':
      scopedSettings(gen, node, frame)
      return true
  }
}

function ifStatement(gen: Codegen, node: If, frame: Frame): void {
  const { fn } = frame
  let open = 0
  for (const [index, branch] of [node, ...node.elifs].entries()) {
    const soft = frame.soft()
    if (index > 0) {
      gen.write('} else {')
      open++
    }
    gen.line(frame, branch.line)
    gen.write(`if (${gen.test(branch.test, soft)}) {`)
    const { line } = fn
    gen.statements(branch.body, soft)
    gen.flush()
    fn.line = line
  }
  if (node.orElse.length > 0) {
    gen.write('} else {')
    gen.statements(node.orElse, frame.soft())
    gen.flush()
  }
  gen.write('}'.repeat(open + 1))
  fn.line = null
}

function filterBlockStatement(gen: Codegen, node: FilterBlock, frame: Frame): void {
  const inner = frame.inner()
  analyzeFrame(inner.symbols, node)
  gen.write('{')
  gen.enterFrame(inner)
  gen.openBuffer(inner)
  gen.statements(node.body, inner)
  gen.flush()
  gen.line(frame, node.line)
  const filtered = gen.asValue(filterCode(gen, node.filter, inner, blockInput(gen, inner)))
  gen.print(frame, gen.isNative ? filtered : `${gen.rt('textPiece')}(${filtered})`)
  gen.write('}')
}

function withStatement(gen: Codegen, node: With, frame: Frame): void {
  const inner = frame.inner()
  analyzeFrame(inner.symbols, node)
  inner.storeCounts = gen.storeCounts([...node.targets, ...node.body])
  gen.line(frame, node.line)
  gen.write('{')
  const names = new Set(node.targets.flatMap(targetNames))
  if (names.size > 0) gen.write(`let ${Array.from(names, (name) => inner.symbols.ref(name)).join(', ')};`)
  gen.enterFrame(inner)
  for (const [index, target] of node.targets.entries()) {
    bindTarget(gen, target, gen.value(node.values[index]!, frame), inner, '')
  }
  gen.statements(node.body, inner)
  gen.write('}')
}

function leaveLoop(gen: Codegen, kind: 'Break' | 'Continue', frame: Frame): boolean {
  if (frame.fn.openLoops === 0) {
    // Python notices that when it compiles the code that Jinja writes.
    throw new SyntaxError(kind === 'Break' ? "'break' outside loop" : "'continue' not properly in loop")
  }
  gen.write(kind === 'Break' ? 'break;' : 'continue;')
  return true
}

function scopeStatement(gen: Codegen, node: Scope, frame: Frame): void {
  const inner = frame.inner()
  analyzeFrame(inner.symbols, node)
  inner.storeCounts = gen.storeCounts(node.body)
  gen.write('{')
  gen.enterFrame(inner)
  gen.statements(node.body, inner)
  gen.write('}')
}

function overlayScopeStatement(gen: Codegen, node: OverlayScope, frame: Frame): void {
  const context = gen.unique('overlay')
  gen.line(frame, node.line)
  gen.write(`{ const ${context} = ${gen.derivedContext(frame)}.overlaid(${gen.value(node.context, frame)});`)
  const outer = gen.contextRef
  gen.contextRef = context
  const inner = frame.isolated()
  analyzeFrame(inner.symbols, node)
  gen.enterFrame(inner)
  gen.statements(node.body, inner)
  gen.flush()
  gen.contextRef = outer
  gen.write('}')
}

/** What is known when the template is compiled decides how printing is written; functions see the settings as they run. */
function changeSettings(
  gen: Codegen,
  { options, line }: EvalContextModifier | ScopedEvalContextModifier,
  frame: Frame,
): void {
  for (const { key, value } of options) {
    gen.line(frame, line)
    const constant = gen.foldOutput(value)
    const code = gen.value(value, frame)
    if (key === 'autoescape') gen.write(`context.evalContext.autoescape = ${gen.rt('isTrue')}(${code});`)
    else gen.write(`context.evalContext[${textCode(key)}] = ${code};`)
    if (constant === null) gen.state.volatile = true
    else if (key === 'autoescape') gen.state.autoescape = isTrue(constant.value)
    else if (key === 'volatile') gen.state.volatile = isTrue(constant.value)
  }
}

function scopedSettings(gen: Codegen, node: ScopedEvalContextModifier, frame: Frame): void {
  const saved = { ...gen.state }
  const variable = gen.unique('saved')
  gen.write(`const ${variable} = context.evalContext.save();`)
  changeSettings(gen, node, frame)
  gen.statements(node.body, frame)
  gen.flush()
  Object.assign(gen.state, saved)
  gen.write(`context.evalContext.revert(${variable});`)
}
