import type { Block, Extends } from '../syntax/ast.ts'
import type { Codegen } from './codegen.ts'
import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'

/** `{% block name %}` where it stands: renders the block of the name that lies nearest. */
export function blockStatement(gen: Codegen, node: Block, frame: Frame): void {
  const mayExtend = frame.isTopLevel && gen.extendsSoFar > 0
  // The blocks of a child template are rendered where its parent has them.
  if (frame.isTopLevel && gen.hasKnownExtends) return
  if (mayExtend) gen.write('if (parent === null) {')
  gen.line(frame, node.line)
  const name = textCode(node.name)
  if (node.required) gen.write(`${gen.rt('requireBlock')}(context, ${name});`)
  const context = node.scoped ? gen.derivedContext(frame) : gen.contextRef
  gen.printPieces(frame, `context.blocks[${name}][0](${context}, 0)`)
  if (mayExtend) {
    gen.write('}')
    frame.fn.line = null
  }
}

/** `{% extends template %}`. False if what follows cannot be reached. */
export function extendsStatement(gen: Codegen, node: Extends, frame: Frame): boolean {
  if (!frame.isTopLevel) gen.fail('cannot use extend from a non top-level scope', node)
  gen.line(frame, node.line)
  if (gen.extendsSoFar > 0) {
    const twice = `throw ${gen.rt('extendedTwice')}();`
    if (gen.hasKnownExtends) {
      gen.write(twice)
      return false
    }
    gen.write(`if (parent !== null) ${twice}`)
  }
  const extend = gen.isAsync ? `await ${gen.rt('extendAsync')}` : gen.rt('extend')
  gen.write(`parent = ${extend}(context, ${gen.value(node.template, frame)}, ${nameCode(gen)});`)
  if (frame.isRootLevel) gen.hasKnownExtends = true
  gen.extendsSoFar++
  return true
}

/** The name of the template, by which the names of others are joined. */
export function nameCode(gen: Codegen): string {
  return gen.name === null ? 'null' : textCode(gen.name)
}
