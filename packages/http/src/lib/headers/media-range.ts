import { trimBlanks } from '../grammar/token.ts'

/** A media type or range in lower case, taken apart. */
export interface MediaRange {
  readonly type: string
  readonly subtype: string
  /** Sorted and joined. */
  readonly parameters: string
}

/** Splits `text/html; a=b` into `text`, `html` and `a=b`. */
export function splitMediaRange(text: string): string[] {
  return text.split(';').flatMap((part) => trimBlanks(part).split('/'))
}

/** Reads a media type or range; null if it has no slash. */
export function parseMediaRange(text: string): MediaRange | null {
  const lower = text.toLowerCase()
  const slash = lower.indexOf('/')
  if (slash < 0) return null
  if (!lower.includes(';') && !lower.includes('/', slash + 1)) {
    return { type: lower.slice(0, slash), subtype: lower.slice(slash + 1), parameters: '' }
  }
  const [type, subtype, ...parameters] = splitMediaRange(lower)
  return { type: type!, subtype: subtype!, parameters: parameters.sort().join(';') }
}

/** Whether a range that a client accepts covers a media type. */
export function matchesMediaRange(wanted: MediaRange, offered: MediaRange): boolean {
  if (wanted.type === '*') return wanted.subtype === '*'
  if (offered.type === '*') return true
  if (wanted.type !== offered.type) return false
  if (wanted.subtype === '*' || offered.subtype === '*') return true
  return wanted.subtype === offered.subtype && wanted.parameters === offered.parameters
}
