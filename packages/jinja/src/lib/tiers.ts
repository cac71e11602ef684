import type { BlockFunction, CompiledTemplate, Pieces } from './runtime/compiled.ts'
import type { Context } from './runtime/context.ts'
import type { CompiledSource } from './template-loading.ts'

/**
 * Templates that begin as closures, which are made in a third of the time, and become generated code where they are run
 * once more: what is rendered once, such as by a command or in a test, never pays for code.
 *
 * @param makeCode Gives the generated code. Called once, if ever.
 */
export function tieredSource(closures: CompiledSource, makeCode: () => CompiledSource): CompiledSource {
  let made: CompiledSource | null = null
  const code = (): CompiledSource => (made ??= makeCode())
  return {
    compile: (mode, origin) =>
      // Streams are cut in the same places each time.
      mode === 'stream' || mode === 'asyncStream'
        ? code().compile(mode, origin)
        : tiered(closures.compile(mode, origin), () => code().compile(mode, origin)),
    lines: () => code().lines(),
  }
}

function tiered(closures: CompiledTemplate, compile: () => CompiledTemplate): CompiledTemplate {
  let current = closures
  const settle = (): CompiledTemplate => {
    if (current === closures) {
      current = compile()
      // Who asks the template for it next gets it without a detour.
      template.root = current.root
    }
    return current
  }
  /** A function of the template: that of closures the first time it is called, then that of code. */
  const tieredFunction = (
    of: (compiled: CompiledTemplate) => BlockFunction,
  ): ((context: Context, depth?: number) => Pieces) => {
    let isFirst = true
    return (context, depth = 0) => {
      const compiled = isFirst ? current : settle()
      isFirst = false
      return of(compiled)(context, depth)
    }
  }
  const blocks: Record<string, BlockFunction> = Object.create(null)
  for (const name of Object.keys(closures.blocks)) {
    blocks[name] = tieredFunction((compiled) => compiled.blocks[name]!)
  }
  const template: { -readonly [Key in keyof CompiledTemplate]: CompiledTemplate[Key] } = {
    root: tieredFunction(({ root }) => root),
    ...(closures.parent !== undefined && { parent: closures.parent }),
    blocks,
    settle,
  }
  return template
}
