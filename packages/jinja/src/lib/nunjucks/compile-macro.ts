import type { Compiler, Evaluate, Execute, Run } from './compiler.ts'
import { printedBy } from './context.ts'
import { Frame } from './frame.ts'
import { bindArguments } from './keyword-args.ts'
import type { Body, Caller, Expression, Macro, NodeList } from './nodes.ts'

/** Makes the function of a macro or call block, in the frame where it stands. */
type MakeMacro = (run: Run, frame: Frame) => (...args: unknown[]) => unknown

/** `{% macro name(args) %}`. It sees the variables of the template, not those of loops around it. */
export function macroCode(compiler: Compiler, { name: { value: name }, args, body }: Macro): Execute {
  const make = functionCode(compiler, args, body, false)
  const { isNested } = compiler
  return (run, frame) => {
    const macro = make(run, frame)
    // In the frame too, where a variable of the name may be already.
    frame.declare(name, macro)
    if (!isNested) {
      if (!name.startsWith('_')) run.context.addExport(name)
      run.context.setVariable(name, macro)
    }
    return undefined
  }
}

/** The body of a call block: as a macro, but it sees all that is around it. */
export function callerCode(compiler: Compiler, { args, body }: Caller): Evaluate {
  return functionCode(compiler, args, body, true)
}

function functionCode(compiler: Compiler, args: NodeList, body: Body, seesAround: boolean): MakeMacro {
  const last = args.children.at(-1)
  const pairs = last?.kind === 'KeywordArgs' || last?.kind === 'Dict' ? last.children : []
  const names = args.children.flatMap((arg): string[] => {
    if (arg.kind === 'Symbol') return [arg.value]
    if (arg === last && (arg.kind === 'KeywordArgs' || arg.kind === 'Dict')) return []
    return compiler.refuse(arg, 'the parameters of a macro must be names')
  })
  const defaults = pairs.map(({ key, value }): [string, Evaluate] => [
    String((key as Expression & { value?: unknown }).value),
    compiler.expression(value),
  ])
  const defaulted = defaults.map(([name]) => name)
  const execute = compiler.scoped(body, seesAround)
  return (run, outer) =>
    (...given) => {
      const { positional, named } = bindArguments(given, names, defaulted)
      const frame = seesAround ? outer.push(true) : new Frame()
      if (named['caller'] !== undefined) frame.declare('caller', named['caller'])
      for (let index = 0; index < names.length; index++) frame.declare(names[index]!, positional[index])
      for (const [name, fallback] of defaults) {
        frame.declare(name, name in named ? named[name] : fallback(run, frame))
      }
      return printedBy((out) => execute(run, frame, out))
    }
}
