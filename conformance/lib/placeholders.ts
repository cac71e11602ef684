import { isDeepStrictEqual } from 'node:util'
import { inflateSync } from 'node:zlib'

/** What placeholders are compared with. */
export interface PlaceholderValues {
  /** Milliseconds since 1970. */
  readonly now: number
  /** The payload of each signed cookie, by its name. */
  readonly session: Readonly<Record<string, unknown>>
  /** The entity tag that was seen for the file before, if any. */
  readonly fileEtag: string | undefined
}

/** How far a date may be off, in milliseconds. */
const TOLERANCE = 60_000

/**
 * Whether `actual` is `expected` with values for its placeholders: `<session>` a signed session with the recorded
 * payload, `<file-etag>` a strong entity tag, `<date:now+N>` the date N seconds after the clock.
 */
export function matchesTemplate(expected: string, actual: string, values: PlaceholderValues): boolean {
  let position = 0
  let literal = ''
  for (const [index, part] of expected.split(/(<session>|<file-etag>|<date:now(?:[+-]\d+)?>)/).entries()) {
    if (index % 2 === 0) {
      if (!actual.startsWith(part, position)) return false
      position += part.length
      literal = part
      continue
    }
    const end = placeholderEnd(part, actual, position)
    if (end < 0 || !isValueOf(part, actual.slice(position, end), literal, values)) return false
    position = end
  }
  return position === actual.length
}

/** What a signed cookie holds: the JSON before its timestamp and signature. */
export function sessionPayload(signed: string): unknown {
  const isCompressed = signed.startsWith('.')
  const text = signed.slice(isCompressed ? 1 : 0).split('.')[0] ?? ''
  const bytes = Buffer.from(text, 'base64url')
  return JSON.parse(
    (isCompressed ? inflateSync(bytes, { maxOutputLength: 1 << 20 }) : bytes).toString('utf8'),
  )
}

function placeholderEnd(placeholder: string, actual: string, start: number): number {
  if (placeholder === '<session>') {
    const end = actual.indexOf(';', start)
    return end < 0 ? actual.length : end
  }
  if (placeholder === '<file-etag>') {
    if (actual[start] !== '"') return -1
    return actual.indexOf('"', start + 1) + 1 || -1
  }
  // All HTTP dates are of one length.
  return start + 'Mon, 01 Jan 2024 00:00:00 GMT'.length
}

function isValueOf(placeholder: string, value: string, before: string, values: PlaceholderValues): boolean {
  if (placeholder === '<session>') return isSession(value, cookieName(before), values.session)
  if (placeholder === '<file-etag>') return values.fileEtag === undefined || values.fileEtag === value
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(value)) return false
  const offset = Number(/[+-]\d+/.exec(placeholder)?.[0] ?? 0) * 1000
  return Math.abs(Date.parse(value) - (values.now + offset)) <= TOLERANCE
}

function isSession(signed: string, name: string, session: Readonly<Record<string, unknown>>): boolean {
  if (!/^\.?[\w-]+\.[\w-]+\.[\w-]+$/.test(signed)) return false
  try {
    return isDeepStrictEqual(sessionPayload(signed), session[name])
  } catch {
    // Not readable at all is a difference like any other.
    return false
  }
}

/** The name of the cookie whose value comes after `text`. */
function cookieName(text: string): string {
  return /([^=;\s]+)=$/.exec(text)?.[1] ?? ''
}
