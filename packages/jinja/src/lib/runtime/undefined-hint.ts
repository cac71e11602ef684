import { didYouMean } from '../did-you-mean.ts'
import { isMapping, mappingKeys } from '../values/mapping.ts'
import { methodNames } from '../values/methods/table.ts'
import type { Undefined } from '../values/undefined.ts'
import { MISSING } from '../values/undefined.ts'
import type { TemplateOrigin } from './compiled.ts'
import type { Context } from './context.ts'
import { TemplateModule } from './template-module.ts'

/** How many names a hint lists, and how many of an object are looked at. */
const LISTED = 10
const MAX_NAMES = 500

/**
 * What may help where an undefined value was used: the name that was meant, or the names there are. `null` if there is
 * nothing to say. Nothing of the object is read but its names.
 */
export function undefinedHint(value: Undefined, context: Context, origin: TemplateOrigin): string | null {
  const { hint, object, name } = value.undefinedParts()
  if (typeof name !== 'string') return null
  if (object instanceof TemplateModule) return exportHint(name, object.exportedNames())
  if (hint !== null) return null
  try {
    return object === MISSING ? variableHint(name, context, origin) : memberHint(name, object)
  } catch {
    // A proxy may refuse to be looked at. The error that is being raised matters more.
    return null
  }
}

function variableHint(name: string, context: Context, origin: TemplateOrigin): string | null {
  const all = Array.from(context.keys())
  const near = didYouMean(name, [...(origin.localNames?.() ?? []), ...all])
  if (near !== null) return near
  const { globals } = context.environment
  const given = all.filter((each) => !globals.has(each))
  return given.length === 0
    ? 'The template was given no variables.'
    : `The template was given: ${listed(given)}.`
}

function exportHint(name: string, exported: readonly string[]): string | null {
  if (exported.length === 0) return 'It exports nothing.'
  return didYouMean(name, exported) ?? `It exports: ${listed(exported)}.`
}

function memberHint(name: string, object: unknown): string | null {
  const members = membersOf(object)
  const near = didYouMean(name, [...members, ...methodNames(object)])
  if (near !== null || members.length === 0) return near
  return `It has: ${listed(members)}.`
}

/** The keys of a mapping, or the names of the data and the methods of an instance. */
function membersOf(object: unknown): string[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return []
  const names = new Set<string>()
  const add = (each: unknown): void => {
    if (typeof each === 'string' && !each.startsWith('_') && each !== 'constructor') names.add(each)
  }
  if (isMapping(object)) for (const key of mappingKeys(object).slice(0, MAX_NAMES)) add(key)
  else if (methodNames(object).length === 0) {
    let each: object | null = object
    while (each !== null && Object.getPrototypeOf(each) !== null && names.size < MAX_NAMES) {
      for (const key of Object.getOwnPropertyNames(each)) add(key)
      each = Object.getPrototypeOf(each) as object | null
    }
  }
  return Array.from(names)
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => `'${name}'`)
  const rest = names.length - shown.length
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`
}
