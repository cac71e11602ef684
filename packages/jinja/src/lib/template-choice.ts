import { TemplateNotFound, TemplatesNotFound, UndefinedError } from './errors.ts'
import type { TemplateChoice } from './runtime/compiled.ts'
import type { Variables } from './runtime/scope.ts'
import { Template } from './template.ts'
import { toArray } from './values/iterate.ts'
import { repr } from './values/python-text.ts'
import { plainTextOf } from './values/text-value.ts'
import { typeName } from './values/type-name.ts'
import { Undefined } from './values/undefined.ts'

/** The name of a template, or a template, which then is meant itself. */
export type TemplateName = string | Template

/** How a template is got. */
export interface GetTemplateOptions {
  /** The name of the template that asks, for relative names. */
  readonly parent?: string | null
  /** Variables of this template alone. If it is loaded already, they are added to those it has. */
  readonly globals?: Variables
}

/** What gives templates by name. */
export interface TemplateSource {
  joinPath(name: string, parent: string): string
  loadByNameSync(name: string, globals: Variables | null): Template
  loadByName(name: string, globals: Variables | null): Promise<Template>
}

export function chooseTemplateSync(
  environment: TemplateSource,
  names: unknown,
  options: GetTemplateOptions,
  choice: TemplateChoice,
): Template {
  const globals = options.globals ?? null
  if (isOne(names, choice)) {
    const name = joinedName(environment, names, options)
    return typeof name === 'string' ? environment.loadByNameSync(name, globals) : name
  }
  const candidates = candidatesOf(names)
  for (const candidate of candidates) {
    try {
      const name = joinedName(environment, candidate, options)
      return typeof name === 'string' ? environment.loadByNameSync(name, globals) : name
    } catch (error) {
      passOver(error)
    }
  }
  throw noneFound(candidates)
}

export async function chooseTemplate(
  environment: TemplateSource,
  names: unknown,
  options: GetTemplateOptions,
  choice: TemplateChoice,
): Promise<Template> {
  const globals = options.globals ?? null
  if (isOne(names, choice)) {
    const name = joinedName(environment, names, options)
    return typeof name === 'string' ? environment.loadByName(name, globals) : name
  }
  const candidates = candidatesOf(names)
  for (const candidate of candidates) {
    try {
      const name = joinedName(environment, candidate, options)
      return typeof name === 'string' ? await environment.loadByName(name, globals) : name
    } catch (error) {
      passOver(error)
    }
  }
  throw noneFound(candidates)
}

function isOne(names: unknown, choice: TemplateChoice): boolean {
  if (choice !== 'either') return choice === 'one'
  return plainTextOf(names) !== undefined || names instanceof Undefined || names instanceof Template
}

function candidatesOf(names: unknown): readonly unknown[] {
  if (names instanceof Undefined) names.fail()
  const candidates = toArray(names)
  if (candidates.length > 0) return candidates
  throw new TemplatesNotFound([], 'Tried to select from an empty list of templates.')
}

function passOver(error: unknown): void {
  if (!(error instanceof TemplateNotFound || error instanceof UndefinedError)) throw error
}

function noneFound(candidates: readonly unknown[]): TemplatesNotFound {
  const names = candidates.map((name) => (name instanceof Undefined ? name.undefinedMessage() : String(name)))
  return new TemplatesNotFound(names)
}

/** The name as the loader knows it, or the template that is meant itself. */
function joinedName(
  environment: TemplateSource,
  given: unknown,
  { parent }: GetTemplateOptions,
): string | Template {
  if (given instanceof Template) return given
  if (given instanceof Undefined) given.fail()
  const name = plainTextOf(given)
  if (name === undefined) {
    if (Array.isArray(given)) throw new TypeError(`unhashable type: '${typeName(given)}'`)
    throw new TemplateNotFound(repr(given))
  }
  return parent == null ? name : environment.joinPath(name, parent)
}
