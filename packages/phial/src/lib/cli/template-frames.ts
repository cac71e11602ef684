import type { GeneratedFrame, TemplateFrame, TemplateFrames, TemplateInsight } from '@phial/debugger/node'
import type { Phial } from '../app.ts'

/** Where the template engine keeps the places of an error; see `templatePlacesOf` of `@phial/jinja`. */
const PLACES = Symbol.for('phial.template-places')

/** A place as the engine keeps it. The project may have another copy of the engine, so only its shape counts. */
interface Place {
  readonly templateName: string | null
  readonly filename?: string | null
  readonly lineno: number
  readonly column?: number | null
  readonly source?: string | null
  readonly part?: string | null
}

/** The frames of an application's templates that an error passed through, for the debugger. */
export function templateFrames(app: Phial): TemplateFrames {
  return {
    framesOf: (error) => placesOf(error).map(frameOf),
    owns: ({ url }) => url !== null && /\/(?:@phial|packages)\/jinja\/(?:dist|src)\//.test(url),
    lookInto: (code) => lookInto(app, code),
  }
}

function placesOf(error: unknown): readonly Place[] {
  if (!(error instanceof Error)) return []
  return (error as Error & { [PLACES]?: readonly Place[] })[PLACES] ?? []
}

function frameOf({ templateName, filename, lineno, column, source, part }: Place): TemplateFrame {
  return {
    name: templateName ?? '<template>',
    file: filename ?? null,
    line: lineno,
    column: column ?? null,
    source: source ?? null,
    part: part ?? null,
  }
}

/** What generated code calls a variable of a template: `l_`, the depth of its scope, and its name. */
const LOCAL = /^l_(\d+)_(.+)$/

/**
 * The variables of a template, from the code that was generated of it: those that it uses are locals there, the others
 * are in its context.
 */
function lookInto(app: Phial, code: GeneratedFrame): TemplateInsight {
  const locals = new Map<string, { readonly depth: number; readonly local: string }>()
  for (const local of code.names) {
    const [, depth, name] = LOCAL.exec(local) ?? []
    if (name === undefined) continue
    const known = locals.get(name)
    // The innermost scope counts.
    if (known === undefined || known.depth < Number(depth)) locals.set(name, { depth: Number(depth), local })
  }
  const context = contextOf(app, code)
  const read = (name: string): unknown => {
    const local = locals.get(name)
    return local === undefined ? context.get(name) : code.evaluate(local.local)
  }
  const names = [...locals.keys(), ...[...context.keys()].filter((name) => !locals.has(name))]
  return {
    names,
    read,
    evaluate(text) {
      const [, target, expression] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)(.+)$/su.exec(text) ?? []
      const variables = Object.fromEntries(names.map((name) => [name, read(name)]))
      const evaluated = app.jinjaEnv.compileExpression(expression ?? text)(variables)
      if (target === undefined) return evaluated
      const local = locals.get(target)
      if (local === undefined) context.set(target, evaluated)
      else (code.evaluate(`(value) => { ${local.local} = value }`) as (value: unknown) => void)(evaluated)
      return evaluated
    },
  }
}

/** The values that the template was rendered with. What all templates of the application know is not worth a line each. */
function contextOf(app: Phial, code: GeneratedFrame): Map<string, unknown> {
  if (!code.names.includes('context')) return new Map()
  const context = code.evaluate('context') as { getAll?: () => unknown } | null
  const all = context?.getAll?.()
  if (!(all instanceof Map)) return new Map()
  const { globals } = app.jinjaEnv
  return new Map([...(all as Map<string, unknown>)].filter(([name]) => !globals.has(name)))
}
