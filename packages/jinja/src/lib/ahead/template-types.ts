import { lookedUpNames } from '../analyze/references.ts'
import type { Environment } from '../environment.ts'
import type { Template } from '../syntax/ast.ts'
import { findAll } from '../syntax/visitor.ts'
import type { TemplateSource } from './precompile.ts'
import type { TemplateLink } from './template-links.ts'
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
  for (const variable of unsetNames(environment, name, trees)) {
    if (given.has(variable) || environment.globals.has(variable)) continue
    if (!optional.has(variable)) found.set(variable, 'required')
    else if (!found.has(variable)) found.set(variable, 'optional')
  }
  const inner = new Set(entered).add(name)
  for (const link of findLinks(tree)) {
    if (!link.withContext) continue
    const set = new Set([...given, ...(link.kind === 'extends' ? exportedNames(tree) : link.bound)])
    const first = firstOf(environment, link, name, trees)
    if (first !== undefined) collect(environment, first, trees, set, inner, found)
  }
}

/**
 * The names that a template looks up and that nobody has set. Blocks run last: they see what the template, and those
 * that it extends, have set, imported and defined outside of blocks.
 */
function unsetNames(
  environment: Environment,
  name: string,
  trees: ReadonlyMap<string, Template>,
): ReadonlySet<string> {
  const { outside, inBlocks } = lookedUpNames(trees.get(name)!)
  const set = new Set<string>()
  const entered = new Set<string>()
  let next: string | undefined = name
  while (next !== undefined && !entered.has(next)) {
    entered.add(next)
    const tree: Template = trees.get(next)!
    for (const exported of exportedNames(tree)) set.add(exported)
    const parent = findLinks(tree).find(({ kind }) => kind === 'extends')
    next = parent && firstOf(environment, parent, next, trees)
  }
  return new Set([...outside, ...Array.from(inBlocks).filter((variable) => !set.has(variable))])
}

/** The template that a link leads to: of several the first that exists. */
function firstOf(
  environment: Environment,
  { names }: TemplateLink,
  from: string,
  trees: ReadonlyMap<string, Template>,
): string | undefined {
  return names?.map((each) => environment.joinPath(each, from)).find((each) => trees.has(each))
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
