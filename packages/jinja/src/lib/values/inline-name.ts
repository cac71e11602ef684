import { Markup } from '@phial/markup/core'
import { CLOSED_CLASSES } from './lookup.ts'

let reserved: ReadonlySet<string> | undefined

function collect(): ReadonlySet<string> {
  const names = new Set<string>(['length'])
  for (const type of [...CLOSED_CLASSES, Markup]) {
    let prototype: object | null = type.prototype
    for (; prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
      for (const name of Object.getOwnPropertyNames(prototype)) names.add(name)
    }
  }
  // Of functions only, and the generated code reads from objects.
  names.delete('name')
  return names
}

/**
 * Whether generated code may read `object.name` of an object directly: `typeof o === 'object' && o !== null &&
 * (v = o.name) !== undefined && typeof v !== 'function' ? v : getAttribute(o, name)`. Only for names that mean
 * nothing on the objects of the language and the engine, and not in a sandbox.
 */
export function isInlineName(name: string): boolean {
  reserved ??= collect()
  return !reserved.has(name) && !name.startsWith('__') && !/^[0-9]/.test(name)
}
