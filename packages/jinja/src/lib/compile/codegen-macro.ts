import { analyzeFrame } from '../analyze/scopes.ts'
import type { CallBlock, Macro } from '../syntax/ast.ts'
import type { Codegen } from './codegen.ts'
import { publish } from './codegen-assign.ts'
import { callCode } from './codegen-call.ts'
import { textCode } from './constant.ts'
import type { BoundMacro, Frame } from './frame.ts'
import { FunctionScope } from './frame.ts'

/** `{% macro name(…) %}` */
export function macroStatement(gen: Codegen, node: Macro, frame: Frame): void {
  const ref = frame.symbols.ref(node.name)
  const body = declareMacro(gen, node, frame)
  // A name that is stored nowhere else stands for this macro wherever it can be called.
  if (frame.storeCounts?.get(node.name) === 1) frame.bindMacro(ref, body.macro)
  body.write()
  gen.write(`${ref} = ${macroObject(gen, node.name, body.macro)};`)
  if (frame.isTopLevel) publish(gen, node.name, frame)
}

/** `{% call(…) macro(…) %}`: the body becomes a macro that the called one knows as `caller`. */
export function callBlockStatement(gen: Codegen, node: CallBlock, frame: Frame): void {
  const caller = gen.unique('caller')
  const body = declareMacro(gen, node, frame)
  gen.write('{')
  body.write()
  gen.write(`const ${caller} = ${macroObject(gen, null, body.macro)};`)
  gen.line(frame, node.line)
  const { code, type } = callCode(gen, node.call, frame, caller)
  gen.print(frame, type === 'html' || gen.isNative ? code : `${gen.rt('textPiece')}(${code})`)
  gen.write('}')
}

interface MacroBody {
  readonly macro: BoundMacro
  /** Writes the function. */
  write(): void
}

function declareMacro(gen: Codegen, node: Macro | CallBlock, outer: Frame): MacroBody {
  const part = node.kind === 'Macro' ? `macro ${textCode(node.name)}` : 'call block'
  const frame = outer.inner(new FunctionScope(part, node.line, false, true))
  frame.buffer = 'out'
  frame.isStreamed = false
  frame.requiresOutputCheck = false
  analyzeFrame(frame.symbols, node)
  const names = node.params.map(({ name }) => name)
  checkParameters(names)
  const special = gen.undeclaredNames(node.body, ['caller', 'kwargs', 'varargs'])
  const refs = node.params.map(({ name }) => frame.symbols.ref(name))
  if (special.has('caller')) {
    const at = names.indexOf('caller')
    if (at < 0) refs.push(frame.symbols.declareParameter('caller'))
    else if (at < names.length - node.defaults.length) {
      gen.fail(
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        node,
      )
    }
  }
  const catches = {
    caller: special.has('caller') && !names.includes('caller'),
    kwargs: special.has('kwargs') && !names.includes('kwargs'),
    varargs: special.has('varargs') && !names.includes('varargs'),
  }
  if (catches.kwargs) refs.push(frame.symbols.declareParameter('kwargs'))
  if (catches.varargs) refs.push(frame.symbols.declareParameter('varargs'))
  // Once more, now that the special names are known not to come from outside.
  analyzeFrame(frame.symbols, node)
  frame.storeCounts = gen.storeCounts([...node.params, ...node.body])
  const macro: BoundMacro = { fn: gen.unique('m'), parameters: names, catches }
  return { macro, write: () => writeFunction(gen, node, frame, macro, refs) }
}

function checkParameters(names: readonly string[]): void {
  for (const [index, name] of names.entries()) {
    // Python notices that when it compiles the code that Jinja writes.
    if (names.indexOf(name) !== index) {
      throw new SyntaxError(`duplicate argument '${name}' in function definition`)
    }
  }
}

function writeFunction(
  gen: Codegen,
  node: Macro | CallBlock,
  frame: Frame,
  macro: BoundMacro,
  refs: readonly string[],
): void {
  const { fn } = frame
  gen.flush()
  gen.writer.toLine(node.line)
  gen.write(`${gen.isAsync ? 'async ' : ''}function ${macro.fn}(${refs.join(', ')}) { let ln = ${node.line};`)
  gen.write(`try { ${gen.rt('enterMacro')}(context);`)
  const header = gen.reserveHeader()
  gen.write(`let out = ${gen.isNative ? '[]' : '""'};`)
  gen.step()
  gen.enterFrame(frame)
  const firstDefault = node.params.length - node.defaults.length
  for (const [index, { name }] of node.params.entries()) {
    const ref = frame.symbols.ref(name)
    const value =
      index < firstDefault
        ? `${gen.rt('missingParameter')}(env, ${textCode(name)})`
        : gen.value(node.defaults[index - firstDefault]!, frame)
    gen.write(`if (${ref} === undefined) ${ref} = ${value};`)
  }
  if (macro.catches.caller) {
    const ref = frame.symbols.ref('caller')
    gen.write(`if (${ref} === undefined) ${ref} = ${gen.rt('missingCaller')}(env);`)
  }
  gen.statements(node.body, frame)
  gen.flush()
  gen.write(`return ${gen.bufferContent(frame)};`)
  gen.fillHeader(header, fn)
  gen.write(`} catch (e) { throw ${gen.rt('fail')}(e, origin, ln, ${textCode(fn.part!)}, context); }`)
  gen.write('finally { context.state.macroDepth--; } }')
}

function macroObject(gen: Codegen, name: string | null, { fn, parameters, catches }: BoundMacro): string {
  const list = gen.hoist(`[${parameters.map(textCode).join(', ')}]`)
  const { caller, kwargs, varargs } = catches
  const flags = gen.hoist(`{ caller: ${caller}, kwargs: ${kwargs}, varargs: ${varargs} }`)
  const label = name === null ? 'null' : textCode(name)
  return `new ${gen.rt('Macro')}(${fn}, ${label}, ${list}, ${flags}, context.evalContext.autoescape)`
}
