import type { TemplateChoice } from '../runtime/compiled.ts'
import type { Expression, FromImport, Import, Include } from '../syntax/ast.ts'
import type { Codegen } from './codegen.ts'
import { nameCode } from './codegen-block.ts'
import { positionText } from './codegen-expression.ts'
import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** `{% include template %}` */
export function includeStatement(gen: Codegen, node: Include, frame: Frame): void {
  gen.line(frame, node.line)
  const template = gen.unique('inc')
  const load = gen.isAsync ? `await ${gen.rt('includedAsync')}` : gen.rt('included')
  const name = gen.value(node.template, frame)
  gen.write(
    `{ const ${template} = ${load}(context, ${name}, ${nameCode(gen)}, "${choiceOf(node.template)}", ${node.ignoreMissing});`,
  )
  if (node.ignoreMissing) gen.write(`if (${template} !== null) {`)
  if (node.withContext) {
    gen.printPieces(
      frame,
      `${gen.rt('renderIncluded')}(${gen.contextRef}, ${template}, ${gen.localsCode(frame)})`,
    )
  } else printAlone(gen, frame, template)
  if (node.ignoreMissing) gen.write('}')
  gen.write('}')
}

function printAlone(gen: Codegen, frame: Frame, template: string): void {
  const printed = gen.isAsync
    ? `await ${gen.rt('printedAloneAsync')}(context, ${template})`
    : `${gen.rt('printedAlone')}(context, ${template})`
  if (!gen.isNative) gen.print(frame, printed)
  else if (frame.isStreamed) gen.write(`yield* ${printed};`)
  else gen.write(`${frame.buffer}.push(...${printed});`)
}

/** Whether the name of a template is one, several, or either, as far as the source tells. */
function choiceOf(node: Expression): TemplateChoice {
  if (node.kind === 'Tuple' || node.kind === 'List') return 'select'
  if (node.kind !== 'Const') return 'either'
  if (typeof node.value === 'string') return 'one'
  return Array.isArray(node.value) ? 'select' : 'either'
}

/** `{% import template as target %}` */
export function importStatement(gen: Codegen, node: Import, frame: Frame): void {
  gen.line(frame, node.line)
  const ref = frame.symbols.ref(node.target)
  gen.write(`${ref} = ${importCode(gen, node, frame)};`)
  if (frame.isTopLevel) gen.write(`context.setImported(${textCode(node.target)}, ${ref});`)
}

/** `{% from template import names %}` */
export function fromImportStatement(gen: Codegen, node: FromImport, frame: Frame): void {
  gen.line(frame, node.line)
  const module = gen.unique('module')
  gen.write(`const ${module} = ${importCode(gen, node, frame)};`)
  const position = textCode(positionText(gen, node.line))
  for (const { name, alias } of node.names) {
    const ref = frame.symbols.ref(alias)
    gen.write(`${ref} = ${gen.rt('importedName')}(context, ${module}, ${textCode(name)}, ${position});`)
    if (frame.isTopLevel) gen.write(`context.setImported(${textCode(alias)}, ${ref});`)
  }
}

function importCode(gen: Codegen, node: Import | FromImport, frame: Frame): string {
  const load = gen.isAsync ? `await ${gen.rt('importModuleAsync')}` : gen.rt('importModule')
  const locals = node.withContext ? gen.localsCode(frame) : 'undefined'
  return `${load}(${node.withContext ? gen.contextRef : 'context'}, ${gen.value(node.template, frame)}, ${nameCode(gen)}, ${locals})`
}
