/** How a report is given. */
export type ReportForm = 'html' | 'json' | 'markdown' | 'text'

const FORMS: readonly (readonly [type: string, form: ReportForm])[] = [
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['application/json', 'json'],
  ['application/problem+json', 'json'],
  ['text/markdown', 'markdown'],
  ['text/plain', 'text'],
]

/** Items of the header that are looked at. */
const MAX_ITEMS = 64

/** The form that a client wants by its `Accept`. Browsers name HTML; who takes anything, as `curl` does, gets text. */
export function acceptedForm(accept: string | null): ReportForm {
  let best: ReportForm = 'text'
  let bestQuality = 0
  for (const item of (accept ?? '').split(',', MAX_ITEMS)) {
    const [type, ...parameters] = item.split(';')
    const form = formOf(type!.trim().toLowerCase())
    if (form === null) continue
    const quality = qualityOf(parameters)
    if (quality > bestQuality) {
      best = form
      bestQuality = quality
    }
  }
  return best
}

function formOf(type: string): ReportForm | null {
  const known = FORMS.find(([name]) => name === type)
  if (known !== undefined) return known[1]
  return type.startsWith('application/') && type.endsWith('+json') ? 'json' : null
}

function qualityOf(parameters: readonly string[]): number {
  const found = parameters.map((text) => text.trim().toLowerCase()).find((text) => text.startsWith('q='))
  if (found === undefined) return 1
  const quality = Number(found.slice(2))
  return quality >= 0 && quality <= 1 ? quality : 0
}
