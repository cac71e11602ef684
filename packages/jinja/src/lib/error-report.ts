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
  return text + listOf(places.map(nameOf))
}

/** The places below each other. In a recursion one comes again and again: it is listed once. */
function listOf(names: readonly string[]): string {
  const lines: string[] = []
  let index = 0
  for (; index < names.length && lines.length < LISTED; index++) {
    const name = names[index] as string
    lines.push(`at ${name}`)
    const start = index
    while (names[index + 1] === name) index++
    if (index - start > 1) lines.push('… and again, from itself')
    else index = start
  }
  if (index < names.length) lines.push(`… ${names.length - index} more in templates`)
  return lines.map((line) => `\n    ${line}`).join('')
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
  // What stands behind the last newline is no line to show.
  if (lines.at(-1) === '' && lineno < lines.length) lines.pop()
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
