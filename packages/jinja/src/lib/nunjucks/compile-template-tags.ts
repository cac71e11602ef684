import type { Compiler, Execute, Run } from './compiler.ts'
import type { Output, RuntimeTemplate } from './context.ts'
import { Context } from './context.ts'
import { Frame } from './frame.ts'
import type { Expression, Extends, FromImport, Import, Include, Place } from './nodes.ts'
import type { Waiting } from './waiting.ts'
import { after, withValue } from './waiting.ts'

/** Loads the template that a tag names, and goes on with it. */
type WithTemplate = (run: Run, frame: Frame, next: (template: RuntimeTemplate) => Waiting) => Waiting

function templateCode(compiler: Compiler, name: Expression, ignoreMissing: boolean): WithTemplate {
  const { path } = compiler
  const evaluate = compiler.expression(name)
  return (run, frame, next) =>
    withValue(evaluate(run, frame), (value) =>
      withValue(run.context.env.loadTemplate(value, path, ignoreMissing), (template) =>
        template === null ? undefined : next(template as RuntimeTemplate),
      ),
    )
}

function located(compiler: Compiler, place: Place, execute: Execute): Execute {
  return compiler.located(place, execute)
}

/** What comes behind it, of this template, is printed only inside of blocks. */
export function extendsCode(compiler: Compiler, node: Extends): Execute {
  const withTemplate = templateCode(compiler, node.template, false)
  return located(compiler, node, (run, frame) =>
    withTemplate(run, frame, (template): undefined => {
      const code = template.code()
      run.context.addBlocks(code)
      run.parent = code
    }),
  )
}

/** The included template sees all variables around it, and changes none. */
export function includeCode(compiler: Compiler, node: Include): Execute {
  const withTemplate = templateCode(compiler, node.template, node.ignoreMissing)
  return located(compiler, node, (run, frame, out) =>
    withTemplate(run, frame, (template) => {
      const code = template.code()
      const context = new Context(run.context.getVariables(), code, run.context.env)
      const inner = frame.push(true)
      inner.isTopLevel = true
      const own: Output = { text: '' }
      return after(code.root(context, inner, own), (): undefined => {
        out.text += own.text
      })
    }),
  )
}

export function importCode(compiler: Compiler, node: Import): Execute {
  const withTemplate = templateCode(compiler, node.template, false)
  const bind = binder(compiler)
  return located(compiler, node, (run, frame) =>
    withTemplate(run, frame, (template) =>
      withExported(template, node.withContext, run, frame, (exported) => {
        bind(run, frame, node.target.value, exported)
      }),
    ),
  )
}

export function fromImportCode(compiler: Compiler, node: FromImport): Execute {
  const withTemplate = templateCode(compiler, node.template, false)
  const bind = binder(compiler)
  return located(compiler, node, (run, frame) =>
    withTemplate(run, frame, (template) =>
      withExported(template, node.withContext, run, frame, (exported) => {
        for (const { name, alias } of node.names) {
          if (!(name in exported)) throw new Error(`cannot import '${name}'`)
          bind(run, frame, alias, exported[name])
        }
      }),
    ),
  )
}

/** Gives an imported value its name: inside of loops for the loop, else for the whole template. */
function binder(compiler: Compiler): (run: Run, frame: Frame, name: string, value: unknown) => void {
  const { isNested } = compiler
  return (run, frame, name, value) => {
    // In the frame too, where a variable of the name may be already.
    frame.declare(name, value)
    if (!isNested) run.context.setVariable(name, value)
  }
}

/** Runs a template for what it defines, and drops what it prints. */
function withExported(
  template: RuntimeTemplate,
  withContext: boolean,
  run: Run,
  frame: Frame,
  next: (exported: Readonly<Record<string, unknown>>) => void,
): Waiting {
  const code = template.code()
  const { env } = run.context
  const context = new Context(withContext ? run.context.getVariables() : null, code, env)
  const inner = withContext ? frame.push() : new Frame()
  inner.isTopLevel = true
  return after(code.root(context, inner, { text: '' }), (): undefined => {
    next(context.getExported())
  })
}
