import { analyzeFrame } from '../analyze/scopes.ts'
import { staticParent } from '../analyze/static-parent.ts'
import { Symbols } from '../analyze/symbols.ts'
import type { Block, Node, Template } from '../syntax/ast.ts'
import { childrenOf } from '../syntax/visitor.ts'
import { Codegen } from './codegen.ts'
import { hasNoArguments } from './codegen-call.ts'
import { expressionGenerator } from './codegen-expression.ts'
import { statementGenerator } from './codegen-statement.ts'
import { textCode } from './constant.ts'
import { Frame, FunctionScope } from './frame.ts'
import type { CompileOptions } from './options.ts'

/** The generated code of a template. */
export interface GeneratedCode {
  /**
   * The body of a function of the environment, `env`, and the origin of the template, `origin`, that gives its functions:
   * see `TemplateFactory`. The names in {@link imports} must be in scope.
   */
  readonly body: string
  /** The functions and classes of the runtime that the code uses. */
  readonly imports: readonly string[]
  /** Pairs of a line of the template and the line of the code where that begins. */
  readonly lines: readonly (readonly [templateLine: number, codeLine: number])[]
}

/**
 * Generates the code of a template.
 *
 * @throws {TemplateAssertionError} if the template names filters or tests that do not exist, and the like.
 */
export function generate(template: Template, options: CompileOptions): GeneratedCode {
  const gen = new Codegen(template, options, { statement: statementGenerator, typed: expressionGenerator })
  const { writer } = gen
  const constants = writer.reserve()
  generateRoot(gen, template)
  const blocks: string[] = []
  for (const block of gen.blocks.values()) {
    generateBlock(gen, block)
    // As a computed key, as `__proto__` would mean something else.
    blocks.push(`[${textCode(block.name)}]: b_${block.name}`)
  }
  writer.write(
    `return { root, parent: ${JSON.stringify(staticParent(template))}, blocks: { __proto__: null, ${blocks.join(', ')} } };`,
  )
  writer.fill(constants, gen.hoisted())
  return { body: writer.toString(), imports: gen.runtimeNames(), lines: gen.lines }
}

function generateRoot(gen: Codegen, template: Template): void {
  const fn = new FunctionScope(null, 1, gen.isStream)
  const frame = new Frame(new Symbols(), fn, null)
  // In parentheses: engines compile such a function at once. It runs soon, and is not read twice that way.
  gen.writer.write('const root = (')
  openFunction(gen, `root(context)`, fn, () => {
    if (gen.undeclaredNames(template.body, ['self']).size > 0) declareSelf(gen, frame)
    analyzeFrame(frame.symbols, template)
    frame.storeCounts = gen.storeCounts(template.body)
    frame.isTopLevel = true
    frame.isRootLevel = true
    frame.requiresOutputCheck = gen.extendsSome
    if (gen.extendsSome) gen.write('let parent = null;')
    gen.enterFrame(frame)
    gen.statements(template.body, frame)
    if (gen.extendsSome) {
      if (!gen.hasKnownExtends) gen.write('if (parent !== null) {')
      gen.printPieces(frame, `${gen.rt('renderParent')}(context, parent)`)
      if (!gen.hasKnownExtends) gen.write('}')
    }
    closePieces(gen, frame)
  })
  gen.writer.write('); ')
}

function generateBlock(gen: Codegen, block: Block): void {
  gen.writer.newLine()
  gen.writer.toLine(block.line)
  const fn = new FunctionScope(`block ${textCode(block.name)}`, block.line, gen.isStream)
  // Not a frame inside of that of the template: a block sees the context, not the variables around it.
  const frame = new Frame(new Symbols(), fn, null)
  frame.isBlock = true
  frame.block = block.name
  openFunction(gen, `b_${block.name}(context, depth)`, fn, () => {
    const special = gen.undeclaredNames(block.body, ['self', 'super'])
    if (special.has('self')) declareSelf(gen, frame)
    if (special.has('super')) {
      const ref = frame.symbols.declareParameter('super')
      if (block.body.some(namesSuper))
        gen.write(`let ${ref} = context.super(${textCode(block.name)}, depth);`)
    }
    analyzeFrame(frame.symbols, block)
    frame.storeCounts = gen.storeCounts(block.body)
    gen.enterFrame(frame)
    gen.statements(block.body, frame)
    closePieces(gen, frame)
  })
}

/** Whether `super` is more than called: calls are written out, and what passes on all variables needs it too. */
function namesSuper(node: Node): boolean {
  switch (node.kind) {
    case 'Name':
      return node.name === 'super'
    case 'Block':
      return node.scoped
    case 'Include':
    case 'Import':
    case 'FromImport':
      return node.withContext || childrenOf(node).some(namesSuper)
    case 'DerivedContextReference':
    case 'OverlayScope':
      return true
    case 'Macro':
      return node.name === 'super' || childrenOf(node).some(namesSuper)
    case 'Call':
      if (node.node.kind === 'Name' && node.node.name === 'super' && hasNoArguments(node)) return false
  }
  return childrenOf(node).some(namesSuper)
}

function declareSelf(gen: Codegen, frame: Frame): void {
  const ref = frame.symbols.declareParameter('self')
  gen.write(`let ${ref} = new ${gen.rt('TemplateReference')}(context);`)
}

/** A function that renders the template or a block, with what it needs around its body. */
function openFunction(gen: Codegen, signature: string, fn: FunctionScope, body: () => void): void {
  const kind = `${gen.isAsync ? 'async ' : ''}function${gen.isStream ? '*' : ''}`
  gen.writer.write(`${kind} ${signature} { let ln = ${fn.line}; try { `)
  const header = gen.reserveHeader()
  if (!(gen.isNative && gen.isStream)) gen.write(`let out = ${gen.isNative ? '[]' : '""'};`)
  gen.step()
  body()
  gen.fillHeader(header, fn)
  const part = fn.part === null ? 'null' : textCode(fn.part)
  gen.write(`} catch (e) { throw ${gen.rt('fail')}(e, origin, ln, ${part}, context); } }`)
}

/** Gives what was printed. */
function closePieces(gen: Codegen, frame: Frame): void {
  gen.flush()
  if (!frame.isStreamed) gen.write(`return ${frame.buffer};`)
  else if (!gen.isNative) gen.write(`if (${frame.buffer} !== "") yield ${frame.buffer};`)
}
