import type { Environment } from '@phial/jinja'
import { findReferencedTemplates } from '@phial/jinja/meta'
import { type TemplateSource, templateTypes } from '@phial/jinja/precompile'
import type { Phial } from '../app.ts'
import { CliError } from './cli-error.ts'
import { templatesOf } from './template-sources.ts'

/** The members of `interface TemplateRegistry`, or why there are none. */
export interface TemplateMembers {
  readonly members: readonly string[]
  /** Why templates are not checked; null if they are, or if there are none. */
  readonly problem: string | null
}

/** Whether a variable must be given, as the engine sees it. */
type Variables = ReadonlyMap<string, 'required' | 'optional'>

/**
 * The templates of an application and its blueprints with the variables that they take, as members of an interface.
 * Names that every template has are no variables. None must be given, as one that is missing prints nothing and context
 * processors give some; where the engine refuses what is undefined (`StrictUndefined`), those must be given that have no
 * default and are not `optional`.
 *
 * @throws CliError for a template that cannot be read, with its place.
 */
export function templateMembers(app: Phial, optional: ReadonlySet<string>): TemplateMembers {
  try {
    const { templates, problem } = templatesOf(app)
    return { members: templates === null ? [] : membersOf(app.jinjaEnv, templates, optional), problem }
  } catch (error) {
    throw new CliError(
      'This template cannot be read. Correct it, or leave templates out with --no-templates.',
      { exitCode: 1, detail: String(error), cause: error },
    )
  }
}

function membersOf(
  environment: Environment,
  sources: readonly TemplateSource[],
  optional: ReadonlySet<string>,
): string[] {
  const open = openTemplates(environment, sources)
  const isStrict = refusesUndefined(environment)
  return [...variablesOf(environment, sources)].map(([name, variables]) => {
    const members = [...variables].map(([variable, need]) => {
      const isRequired = isStrict && need === 'required' && !optional.has(variable)
      return `${variable}${isRequired ? '' : '?'}: unknown`
    })
    if (open.has(name)) members.push('[name: string]: unknown')
    return `${JSON.stringify(name)}: ${members.length === 0 ? '{}' : `{ ${members.join('; ')} }`}`
  })
}

/** The variables of each template, as the engine writes them into a declaration. */
function variablesOf(
  environment: Environment,
  sources: readonly TemplateSource[],
): ReadonlyMap<string, Variables> {
  const text = templateTypes(environment, sources, { module: null })
  const found = new Map<string, Variables>()
  for (const [, name = '', members = ''] of text.matchAll(/^ {2}("(?:[^"\\]|\\.)*"): \{(.*)\}$/gm)) {
    const variables = new Map<string, 'required' | 'optional'>()
    for (const [, variable = '', mark] of members.matchAll(/([^\s;?:]+)(\?)?: unknown/g)) {
      variables.set(variable, mark === undefined ? 'required' : 'optional')
    }
    found.set(JSON.parse(name) as string, variables)
  }
  return found
}

/**
 * Templates that take in others by names which are only known when they run, as in `{% include page %}`, and those that
 * take in such ones: what these read is not known.
 */
function openTemplates(environment: Environment, sources: readonly TemplateSource[]): ReadonlySet<string> {
  const takenInBy = new Map<string, string[]>()
  const open: string[] = []
  for (const { name, source } of sources) {
    for (const found of findReferencedTemplates(environment.parse(source, name))) {
      if (found === null) open.push(name)
      else {
        const target = environment.joinPath(found, name)
        takenInBy.set(target, [...(takenInBy.get(target) ?? []), name])
      }
    }
  }
  const all = new Set(open)
  // A set that grows while it is walked ends with all that lead to one of its members.
  for (const name of all) for (const other of takenInBy.get(name) ?? []) all.add(other)
  return all
}

/** Whether a value that is missing is an error where it is printed. The class may be another copy's, so it is tried. */
function refusesUndefined(environment: Environment): boolean {
  try {
    environment.fromString('{{ missing }}').render()
    return false
  } catch {
    return true
  }
}
