import type { TemplatePlace } from './template-place.ts'

/** How many lines of source are shown before and after the line of the error. */
const AROUND = 2
/** Longer lines of source are cut around the column, in characters. */
const WIDTH = 160
/** How many places are listed. */
const LISTED = 12

/** An error as people read it: name and message, what may help, the lines around the place, and the way there. */
export function reportOf(error: Error & { hint?: string | null }, places: readonly TemplatePlace[]): string {
  let text = error.message ? `${error.name}: ${error.message}` : error.name
  if (error.hint) text += `\n  ${error.hint}`
  const [place] = places
  if (place === undefined) return text
  if (place.source != null) text += excerptOf(place.source, place.lineno, place.column ?? null)
  for (const each of places.slice(0, LISTED)) text += `\n    at ${nameOf(each)}`
  if (places.length > LISTED) text += `\n    … ${places.length - LISTED} more in templates`
  return text
}

/** A place in the form of a stack frame, which editors and terminals make a link of. */
function nameOf(place: TemplatePlace): string {
  let spot = `${place.filename ?? place.templateName ?? '<template>'}:${place.lineno}`
  if (place.column != null) spot += `:${place.column}`
  return place.part == null ? spot : `${place.part} (${spot})`
}

/** The lines around a place, with numbers and a caret under the column, between empty lines. */
export function excerptOf(source: string, lineno: number, column: number | null): string {
  const lines = source.split(/\r\n|\r|\n/)
  if (lineno < 1 || lineno > lines.length) return ''
  const first = Math.max(1, lineno - AROUND)
  const last = Math.min(lines.length, lineno + AROUND)
  const cut = column === null || column <= WIDTH - 20 ? 0 : column - WIDTH / 2
  const margin = String(last).length
  const shown: string[] = ['']
  for (let number = first; number <= last; number++) {
    const line = (lines[number - 1] as string).slice(cut, cut + WIDTH)
    shown.push(`${number === lineno ? '>' : ' '} ${String(number).padStart(margin)} | ${line}`.trimEnd())
    if (number === lineno && column !== null) shown.push(caretUnder(line, column - 1 - cut, margin))
  }
  return `\n${shown.join('\n')}\n`
}

/** Tabs are kept before the caret, so that it stands right however wide they are shown. */
function caretUnder(line: string, offset: number, margin: number): string {
  const before = line.slice(0, Math.max(0, offset)).replace(/[^\t]/g, ' ')
  return `  ${' '.repeat(margin)} | ${before}^`
}
