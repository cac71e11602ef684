import { findFilters, findTests } from '../analyze/references.ts'
import type { TemplateWarning } from '../analyze/warnings.ts'
import { findWarnings } from '../analyze/warnings.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { Environment } from '../environment.ts'
import { excerptOf } from '../error-report.ts'
import { placeOf, TemplateError } from '../errors.ts'
import type { Block, Position, Template } from '../syntax/ast.ts'
import { findAll } from '../syntax/visitor.ts'
import type { TemplateSource } from './precompile.ts'
import type { TemplateLink } from './template-links.ts'
import { findLinks } from './template-links.ts'

/** Something wrong in a template, or most likely not meant. */
export interface TemplateProblem {
  readonly template: string
  /** Counting from 1; `null` if there is no place in the source. */
  readonly line: number | null
  readonly column: number | null
  /** An error fails when the template is loaded or rendered; a warning need not. */
  readonly severity: 'error' | 'warning'
  readonly code: TemplateWarning['code'] | 'syntax' | 'missing-template' | 'extends-itself' | 'unused-block'
  readonly message: string
  /** What to do, in a sentence, or `null`. */
  readonly hint: string | null
}

/** A template that could be parsed. */
interface Parsed {
  readonly name: string
  readonly tree: Template
  readonly links: readonly TemplateLink[]
}

/** Warnings whose templates fail when they are loaded. */
const FATAL: ReadonlySet<string> = new Set(['unknown-filter', 'unknown-test'])

/**
 * Checks templates against each other and against what an environment has: grammar, filters, tests, the templates they
 * name, the blocks they override, and what most likely was not meant.
 *
 * @param templates All that can be loaded.
 * @returns The problems by template, in the order of the source.
 */
export function checkTemplates(
  environment: Environment,
  templates: Iterable<TemplateSource>,
): TemplateProblem[] {
  const sources = Array.from(templates)
  const problems: TemplateProblem[] = []
  const parsed = new Map<string, Parsed>()
  for (const { name, source } of sources) {
    try {
      const tree = environment.parse(source, name)
      knowingAll(environment, tree).compile(tree, name)
      parsed.set(name, { name, tree, links: findLinks(tree) })
    } catch (error) {
      problems.push(syntaxProblem(error, name))
    }
  }
  const names = new Set(sources.map(({ name }) => name))
  for (const template of parsed.values()) {
    for (const { code, message, hint, line, column } of findWarnings(template.tree, environment)) {
      const severity = FATAL.has(code) ? 'error' : 'warning'
      problems.push({ template: template.name, line, column, severity, code, message, hint })
    }
    problems.push(...missingTemplates(template, names, environment))
    problems.push(...unusedBlocks(template, parsed, environment))
  }
  return problems.sort(
    (a, b) =>
      compare(a.template, b.template) ||
      compare(a.line ?? 0, b.line ?? 0) ||
      compare(a.column ?? 0, b.column ?? 0),
  )
}

/** A problem as people read it: place, message, the source around it, and what may help. */
export function reportProblem(problem: TemplateProblem, file: string, source: string): string {
  const { line, column, severity, code, message, hint } = problem
  const place = line === null ? file : `${file}:${line}${column === null ? '' : `:${column}`}`
  const excerpt = line === null ? '' : excerptOf(source, line, column)
  return `${place} ${severity}: ${message} (${code})\n${hint === null ? '' : `  ${hint}\n`}${excerpt.replace(/^\n/, '')}`
}

/** The environment as if it had each filter and test, so that all else that keeps a template from compiling is found. */
function knowingAll(environment: Environment, tree: Template): Environment {
  const nothing = (): undefined => undefined
  const filters = new Map(findFilters(tree).map(({ name }) => [name, nothing]))
  const tests = new Map(findTests(tree).map(({ name }) => [name, nothing]))
  return Object.assign(environment.overlay(), {
    filters: new Map([...filters, ...environment.filters]),
    tests: new Map([...tests, ...environment.tests]),
  })
}

function syntaxProblem(error: unknown, template: string): TemplateProblem {
  if (!(error instanceof TemplateError)) throw error
  const place = placeOf(error)
  return {
    template,
    line: place?.lineno ?? null,
    column: place?.column ?? null,
    severity: 'error',
    code: 'syntax',
    message: error.message,
    hint: error.hint ?? null,
  }
}

function missingTemplates(
  { name, links }: Parsed,
  known: ReadonlySet<string>,
  environment: Environment,
): TemplateProblem[] {
  return links.flatMap((link) => {
    if (link.names === null || link.ignoreMissing || link.names.length === 0) return []
    const joined = link.names.map((each) => environment.joinPath(each, name))
    if (joined.some((each) => known.has(each))) return []
    const named = joined.map((each) => `'${each}'`).join(' or ')
    const hint = didYouMean(joined[0]!, known)
    return [problemAt(name, link, 'error', 'missing-template', `there is no template ${named}`, hint)]
  })
}

/** Blocks of a template that extends another one, which that one and those above do not have: they are never printed. */
function unusedBlocks(
  template: Parsed,
  parsed: ReadonlyMap<string, Parsed>,
  environment: Environment,
): TemplateProblem[] {
  const extending = template.links.find(({ kind }) => kind === 'extends')
  if (extending === undefined) return []
  const above = ancestors(template, parsed, environment)
  if (above === 'itself') {
    const message = `'${template.name}' extends itself`
    return [problemAt(template.name, extending, 'error', 'extends-itself', message, null)]
  }
  if (above === null) return []
  const used = new Set(above.flatMap(({ tree }) => Array.from(findAll(tree, 'Block'), (block) => block.name)))
  const called = new Set<string>()
  for (const { tree } of [template, ...above]) {
    for (const member of findAll(tree, 'Getattr')) {
      if (member.node.kind === 'Name' && member.node.name === 'self') called.add(member.attribute)
    }
  }
  return outerBlocks(template.tree).flatMap((block) => {
    if (used.has(block.name) || called.has(block.name)) return []
    const parent = above[0]!.name
    const message = `the block '${block.name}' overrides nothing: no template above has it, so it is not printed`
    const hint =
      didYouMean(block.name, used) ?? `Blocks of '${parent}': ${Array.from(used).join(', ') || 'none'}.`
    return [problemAt(template.name, block, 'warning', 'unused-block', message, hint)]
  })
}

/** The templates that one extends, the nearest first; `null` if they are only known when it runs, or missing. */
function ancestors(
  template: Parsed,
  parsed: ReadonlyMap<string, Parsed>,
  environment: Environment,
): Parsed[] | 'itself' | null {
  const chain: Parsed[] = []
  for (let current = template; ; ) {
    const links = current.links.filter(({ kind }) => kind === 'extends')
    if (links.length === 0) return chain
    // Several, in branches: any could be the parent.
    if (links.length > 1 || links[0]!.names?.length !== 1) return null
    const parent = parsed.get(environment.joinPath(links[0]!.names[0]!, current.name))
    if (parent === undefined) return null
    if (parent === template) return 'itself'
    if (chain.includes(parent)) return null
    chain.push(parent)
    current = parent
  }
}

/** Blocks that lie in no other block: those within are printed where the outer one is. */
function outerBlocks(tree: Template): Block[] {
  const all = Array.from(findAll(tree, 'Block'))
  const inner = new Set(all.flatMap((block) => Array.from(findAll(block, 'Block'))))
  return all.filter((block) => !inner.has(block))
}

function problemAt(
  template: string,
  { line, column }: Position,
  severity: TemplateProblem['severity'],
  code: TemplateProblem['code'],
  message: string,
  hint: string | null,
): TemplateProblem {
  return { template, line, column, severity, code, message, hint }
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
