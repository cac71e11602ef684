import { entityNames, entityValues, legacyEntityNames } from './entities.ts'
import { replaceReferences } from './replace-references.ts'

/**
 * Text with its character references replaced: numbers and all names of HTML, as browsers and Python's
 * `html.unescape` do it. Old names count without a semicolon too, even as the start of a longer word (`&notit;` is
 * `¬it;`).
 */
export function unescapeHtml(value: { toString(): string }): string {
  return replaceReferences(String(value), (name) => {
    entities ??= loadEntities()
    return entities.get(name)
  })
}

let entities: ReadonlyMap<string, string> | undefined

function loadEntities(): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  const values = entityValues.trim().split(/\s+/)
  const names = entityNames.trim().split(/\s+/)
  names.forEach((name, i) => {
    const codes = values[i]!.split('+').map((code) => Number.parseInt(code, 36))
    map.set(`${name};`, String.fromCodePoint(...codes))
  })
  for (const name of legacyEntityNames.trim().split(/\s+/)) map.set(name, map.get(`${name};`)!)
  return map
}
