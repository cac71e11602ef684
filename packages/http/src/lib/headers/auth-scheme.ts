import { trimBlanks } from '../grammar/token.ts'
import { parseDictHeader } from './dict-header.ts'

/** A scheme and what follows it: parameters or a token (RFC 9110 §11.4). */
export interface Credentials {
  /** In lower case. */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string | null> | null
  readonly token: string | null
}

/** Reads `scheme token68` or `scheme name=value, …`. An `=` that is not at the end makes it parameters. */
export function parseCredentials(header: string): Credentials {
  const space = header.indexOf(' ')
  if (space < 0) return { type: header.toLowerCase(), parameters: null, token: '' }
  const type = header.slice(0, space).toLowerCase()
  const rest = trimBlanks(header.slice(space + 1))
  let end = rest.length
  while (rest.charCodeAt(end - 1) === 61) end--
  const equals = rest.indexOf('=')
  if (equals >= 0 && equals < end) return { type, parameters: parseDictHeader(rest), token: null }
  return { type, parameters: null, token: rest }
}

/** A scheme as headers write it: `basic` is `Basic`. */
export function titleCase(scheme: string): string {
  let result = ''
  let inWord = false
  for (const character of scheme) {
    const lower = character.toLowerCase()
    const upper = character.toUpperCase()
    result += inWord ? lower : upper
    inWord = lower !== upper
  }
  return result
}
