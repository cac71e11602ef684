import { findUndeclaredVariables } from '../analyze/references.ts'
import type { Environment } from '../environment.ts'
import type { Template } from '../syntax/ast.ts'
import { findAll } from '../syntax/visitor.ts'
import type { TemplateSource } from './precompile.ts'
import { exportedNames, findLinks } from './template-links.ts'

/** The variables of a template, and whether each must be given. */
export type TemplateVariables = ReadonlyMap<string, 'required' | 'optional'>

export interface TemplateTypesOptions {
  /** The module whose `TemplateRegistry` is extended; `null` for an interface that stands alone. Default: `phial`. */
  readonly module?: string | null
}

/**
 * A declaration file with the variables of each template: those that it looks up and does not set, and those of the
 * templates it extends and includes. Variables of which the template asks whether they are defined, or for which it has
 * a default, need not be given. Values are `unknown`: templates do not say what they are.
 *
 * @throws {TemplateSyntaxError} for the first template that cannot be parsed.
 */
export function templateTypes(
  environment: Environment,
  templates: Iterable<TemplateSource>,
  { module = 'phial' }: TemplateTypesOptions = {},
): string {
  const trees = new Map<string, Template>()
  for (const { name, source } of templates) trees.set(name, environment.parse(source, name))
  const entries = Array.from(trees.keys())
    .sort()
    .map((name) => `  ${JSON.stringify(name)}: ${typeOf(variablesOf(environment, name, trees))}\n`)
  const body = `export interface ${module === null ? 'TemplateRegistry' : 'TemplateVariables'} {\n${entries.join('')}}\n`
  const header = '// Written by `phial-jinja types`: change the templates, not this file.\n'
  if (module === null) return header + body
  const extension = `  interface TemplateRegistry extends TemplateVariables {}\n`
  // The import makes this a module: what it declares is added to the other one.
  return `${header}import type {} from ${JSON.stringify(module)}\n\n${body}\ndeclare module ${JSON.stringify(module)} {\n${extension}}\n`
}

/** What a rendering of a template has to be given, and may be. */
export function variablesOf(
  environment: Environment,
  name: string,
  trees: ReadonlyMap<string, Template>,
): TemplateVariables {
  const found = new Map<string, 'required' | 'optional'>()
  collect(environment, name, trees, new Set(), new Set(), found)
  return found
}

/**
 * @param given The names that templates before this one have set for it.
 * @param entered The templates on the way here, as includes may lead back.
 */
function collect(
  environment: Environment,
  name: string,
  trees: ReadonlyMap<string, Template>,
  given: ReadonlySet<string>,
  entered: ReadonlySet<string>,
  found: Map<string, 'required' | 'optional'>,
): void {
  const tree = trees.get(name)
  if (tree === undefined || entered.has(name)) return
  const optional = guardedNames(tree)
  for (const variable of findUndeclaredVariables(tree, environment.globals)) {
    if (given.has(variable)) continue
    if (!optional.has(variable)) found.set(variable, 'required')
    else if (!found.has(variable)) found.set(variable, 'optional')
  }
  const inner = new Set(entered).add(name)
  for (const { kind, names, withContext, bound } of findLinks(tree)) {
    if (names === null || !withContext) continue
    const set = new Set([...given, ...(kind === 'extends' ? exportedNames(tree) : bound)])
    // Of several templates the first that exists is taken.
    const first = names.map((each) => environment.joinPath(each, name)).find((each) => trees.has(each))
    if (first !== undefined) collect(environment, first, trees, set, inner, found)
  }
}

/** Names that a template reads only after it has asked whether there is something, or with a default. */
function guardedNames(tree: Template): Set<string> {
  const guarded = new Set<string>()
  for (const node of findAll(tree, 'Filter', 'Test')) {
    const isGuard = node.kind === 'Filter' ? DEFAULTS.has(node.name) : QUESTIONS.has(node.name)
    if (isGuard && node.node?.kind === 'Name') guarded.add(node.node.name)
  }
  return guarded
}

const DEFAULTS: ReadonlySet<string> = new Set(['default', 'd'])
const QUESTIONS: ReadonlySet<string> = new Set(['defined', 'undefined'])

function typeOf(variables: TemplateVariables): string {
  if (variables.size === 0) return '{}'
  const members = Array.from(variables.keys())
    .sort()
    .map((name) => `${propertyName(name)}${variables.get(name) === 'optional' ? '?' : ''}: unknown`)
  return `{ ${members.join('; ')} }`
}

function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)
}
